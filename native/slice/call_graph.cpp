#include "slice/call_graph.h"

#include <algorithm>

namespace gnomon::slice {

namespace {

// Beyond these, a model is shared like any function.
constexpr std::uint32_t deepest_nesting = 6;
constexpr std::size_t most_instances = 600;

}  // namespace

CallGraph::CallGraph(const ir::Program& program, ir::FunctionId entry)
    : program_(program), by_function_(program.functions.size()), shared_(program.functions.size(), none) {
    if (!program[entry].has_body) return;
    reach_shared(entry);
    // Bounded: every instance is visited once, and their number is bounded.
    std::size_t visited = 0;
    do {
        for (; visited < instances_.size(); ++visited) visit(static_cast<InstanceId>(visited));
        if (!indirect_calls_.empty())
            for (ir::FunctionId target : addressed_) reach_shared(target);
    } while (visited < instances_.size());
}

InstanceId CallGraph::direct_callee(Node call) const {
    const auto& direct = instances_[call.instance].direct;
    const auto found =
        std::lower_bound(direct.begin(), direct.end(), std::pair<std::uint32_t, InstanceId>(call.index, 0));
    return found != direct.end() && found->first == call.index ? found->second : none;
}

InstanceId CallGraph::add(ir::FunctionId function, std::uint32_t depth) {
    const auto id = static_cast<InstanceId>(instances_.size());
    instances_.push_back({function, depth, {}, {}});
    by_function_[static_cast<std::size_t>(function)].push_back(id);
    return id;
}

InstanceId CallGraph::reach_shared(ir::FunctionId function) {
    if (!program_[function].has_body) return none;
    InstanceId& id = shared_[static_cast<std::size_t>(function)];
    if (id == none) id = add(function, 0);
    return id;
}

void CallGraph::visit(InstanceId instance) {
    const ir::Function& function = program_[instances_[instance].function];
    for (std::uint32_t index = 0; index < function.code.size(); ++index) {
        const ir::Operation& operation = function.code[index].operation;
        if (const auto* address = std::get_if<ir::AddressOfFunction>(&operation)) addressed_.insert(address->function);
        if (const auto* address = std::get_if<ir::AddressOfGlobal>(&operation)) refer(address->global);
        if (const auto* called = std::get_if<ir::Call>(&operation)) call({instance, index}, *called);
        const auto* primitive = std::get_if<ir::CallIntrinsic>(&operation);
        counted_ += primitive != nullptr && primitive->intrinsic == ir::Intrinsic::counted;
    }
}

void CallGraph::call(Node at, const ir::Call& call) {
    const auto* target = std::get_if<ir::FunctionId>(&call.callee);
    if (target == nullptr) return indirect_calls_.push_back(at);
    const ir::Function& callee = program_[*target];
    if (!callee.has_body) return;
    const std::uint32_t depth = instances_[at.instance].depth + 1;
    const bool is_own = callee.is_model && depth <= deepest_nesting && instances_.size() < most_instances;
    const InstanceId id = is_own ? add(*target, depth) : reach_shared(*target);
    instances_[at.instance].direct.emplace_back(at.index, id);
}

void CallGraph::refer(ir::GlobalId id) {
    if (!globals_.insert(id).second) return;
    for (const ir::Relocation& relocation : program_[id].relocations) {
        if (const auto* function = std::get_if<ir::FunctionId>(&relocation.target)) addressed_.insert(*function);
        if (const auto* global = std::get_if<ir::GlobalId>(&relocation.target)) refer(*global);
    }
}

}  // namespace gnomon::slice
