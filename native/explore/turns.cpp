// Passing any number of turns of a loop at once.
//
// Where a path comes to a loop it goes on twice: as it is, for the first turn; and behind any number of turns, with
// counters moved by as many steps, other registers that turns change being anything, and memory that they write
// unknown. The latter takes two turns more. In one, nothing is judged, so that what the turn before has tested is known
// in the other. The second one then stands for all turns. This includes every real run, and more: what is proved so
// holds, what fails has to be confirmed by running it.
#include <algorithm>

#include "explore/stepper.h"

namespace gnomon::explore {

using solver::Result;

namespace {

constexpr std::uint64_t most_turns = std::uint64_t{1} << 62;  // that a run has time for

bool is_same_but_for_contents(const Object& a, const Object& b) {
    return a.kind == b.kind && a.type == b.type && a.size == b.size && a.is_alive == b.is_alive &&
           a.is_writable == b.is_writable && a.deferred == b.deferred && a.is_escaped == b.is_escaped &&
           a.is_kept == b.is_kept && a.is_counted == b.is_counted && a.is_shared == b.is_shared &&
           a.made_at == b.made_at && a.states == b.states;
}

bool is_same_outside_memory(const State& a, const State& b) {
    return a.inputs.size() == b.inputs.size() && a.are_globals_forgotten == b.are_globals_forgotten &&
           a.thread_states == b.thread_states && a.number_states == b.number_states && a.stack_size == b.stack_size &&
           a.last_return == b.last_return;
}

}  // namespace

bool Stepper::is_judging(const State& state) {
    return std::ranges::none_of(state.runs, [](const LoopRun& run) { return run.turn == LoopRun::Turn::assumed; });
}

// Control goes from one block of the innermost frame to another.
void Stepper::follow_loops(State& state, ir::BlockId from, ir::BlockId to) {
    while (!state.runs.empty() && state.runs.back().depth == state.frames.size()) {
        const LoopRun& run = state.runs.back();
        if (to == run.loop->head) return end_turn(state);
        if (run.loop->blocks[static_cast<std::size_t>(to)]) break;
        leave_loop(state);
    }
    const Frame& frame = state.top();
    const Loop* loop = world_.loops->of(frame.id, frame.kept).at(to);
    if (loop == nullptr || loop->blocks[static_cast<std::size_t>(from)] || world_.loops->is_refused(*loop)) return;
    begin_loop(state, *loop);
}

// Out of a turn that only tells what is known before the next one, nothing new comes.
void Stepper::leave_loop(State& state) {
    if (state.runs.back().turn == LoopRun::Turn::assumed) throw PathEnds{PathEnds::Why::finished, ""};
    state.runs.pop_back();
}

void Stepper::leave_loops_of_frame(State& state) {
    while (!state.runs.empty() && state.runs.back().depth == state.frames.size()) leave_loop(state);
}

void Stepper::begin_loop(State& state, const Loop& loop) {
    if (!is_summarised(state, loop)) return;
    const auto passage = std::make_shared<Passage>(Passage{&loop, std::make_shared<const State>(state), {}, false});
    pass(passage);
    state.runs.push_back({nullptr, &loop, state.frames.size(), LoopRun::Turn::first});
}

// Its registers are numbers of which everything is known.
bool Stepper::is_summarised(const State& state, const Loop& loop) const {
    const std::vector<Value>& registers = state.top().registers;
    const auto is_known = [&](ir::RegisterId id) {
        return registers[static_cast<std::size_t>(id)].shadow == world_.no_shadow();
    };
    const auto is_plain = [&](ir::RegisterId id) {
        return is_known(id) && registers[static_cast<std::size_t>(id)].object == ObjectId::none;
    };
    return std::ranges::all_of(loop.counters, is_known, &Counter::id) && std::ranges::all_of(loop.carried, is_plain);
}

// Adds the path that is behind any number of turns.
void Stepper::pass(const std::shared_ptr<Passage>& passage) {
    State state = *passage->before;
    for (const ObjectId object : passage->written) {
        define_fixed(state, object);
        if (state.memory.at(object).deferred != nullptr) refuse(*passage->loop);  // known before it was made
        forget(state, object);
        if (!is_forgotten(state.memory.at(object))) refuse(*passage->loop);
        if (state.unknown_from == nullptr) state.unknown_from = &world_.turns_before;
    }
    if (!move_counters(state, *passage->loop)) return;
    for (const ir::RegisterId id : passage->loop->carried) {
        Value& value = state.writable_top().registers[static_cast<std::size_t>(id)];
        value.bits = world_.anything(value.bits->width);
    }
    state.passages.push_back(passage);
    state.runs.push_back({passage, passage->loop, state.frames.size(), LoopRun::Turn::assumed});
    ++state.forks;
    forks_.push_back(std::move(state));
}

// False: there cannot be such a path.
bool Stepper::move_counters(State& state, const Loop& loop) {
    const auto value_of = [&](const Counter& counter) -> Value& {
        return state.writable_top().registers[static_cast<std::size_t>(counter.id)];
    };
    const Counter* leader = leading_counter(state, loop);
    std::vector<Expression> limits;
    Expression turns = nullptr;  // 64 bits
    if (leader != nullptr) {
        turns = lead(value_of(*leader), *leader, limits);
    } else {
        turns = world_.anything(64, 0, most_turns, 0);
    }
    for (const Counter& counter : loop.counters) {
        if (&counter == leader) continue;
        Value& value = value_of(counter);
        const unsigned width = value.bits->width;
        const Expression step =
            expressions_.constant(static_cast<solver::Bits>(counter.step) & solver::mask(width), width);
        const Expression count = width == 64 ? turns : expressions_.extract(turns, 0, width);
        const Expression before = value.bits;
        value.bits = expressions_.add(before, expressions_.multiply(count, step));
        if (counter.may_wrap || counter.step == 0) continue;
        const auto size = static_cast<std::uint64_t>(counter.step < 0 ? -counter.step : counter.step);
        const std::uint64_t most = static_cast<std::uint64_t>(solver::mask(width)) / size;
        limits.push_back(expressions_.bit_not(expressions_.unsigned_less(world_.size_constant(most), turns)));
        limits.push_back(is_ahead(counter, before, value.bits));
    }
    return std::ranges::all_of(limits, [&](Expression limit) { return can_assume(state, limit); });
}

// The one that can stand for the number of turns: by one each, and never twice the same.
const Counter* Stepper::leading_counter(const State& state, const Loop& loop) const {
    for (const Counter& counter : loop.counters) {
        const Value& value = state.top().registers[static_cast<std::size_t>(counter.id)];
        const bool is_single = value.object == ObjectId::none && (counter.step == 1 || counter.step == -1);
        const bool is_unique = !counter.may_wrap || value.bits->width == 64 || loop.counters.size() == 1;
        if (is_single && is_unique) return &counter;
    }
    return nullptr;
}

// Makes the counter anything that it can be. Returns the turns that this takes.
Expression Stepper::lead(Value& value, const Counter& counter, std::vector<Expression>& limits) {
    const Expression before = value.bits;
    const unsigned width = before->width;
    const bool is_up = counter.step > 0;
    const solver::Bits largest = solver::mask(width) >> (counter.is_signed ? 1 : 0);
    const solver::Bits smallest = counter.is_signed ? largest + 1 : 0;
    const bool is_bounded = before->is_constant() && !counter.may_wrap;
    const solver::Bits preferred = before->is_constant() ? before->constant : 0;
    value.bits = is_bounded ? world_.anything(width, is_up ? preferred : smallest, is_up ? largest : preferred,
                                              preferred, counter.is_signed)
                            : world_.anything(width, smallest, largest, preferred, counter.is_signed);
    if (!counter.may_wrap && !is_bounded) limits.push_back(is_ahead(counter, before, value.bits));
    const auto extended = [&](Expression bits) {
        return counter.is_signed ? expressions_.sign_extend(bits, 64) : expressions_.zero_extend(bits, 64);
    };
    const Expression turns = is_up ? expressions_.subtract(extended(value.bits), extended(before))
                                   : expressions_.subtract(extended(before), extended(value.bits));
    if (counter.may_wrap && width == 64) {
        limits.push_back(expressions_.bit_not(expressions_.unsigned_less(world_.size_constant(most_turns), turns)));
    }
    return turns;
}

Expression Stepper::is_ahead(const Counter& counter, Expression before, Expression now) {
    const bool is_up = counter.step > 0;
    const Expression low = is_up ? before : now, high = is_up ? now : before;
    return expressions_.bit_not(expressions_.binary(solver::Kind::signed_less, high, low));
}

bool Stepper::can_assume(State& state, Expression condition) {
    if (condition->is_constant()) return condition->is_true();
    auto model = state.model;
    if (!model->satisfies(condition)) {
        const solver::Reply reply = world_.solver.possible(state.path, condition, state.model);
        if (reply.result == Result::unsatisfiable) return false;
        if (reply.result == Result::unknown) throw PathEnds{PathEnds::Why::solver, world_.why_unknown()};
        model = reply.model;
    }
    assume(state, condition, std::move(model));
    return true;
}

void Stepper::refuse(const Loop& loop) {
    world_.loops->refuse(loop);
    throw PathEnds{PathEnds::Why::refused, "loop"};
}

// Of the blocks that turns made, those of the last two are there: whether others are left behind is not known.
void Stepper::leave_blocks_open(State& state, std::size_t made_before) {
    if (!world_.watches(shadow::Event::end_of_entry)) return;
    for (std::size_t i = made_before + 1; i <= state.memory.made(); ++i) {
        const Object& block = state.memory.at(static_cast<ObjectId>(i));
        if (block.kind == shadow::ObjectKind::heap && block.is_alive) world_.leave_open_here(block.made_at, "loop");
    }
}

// Control is back at the head. Has the turn changed only what the summary says?
void Stepper::end_turn(State& state) {
    LoopRun& run = state.runs.back();
    if (run.turn == LoopRun::Turn::first) throw PathEnds{PathEnds::Why::finished, ""};
    Passage& passage = *run.passage;
    if (!is_summarised(state, *run.loop) || !is_same_outside_memory(state, *passage.before)) refuse(*run.loop);
    std::set<ObjectId> written = passage.written;
    for (const ObjectId object : state.memory.changed_since(passage.before->memory)) {
        const bool was_there = passage.before->memory.contains(object);
        const Object& now = state.memory.at(object);
        if (was_there && !is_same_but_for_contents(passage.before->memory.at(object), now)) refuse(*run.loop);
        const bool is_as_defined = now.is_alive && !now.is_escaped && !now.is_kept && now.states == Object{}.states;
        if (!was_there && !is_as_defined) refuse(*run.loop);
        const bool has_contents = !now.pages.empty() || !now.symbolic_writes.empty() || is_forgotten(now);
        if (was_there || has_contents) written.insert(object);
    }
    const std::vector<ObjectId>& locals = state.top().locals;
    const std::vector<ObjectId>& locals_before = passage.before->top().locals;
    for (std::size_t i = 0; i < locals.size(); ++i) {
        const bool is_new = locals_before[i] == ObjectId::none && locals[i] != ObjectId::none;
        if (is_new && state.memory.at(locals[i]).is_alive) refuse(*run.loop);  // and would be new each time
    }
    leave_blocks_open(state, passage.before->memory.made());
    if (written.size() > passage.written.size()) {
        passage.is_stale = true;
        pass(std::make_shared<Passage>(Passage{passage.loop, passage.before, std::move(written), false}));
        throw PathEnds{PathEnds::Why::finished, ""};
    }
    if (run.turn == LoopRun::Turn::any) throw PathEnds{PathEnds::Why::finished, ""};
    run.turn = LoopRun::Turn::any;
}

}  // namespace gnomon::explore
