#include "abstract/interpretation.h"

namespace gnomon::abstract {

namespace {

constexpr unsigned visits_before_widening = 3;
constexpr std::size_t visits_per_block = 40;  // beyond, nothing is proved
constexpr unsigned narrowing_rounds = 2;

}  // namespace

Interpretation::Interpretation(const Context& context)
    : context_(context), entering_(context.function.blocks.size()), position_(context.function.blocks.size()) {
    const std::vector<std::uint32_t>& order = context.flow.order();
    for (std::uint32_t i = 0; i < order.size(); ++i) position_[order[i]] = i;
}

bool Interpretation::run() {
    if (!settle()) return false;
    for (unsigned round = 0; round < narrowing_rounds; ++round) narrow();
    return true;
}

bool Interpretation::settle() {
    std::vector<unsigned> visits(entering_.size());
    std::set<std::uint32_t> pending{0};  // positions in the order
    entering_[0] = beginning();
    std::size_t left = visits_per_block * entering_.size();
    while (!pending.empty()) {
        if (left-- == 0) return false;
        const std::uint32_t block = context_.flow.order()[*pending.begin()];
        pending.erase(pending.begin());
        ++visits[block];
        each_way_out(block, *entering_[block], [&](std::uint32_t next, const State& state) {
            const bool is_widened = context_.flow.is_loop(next) && visits[next] >= visits_before_widening;
            if (merge(entering_, next, state, is_widened)) pending.insert(position_[next]);
        });
    }
    return true;
}

// Once more round, without widening: what follows from something that always holds, always holds.
void Interpretation::narrow() {
    Entering next(entering_.size());
    next[0] = beginning();
    for (const std::uint32_t block : context_.flow.order()) {
        if (!entering_[block]) continue;
        each_way_out(block, *entering_[block],
                     [&](std::uint32_t target, const State& state) { merge(next, target, state, false); });
    }
    entering_ = std::move(next);
}

bool Interpretation::merge(Entering& entering, std::uint32_t block, const State& state, bool is_widened) const {
    const State incoming = state.entering(block);
    if (entering[block]) return entering[block]->join(incoming, block, is_widened, context_.function);
    entering[block] = incoming;
    return true;
}

}  // namespace gnomon::abstract
