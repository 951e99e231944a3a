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
        add_calls(function, begin, end, result.called);
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
    return result;
}

void Reach::add_calls(const ir::Function& function, std::uint32_t begin, std::uint32_t end, Called& result) {
    for (std::uint32_t i = begin; i < end; ++i) {
        result.is_anything = result.is_anything || hides_calls(function.code[i]);
        const auto* call = std::get_if<ir::Call>(&function.code[i].operation);
        if (call == nullptr) continue;
        const auto* callee = std::get_if<ir::FunctionId>(&call->callee);
        if (callee == nullptr) result.is_anything = true;
        const bool is_new =
            callee != nullptr && program_[*callee].has_body && !result.functions[static_cast<std::size_t>(*callee)];
        if (!is_new) continue;
        const Called& further = called_by(*callee);
        result.is_anything = result.is_anything || further.is_anything;
        for (std::size_t f = 0; f < further.functions.size(); ++f) {
            if (further.functions[f]) result.functions[f] = true;
        }
    }
}

// Bound: the functions of the program, each once.
const Reach::Called& Reach::called_by(ir::FunctionId function) {
    const auto [found, is_new] = called_by_.try_emplace(function);
    Called& result = found->second;
    if (!is_new) return result;
    result.functions.resize(program_.functions.size());
    result.functions[static_cast<std::size_t>(function)] = true;
    std::vector<ir::FunctionId> pending{function};
    while (!pending.empty()) {
        const ir::Function& caller = program_[pending.back()];
        pending.pop_back();
        for (const ir::Instruction& instruction : caller.code) {
            result.is_anything = result.is_anything || hides_calls(instruction);
            const auto* call = std::get_if<ir::Call>(&instruction.operation);
            if (call == nullptr) continue;
            const auto* callee = std::get_if<ir::FunctionId>(&call->callee);
            if (callee == nullptr) {
                result.is_anything = true;
            } else if (program_[*callee].has_body && !result.functions[static_cast<std::size_t>(*callee)]) {
                result.functions[static_cast<std::size_t>(*callee)] = true;
                pending.push_back(*callee);
            }
        }
    }
    return result;
}

}  // namespace gnomon::explore
