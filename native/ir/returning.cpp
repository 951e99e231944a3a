#include "ir/returning.h"

#include <algorithm>

namespace gnomon::ir {

namespace {

// What stands at the end of a function or of what is modelled, whether anything comes there or not.
bool is_end(const Operation& operation) {
    const auto* back = std::get_if<Return>(&operation);
    return std::holds_alternative<NotModelled>(operation) || std::holds_alternative<Unreachable>(operation) ||
           (back != nullptr && !back->value);
}

bool leads_to(const Operation& end, BlockId block) {
    if (const auto* jump = std::get_if<Jump>(&end)) return jump->target == block;
    if (const auto* branch = std::get_if<Branch>(&end)) return branch->if_true == block || branch->if_false == block;
    const auto* choice = std::get_if<Switch>(&end);
    if (choice == nullptr) return false;
    return choice->otherwise == block ||
           std::ranges::any_of(choice->cases, [block](const auto& one) { return one.second == block; });
}

bool has_one_predecessor(const Function& function, BlockId block) {
    return std::ranges::count_if(function.blocks, [&](const Block& other) {
               return leads_to(function.code[other.end - 1].operation, block);
           }) == 1;
}

}  // namespace

bool shows_return(const Function& caller, std::uint32_t call) {
    if (const auto* made = std::get_if<Call>(&caller.code[call].operation); made != nullptr && made->result)
        return true;
    std::uint32_t next = call + 1;
    for (std::size_t jumps = 0; jumps <= caller.blocks.size(); ++jumps) {  // bound: each block once
        while (std::holds_alternative<LeaveLocal>(caller.code[next].operation)) ++next;
        const Operation& operation = caller.code[next].operation;
        const auto* jump = std::get_if<Jump>(&operation);
        if (jump == nullptr) return !is_end(operation);
        if (!has_one_predecessor(caller, jump->target)) return false;
        next = caller.blocks[static_cast<std::size_t>(jump->target)].begin;
    }
    return false;
}

std::optional<OpenAssertion> assertion_behind(const Function& function, const Branch& branch) {
    if (function.is_model) return std::nullopt;
    const auto fails = [&function](BlockId block) {
        const std::uint32_t first = function.blocks[static_cast<std::size_t>(block)].begin;
        const auto* primitive = std::get_if<CallIntrinsic>(&function.code[first].operation);
        return primitive != nullptr && primitive->intrinsic == Intrinsic::assert_fails ? std::optional(first)
                                                                                       : std::nullopt;
    };
    if (const auto at = fails(branch.if_true)) return OpenAssertion{*at, branch.if_false};
    if (const auto at = fails(branch.if_false)) return OpenAssertion{*at, branch.if_true};
    return std::nullopt;
}

}  // namespace gnomon::ir
