// What functions give back to Python, when it looks at that: a failure belongs to the Return, which was before.
#include <utility>

#include "explore/stepper.h"

namespace gnomon::explore {

void Stepper::note_return(State& state) {
    if (state.frames.size() < 2 || state.top().function->is_model) return;
    const ir::Function& caller = *state.frames[state.frames.size() - 2]->function;
    if (!caller.is_model && !caller.is_harness) return;
    leave_return_open(state);
    state.last_return = ir::Site{state.top().id, state.top().next};
}

void Stepper::look_at_returned(State& state, const std::vector<Value>& arguments) {
    const std::optional<ir::Site> last = std::exchange(state.last_return, std::nullopt);
    if (!last) return;
    const ir::Scalar pointer{ir::Scalar::Kind::pointer, 64, false}, integer{ir::Scalar::Kind::integer, 32, true};
    Event event;
    event.kind = shadow::Event::returned;
    event.value = event.pointer = arguments[0];
    event.value_type = pointer;
    event.arguments = arguments;
    event.argument_types = {pointer, integer, integer, integer, integer, integer};
    event.blamed = last;
    check_demands(state, world_.demands_at(*last), event);
}

// Whoever called did not look: nothing is known of what Python makes of it.
void Stepper::leave_return_open(State& state) {
    if (!state.last_return) return;
    for (const std::uint32_t index : world_.demands_at(*state.last_return)) {
        if (world_.table.demands[index].event != shadow::Event::returned) continue;
        Event event;
        event.blamed = state.last_return;
        leave_open(state, index, event, "what the caller makes of the result");
    }
    state.last_return.reset();
}

}  // namespace gnomon::explore
