#include "abstract/discharge.h"

#include <algorithm>
#include <optional>
#include <set>

#include "abstract/demand.h"

namespace gnomon::abstract {

namespace {

constexpr unsigned visits_before_widening = 3;
constexpr std::size_t visits_per_block = 40;  // beyond, nothing is proved
constexpr unsigned narrowing_rounds = 2;

std::uint64_t mixed(std::uint64_t digest, std::uint64_t number) {
    digest = (digest ^ number) * 0x9e3779b97f4a7c15;
    return digest ^ (digest >> 32);
}

std::uint64_t number_of(const Effect& effect) { return 1u + 2u * effect.writes + 4u * effect.releases; }

std::uint64_t number_of(const ir::Global& global) {
    const unsigned kind =
        global.is_defined + 2u * global.is_opaque + 4u * global.is_constant + 8u * global.is_string_literal;
    return mixed(kind, global.size);
}

class Interpretation {
  public:
    explicit Interpretation(const Context& context)
        : context_(context), entering_(context.function.blocks.size()), position_(context.function.blocks.size()) {
        const std::vector<std::uint32_t>& order = context.flow.order();
        for (std::uint32_t i = 0; i < order.size(); ++i) position_[order[i]] = i;
    }

    // What is known where each block begins; nothing: it is never reached. False: it takes too long.
    bool run() {
        if (!settle()) return false;
        for (unsigned round = 0; round < narrowing_rounds; ++round) narrow();
        return true;
    }

    const std::optional<State>& entering(std::uint32_t block) const { return entering_[block]; }

  private:
    using Entering = std::vector<std::optional<State>>;

    State beginning() const { return first_state(context_).entering(0); }

    template <class Visit>
    void each_way_out(std::uint32_t block, State state, const Visit& visit) const {
        const ir::Block& range = context_.function.blocks[block];
        Transfer transfer(context_, state);
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            transfer.pass_demands(i);
            transfer.execute(i);
        }
        const std::vector<ir::BlockId> next = successors(context_.function.code[range.end - 1].operation);
        for (std::size_t edge = 0; edge < next.size(); ++edge) {
            State way = state;
            Transfer chosen = transfer.on(way);
            if (chosen.take(range.end - 1, edge)) visit(static_cast<std::uint32_t>(next[edge]), std::move(way));
        }
    }

    bool settle() {
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
    void narrow() {
        Entering next(entering_.size());
        next[0] = beginning();
        for (const std::uint32_t block : context_.flow.order()) {
            if (!entering_[block]) continue;
            each_way_out(block, *entering_[block],
                         [&](std::uint32_t target, const State& state) { merge(next, target, state, false); });
        }
        entering_ = std::move(next);
    }

    bool merge(Entering& entering, std::uint32_t block, const State& state, bool is_widened) const {
        const State incoming = state.entering(block);
        if (entering[block]) return entering[block]->join(incoming, block, is_widened, context_.function);
        entering[block] = incoming;
        return true;
    }

    const Context& context_;
    Entering entering_;                    // by block
    std::vector<std::uint32_t> position_;  // by block
};

}  // namespace

std::vector<shadow::Obligation> Discharger::held(ir::FunctionId id,
                                                 const std::vector<shadow::Obligation>& obligations) const {
    const ir::Function& function = program_[id];
    if (function.blocks.empty() || obligations.empty()) return {};
    const Flow flow(function);
    if (flow.has_unseen_edges()) return {};
    const Context context{program_, function, flow, effects_, rules_, stack_.of(id)};
    Interpretation interpretation(context);
    if (!interpretation.run()) return {};
    std::vector<shadow::Obligation> held;
    std::vector<shadow::Obligation> ordered = obligations;
    std::ranges::sort(ordered);
    for (std::uint32_t block = 0; block < function.blocks.size(); ++block) {
        const ir::Block& range = function.blocks[block];
        const auto first = std::ranges::lower_bound(ordered, shadow::Obligation{{id, range.begin}, 0});
        const auto last = std::ranges::lower_bound(ordered, shadow::Obligation{{id, range.end}, 0});
        if (!interpretation.entering(block)) {
            held.insert(held.end(), first, last);
            continue;
        }
        State state = *interpretation.entering(block);
        Transfer transfer(context, state);
        auto next = first;
        for (std::uint32_t i = range.begin; i < range.end && next != last; ++i) {
            for (; next != last && next->site.index == i; ++next) {
                if (surely_holds(context, state, transfer, i, rules_.table.demands[next->demand])) {
                    held.push_back(*next);
                }
            }
            transfer.pass_demands(i);
            transfer.execute(i);
        }
    }
    return held;
}

std::uint64_t Discharger::digest_of(ir::FunctionId function) const {
    std::uint64_t digest = stack_.of(function).value_or(0);
    for (const ir::Instruction& instruction : program_[function].code) {
        if (const auto* call = std::get_if<ir::Call>(&instruction.operation)) {
            digest = mixed(digest, number_of(effects_.of(*call)));
        } else if (const auto* address = std::get_if<ir::AddressOfGlobal>(&instruction.operation)) {
            digest = mixed(digest, number_of(program_[address->global]));
        }
    }
    return digest;
}

}  // namespace gnomon::abstract
