#include "slice/definitions.h"

#include <algorithm>

#include "ir/operands.h"

namespace gnomon::slice {

Definitions::Definitions(const ir::Function& function)
    : function_(function),
      of_register_(function.registers.size()),
      block_of_(function.code.size()),
      numbers_(function.registers.size()) {
    for (std::uint32_t reg = 0; reg < function.parameter_count; ++reg) of_register_[reg].push_back(entry);
    for (std::uint32_t block = 0; block < function.blocks.size(); ++block) {
        for (std::uint32_t i = function.blocks[block].begin; i < function.blocks[block].end; ++i) {
            block_of_[i] = block;
            each_result(function.code[i].operation,
                        [&](ir::RegisterId reg) { of_register_[static_cast<std::size_t>(reg)].push_back(i); });
        }
    }
    for (std::uint32_t reg = 0; reg < of_register_.size(); ++reg) {
        if (of_register_[reg].size() < 2) continue;
        for (std::size_t i = 0; i < of_register_[reg].size(); ++i) {
            numbers_[reg].push_back(static_cast<std::uint32_t>(register_of_.size()));
            register_of_.push_back(reg);
        }
    }
    if (!register_of_.empty()) flow();
}

// Forward, to a fixed point: sets only grow, so a block is looked at again at most once per definition.
void Definitions::flow() {
    const std::size_t words = register_of_.size() / 64 + 1;
    const std::size_t blocks = function_.blocks.size();
    at_begin_.assign(blocks, std::vector<Word>(words));
    std::vector<std::vector<Word>> made(blocks, std::vector<Word>(words)),
        passed(blocks, std::vector<Word>(words, ~Word{0}));
    for (std::size_t reg = 0; reg < numbers_.size(); ++reg) {
        const std::vector<std::uint32_t>& numbers = numbers_[reg];
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const std::uint32_t number = numbers[i];
            const std::uint32_t index = of_register_[reg][i];
            if (index == entry) {
                at_begin_[0][number / 64] |= Word{1} << (number % 64);
                continue;
            }
            const std::uint32_t block = block_of_[index];
            for (const std::uint32_t other : numbers) {
                passed[block][other / 64] &= ~(Word{1} << (other % 64));
                made[block][other / 64] &= ~(Word{1} << (other % 64));
            }
            made[block][number / 64] |= Word{1} << (number % 64);
        }
    }
    std::vector<std::uint32_t> queue;
    for (std::size_t block = blocks; block-- > 0;) queue.push_back(static_cast<std::uint32_t>(block));
    std::vector<bool> is_queued(blocks, true);
    while (!queue.empty()) {
        const std::uint32_t block = queue.back();
        queue.pop_back();
        is_queued[block] = false;
        for (const ir::BlockId next : successors(function_.code[function_.blocks[block].end - 1].operation)) {
            const auto target = static_cast<std::uint32_t>(next);
            bool grows = false;
            for (std::size_t w = 0; w < words; ++w) {
                const Word out = made[block][w] | (at_begin_[block][w] & passed[block][w]);
                grows = grows || (out & ~at_begin_[target][w]) != 0;
                at_begin_[target][w] |= out;
            }
            if (grows && !is_queued[target]) {
                is_queued[target] = true;
                queue.push_back(target);
            }
        }
    }
}

Definitions::Found Definitions::reaching(std::uint32_t index, ir::RegisterId id) const {
    const auto reg = static_cast<std::size_t>(id);
    const std::vector<std::uint32_t>& all = of_register_[reg];
    Found found;
    if (all.size() < 2) {
        if (!all.empty() && all[0] == entry)
            found.is_parameter = true;
        else
            found.instructions = all;
        return found;
    }
    const std::uint32_t block = block_of_[index];
    const std::uint32_t begin = function_.blocks[block].begin;
    // The last one before it in its block hides the others.
    for (std::size_t i = all.size(); i-- > 0;) {
        if (all[i] == entry || all[i] < begin || all[i] >= index) continue;
        found.instructions.push_back(all[i]);
        return found;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_in(at_begin_[block], numbers_[reg][i])) continue;
        if (all[i] == entry)
            found.is_parameter = true;
        else
            found.instructions.push_back(all[i]);
    }
    return found;
}

}  // namespace gnomon::slice
