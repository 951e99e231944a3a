#include "slice/points_to.h"

#include <algorithm>

#include "ir/operands.h"

namespace gnomon::slice {

namespace {

std::uint64_t packed(Node node) { return std::uint64_t{node.instance} << 32 | node.index; }

}  // namespace

// One constraint or more for every instruction that can move a pointer.
class PointsTo::Visitor {
  public:
    Visitor(PointsTo& facts, InstanceId instance, std::uint32_t index) : facts_(facts), at_{instance, index} {}

    template <class Other>
    void operator()(const Other&) {}
    void operator()(const ir::Move& i) { flow(i.result, i.value, i.type); }
    void operator()(const ir::Cast& i) { flow(i.result, i.value, i.to); }
    void operator()(const ir::Unary& i) {
        if (i.op != ir::UnaryOperator::logical_not) scatter(i.result, i.value, i.type);
    }
    void operator()(const ir::Binary& i) {
        if (i.op >= ir::BinaryOperator::equal) return;
        scatter(i.result, i.left, i.type);
        scatter(i.result, i.right, i.type);
    }
    void operator()(const ir::AddressOfLocal& i) {
        point(i.result, facts_.locals_[at_.instance][static_cast<std::size_t>(i.local)]);
    }
    void operator()(const ir::AddressOfGlobal& i) { point(i.result, facts_.global(i.global)); }
    void operator()(const ir::AddressOfFunction& i) { point(i.result, facts_.function(i.function)); }
    void operator()(const ir::FieldAddress& i) {
        if (i.byte_offset == 0) return include(variable(i.result), i.base);
        if (i.base.is_register())
            facts(i.base).moves.emplace_back(variable(i.result), static_cast<std::int64_t>(i.byte_offset));
    }
    void operator()(const ir::ElementAddress& i) {
        if (i.index.is_constant() && i.index.bits() == 0) return include(variable(i.result), i.base);
        if (i.base.is_register()) facts(i.base).scatters.push_back(variable(i.result));
    }
    void operator()(const ir::Load& i) {
        if (!facts_.may_hold_pointer(i.type) || i.pointer.is_constant()) return;
        facts(i.pointer).loads.push_back({variable(i.result), facts_.program_.types.size_of(i.type)});
    }
    void operator()(const ir::Store& i) {
        if (!facts_.may_hold_pointer(i.type) || i.pointer.is_constant() || i.value.is_constant()) return;
        facts(i.pointer).stores.push_back({variable(i.value.as_register()), facts_.program_.types.size_of(i.type)});
    }
    void operator()(const ir::CopyBytes& i) {
        if (i.to.is_constant() || i.from.is_constant()) return;
        const Variable between = facts_.new_variable();
        facts(i.from).loads.push_back({between, 0});
        facts(i.to).stores.push_back({between, 0});
    }
    void operator()(const ir::CallIntrinsic& i) {
        using enum ir::Intrinsic;
        const bool makes = i.intrinsic == allocate || i.intrinsic == allocate_zero || i.intrinsic == new_opaque;
        if (makes && i.result) make(*i.result);
    }
    void operator()(const ir::Input& i) {
        const bool makes =
            std::holds_alternative<ir::BytesInput>(i.choice) || std::holds_alternative<ir::OpaqueInput>(i.choice);
        if (makes) make(i.result);
    }
    void operator()(const ir::Return& i) {
        const ir::Function& function = facts_.program_[facts_.graph_.instances()[at_.instance].function];
        const auto result = static_cast<ir::RegisterId>(function.registers.size());
        if (i.value) include(variable(result), *i.value);
    }
    void operator()(const ir::Call& i) {
        if (const auto* pointer = std::get_if<ir::Operand>(&i.callee)) {
            if (pointer->is_register()) facts(*pointer).calls.push_back(at_);
            return;
        }
        const InstanceId callee = facts_.graph_.direct_callee(at_);
        if (callee != none) {
            facts_.graph_.add_caller(callee, at_);
            return facts_.bind(at_, callee);
        }
        const auto row = facts_.program_.externals.find(facts_.program_[std::get<ir::FunctionId>(i.callee)].name);
        // Without a row, nothing is executed behind the call.
        if (row == facts_.program_.externals.end() || !i.result) return;
        if (row->second.result == ir::External::Result::opaque) make(*i.result);
        if (row->second.result == ir::External::Result::argument && row->second.argument < i.arguments.size())
            include(variable(*i.result), i.arguments[row->second.argument]);
    }

