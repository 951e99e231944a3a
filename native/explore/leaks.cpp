// What is left when an entry ends, or lost before: which blocks nothing refers to any more.
#include <set>

#include "explore/stepper.h"
#include "ir/liveness.h"
#include "shadow/static_fields.h"

namespace gnomon::explore {

namespace {

// Everything that can be come to from what the program did not make on its own heap, and from what the harness holds.
// Pointers are whole here: a path that takes one apart has ended as not modelled.
// Of the program's own frames, what variables hold, and what is read from where they stand; and what is returned.
enum class Roots : std::uint8_t { usual, with_counted };
std::set<ObjectId> reachable_objects(const State& state, ObjectId result, Roots roots = Roots::usual) {
    std::set<ObjectId> reached;
    std::vector<ObjectId> pending;
    const auto reach = [&](ObjectId id) {
        if (!is_real(id) || is_function(id) || !state.memory.contains(id) || !state.memory.at(id).is_alive) return;
        if (reached.insert(id).second) pending.push_back(id);
    };
    for (const auto& [id, object] : state.memory.fixed()) reach(id);
    for (std::uint32_t i = 1; i <= state.memory.made(); ++i) {
        const Object& object = state.memory.at(ObjectId{i});
        const bool is_own = object.kind == shadow::ObjectKind::heap || object.kind == shadow::ObjectKind::local;
        const bool is_root = object.is_counted && roots == Roots::with_counted;
        if (object.is_kept || object.is_escaped || is_root || !is_own) reach(ObjectId{i});
    }
    for (const auto& frame : state.frames) {
        const std::vector<ir::Register>& registers = frame->function->registers;
        const std::vector<bool> is_live = ir::live_before(*frame->function, frame->next);
        for (std::size_t i = 0; i < registers.size(); ++i)
            if (frame->function->is_harness || !registers[i].name.empty() || is_live[i])
                reach(frame->registers[i].object);
        for (const ObjectId local : frame->locals) reach(local);
    }
    reach(result);
    while (!pending.empty()) {  // bounded: each object once
        const Object& object = state.memory.at(pending.back());
        pending.pop_back();
        for (const auto& [index, page] : object.pages) {
            for (const Cell& cell : *page) reach(cell.object);
        }
    }
    return reached;
}

}  // namespace

void Stepper::end_entry(State& state) {
    leave_return_open(state);
    if (!world_.watches(shadow::Event::end_of_entry) && !world_.watches(shadow::Event::number_left)) return;
    const std::set<ObjectId> reached = reachable_objects(state, ObjectId::none);
    check_blocks(state, reached, false);
    if (!state.has_left_main) check_numbers(state, reached, world_.plain(0, 64));
}

void Stepper::look_for_lost(State& state) {
    if (world_.watches(shadow::Event::end_of_entry))
        check_blocks(state, reachable_objects(state, ObjectId::none), true);
}

// What hangs on a counted block is freed with it. Of what is lost before the end, the first of each place is enough.
void Stepper::check_blocks(State& state, const std::set<ObjectId>& reached, bool only_lost) {
    const std::set<ObjectId> owned =
        world_.program.has_counted_blocks ? reachable_objects(state, ObjectId::none, Roots::with_counted) : reached;
    std::set<ir::Site> seen;
    for (std::uint32_t i = 1; i <= state.memory.made(); ++i) {
        const ObjectId block{i};
        const Object& object = state.memory.at(block);
        if (!object.is_alive || object.kind != shadow::ObjectKind::heap) continue;
        if (!object.is_counted && object.deferred != nullptr) continue;  // nobody has used it: there is nothing yet
        const bool is_reachable = (object.is_counted ? reached : owned).contains(block);
        if (only_lost && (is_reachable || !seen.insert(object.made_at).second)) continue;
        const bool may_leak = object.is_counted && !is_reachable;
        check_block(
            state, block, is_reachable,
            may_leak ? is_leaked(state, block, references_to(state, block, reached)) : expressions_.boolean(false));
    }
}

void Stepper::check_block(State& state, ObjectId block, bool is_reachable, Expression is_leaked) {
    Event event;
    event.kind = shadow::Event::end_of_entry;
    event.pointer = {world_.size_constant(0), world_.no_shadow(), block};
    event.is_reachable = is_reachable;
    event.is_leaked = is_leaked;
    check_left(state, event, state.memory.at(block).made_at);
}

// The system closes the descriptors that `main` still has when it returns.
void Stepper::leave_main(State& state, const Value& result) {
    const bool is_last = state.frames.size() == 2 && state.top().function->name == "main" &&
                         !state.frames.front()->function->has_unknown_caller;
    if (!is_last || state.number_states.empty()) return;
    state.has_left_main = true;
    check_numbers(state, reachable_objects(state, result.object), result);
}

// Each is a failure of its own. `layer`: of a number.
void Stepper::check_left(State& state, const Event& event, ir::Site made_at, std::optional<std::uint8_t> layer) {
    for (std::uint32_t index = 0; index < world_.table.demands.size(); ++index) {
        const shadow::Demand& rule = world_.table.demands[index];
        if (rule.event != event.kind ||
            !shadow::concerns(rule.functions, *state.top().function, event.kind, event.callee))
            continue;
        if (layer && *layer != rule.layer) continue;
        const Expression predicate = evaluate(state, event, rule.layer, rule.predicate);
        Verdict* verdict = world_.verdict_of(made_at, index);
        if (verdict != nullptr && !predicate->is_false() && is_for_callers(state, event, rule))
            verdict->is_handed_on = true;
        if (predicate->is_true()) continue;
        if (verdict != nullptr && verdict->answer == Answer::undecided) can_fail(state, *verdict, event, predicate);
        return;
    }
}

// Does it hold only because a caller still knows the block?
bool Stepper::is_for_callers(State& state, Event event, const shadow::Demand& rule) {
    event.is_reachable = false;
    event.is_held = expressions_.boolean(false);
    if (event.is_leaked != nullptr) event.is_leaked = expressions_.boolean(true);
    return world_.program[world_.entry].has_unknown_caller &&
           !evaluate(state, event, rule.layer, rule.predicate)->is_true();
}

}  // namespace gnomon::explore
