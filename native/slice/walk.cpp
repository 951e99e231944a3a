#include "slice/walk.h"

#include <algorithm>

#include "ir/operands.h"

namespace gnomon::slice {

namespace {

constexpr Range count_bytes{0, 8};  // of references, in a counted block

}  // namespace

Walk::Walk(EntryFacts& facts)
    : facts_(facts),
      is_active_(facts.graph.instances().size()),
      contents_(facts.points_to.objects().size()),
      lifetimes_(facts.points_to.objects().size()),
      owners_(facts.points_to.objects().size()) {}

void Walk::add_criterion(ir::Site site) {
    std::vector<InstanceId> reached = facts_.graph.instances_of(site.function);
    std::erase_if(reached, [this](InstanceId instance) { return !facts_.points_to.is_reached(instance); });
    for (const InstanceId instance : reached) judge({instance, site.index});
    const bool is_new = std::holds_alternative<ir::EnterLocal>(operation(site.function, site.index));
    if (facts_.is_stack_asked_of_all || (facts_.is_stack_asked_of_new && is_new)) need_stack(reached);
    const auto* call = std::get_if<ir::Call>(&operation(site.function, site.index));
    const auto* direct = call != nullptr ? std::get_if<ir::FunctionId>(&call->callee) : nullptr;
    if (direct == nullptr || !facts_.program[*direct].is_model) return;
    std::set<InstanceId> visited;
    for (const InstanceId instance : reached)
        each_callee({instance, site.index}, [&](InstanceId callee) { judge_model(callee, visited); });
}

// Of a Return, what Python makes of its result: that is looked at later.
void Walk::add_result(ir::Site back) {
    for (const InstanceId instance : facts_.graph.instances_of(back.function))
        if (facts_.points_to.is_reached(instance)) keep(Node{instance, back.index});
    for (const Node& look : facts_.effects.looks_at_results()) judge(look);
}

// The rules look at all operands, and at the bounds and the life of what is accessed.
void Walk::judge(Node node) {
    keep(node);
    const ir::Operation& operation = this->operation(function_of(node.instance), node.index);
    if (const auto* call = std::get_if<ir::Call>(&operation)) {
        need_all_arguments(function_of(node.instance), node.index);
        if (facts_.is_result_asked && call->result) {
            need(function_of(node.instance), Source{node.index, false});
            for (const LocationIndex place : facts_.points_to.of(node.instance, ir::Operand::of(*call->result)))
                need_lifetime(facts_.points_to.locations()[place].object);
        }
        if (facts_.gives_number(*call)) need_holders(node);
        for (const Node& changer : facts_.effects.common_changers()) keep(changer);
        for (const ir::Operand& argument : call->arguments)
            for (const LocationIndex place : facts_.points_to.of(node.instance, argument))
                need_lifetime(facts_.points_to.locations()[place].object);
        for (const ir::Operand& text : facts_.effects.texts(*call))
            for (const LocationIndex place : facts_.points_to.of(node.instance, text))
                need_contents(facts_.points_to.locations()[place], std::nullopt);
    }
    const ir::Access access = access_of(operation, facts_.program.types);
    for (const std::optional<ir::Operand>& pointer : {access.read, access.written, access.released}) {
        if (!pointer) continue;
        for (const LocationIndex place : facts_.points_to.of(node.instance, *pointer))
            need_lifetime(facts_.points_to.locations()[place].object);
    }
    if (const auto* leave = std::get_if<ir::LeaveLocal>(&operation))
        need_lifetime(facts_.points_to.local(node.instance, leave->local));
    const auto* back = std::get_if<ir::Return>(&operation);
    if (back != nullptr && back->value)
        for (const LocationIndex place : facts_.points_to.of(node.instance, *back->value))
            need_lifetime(facts_.points_to.locations()[place].object);
    if (const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation)) judge(node, *primitive);
}

void Walk::judge(Node node, const ir::CallIntrinsic& primitive) {
    using enum ir::Intrinsic;
    const auto each_object = [&](const ir::Operand& pointer, const auto& visit) {
        for (const LocationIndex place : facts_.points_to.of(node.instance, pointer))
            visit(facts_.points_to.locations()[place].object);
    };
    switch (primitive.intrinsic) {
        case allocate:
        case allocate_zero:
            if (!primitive.result) return;
            return each_object(ir::Operand::of(*primitive.result), [this](ObjectIndex block) { need_owners(block); });
        case counted:
        case answer:
            return each_object(primitive.arguments[0], [this](ObjectIndex block) {
                need_owners(block);
                need_bytes(block, count_bytes);
            });
        case returned:
            return each_object(primitive.arguments[0], [this](ObjectIndex object) { need_lifetime(object); });
        default:
            return;
    }
}

