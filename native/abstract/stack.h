// How large the stack can be while a function runs: what its locals take, and those of all that may have called it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ir/mentions.h"
#include "ir/program.h"

namespace gnomon::abstract {

// Of all locals of a function at once, in bytes; the largest number there is when no bound is known.
std::uint64_t frame_size(const ir::Function& function);

class StackBounds {
  public:
    StackBounds(const ir::Program& program, const ir::AllMentions& mentions,
                const ir::PerFunction<std::uint64_t>& frames);

    // Bytes, rounded up to a power of two, so that what rests on it lasts while callers change a little. Nothing: no
    // bound is known. Recursion counts as deep as runs are followed.
    std::optional<std::uint64_t> of(ir::FunctionId function) const;

  private:
    std::vector<std::uint64_t> bounds_;  // by function
};

}  // namespace gnomon::abstract
