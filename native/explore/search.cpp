// Which path goes on next, and what the paths together prove.
#include <algorithm>
#include <map>
#include <set>

#include "explore/explorer.h"
#include "explore/stepper.h"

namespace gnomon::explore {

namespace {

constexpr std::uint64_t turn = 4096;          // instructions that a path runs before another one may
constexpr std::uint64_t between_looks = 512;  // at the clock and at the cancellation

// Paths that wait, shortest first. Every fourth turn goes to the path with the fewest forks, so that long concrete
// loops come to their end. Bound: Budget::paths.
class Waiting {
  public:
    void add(State state) {
        const std::uint64_t id = next_id_++;
        by_length_.emplace(state.instructions, id);
        by_forks_.emplace(state.forks, id);
        states_.emplace(id, std::move(state));
    }

    State take() {
        const bool is_turn_of_few_forks = ++turns_ % 4 == 0;
        const std::uint64_t id = is_turn_of_few_forks ? by_forks_.begin()->second : by_length_.begin()->second;
        auto node = states_.extract(id);
        State& state = node.mapped();
        by_length_.erase({state.instructions, id});
        by_forks_.erase({state.forks, id});
        return std::move(state);
    }

    bool is_empty() const { return states_.empty(); }

  private:
    std::map<std::uint64_t, State> states_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> by_length_;  // instructions, id
    std::set<std::pair<std::uint64_t, std::uint64_t>> by_forks_;   // forks, id
    std::uint64_t next_id_ = 0, turns_ = 0;
};

class Search {
  public:
    explicit Search(World& world) : world_(world), stepper_(world, forks_) {}

    void run(ir::FunctionId entry) {
        State first;
        first.model = std::make_shared<solver::Model>(world_.expressions);
        if (!world_.program[entry].has_body) return world_.note_all_lost("not modelled: the entry has no body");
        stepper_.enter(first, entry, {});
        world_.statistics.states = 1;
        waiting_.add(std::move(first));
        while (!waiting_.is_empty() && !world_.is_all_refuted()) {
            if (is_budget_spent()) return give_up();
            take_turn(waiting_.take());
        }
    }

  private:
    // What waits is lost.
    void give_up() {
        while (!waiting_.is_empty()) world_.note_lost_path(waiting_.take(), "budget");
    }

    bool is_budget_spent() {
        const Budget& budget = world_.budget;
        const Statistics& statistics = world_.statistics;
        return world_.is_over() || statistics.instructions > budget.instructions || statistics.states > budget.paths ||
               ((++looks_ % 64) == 0 && world_.is_out_of_memory());
    }

    void take_turn(State state) {
        if (!world_.may_decide(state)) {
            ++world_.statistics.paths;
            return;
        }
        try {
            for (std::uint64_t begin = state.instructions; state.instructions - begin < turn;) {
                const std::uint64_t before = state.instructions;
                stepper_.step(state);
                world_.statistics.instructions += state.instructions - before;
                if (!forks_.empty()) break;
                if (state.instructions % between_looks == 0 && is_budget_spent()) break;
            }
        } catch (const PathEnds& end) {
            ++world_.statistics.paths;
            const bool is_complete = end.why == PathEnds::Why::failed || end.why == PathEnds::Why::finished;
            if (!is_complete) world_.note_lost_path(state, end.reason);
            return keep_forks();
        }
        keep_forks();
        waiting_.add(std::move(state));
    }

    void keep_forks() {
        world_.statistics.states += forks_.size();
        for (State& state : forks_) waiting_.add(std::move(state));
        forks_.clear();
    }

    World& world_;
    Waiting waiting_;
    std::vector<State> forks_;
    Stepper stepper_;
    std::uint64_t looks_ = 0;
};

}  // namespace

Exploration explore(const ir::Program& program, ir::FunctionId entry, const slice::Slice* slice,
                    std::span<const shadow::Obligation> obligations, const shadow::Table& table, const Budget& budget,
                    solver::Backend& backend, const std::atomic<bool>& cancelled) {
    World world(program, slice, obligations, table, budget, backend, cancelled);
    world.open_globals = program[entry].open_globals;
    Search(world).run(entry);
    for (Verdict& verdict : world.verdicts) {
        if (verdict.answer == Answer::refuted) continue;
        if (verdict.is_latent) verdict.reason = "depends on the caller";
        if (verdict.reason.empty() && world.rests_on_caller) verdict.reason = "assumes the caller's memory";
        if (verdict.reason.empty()) verdict.answer = Answer::proved;
    }
    Statistics& statistics = world.statistics;
    const solver::QueryStatistics& queries = world.solver.statistics();
    statistics.solver_queries = queries.solver_queries;
    statistics.solver_cache_hits =
        queries.cache_hits + queries.model_hits + queries.interval_hits + queries.boundary_hits;
    statistics.solver_seconds = queries.solver_seconds;
    statistics.seconds = std::chrono::duration<double>(World::Clock::now() - world.begin).count();
    return {std::move(world.verdicts), statistics};
}

}  // namespace gnomon::explore
