#include "explore/reach.h"

#include <algorithm>

#include "ir/operands.h"

namespace gnomon::explore {

namespace {

// What stands behind a statement that is not modelled was not lowered: it may call anything.
bool hides_calls(const ir::Instruction& instruction) {
    return std::holds_alternative<ir::NotModelled>(instruction.operation);
}

}  // namespace

bool Reach::may_reach(const State& state, ir::Site site) {
    for (std::size_t i = 0; i < state.frames.size(); ++i) {
        const Frame& frame = *state.frames[i];
        const bool is_innermost = i + 1 == state.frames.size();
        // The call that a frame waits in is over, unless what it called counts as the call itself.
        const bool is_in_model = !is_innermost && state.frames[i + 1]->function->is_model;
        if (is_in_model && site == ir::Site{frame.id, frame.next - 1}) return true;
        const After& rest = after(frame.id, frame.next);
        if (rest.called.is_anything || rest.called.functions[static_cast<std::size_t>(site.function)]) return true;
        if (frame.id == site.function && rest.instructions[site.index]) return true;
    }
    return std::ranges::any_of(state.deferred, [&](ir::FunctionId later) {
        const Called& called = called_by(later);
        return called.is_anything || called.functions[static_cast<std::size_t>(site.function)];
    });
}

const Reach::After& Reach::after(ir::FunctionId function, std::uint32_t index) {
    const ir::Site site{function, index};
    const auto found = after_.find(site);
    if (found != after_.end()) return found->second;
    return after_.emplace(site, compute_after(program_[function], index)).first->second;
}

// Bound: the blocks of the function, then the functions of the program, each once.
Reach::After Reach::compute_after(const ir::Function& function, std::uint32_t index) {
    After result;
    result.instructions.resize(function.code.size());
    result.called.functions.resize(program_.functions.size());
    std::vector<bool> seen(function.blocks.size());
    std::vector<ir::BlockId> pending;
    const auto visit = [&](std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t i = begin; i < end; ++i) result.instructions[i] = true;
        for (const ir::BlockId next : successors(function.code[end - 1].operation)) pending.push_back(next);
    };
    for (const ir::Block& block : function.blocks) {
        if (block.begin <= index && index < block.end) visit(index, block.end);
    }
    while (!pending.empty()) {
        const auto block = static_cast<std::size_t>(pending.back());
        pending.pop_back();
        if (seen[block]) continue;
        seen[block] = true;
        visit(function.blocks[block].begin, function.blocks[block].end);
    }
    Callees callees;
    for (std::uint32_t i = 0; i < function.code.size(); ++i)
        if (result.instructions[i]) note_calls(function.code[i], callees);
    complete(result.called, std::move(callees));
    return result;
}

const Reach::Called& Reach::called_by(ir::FunctionId function) {
    const auto [found, is_new] = called_by_.try_emplace(function);
    Called& result = found->second;
    if (!is_new) return result;
    result.functions.resize(program_.functions.size());
    Callees callees;
    callees.add(program_, function);
    complete(result, std::move(callees));
    return result;
}

void Reach::Callees::add(const ir::Program& program, ir::FunctionId callee) {
    (program[callee].is_model ? models : others).push_back(callee);
}

void Reach::note_calls(const ir::Instruction& instruction, Callees& callees) const {
    callees.is_anything = callees.is_anything || hides_calls(instruction);
    const auto* call = std::get_if<ir::Call>(&instruction.operation);
    if (call == nullptr) return;
    const auto* callee = std::get_if<ir::FunctionId>(&call->callee);
    if (callee == nullptr) {
        callees.is_anything = true;
    } else {
        callees.add(program_, *callee);
    }
}

// Models first, so that no more of the program's own functions have a say than have to. Bound: the functions of the
// program, each once.
void Reach::complete(Called& called, Callees pending) {
    while (!pending.is_anything && !pending.is_empty()) {
        std::vector<ir::FunctionId>& first = pending.models.empty() ? pending.others : pending.models;
        const ir::FunctionId function = first.back();
        first.pop_back();
        if (called.functions[static_cast<std::size_t>(function)]) continue;
        looked_at_.insert(function);
        if (!program_[function].has_body) continue;
        called.functions[static_cast<std::size_t>(function)] = true;
        for (const ir::Instruction& instruction : program_[function].code) note_calls(instruction, pending);
    }
    called.is_anything = pending.is_anything;
}

}  // namespace gnomon::explore
