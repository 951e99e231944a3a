#include "explore/joins.h"

#include <algorithm>

#include "ir/operands.h"

namespace gnomon::explore {

namespace {

constexpr std::size_t most_instructions = 128;  // of both sides together

void sort_once(std::vector<ir::RegisterId>& ids) {
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
}

}  // namespace

Joins::Joins(const ir::Function& function, const slice::FunctionSlice* kept)
    : function_(function), control_(function, std::vector<bool>(function.code.size())) {
    for (std::uint32_t block = 0; block < function.blocks.size(); ++block)
        uses_.push_back(uses_of(ir::BlockId{block}, kept));
}

Joins::Uses Joins::uses_of(ir::BlockId block, const slice::FunctionSlice* kept) const {
    Uses uses;
    const ir::Block& range = function_.blocks[static_cast<std::size_t>(block)];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        if (kept != nullptr && !kept->kept[i]) continue;
        ir::each_read(function_.code[i].operation, [&](const ir::Operand& operand) {
            const bool is_before =
                operand.is_register() && std::ranges::find(uses.written, operand.as_register()) == uses.written.end();
            if (is_before) uses.read_first.push_back(operand.as_register());
        });
        ir::each_result(function_.code[i].operation, [&](ir::RegisterId id) { uses.written.push_back(id); });
    }
    sort_once(uses.read_first);
    sort_once(uses.written);
    return uses;
}

std::vector<ir::BlockId> Joins::after(ir::BlockId block) const {
    return ir::successors(function_.code[function_.blocks[static_cast<std::size_t>(block)].end - 1].operation);
}

const Join* Joins::of(std::uint32_t branch) {
    auto [found, is_new] = found_.try_emplace(branch);
    if (is_new) found->second = find(branch);
    return found->second ? &*found->second : nullptr;
}

std::optional<Join> Joins::find(std::uint32_t branch) const {
    const std::optional<ir::BlockId> block = control_.past(branch);
    if (!block) return std::nullopt;
    const auto sides = between(branch, *block);
    if (!sides) return std::nullopt;
    Join join{function_.blocks[static_cast<std::size_t>(*block)].begin, {}};
    for (const ir::BlockId side : *sides) {
        const std::vector<ir::RegisterId>& written = uses_[static_cast<std::size_t>(side)].written;
        std::ranges::copy_if(written, std::back_inserter(join.unread),
                             [&](ir::RegisterId id) { return !is_read_from(*block, id); });
    }
    sort_once(join.unread);
    return join;
}

// The blocks on the ways from the branch to its join; nothing where they are long, turn in a circle, or end elsewhere.
std::optional<std::vector<ir::BlockId>> Joins::between(std::uint32_t branch, ir::BlockId join) const {
    std::vector<ir::BlockId> found;
    std::size_t instructions = 0;
    std::vector<ir::BlockId> pending = ir::successors(function_.code[branch].operation);
    while (!pending.empty()) {
        const ir::BlockId block = pending.back();
        pending.pop_back();
        if (block == join || std::ranges::find(found, block) != found.end()) continue;
        const ir::Block& range = function_.blocks[static_cast<std::size_t>(block)];
        instructions += range.end - range.begin;
        const bool is_circle = range.begin <= branch && branch < range.end;
        if (is_circle || instructions > most_instructions) return std::nullopt;
        found.push_back(block);
        std::ranges::copy(after(block), std::back_inserter(pending));
    }
    return found;
}

// Bound: each block once.
bool Joins::is_read_from(ir::BlockId begin, ir::RegisterId id) const {
    std::vector<bool> seen(function_.blocks.size());
    std::vector<ir::BlockId> pending{begin};
    while (!pending.empty()) {
        const ir::BlockId block = pending.back();
        pending.pop_back();
        if (seen[static_cast<std::size_t>(block)]) continue;
        seen[static_cast<std::size_t>(block)] = true;
        const Uses& uses = uses_[static_cast<std::size_t>(block)];
        if (std::ranges::binary_search(uses.read_first, id)) return true;
        if (!std::ranges::binary_search(uses.written, id)) std::ranges::copy(after(block), std::back_inserter(pending));
    }
    return false;
}

// Harnesses decide which inputs there are: their sides are never one again.
const Join* JoinTable::of(ir::Site branch, const slice::FunctionSlice* kept) {
    if (program_[branch.function].is_harness) return nullptr;
    std::unique_ptr<Joins>& joins = joins_[branch.function];
    if (joins == nullptr) joins = std::make_unique<Joins>(program_[branch.function], kept);
    return joins->of(branch.index);
}

}  // namespace gnomon::explore
