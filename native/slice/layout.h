// The kept instructions of a function in an order that does not depend on what is not kept: as control can come to
// them, past branches that are skipped and blocks that hold nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "slice/slice.h"

namespace gnomon::slice {

class Layout {
  public:
    struct Line {
        std::uint32_t index = 0;   // of the instruction; of a line that only jumps: `jump`
        std::uint32_t target = 0;  // of a jump: the block
    };
    static constexpr std::uint32_t jump = 0xffffffff;

    Layout(const ir::Function& function, const FunctionSlice& part);

    const std::vector<Line>& lines() const { return lines_; }
    std::uint32_t line_of(ir::BlockId block) const;                // its first
    std::uint32_t line_of_instruction(std::uint32_t index) const;  // lines().size(): control never comes there

  private:
    std::uint32_t through(std::uint32_t block) const;
    bool goes_on(std::uint32_t block, std::uint32_t& next) const;
    void place(std::uint32_t block);

    const ir::Function& function_;
    const FunctionSlice& part_;
    std::vector<Line> lines_;
    std::vector<std::uint32_t> begins_;  // by block; `jump`: not placed
    std::vector<std::uint32_t> waiting_;
};

}  // namespace gnomon::slice
