#include "slice/layout.h"

#include "slice/definitions.h"

namespace gnomon::slice {

Layout::Layout(const ir::Function& function, const FunctionSlice& part)
    : function_(function), part_(part), begins_(function.blocks.size(), jump) {
    if (function.blocks.empty()) return;
    waiting_.push_back(through(0));
    while (!waiting_.empty()) {  // every block is placed once
        const std::uint32_t block = waiting_.back();
        waiting_.pop_back();
        if (begins_[block] == jump) place(block);
    }
}

std::uint32_t Layout::line_of(ir::BlockId block) const { return begins_[through(static_cast<std::uint32_t>(block))]; }

std::uint32_t Layout::line_of_instruction(std::uint32_t index) const {
    for (std::uint32_t line = 0; line < lines_.size(); ++line)
        if (lines_[line].index == index) return line;
    return static_cast<std::uint32_t>(lines_.size());
}

// Does control leave the block in one way only?
bool Layout::goes_on(std::uint32_t block, std::uint32_t& next) const {
    const std::uint32_t last = function_.blocks[block].end - 1;
    const auto skip = part_.skips.find(last);
    if (skip != part_.skips.end() && !part_.kept[last]) {
        next = static_cast<std::uint32_t>(skip->second);
        return true;
    }
    const auto* on = std::get_if<ir::Jump>(&function_.code[last].operation);
    if (on != nullptr) next = static_cast<std::uint32_t>(on->target);
    return on != nullptr;
}

// Past blocks that hold nothing; an endless round of them ends after as many steps as there are blocks.
std::uint32_t Layout::through(std::uint32_t block) const {
    for (std::size_t steps = 0; steps < function_.blocks.size(); ++steps) {
        std::uint32_t next = block;
        if (!goes_on(block, next)) return block;
        for (std::uint32_t i = function_.blocks[block].begin; i + 1 < function_.blocks[block].end; ++i)
            if (part_.kept[i]) return block;
        block = next;
    }
    return block;
}

void Layout::place(std::uint32_t block) {
    for (;;) {  // ends: every round places a block
        begins_[block] = static_cast<std::uint32_t>(lines_.size());
        const std::uint32_t last = function_.blocks[block].end - 1;
        for (std::uint32_t i = function_.blocks[block].begin; i < last; ++i)
            if (part_.kept[i]) lines_.push_back({i, 0});
        std::uint32_t next = block;
        if (!goes_on(block, next)) {
            lines_.push_back({last, 0});
            const std::vector<ir::BlockId> targets = successors(function_.code[last].operation);
            for (auto target = targets.rbegin(); target != targets.rend(); ++target)
                waiting_.push_back(through(static_cast<std::uint32_t>(*target)));
            return;
        }
        block = through(next);
        if (begins_[block] == jump) continue;
        lines_.push_back({jump, block});
        return;
    }
}

}  // namespace gnomon::slice