void Walk::judge_model(InstanceId model, std::set<InstanceId>& visited) {
    if (!facts_.program[function_of(model)].is_model || !visited.insert(model).second) return;
    const std::size_t size = facts_.program[function_of(model)].code.size();
    for (std::uint32_t index = 0; index < size; ++index) {
        judge({model, index});
        each_callee({model, index}, [&](InstanceId callee) { judge_model(callee, visited); });
    }
}

void Walk::keep(ir::FunctionId function, std::uint32_t index) {
    Progress& mine = progress(function);
    if (mine.kept.empty()) mine.kept.resize(facts_.program[function].code.size());
    if (mine.kept[index]) return;
    mine.kept[index] = true;
    queue_.emplace_back(function, index);
}

void Walk::keep(Node node) {
    activate(node.instance);
    keep(function_of(node.instance), node.index);
}

void Walk::activate(InstanceId instance) {
    if (is_active_[instance]) return;
    is_active_[instance] = true;
    const ir::FunctionId function = function_of(instance);
    Progress& mine = progress(function);
    if (mine.kept.empty()) mine.kept.resize(facts_.program[function].code.size());
    const bool is_first = mine.active.empty();
    mine.active.push_back(instance);
    for (const Node& caller : facts_.graph.instances()[instance].callers) keep(caller);
    if (is_first)
        for (const std::uint32_t branch : facts_.of(function).unskippable()) keep(function, branch);
    for (std::uint32_t index = 0; index < mine.kept.size(); ++index)
        if (mine.kept[index]) follow(Node{instance, index});
    for (std::size_t parameter = 0; parameter < mine.parameters.size(); ++parameter) {
        if (!mine.parameters[parameter]) continue;
        for (const Node& caller : facts_.graph.instances()[instance].callers) need_argument(caller, parameter);
    }
}

// What a kept instruction depends on inside its function, and then in every instance of it.
void Walk::follow(ir::FunctionId function, std::uint32_t index) {
    const FunctionFacts& facts = facts_.of(function);
    const ir::Operation& operation = this->operation(function, index);
    for (const Source source : facts.sources(index)) need(function, source);
    for (const std::uint32_t decider : facts.control().deciders(index)) decide(function, decider);
    const auto keep_scope = [&](ir::LocalId local) {
        for (const std::uint32_t end : facts.scope(local)) keep(function, end);
    };
    if (const auto* address = std::get_if<ir::AddressOfLocal>(&operation)) keep_scope(address->local);
    if (const auto* enter = std::get_if<ir::EnterLocal>(&operation)) keep_scope(enter->local);
    if (const auto* leave = std::get_if<ir::LeaveLocal>(&operation)) keep_scope(leave->local);
    if (const auto* call = std::get_if<ir::Call>(&operation)) {
        // Where arguments leave the program, the rules look at them.
        const auto* direct = std::get_if<ir::FunctionId>(&call->callee);
        if (direct == nullptr || !facts_.program[*direct].has_body) need_all_arguments(function, index);
        if (call->is_deferred) need_all_arguments(function, index);  // the engine makes the call, whoever reads them
    }
    const std::vector<InstanceId>& active = progress(function).active;
    for (std::size_t i = 0; i < active.size(); ++i) follow(Node{active[i], index});
}

void Walk::follow(Node node) {
    const ir::FunctionId function = function_of(node.instance);
    const ir::Operation& operation = this->operation(function, node.index);
    if (const ir::Access access = access_of(operation, facts_.program.types); access.read)
        for (const LocationIndex place : facts_.points_to.of(node.instance, *access.read))
            need_contents(facts_.points_to.locations()[place], access.size);
    const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
    if (primitive != nullptr &&
        (primitive->intrinsic == ir::Intrinsic::is_a || primitive->intrinsic == ir::Intrinsic::object_size ||
         primitive->intrinsic == ir::Intrinsic::is_later))
        for (const LocationIndex place : facts_.points_to.of(node.instance, primitive->arguments[0]))
            need_lifetime(facts_.points_to.locations()[place].object);
    if (primitive != nullptr && primitive->intrinsic == ir::Intrinsic::references)
        for (const LocationIndex place : facts_.points_to.of(node.instance, primitive->arguments[1]))
            need_owners(facts_.points_to.locations()[place].object);
    if (!std::holds_alternative<ir::Call>(operation)) return;
    if (facts_.effects.changes_state(node)) need_all_arguments(function, node.index);
    each_callee(node, [&](InstanceId callee) {
        activate(callee);
        const Progress& mine = progress(function);
        if (!mine.needs_result.empty() && mine.needs_result[node.index]) need_result(function_of(callee));
        if (!mine.needs_ends.empty() && mine.needs_ends[node.index]) need_ends(function_of(callee));
    });
}