  private:
    Variable variable(ir::RegisterId reg) const { return facts_.variable(at_.instance, reg); }
    Facts& facts(const ir::Operand& pointer) {
        return facts_.variables_[facts_.representative(variable(pointer.as_register()))];
    }
    void include(Variable larger, const ir::Operand& operand) {
        if (operand.is_register()) facts_.include(larger, variable(operand.as_register()));
    }
    void flow(ir::RegisterId result, const ir::Operand& operand, ir::TypeId type) {
        if (facts_.may_hold_pointer(type)) include(variable(result), operand);
    }
    // Arithmetic on a pointer as a number.
    void scatter(ir::RegisterId result, const ir::Operand& operand, ir::TypeId type) {
        if (facts_.may_hold_pointer(type) && operand.is_register()) facts(operand).scatters.push_back(variable(result));
    }
    void point(ir::RegisterId result, ObjectIndex object) {
        facts_.point(variable(result), facts_.locations_.at(object, 0));
    }
    void make(ir::RegisterId result) { point(result, facts_.new_object({AbstractObject::Kind::made, at_, 0})); }

    PointsTo& facts_;
    Node at_;
};

PointsTo::PointsTo(const ir::Program& program, CallGraph& graph)
    : program_(program), graph_(graph), is_reached_(graph.instances().size()) {
    contents_.push_back({new_variable(), new_variable(), {}});  // of anything
    include(contents_[0].whole, contents_[0].anywhere);
    point(contents_[0].anywhere, locations_.anywhere(Locations::anything));
    const auto count = static_cast<InstanceId>(graph.instances().size());
    for (InstanceId instance = 0; instance < count; ++instance) {
        const ir::Function& function = program[graph.instances()[instance].function];
        first_register_.push_back(static_cast<Variable>(variables_.size()));
        for (std::size_t i = 0; i <= function.registers.size(); ++i) new_variable();
        std::vector<ObjectIndex>& locals = locals_.emplace_back();
        for (std::uint32_t local = 0; local < function.locals.size(); ++local)
            locals.push_back(new_object({AbstractObject::Kind::local, {instance, local}, 0}));
    }
    if (graph.leads_to_objects()) work_ = most_work + 1;
    if (count == 0) return;
    const std::uint32_t parameters = program[graph.instances()[0].function].parameter_count;
    knows_all_pointers_ = parameters == 0;
    for (std::uint32_t reg = 0; reg < parameters; ++reg)
        point(variable(0, static_cast<ir::RegisterId>(reg)), locations_.anywhere(Locations::anything));
    reach(0);
    solve();
    for (const auto& [call, callees] : called_)
        for (const InstanceId callee : callees)
            graph.add_caller(callee, {static_cast<InstanceId>(call >> 32), static_cast<std::uint32_t>(call)});
}

std::span<const LocationIndex> PointsTo::of(InstanceId instance, const ir::Operand& operand) const {
    if (operand.is_constant()) return {};
    return variables_[representative(variable(instance, operand.as_register()))].all;
}

const std::vector<InstanceId>& PointsTo::called_through(Node call) const {
    static const std::vector<InstanceId> nothing;
    const auto found = called_.find(packed(call));
    return found == called_.end() ? nothing : found->second;
}

PointsTo::Variable PointsTo::new_variable() {
    variables_.emplace_back();
    representatives_.push_back(static_cast<Variable>(representatives_.size()));
    return representatives_.back();
}

PointsTo::Variable PointsTo::variable(InstanceId instance, ir::RegisterId reg) const {
    return first_register_[instance] + static_cast<Variable>(reg);
}

ObjectIndex PointsTo::new_object(AbstractObject object) {
    contents_.push_back({new_variable(), new_variable(), {}});
    include(contents_.back().whole, contents_.back().anywhere);
    return locations_.add(object);
}

ObjectIndex PointsTo::function(ir::FunctionId id) {
    const auto number = static_cast<std::uint32_t>(id);
    const auto [found, is_new] = functions_.try_emplace(number, 0);
    if (is_new) found->second = new_object({AbstractObject::Kind::function, {}, number});
    return found->second;
}

ObjectIndex PointsTo::global(ir::GlobalId id) {
    const auto number = static_cast<std::uint32_t>(id);
    const auto [found, is_new] = globals_.try_emplace(number, 0);
    if (!is_new) return found->second;
    const ObjectIndex object = new_object({AbstractObject::Kind::global, {}, number});
    found->second = object;  // before its contents, which may mention it
    for (const ir::Relocation& relocation : program_[id].relocations) {
        const auto* callee = std::get_if<ir::FunctionId>(&relocation.target);
        const ObjectIndex target = callee ? function(*callee) : global(std::get<ir::GlobalId>(relocation.target));
        const auto offset = static_cast<std::int64_t>(relocation.offset);
        point(field(object, offset), locations_.at(target, relocation.addend));
    }
    return object;
}

// What loads of eight bytes at that place read beside what was stored anywhere. Places that are no multiple of eight
// overlap others.
PointsTo::Variable PointsTo::field(ObjectIndex object, std::int64_t offset) {
    if (offset % 8 != 0) return contents_[object].anywhere;
    const auto [found, is_new] = contents_[object].fields.try_emplace(offset, 0);
    if (is_new) {
        found->second = new_variable();
        include(contents_[object].whole, found->second);
    }
    return found->second;
}

// A pointer never fits in less than eight bytes; what is larger is copied, not loaded.
bool PointsTo::may_hold_pointer(ir::TypeId type) const {
    return program_.types.size_of(type) >= 8 && !program_.types.is_float(type);
}

void PointsTo::constrain(InstanceId instance) {
    const ir::Function& function = program_[graph_.instances()[instance].function];
    for (std::uint32_t i = 0; i < function.code.size(); ++i)
        std::visit(Visitor(*this, instance, i), function.code[i].operation);
}

// Who may point anywhere into an object need not be told of places in it.
void PointsTo::point(Variable variable, LocationIndex location) {
    ++work_;
    variable = representative(variable);
    Facts& facts = variables_[variable];
    const auto holds = [&facts](LocationIndex wanted) { return std::ranges::binary_search(facts.all, wanted); };
    const LocationIndex anywhere = locations_.anywhere(locations_[location].object);
    if (holds(anywhere) || holds(location)) return;
    if (location == anywhere) {
        const ObjectIndex object = locations_[location].object;
        std::erase_if(facts.all, [&](LocationIndex known) { return locations_[known].object == object; });
        std::erase_if(facts.fresh, [&](LocationIndex known) { return locations_[known].object == object; });
    }
    facts.all.insert(std::ranges::lower_bound(facts.all, location), location);
    facts.fresh.push_back(location);
    if (facts.is_queued) return;
    facts.is_queued = true;
    queue_.push_back(variable);
}

void PointsTo::include(Variable larger, Variable smaller) {
    ++work_;
    larger = representative(larger);
    smaller = representative(smaller);
    if (larger == smaller || !included_.insert(std::uint64_t{smaller} << 32 | larger).second) return;
    variables_[smaller].copies.push_back(larger);
    for (std::size_t i = 0; i < variables_[smaller].all.size(); ++i) point(larger, variables_[smaller].all[i]);
}

void PointsTo::reach(InstanceId instance) {
    if (is_reached_[instance]) return;
    is_reached_[instance] = true;
    unconstrained_.push_back(instance);
}

void PointsTo::bind(Node call, InstanceId callee) {
    const auto& made =
        std::get<ir::Call>(program_[graph_.instances()[call.instance].function].code[call.index].operation);
    const ir::Function& function = program_[graph_.instances()[callee].function];
    const std::size_t count = std::min<std::size_t>(made.arguments.size(), function.parameter_count);
    reach(callee);
    for (std::size_t i = 0; i < count; ++i) {
        if (made.arguments[i].is_constant()) continue;
        include(variable(callee, static_cast<ir::RegisterId>(i)),
                variable(call.instance, made.arguments[i].as_register()));
    }
    if (made.result)
        include(variable(call.instance, *made.result),
                variable(callee, static_cast<ir::RegisterId>(function.registers.size())));
}

// Bounded by `most_work`, and by that every place is handed on once by every variable. Instances get their constraints
// before anything that they were given is handed on.
void PointsTo::solve() {
    std::size_t handed_on = 0, looked_at = 4;  // places, and how many for each variable until circles are looked for
    while (is_complete() && (!queue_.empty() || !unconstrained_.empty())) {
        if (!unconstrained_.empty()) {
            const InstanceId instance = unconstrained_.back();
            unconstrained_.pop_back();
            constrain(instance);
            continue;
        }
        if (handed_on > looked_at * variables_.size()) {
            collapse_circles();
            looked_at *= 2;
        }
        const Variable variable = representative(queue_.back());
        queue_.pop_back();
        variables_[variable].is_queued = false;
        std::vector<LocationIndex> fresh;
        fresh.swap(variables_[variable].fresh);
        for (const LocationIndex location : fresh) {
            if (!is_complete()) return;
            meet(variable, location);
            hand_on(variable, location);
        }
        handed_on += fresh.size() * (1 + variables_[variable].copies.size());
    }
}

void PointsTo::hand_on(Variable variable, LocationIndex location) {
    const Facts& facts = variables_[variable];
    for (std::size_t i = 0; i < facts.copies.size(); ++i) point(facts.copies[i], location);
    for (const auto& [further, by] : facts.moves) point(further, locations_.moved(location, by));
    for (const Variable scattered : facts.scatters) point(scattered, locations_.anywhere(locations_[location].object));
}

// The pointer may point there: its loads, stores and calls mean that, too.
void PointsTo::meet(Variable pointer, LocationIndex index) {
    const Facts& facts = variables_[pointer];
    const Location location = locations_[index];
    const ObjectIndex object = location.object;
    for (const Place& load : facts.loads) {
        const bool is_one_field = load.size == 8 && location.is_known() && location.offset % 8 == 0;
        include(load.value, is_one_field ? field(object, location.offset) : contents_[object].whole);
        include(load.value, contents_[object].anywhere);
        if (!knows_all_pointers_) include(load.value, contents_[Locations::anything].whole);
    }
    for (const Place& store : facts.stores) {
        const bool is_one_field = store.size == 8 && location.is_known();
        include(is_one_field ? field(object, location.offset) : contents_[object].anywhere, store.value);
    }
    for (const Node call : facts.calls) {
        const AbstractObject& target = objects()[object];
        if (target.kind == AbstractObject::Kind::function) call_through(call, static_cast<ir::FunctionId>(target.id));
        if (object != Locations::anything) continue;
        for (const ir::FunctionId function : graph_.addressed()) call_through(call, function);
    }
}

void PointsTo::call_through(Node call, ir::FunctionId function) {
    const InstanceId callee = graph_.shared(function);
    if (callee == none) return;
    std::vector<InstanceId>& callees = called_[packed(call)];
    if (std::find(callees.begin(), callees.end(), callee) != callees.end()) return;
    callees.push_back(callee);
    bind(call, callee);
}

}  // namespace gnomon::slice
