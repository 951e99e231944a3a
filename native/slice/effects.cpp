#include "slice/effects.h"

#include <algorithm>

#include "ir/operands.h"
#include "shadow/operands.h"
#include "shadow/static_fields.h"

namespace gnomon::slice {

Range range_of(const Location& location, std::optional<std::uint64_t> size) {
    constexpr std::uint64_t largest = std::uint64_t{1} << 40;
    if (!location.is_known() || !size || *size > largest) return all_bytes;
    return {location.offset, location.offset + static_cast<std::int64_t>(*size)};
}

Effects::Effects(const ir::Program& program, const CallGraph& graph, const PointsTo& points_to,
                 const shadow::Table* table)
    : program_(program),
      graph_(graph),
      points_to_(points_to),
      table_(table),
      writers_(points_to.objects().size()),
      releases_(points_to.objects().size()),
      keepers_(points_to.objects().size()),
      may_end_(program.functions.size()) {
    if (!points_to.is_complete()) return;
    for (InstanceId instance = 0; instance < graph.instances().size(); ++instance) {
        if (!points_to.is_reached(instance)) continue;
        const ir::Function& function = program[graph.instances()[instance].function];
        for (std::uint32_t i = 0; i < function.code.size(); ++i) visit({instance, i}, function.code[i].operation);
    }
    add_unknown_calls();
    find_ends();
}

void Effects::visit(Node node, const ir::Operation& operation) {
    const ir::Access access = access_of(operation, program_.types);
    const Locations& locations = points_to_.locations();
    if (access.written) {
        for (const LocationIndex place : points_to_.of(node.instance, *access.written)) {
            const Location& location = locations[place];
            writers_[location.object].push_back({node, range_of(location, access.size)});
        }
    }
    if (access.released) {
        for (const LocationIndex place : points_to_.of(node.instance, *access.released)) {
            releases_[locations[place].object].push_back(node);
        }
    }
    const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
    if (primitive != nullptr) visit(node, *primitive);
    const auto* call = std::get_if<ir::Call>(&operation);
    if (call == nullptr) return;
    if (const auto* direct = std::get_if<ir::FunctionId>(&call->callee)) {
        const bool is_model = program_[graph_.instances()[node.instance].function].is_model;
        if (!is_model || ir::is_marker(program_[*direct])) change_states(node, *call, program_[*direct]);
        return leave_program(node, *call, program_[*direct]);
    }
    for (const LocationIndex place : points_to_.of(node.instance, std::get<ir::Operand>(call->callee))) {
        const AbstractObject& target = points_to_.objects()[locations[place].object];
        if (target.kind == AbstractObject::Kind::function)
            leave_program(node, *call, program_[static_cast<ir::FunctionId>(target.id)]);
    }
}

// Who answers for a block is asked with who refers to it, and that it is counted with its life.
void Effects::visit(Node node, const ir::CallIntrinsic& primitive) {
    using ir::Intrinsic;
    const Intrinsic which = primitive.intrinsic;
    if (which == Intrinsic::keep || which == Intrinsic::answer || which == Intrinsic::shared)
        keep(node, primitive.arguments);
    if (which == Intrinsic::returned) looks_at_results_.push_back(node);
    if (which != Intrinsic::counted) return;
    for (const LocationIndex place : points_to_.of(node.instance, primitive.arguments[0]))
        releases_[points_to_.locations()[place].object].push_back(node);
}

// Numbers beside objects change where their lives do.
void Effects::change_states(Node node, const ir::Call& call, const ir::Function& callee) {
    if (table_ == nullptr) return;
    for (const shadow::Update& update : table_->updates) {
        const bool is_meant = std::ranges::find(update.functions, callee.name) != update.functions.end();
        const bool is_for_all = update.functions.empty() && !ir::is_marker(callee);
        if (update.target == shadow::Target::value || (!is_for_all && !is_meant)) continue;
        state_changers_.insert(node);
        if (update.target != shadow::Target::object) {
            common_changers_.push_back(node);
            continue;
        }
        const bool is_of_result = update.argument == 0;
        if (is_of_result ? !call.result : update.argument > call.arguments.size()) continue;
        const ir::Operand pointer = is_of_result ? ir::Operand::of(*call.result) : call.arguments[update.argument - 1];
        for (const LocationIndex place : points_to_.of(node.instance, pointer))
            releases_[points_to_.locations()[place].object].push_back(node);
    }
}

std::vector<ir::Operand> Effects::texts(const ir::Call& call) const {
    std::vector<ir::Operand> found;
    const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
    if (table_ == nullptr || callee == nullptr) return found;
    for (const shadow::Demand& demand : table_->demands) {
        const bool looks_at_text = (shadow::operands_of(demand.predicate) & shadow::of_text) != 0;
        if (!looks_at_text && !shadow::asks_of_format(demand.predicate)) continue;
        const bool is_given = demand.argument > 0 && demand.argument <= call.arguments.size();
        if (is_given && shadow::concerns(demand.functions, program_[*callee], demand.event, &program_[*callee]))
            found.push_back(call.arguments[demand.argument - 1u]);
    }
    return found;
}

void Effects::keep(Node node, const std::vector<ir::Operand>& pointers) {
    for (const ir::Operand& pointer : pointers)
        for (const LocationIndex place : points_to_.of(node.instance, pointer))
            keepers_[points_to_.locations()[place].object].push_back(node);
}

void Effects::leave_program(Node node, const ir::Call& call, const ir::Function& callee) {
    if (callee.has_body) return;
    keep(node, call.arguments);
    if (!program_.externals.contains(callee.name)) unknown_calls_.push_back(node);
}

// Functions that nobody knows may do anything to what their arguments lead to, to what the entry's caller holds, and to
// all variables outside of functions. They may keep pointers: what one of them could reach, each may change.
void Effects::add_unknown_calls() {
    if (unknown_calls_.empty()) return;
    const Locations& locations = points_to_.locations();
    std::vector<bool> is_seen(writers_.size());
    std::vector<ObjectIndex> queue;
    const auto reach = [&](std::span<const LocationIndex> places) {
        for (const LocationIndex place : places) queue.push_back(locations[place].object);
    };
    for (const Node& node : unknown_calls_) {
        const ir::Function& caller = program_[graph_.instances()[node.instance].function];
        for (const ir::Operand& argument : std::get<ir::Call>(caller.code[node.index].operation).arguments)
            reach(points_to_.of(node.instance, argument));
    }
    const std::size_t held = program_[graph_.instances()[0].function].registers.size();
    for (std::size_t reg = 0; reg < held; ++reg)
        reach(points_to_.of(0, ir::Operand::of(static_cast<ir::RegisterId>(reg))));
    for (ObjectIndex object = 0; object < points_to_.objects().size(); ++object)
        if (points_to_.objects()[object].kind == AbstractObject::Kind::global) queue.push_back(object);
    while (!queue.empty()) {
        const ObjectIndex object = queue.back();
        queue.pop_back();
        if (is_seen[object]) continue;
        is_seen[object] = true;
        for (const Node& node : unknown_calls_) {
            writers_[object].push_back({node, all_bytes});
            releases_[object].push_back(node);
        }
        reach(points_to_.inside(object));
    }
}

std::vector<bool> Effects::reached_from(InstanceId callee) const {
    std::vector<bool> reached(graph_.instances().size());
    std::vector<InstanceId> queue{callee};
    const std::vector<Node> indirect_calls = graph_.indirect_calls();
    reached[callee] = true;
    const auto reach = [&](InstanceId instance) {
        if (instance == none || reached[instance]) return;
        reached[instance] = true;
        queue.push_back(instance);
    };
    while (!queue.empty()) {
        const InstanceId instance = queue.back();
        queue.pop_back();
        for (const auto& [index, direct] : graph_.instances()[instance].direct) reach(direct);
        for (const Node call : indirect_calls) {
            if (call.instance != instance) continue;
            for (const InstanceId through : points_to_.called_through(call)) reach(through);
        }
    }
    return reached;
}

bool Effects::outlives(InstanceId callee) const {
    const std::vector<bool> reached = reached_from(callee);
    const auto is_reached = [&reached](Node node) { return bool{reached[node.instance]}; };
    const auto is_written = [&reached](const Writer& writer) { return bool{reached[writer.node.instance]}; };
    for (ObjectIndex object = 0; object < writers_.size(); ++object) {
        const AbstractObject& which = points_to_.objects()[object];
        if (which.kind == AbstractObject::Kind::local && reached[which.site.instance]) continue;
        if (std::ranges::any_of(writers_[object], is_written)) return true;
        if (std::ranges::any_of(releases_[object], is_reached)) return true;
    }
    return false;
}

// To a fixed point: functions only ever start to end the run.
void Effects::find_ends() {
    std::vector<bool> ends(program_.functions.size());
    const auto called_ends = [&](Node node) {
        const InstanceId direct = graph_.direct_callee(node);
        if (direct != none) return bool{ends[static_cast<std::size_t>(graph_.instances()[direct].function)]};
        for (const InstanceId callee : points_to_.called_through(node))
            if (ends[static_cast<std::size_t>(graph_.instances()[callee].function)]) return true;
        return false;
    };
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        for (InstanceId instance = static_cast<InstanceId>(graph_.instances().size()); instance-- > 0;) {
            if (!points_to_.is_reached(instance)) continue;
            const ir::FunctionId id = graph_.instances()[instance].function;
            const ir::Function& function = program_[id];
            std::vector<bool>& here = may_end_[static_cast<std::size_t>(id)];
            here.resize(function.code.size());
            for (std::uint32_t i = 0; i < function.code.size(); ++i) {
                if (here[i]) continue;
                const ir::Operation& operation = function.code[i].operation;
                const bool is_end =
                    ends_run(operation) || (std::holds_alternative<ir::Call>(operation) && called_ends({instance, i}));
                if (!is_end) continue;
                here[i] = true;
                is_changed = true;
                ends[static_cast<std::size_t>(id)] = true;
            }
        }
    }
}

}  // namespace gnomon::slice
