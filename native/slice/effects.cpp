#include "slice/effects.h"

#include <algorithm>

#include "slice/operands.h"

namespace gnomon::slice {

Effects::Effects(const ir::Program& program, const CallGraph& graph, const PointsTo& points_to)
    : program_(program),
      graph_(graph),
      points_to_(points_to),
      writers_(points_to.objects().size()),
      releases_(points_to.objects().size()),
      may_end_(program.functions.size()) {
    for (InstanceId instance = 0; instance < graph.instances().size(); ++instance) {
        const ir::Function& function = program[graph.instances()[instance].function];
        for (std::uint32_t i = 0; i < function.code.size(); ++i) visit({instance, i}, function.code[i].operation);
    }
    find_ends();
}

void Effects::visit(Node node, const ir::Operation& operation) {
    const Access access = access_of(operation);
    if (access.written)
        for (const ObjectIndex object : points_to_.of(node.instance, *access.written)) writers_[object].push_back(node);
    if (access.released)
        for (const ObjectIndex object : points_to_.of(node.instance, *access.released))
            releases_[object].push_back(node);
    const auto* call = std::get_if<ir::Call>(&operation);
    if (call == nullptr) return;
    if (const auto* direct = std::get_if<ir::FunctionId>(&call->callee))
        return leave_program(node, *call, program_[*direct]);
    for (const ObjectIndex object : points_to_.of(node.instance, std::get<ir::Operand>(call->callee))) {
        const AbstractObject& target = points_to_.objects()[object];
        if (target.kind == AbstractObject::Kind::function)
            leave_program(node, *call, program_[static_cast<ir::FunctionId>(target.id)]);
    }
}

// A function that nobody knows may do anything to what its arguments lead to; when it is the user's own and could not
// be lowered, to every global as well.
void Effects::leave_program(Node node, const ir::Call& call, const ir::Function& callee) {
    if (callee.has_body || program_.externals.contains(callee.name)) return;
    std::vector<bool> is_seen(writers_.size());
    std::vector<ObjectIndex> queue;
    for (const ir::Operand& argument : call.arguments)
        for (const ObjectIndex object : points_to_.of(node.instance, argument)) queue.push_back(object);
    if (!callee.why_no_body.empty()) {
        for (ObjectIndex object = 0; object < points_to_.objects().size(); ++object)
            if (points_to_.objects()[object].kind == AbstractObject::Kind::global) queue.push_back(object);
    }
    while (!queue.empty()) {
        const ObjectIndex object = queue.back();
        queue.pop_back();
        if (is_seen[object]) continue;
        is_seen[object] = true;
        writers_[object].push_back(node);
        releases_[object].push_back(node);
        for (const ObjectIndex inside : points_to_.inside(object)) queue.push_back(inside);
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
    for (ObjectIndex object = 0; object < writers_.size(); ++object) {
        const AbstractObject& which = points_to_.objects()[object];
        if (which.kind == AbstractObject::Kind::local && reached[which.site.instance]) continue;
        if (std::ranges::any_of(writers_[object], is_reached)) return true;
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
