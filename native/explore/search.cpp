// Which path goes on next, and what the paths together prove.
#include <algorithm>
#include <map>
#include <set>

#include "explore/explorer.h"
#include "explore/stepper.h"
#include "shadow/operands.h"

namespace gnomon::explore {

namespace {

constexpr std::uint64_t turn = 4096;             // instructions that a path runs before another one may
constexpr unsigned longest_sides = 512;          // steps to where the sides of a branch join
constexpr std::uint64_t between_looks = 512;     // at the clock and at the cancellation
constexpr std::size_t most_looked_through = 16;  // paths, for what they have lost so far
// Of the time: until when it goes turn by turn; letter by letter, where texts are numbers; with such numbers as a
// whole; with many turns at once besides; and with those only.
constexpr double part_exact = 0.15, part_letters = 0.05, part_decimals = 0.2, part_decimals_and_loops = 0.4,
                 part_loops = 0.55;

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

    // Those that have come furthest, so many at most.
    std::vector<State*> longest(std::size_t most) {
        std::vector<State*> found;
        for (auto next = by_length_.rbegin(); next != by_length_.rend() && found.size() < most; ++next)
            found.push_back(&states_.at(next->second));
        return found;
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
    enum class End : std::uint8_t { finished, out_of_time, loop_refused };

    Search(World& world, ir::FunctionId entry) : world_(world), stepper_(world, forks_) {
        State first;
        first.model = std::make_shared<solver::Model>(world_.expressions);
        first.stack_size = world_.size_constant(0);
        stepper_.enter(first, entry, {});
        ++world_.statistics.states;
        waiting_.add(std::move(first));
    }

    // May be called again to go on.
    End run(World::Clock::time_point until) {
        until_ = until;
        while (!waiting_.is_empty() && !world_.is_all_decided()) {
            if (is_budget_spent()) return End::out_of_time;
            take_turn(waiting_.take());
            if (is_refused_) return End::loop_refused;
        }
        return End::finished;
    }

    // A run that never ends leaks what it loses on the way.
    void look_for_lost() {
        for (State* state : waiting_.longest(most_looked_through)) stepper_.look_for_lost(*state);
    }

    // What waits is lost.
    void give_up() {
        world_.is_cut_short = is_over();
        while (!waiting_.is_empty()) world_.note_lost_path(waiting_.take(), "budget");
    }

  private:
    bool is_over() const { return world_.is_over() || World::Clock::now() >= until_; }

    bool is_budget_spent() {
        const Budget& budget = world_.budget;
        return is_over() || instructions_ > budget.instructions || states_ > budget.paths ||
               ((++looks_ % 64) == 0 && world_.is_out_of_memory());
    }

    void take_turn(State state) {
        if (is_stale(state)) return;
        if (!world_.may_decide(state)) {
            ++world_.statistics.paths;
            return;
        }
        Now now = Now::goes_on;
        for (std::uint64_t begin = state.instructions; now == Now::goes_on && state.instructions - begin < turn;) {
            unsigned left = longest_sides;
            now = advance(state, left);
            const bool is_look_due = left < longest_sides || state.instructions % between_looks == 0;
            if (is_look_due && is_budget_spent()) break;
        }
        if (now != Now::ended) waiting_.add(std::move(state));
    }

    // A path after some steps: it can take more at once, others have come from it and are to be looked at, it is over.
    enum class Now : std::uint8_t { goes_on, parted, ended };

    // One step. Where it parts the path at a branch whose sides join again, both are run to there, so that they can
    // be one. Bound: `left`, the steps that all sides together may take.
    Now advance(State& state, unsigned& left) {
        const Frame& frame = state.top();
        const ir::Site site{frame.id, frame.next};
        const slice::FunctionSlice* kept = frame.kept;
        const ir::Operation& operation = frame.function->code[frame.next].operation;
        const bool is_branch =
            std::holds_alternative<ir::Branch>(operation) || std::holds_alternative<ir::Switch>(operation);
        const std::size_t depth = state.frames.size();
        const Now now = step(state);
        if (forks_.empty()) return now;
        const bool is_single = is_branch && forks_.size() == 1 && stepper_.parting() && now == Now::goes_on;
        const Join* join = is_single && left > 0 ? world_.joins.of(site, kept) : nullptr;
        if (join == nullptr) {
            keep_forks();
            return now == Now::ended ? now : Now::parted;
        }
        const Parting parting = *stepper_.parting();
        State other = std::move(forks_.back());
        forks_.clear();
        ++states_;
        ++world_.statistics.states;
        const Now ours = run_to(state, *join, depth, left);
        const Now theirs = run_to(other, *join, depth, left);
        if (ours == Now::ended) state = std::move(other);
        if (ours == Now::ended || theirs == Now::ended) return ours == Now::ended ? theirs : ours;
        if (is_at(state, *join, depth) && is_at(other, *join, depth)) {
            if (auto one = stepper_.merged(state, other, parting, *join)) {
                state = std::move(*one);
                --states_;
                return Now::goes_on;
            }
        }
        waiting_.add(std::move(other));
        return Now::parted;
    }

    static bool is_at(const State& state, const Join& join, std::size_t depth) {
        return state.frames.size() == depth && state.top().next == join.index;
    }

    Now run_to(State& state, const Join& join, std::size_t depth, unsigned& left) {
        while (!is_at(state, join, depth) && state.frames.size() >= depth && left > 0 && !is_over()) {
            --left;
            if (const Now now = advance(state, left); now != Now::goes_on) return now;
        }
        return Now::goes_on;
    }

    Now step(State& state) {
        const std::uint64_t before = state.instructions;
        Now now = Now::goes_on;
        try {
            stepper_.step(state);
        } catch (const PathEnds& end) {
            end_path(state, end);
            now = Now::ended;
        }
        instructions_ += state.instructions - before;
        world_.statistics.instructions += state.instructions - before;
        return now;
    }

    void end_path(const State& state, const PathEnds& end) {
        ++world_.statistics.paths;
        const bool is_refused = end.why == PathEnds::Why::refused;
        is_refused_ = is_refused_ || is_refused;
        const bool is_complete = end.why == PathEnds::Why::failed || end.why == PathEnds::Why::finished;
        if (!is_complete && !is_refused) world_.note_lost_path(state, end.reason);
    }

    static bool is_stale(const State& state) {
        return std::ranges::any_of(state.passages, [](const auto& passage) { return passage->is_stale; });
    }

    void keep_forks() {
        states_ += forks_.size();
        world_.statistics.states += forks_.size();
        for (State& state : forks_) waiting_.add(std::move(state));
        forks_.clear();
    }

    World& world_;
    Waiting waiting_;
    std::vector<State> forks_;
    Stepper stepper_;
    World::Clock::time_point until_;
    std::uint64_t looks_ = 0, instructions_ = 0, states_ = 1;
    bool is_refused_ = false;
};

// What can be proved, or shown to fail, when many turns of a loop are passed at once (of those in `loops`; null: of
// none) or numbers in texts are taken as a whole. What is lost then is not lost for good: reasons are left as they
// were.
void approximate(World& world, LoopTable* loops, ir::FunctionId entry, bool reads_decimals,
                 World::Clock::time_point until) {
    std::vector<std::string> reasons;
    for (Verdict& verdict : world.verdicts) reasons.push_back(std::exchange(verdict.reason, ""));
    auto losses = world.exchange_losses({});
    world.loops = loops;
    world.reads_decimals = reads_decimals;
    auto end = Search::End::loop_refused;
    while (end == Search::End::loop_refused) {  // at most once per loop
        for (Verdict& verdict : world.verdicts) verdict.reason.clear();
        world.exchange_losses({});
        end = Search(world, entry).run(until);
    }
    world.loops = nullptr;
    world.reads_decimals = false;
    world.exchange_losses(std::move(losses));
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        Verdict& verdict = world.verdicts[i];
        const bool is_proved = end == Search::End::finished && verdict.reason.empty() && !verdict.is_latent;
        if (verdict.answer == Answer::undecided && is_proved) verdict.answer = Answer::proved;
        verdict.reason = verdict.answer == Answer::undecided ? reasons[i] : "";
    }
}

// Turn by turn for a while, which finds what is near; then as more than real runs do; then turn by turn to the end.
void search(World& world, ir::FunctionId entry) {
    if (!world.program[entry].has_body) return world.note_all_lost("not modelled: the entry has no body");
    const auto after = [&world](double part) {
        const std::chrono::duration<double> seconds(part * world.budget.seconds);
        return world.begin + std::chrono::duration_cast<World::Clock::duration>(seconds);
    };
    Search turn_by_turn(world, entry);
    auto end = turn_by_turn.run(after(part_letters));
    if (end == Search::End::out_of_time && !world.meets_decimals) end = turn_by_turn.run(after(part_exact));
    if (end == Search::End::out_of_time) {
        turn_by_turn.look_for_lost();
        const bool forbids_wrap = std::ranges::any_of(
            world.table.demands, [](const shadow::Demand& demand) { return demand.code == "arith.overflow"; });
        LoopTable loops(world.program, world.slice, forbids_wrap);
        if (world.meets_decimals) {
            approximate(world, nullptr, entry, true, after(part_decimals));
            if (loops.has_any()) approximate(world, &loops, entry, true, after(part_decimals_and_loops));
        }
        if (loops.has_any()) approximate(world, &loops, entry, false, after(part_loops));
        end = turn_by_turn.run(world.deadline);
    }
    if (end == Search::End::out_of_time) turn_by_turn.give_up();
}

}  // namespace

