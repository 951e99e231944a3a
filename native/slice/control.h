// Control dependence inside a function, from post-dominators.
//
// An instruction after which the run may end (a call that may not return, an assertion that may fail) ends a *region*
// and has an edge to the exit, so that everything behind it depends on it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ir/program.h"

namespace gnomon::slice {

class Control {
  public:
    // may_end: by instruction; what may end the run there.
    Control(const ir::Function& function, const std::vector<bool>& may_end);

    // The instructions that decide whether this one is executed: branches, and what may end the run.
    std::span<const std::uint32_t> deciders(std::uint32_t index) const { return deciders_[region_of_[index]]; }

    // Where control goes past the branch when nothing that depends on it is kept: its nearest post-dominator, or else
    // a return that it can reach. Nothing: such a branch must be kept.
    std::optional<ir::BlockId> past(std::uint32_t branch) const;

  private:
    struct Region {
        std::uint32_t block = 0;
        std::uint32_t begin = 0, end = 0;  // instructions
        std::vector<std::uint32_t> next, before;
    };
    void split(const std::vector<bool>& may_end);
    void connect(std::uint32_t from, std::uint32_t to);
    void reach_exit();
    void find_post_dominators();
    void find_deciders();

    const ir::Function& function_;
    std::vector<Region> regions_;                       // the last one is the exit
    std::vector<std::uint32_t> first_of_;               // by block: its first region
    std::vector<std::uint32_t> region_of_;              // by instruction
    std::vector<std::uint32_t> post_dominator_;         // by region: the nearest
    std::vector<std::vector<std::uint32_t>> deciders_;  // by region
};

}  // namespace gnomon::slice
