#include "explore/joins.h"

#include <algorithm>

#include "ir/operands.h"
#include "ir/semantics.h"

namespace gnomon::explore {

namespace {

constexpr std::size_t most_instructions = 128;  // of both sides together

void sort_once(std::vector<ir::RegisterId>& ids) {
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
}

bool tells_place(const ir::Operation& operation) {
    return std::visit(
        []<class Given>(const Given&) {
            return std::is_same_v<Given, ir::ElementAddress> || std::is_same_v<Given, ir::EnterLocal> ||
                   std::is_same_v<Given, ir::CopyBytes> || std::is_same_v<Given, ir::FillBytes> ||
                   std::is_same_v<Given, ir::CallIntrinsic> || std::is_same_v<Given, ir::Call>;
        },
        operation);
}

bool is_arithmetic(const ir::Operation& operation) {
    if (const auto* binary = std::get_if<ir::Binary>(&operation)) return !ir::is_comparison(binary->op);
    return std::holds_alternative<ir::Move>(operation) || std::holds_alternative<ir::Unary>(operation) ||
           std::holds_alternative<ir::Cast>(operation);
}

}  // namespace

Joins::Joins(const ir::Function& function, const slice::FunctionSlice* kept)
    : function_(function), control_(function, std::vector<bool>(function.code.size())) {
    for (std::uint32_t block = 0; block < function.blocks.size(); ++block)
        uses_.push_back(uses_of(ir::BlockId{block}, kept));
    find_places(kept);
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

// Registers that become an index, a size or an argument in a loop, as they are or by arithmetic: wherever they are a
// choice, each turn asks the solver about it.
void Joins::find_places(const slice::FunctionSlice* kept) {
    tells_places_.resize(function_.registers.size());
    std::vector<std::vector<std::uint32_t>> definitions(function_.registers.size());
    std::vector<ir::RegisterId> pending;
    const auto add = [&](const ir::Operand& operand) {
        if (!operand.is_register() || tells_places_[static_cast<std::size_t>(operand.as_register())]) return;
        tells_places_[static_cast<std::size_t>(operand.as_register())] = true;
        pending.push_back(operand.as_register());
    };
    for (std::uint32_t block = 0; block < function_.blocks.size(); ++block) {
        std::optional<bool> is_repeated;
        for (std::uint32_t i = function_.blocks[block].begin; i < function_.blocks[block].end; ++i) {
            const ir::Operation& operation = function_.code[i].operation;
            if (kept != nullptr && !kept->kept[i]) continue;
            ir::each_result(operation,
                            [&](ir::RegisterId id) { definitions[static_cast<std::size_t>(id)].push_back(i); });
            if (!tells_place(operation)) continue;
            if (!is_repeated) is_repeated = this->is_repeated(ir::BlockId{block});
            if (*is_repeated) ir::each_read(operation, add);
        }
    }
    while (!pending.empty()) {  // bounded: each register once
        const ir::RegisterId id = pending.back();
        pending.pop_back();
        for (const std::uint32_t at : definitions[static_cast<std::size_t>(id)])
            if (is_arithmetic(function_.code[at].operation)) ir::each_read(function_.code[at].operation, add);
    }
}

// Bound: each block once.
bool Joins::is_repeated(ir::BlockId block) const {
    std::vector<bool> seen(function_.blocks.size());
    std::vector<ir::BlockId> pending = after(block);
    while (!pending.empty()) {
        const ir::BlockId at = pending.back();
        pending.pop_back();
        if (at == block) return true;
        if (seen[static_cast<std::size_t>(at)]) continue;
        seen[static_cast<std::size_t>(at)] = true;
        std::ranges::copy(after(at), std::back_inserter(pending));
    }
    return false;
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
    Join join{function_.blocks[static_cast<std::size_t>(*block)].begin, {}, {}};
    for (const ir::BlockId side : *sides) {
        const std::vector<ir::RegisterId>& written = uses_[static_cast<std::size_t>(side)].written;
        for (const ir::RegisterId id : written) {
            if (!is_read_from(*block, id)) {
                join.unread.push_back(id);
            } else if (tells_places_[static_cast<std::size_t>(id)]) {
                join.plain.push_back(id);
            }
        }
    }
    sort_once(join.unread);
    sort_once(join.plain);
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
        const std::vector<ir::BlockId> next = after(block);
        if (is_circle || next.empty() || instructions > most_instructions) return std::nullopt;
        found.push_back(block);
        pending.insert(pending.end(), next.begin(), next.end());
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