// Whether something is executed depends on that instruction: a branch, or what may end the run.
void Walk::decide(ir::FunctionId function, std::uint32_t index) {
    keep(function, index);
    if (!std::holds_alternative<ir::Call>(operation(function, index))) return;
    Progress& mine = progress(function);
    if (mine.needs_ends.empty()) mine.needs_ends.resize(mine.kept.size());
    if (mine.needs_ends[index]) return;
    mine.needs_ends[index] = true;
    for (std::size_t i = 0; i < mine.active.size(); ++i) follow(Node{mine.active[i], index});
}

void Walk::need(ir::FunctionId function, Source source) {
    if (source.is_parameter) return need_parameter(function, source.index);
    keep(function, source.index);
    if (!std::holds_alternative<ir::Call>(operation(function, source.index))) return;
    Progress& mine = progress(function);
    if (mine.needs_result.empty()) mine.needs_result.resize(mine.kept.size());
    if (mine.needs_result[source.index]) return;
    mine.needs_result[source.index] = true;
    for (std::size_t i = 0; i < mine.active.size(); ++i) follow(Node{mine.active[i], source.index});
}

void Walk::need_parameter(ir::FunctionId function, std::uint32_t parameter) {
    Progress& mine = progress(function);
    if (mine.parameters.empty()) mine.parameters.resize(facts_.program[function].parameter_count);
    if (mine.parameters[parameter]) return;
    mine.parameters[parameter] = true;
    for (std::size_t i = 0; i < mine.active.size(); ++i)
        for (const Node& caller : facts_.graph.instances()[mine.active[i]].callers) need_argument(caller, parameter);
}

void Walk::need_argument(Node call, std::size_t argument) {
    const ir::FunctionId caller = function_of(call.instance);
    for (const Source source : facts_.of(caller).argument_sources(call.index, argument)) need(caller, source);
}

void Walk::need_all_arguments(ir::FunctionId function, std::uint32_t call) {
    const std::size_t count = std::get<ir::Call>(operation(function, call)).arguments.size();
    for (std::size_t argument = 0; argument < count; ++argument)
        for (const Source source : facts_.of(function).argument_sources(call, argument)) need(function, source);
}

void Walk::need_result(ir::FunctionId function) {
    if (std::exchange(progress(function).is_result_needed, true)) return;
    for (const std::uint32_t back : facts_.of(function).returns()) keep(function, back);
}

void Walk::need_ends(ir::FunctionId function) {
    if (std::exchange(progress(function).are_ends_needed, true)) return;
    for (const std::uint32_t end : facts_.of(function).ends()) decide(function, end);
}

void Walk::need_contents(Location location, std::optional<std::uint64_t> size) {
    need_bytes(location.object, range_of(location, size));
    if (location.object != Locations::anything) return;
    for (ObjectIndex other = 1; other < contents_.size(); ++other) need_bytes(other, all_bytes);
}

void Walk::need_bytes(ObjectIndex object, Range bytes) {
    std::vector<Range>& needed = contents_[object];
    if (std::ranges::any_of(needed, [bytes](Range known) { return known.contains(bytes); })) return;
    needed.push_back(bytes);
    for (const Effects::Writer& writer : facts_.effects.writers(object))
        if (writer.bytes.overlaps(bytes)) keep(writer.node);
    for (const Effects::Writer& writer : facts_.effects.writers(Locations::anything)) keep(writer.node);
}

