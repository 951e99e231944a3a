// One forward abstract interpretation of a function: what is known where each block begins, on every run.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "abstract/transfer.h"

namespace gnomon::abstract {

class Interpretation {
  public:
    explicit Interpretation(const Context& context);

    // False: it takes too long, and nothing is known.
    bool run();

    // Every instruction that runs may come to, by blocks: visit(index, state, transfer), before it is executed.
    template <class Visit>
    void each_reached(const Visit& visit) const {
        for (std::uint32_t block = 0; block < entering_.size(); ++block) {
            if (!entering_[block]) continue;
            State state = *entering_[block];
            Transfer transfer(context_, state);
            walk(block, transfer, [&](std::uint32_t index) { visit(index, state, transfer); });
        }
    }

  private:
    using Entering = std::vector<std::optional<State>>;

    // False: no run comes to the end of the block.
    template <class Visit>
    bool walk(std::uint32_t block, Transfer& transfer, const Visit& visit) const {
        const ir::Block& range = context_.function.blocks[block];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            visit(i);
            transfer.pass_demands(i);
            if (!transfer.execute(i)) return false;
        }
        return true;
    }
    template <class Visit>
    void each_way_out(std::uint32_t block, State state, const Visit& visit) const {
        Transfer transfer(context_, state);
        if (!walk(block, transfer, [](std::uint32_t) {})) return;
        const std::uint32_t last = context_.function.blocks[block].end - 1;
        const std::vector<ir::BlockId> next = successors(context_.function.code[last].operation);
        for (std::size_t edge = 0; edge < next.size(); ++edge) {
            State way = state;
            Transfer chosen = transfer.on(way);
            if (chosen.take(last, edge)) visit(static_cast<std::uint32_t>(next[edge]), std::move(way));
        }
    }

    State beginning() const { return first_state(context_).entering(0); }
    bool settle();
    void narrow();
    bool merge(Entering& entering, std::uint32_t block, const State& state, bool is_widened) const;

    const Context& context_;
    Entering entering_;                    // by block; nothing: it is never reached
    std::vector<std::uint32_t> position_;  // by block: in the order
};

}  // namespace gnomon::abstract
