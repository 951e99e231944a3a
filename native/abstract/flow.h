// A function as the forward pass walks it: the order of its blocks, which registers are still read where a block
// begins, and which locals only the function itself can reach.
#pragma once

#include <vector>

#include "ir/operands.h"
#include "ir/program.h"

namespace gnomon::abstract {

class Flow {
  public:
    explicit Flow(const ir::Function& function);

    // Reachable blocks, so that all but loops come after what leads to them.
    const std::vector<std::uint32_t>& order() const { return order_; }
    // Control leaves for where nobody follows it, and may come back anywhere: no path ends there in reality.
    bool has_unseen_edges() const { return has_unseen_edges_; }
    bool is_join(std::uint32_t block) const { return entering_[block] > 1; }
    bool is_loop(std::uint32_t block) const { return is_loop_[block]; }
    const std::vector<std::uint32_t>& live(std::uint32_t block) const { return live_[block]; }  // registers, ascending
    std::uint64_t local_size(ir::LocalId local) const { return sizes_[static_cast<std::size_t>(local)]; }
    // Its address is only ever accessed through, on the spot.
    bool is_private(ir::LocalId local) const { return is_private_[static_cast<std::size_t>(local)]; }

  private:
    void find_order(const ir::Function& function);
    void find_live(const ir::Function& function);
    void find_private(const ir::Function& function);

    std::vector<std::uint32_t> order_;
    bool has_unseen_edges_ = false;
    std::vector<std::uint32_t> entering_;  // edges, by block
    std::vector<bool> is_loop_;
    std::vector<std::vector<std::uint32_t>> live_;
    std::vector<bool> is_private_;
    std::vector<std::uint64_t> sizes_;  // of locals; 0: not known here
};

}  // namespace gnomon::abstract