void Walk::need_lifetime(ObjectIndex object) {
    if (lifetimes_[object]) return;
    lifetimes_[object] = true;
    for (const Node& release : facts_.effects.releases(object)) keep(release);
    for (const Node& release : facts_.effects.releases(Locations::anything)) keep(release);
    const AbstractObject& which = facts_.points_to.objects()[object];
    const bool is_of_code = which.kind == AbstractObject::Kind::made || which.kind == AbstractObject::Kind::local;
    if (is_of_code && !facts_.points_to.is_reached(which.site.instance)) return;  // no run makes it
    if (which.kind == AbstractObject::Kind::made) keep(which.site);
    if (which.kind == AbstractObject::Kind::local) {
        const ir::FunctionId function = function_of(which.site.instance);
        for (const std::uint32_t end : facts_.of(function).scope(static_cast<ir::LocalId>(which.site.index)))
            keep(Node{which.site.instance, end});
    }
    if (which.kind != AbstractObject::Kind::anything) return;
    for (ObjectIndex other = 1; other < lifetimes_.size(); ++other) need_lifetime(other);
}

// Whether anything still refers to a block when the entry ends: what may hold a pointer to it, and what holds that.
void Walk::need_owners(ObjectIndex object) {
    if (owners_[object]) return;
    owners_[object] = true;
    need_lifetime(object);
    for (const Node& keeper : facts_.effects.keepers(object)) {
        keep(keeper);
        if (std::holds_alternative<ir::Call>(operation(function_of(keeper.instance), keeper.index)))
            need_all_arguments(function_of(keeper.instance), keeper.index);
    }
    need_results_that_own(object);
    const Locations& locations = facts_.points_to.locations();
    for (ObjectIndex holder = 0; holder < owners_.size(); ++holder) {
        const bool is_holder = std::ranges::any_of(facts_.points_to.inside(holder), [&](LocationIndex inside) {
            return locations[inside].object == object || locations[inside].object == Locations::anything;
        });
        if (!is_holder) continue;
        need_bytes(holder, all_bytes);
        need_owners(holder);
    }
}

// The harness keeps what the calls that it makes give back until it hands it on for good, and whether it comes to its
// end matters.
void Walk::need_results_that_own(ObjectIndex object) {
    constexpr InstanceId harness = 0;
    const ir::FunctionId function = function_of(harness);
    const std::vector<ir::Instruction>& code = facts_.program[function].code;
    for (std::uint32_t index = 0; index < code.size(); ++index) {
        const auto* call = std::get_if<ir::Call>(&code[index].operation);
        const auto* move = std::get_if<ir::Move>(&code[index].operation);
        const std::optional<ir::RegisterId> holder = call != nullptr   ? call->result
                                                     : move != nullptr ? std::optional(move->result)
                                                                       : std::nullopt;
        if (!holder) continue;
        const auto places = facts_.points_to.of(harness, ir::Operand::of(*holder));
        const bool is_owner = std::ranges::any_of(places, [&](LocationIndex place) {
            const ObjectIndex target = facts_.points_to.locations()[place].object;
            return target == object || target == Locations::anything;
        });
        if (is_owner) need(function, {index, false});
    }
    need_ends(function);
}

// The locals of all frames that are there.
void Walk::need_stack(const std::vector<InstanceId>& instances) {
    std::set<InstanceId> seen(instances.begin(), instances.end());
    std::vector<InstanceId> pending = instances;
    while (!pending.empty()) {
        const InstanceId instance = pending.back();
        pending.pop_back();
        const ir::FunctionId function = function_of(instance);
        const std::size_t locals = facts_.program[function].has_frame() ? facts_.program[function].locals.size() : 0;
        for (std::uint32_t local = 0; local < locals; ++local)
            for (const std::uint32_t end : facts_.of(function).scope(ir::LocalId{local})) keep(Node{instance, end});
        for (const Node& caller : facts_.graph.instances()[instance].callers)
            if (seen.insert(caller.instance).second) pending.push_back(caller.instance);
    }
}

// Bounded: every instruction is followed once, and once more in every instance.
Slice Walk::finish() {
    while (!queue_.empty()) {
        const auto [function, index] = queue_.back();
        queue_.pop_back();
        follow(function, index);
    }
    Slice slice;
    for (auto& [id, mine] : functions_) {
        if (mine.active.empty()) continue;
        FunctionSlice& part = slice.functions[id];
        part.kept = std::move(mine.kept);
        for (const ir::Block& block : facts_.program[id].blocks) {
            const std::uint32_t last = block.end - 1;
            if (part.kept[last]) continue;
            const ir::Operation& end = operation(id, last);
            if (!std::holds_alternative<ir::Branch>(end) && !std::holds_alternative<ir::Switch>(end)) {
                part.kept[last] = true;
            } else {
                part.skips.emplace(last, *facts_.of(id).control().past(last));
            }
        }
    }
    return slice;
}

}  // namespace gnomon::slice