Exploration explore(const ir::Program& program, ir::FunctionId entry, const slice::Slice* slice,
                    std::span<const shadow::Obligation> obligations, const shadow::Table& table, const Budget& budget,
                    solver::Backend& backend, const std::atomic<bool>& cancelled) {
    World world(program, slice, obligations, table, budget, backend, cancelled);
    world.entry = entry;
    world.open_globals = program[entry].open_globals;
    search(world, entry);
    for (Verdict& verdict : world.verdicts) {
        if (verdict.answer == Answer::refuted) continue;
        verdict.answer = Answer::undecided;
        if (verdict.is_latent) verdict.reason = "depends on the caller";
        if (verdict.reason.empty() && world.rests_on_caller) verdict.reason = of_callers_memory;
        // What callers have on the stack by then is not known.
        const bool asks_callers = program[entry].has_unknown_caller &&
                                  shadow::asks_of_stack(table.demands[verdict.obligation.demand].predicate);
        if (verdict.reason.empty() && asks_callers) verdict.reason = "depends on the caller";
        if (verdict.reason.empty() && verdict.is_handed_on) verdict.reason = of_handed_on;
        if (verdict.reason.empty()) verdict.answer = Answer::proved;
    }
    Statistics& statistics = world.statistics;
    const solver::QueryStatistics& queries = world.solver.statistics();
    statistics.solver_queries = queries.solver_queries;
    statistics.solver_cache_hits =
        queries.cache_hits + queries.model_hits + queries.interval_hits + queries.boundary_hits;
    statistics.solver_seconds = queries.solver_seconds;
    statistics.seconds = std::chrono::duration<double>(World::Clock::now() - world.begin).count();
    return {std::move(world.verdicts), statistics, world.entered, world.looked_at(), world.is_cut_short};
}

}  // namespace gnomon::explore
