// Calls: of bodies, of functions that only return, and of what only the engine can do.
#include <algorithm>

#include "explore/stepper.h"
#include "ir/operands.h"
#include "shadow/static_fields.h"

namespace gnomon::explore {

namespace {

Object opaque_object(World& world, bool is_chosen) {
    Object object;
    object.kind = shadow::ObjectKind::opaque;
    object.size = world.size_constant(0);
    object.base_shadow = world.no_shadow();
    object.is_chosen = is_chosen;
    return object;
}

}  // namespace

bool Stepper::is_read(State& state, ir::RegisterId result) {
    return std::ranges::any_of(state.top().function->code, [&](const ir::Instruction& instruction) {
        bool is_used = false;
        ir::each_read(instruction.operation, [&](const ir::Operand& operand) {
            is_used = is_used || (operand.is_register() && operand.as_register() == result);
        });
        return is_used;
    });
}

Value Stepper::new_opaque(State& state) {
    return {world_.size_constant(0), world_.no_shadow(), state.memory.create(opaque_object(world_, false))};
}

// Of a call in `frame`, whose arguments are still in its registers.
Event Stepper::call_event(const Frame& frame, shadow::Event kind, std::uint32_t index) {
    const auto& call = std::get<ir::Call>(frame.function->code[index].operation);
    Event event;
    event.kind = kind;
    event.call = &call;
    event.value = world_.plain(0, 64);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        const bool is_typed = i < call.argument_types.size();
        const ir::Scalar type =
            is_typed ? scalar(call.argument_types[i]) : ir::Scalar{ir::Scalar::Kind::integer, 64, false};
        event.arguments.push_back(operand(frame, call.arguments[i], type.bits));
        event.argument_types.push_back(type);
        event.value.shadow = expressions_.either(event.value.shadow, event.arguments.back().shadow);
    }
    event.converted = shadow::converted_arguments(world_.program, *frame.function, index);
    return event;
}

void Stepper::execute(State& state, const ir::Call& call) {
    if (call.is_deferred) return defer(state, call);
    Event event = call_event(state.top(), shadow::Event::call, state.top().next);
    ir::FunctionId callee{};
    if (const auto* pointer = std::get_if<ir::Operand>(&call.callee)) {
        event.pointer = operand(state, *pointer, 64);
        require_known(state, event.pointer.shadow);
        if (event.pointer.object == ObjectId::none) decide(state, is_null(event.pointer));
        const bool is_exact =
            is_function(event.pointer.object) && event.pointer.bits->is_constant() && event.pointer.bits->constant == 0;
        if (is_exact) {
            callee = static_cast<ir::FunctionId>(static_cast<std::uint32_t>(event.pointer.object) -
                                                 static_cast<std::uint32_t>(ObjectId::first_function));
            event.is_fitting = ir::call_fits(world_.program, call, world_.program[callee]);
            world_.called.insert(callee);
        }
        check_demands(state, event);
        if (!is_exact) end_not_modelled("calls through a pointer that is not to one function");
    } else {
        callee = std::get<ir::FunctionId>(call.callee);
        event.callee = &world_.program[callee];
        world_.called.insert(callee);
        event.is_fitting = ir::call_fits(world_.program, call, *event.callee);
        // What models do for the world outside is nobody's failure.
        const bool is_marker = ir::is_marker(*event.callee);
        if (!is_marker || !world_.program[user_site(state).function].is_harness) check_demands(state, event);
    }
    const bool is_marker = event.callee != nullptr && ir::is_marker(*event.callee);
    if (!state.top().function->is_model || is_marker) change_states(state, event);
    const ir::Function& function = world_.program[callee];
    if (function.has_body) {
        if (world_.slice != nullptr && !world_.slice->functions.contains(callee)) return;
        return call_body(state, callee, call, event.arguments);
    }
    if (!function.why_no_body.empty()) end_not_modelled(function.name + ": " + function.why_no_body);
    const auto row = world_.program.externals.find(function.name);
    if (row == world_.program.externals.end()) {
        call_unknown(state, function, call, event.arguments);
    } else {
        use_external(state, function, row->second, call, event.arguments);
    }
    const Frame& frame = state.top();
    const Value result = call.result ? frame.registers[static_cast<std::size_t>(*call.result)] : world_.plain(0, 64);
    const Expression shadow = after_call(state, frame, frame.next, function, result);
    if (call.result) set(state, *call.result, {result.bits, shadow, result.object});
}

// The call is at `index` of `frame`; gives the shadow of the result. What it forks over is asked before the frame of
// the callee is left.
Expression Stepper::after_call(State& state, const Frame& frame, std::uint32_t index, const ir::Function& callee,
                               const Value& result) {
    const auto& call = std::get<ir::Call>(frame.function->code[index].operation);
    const bool is_library_own = frame.function->is_model || std::holds_alternative<ir::Operand>(call.callee);
    if (is_library_own || !world_.watches(shadow::Event::called)) return result.shadow;
    Event event = call_event(frame, shadow::Event::called, index);
    event.callee = &callee;
    event.frames_above = &frame == &state.top() ? 0 : 1;
    event.value = event.pointer = result;
    event.type = event.value_type = ir::scalar_of(world_.program.types, call.result_type);
    check_demands(state, world_.demands_at(frame, index), event);
    change_states(state, event);
    return updated_shadow(state, event, result.shadow);
}

// The callee takes as many arguments, of the same sizes.
void Stepper::check_call(const ir::Function& function, const ir::Call& call) {
    const auto* type = world_.program.types.get_if<ir::FunctionType>(function.type);
    const bool takes_more = type != nullptr && type->is_variadic;
    if (call.arguments.size() < function.parameter_count ||
        (call.arguments.size() > function.parameter_count && !takes_more)) {
        end_not_modelled("calls " + function.name + " with a different number of arguments");
    }
    if (function.has_argument_block &&
        call.argument_types[function.parameter_count - 1] != function.registers[function.parameter_count - 1].type) {
        end_not_modelled("calls " + function.name + " without its variable arguments");
    }
    const std::size_t known = std::min<std::size_t>(function.parameter_count, call.argument_types.size());
    for (std::size_t i = 0; i < known; ++i) {
        const ir::Scalar given = scalar(call.argument_types[i]);
        const ir::Scalar taken = scalar(function.registers[i].type);
        const bool is_float = given.kind == ir::Scalar::Kind::floating;
        if (given.bits != taken.bits || is_float != (taken.kind == ir::Scalar::Kind::floating)) {
            end_not_modelled("calls " + function.name + " with an argument of a different type");
        }
    }
}

void Stepper::call_body(State& state, ir::FunctionId callee, const ir::Call& call,
                        const std::vector<Value>& arguments) {
    check_call(world_.program[callee], call);
    if (state.frames.size() >= ir::deepest_calls) throw PathEnds{PathEnds::Why::budget, "recursion"};
    ++state.writable_top().next;
    enter(state, callee, arguments);
}

void Stepper::enter(State& state, ir::FunctionId id, const std::vector<Value>& arguments) {
    const ir::Function& function = world_.program[id];
    world_.entered.insert(id);
    auto frame = std::make_shared<Frame>();
    frame->id = id;
    frame->function = &function;
    if (world_.slice != nullptr) {
        const auto kept = world_.slice->functions.find(id);
        if (kept != world_.slice->functions.end()) frame->kept = &kept->second;
    }
    frame->next = function.blocks[0].begin;
    frame->stack_size = state.stack_size;
    frame->locals.resize(function.locals.size(), ObjectId::none);
    frame->registers.reserve(function.registers.size());
    std::optional<Expression> undefined;
    for (std::size_t i = 0; i < function.registers.size(); ++i) {
        const ir::Register& description = function.registers[i];
        const ir::Scalar type = ir::scalar_of(world_.program.types, description.type);
        Value value = world_.plain(0, type.is_supported() ? type.bits : 64u);
        if (i < arguments.size() && i < function.parameter_count) {
            value = arguments[i];
        } else if (description.starts_undefined) {
            if (!undefined) undefined = new_object_shadow(state, shadow::ObjectKind::variable, world_.plain(0, 64));
            value.shadow = *undefined;
        }
        frame->registers.push_back(value);
    }
    state.frames.push_back(std::move(frame));
}

void Stepper::use_external(State& state, const ir::Function& callee, const ir::External& row, const ir::Call& call,
                           const std::vector<Value>& arguments) {
    if (row.result == ir::External::Result::refused) end_not_modelled("calls " + callee.name);
    if (row.result == ir::External::Result::none && call.result && is_read(state, *call.result)) {
        end_not_modelled("uses the result of " + callee.name);
    }
    if (row.result == ir::External::Result::argument && row.argument >= arguments.size()) {
        end_not_modelled("calls " + callee.name);
    }
    for (const Value& argument : arguments) {
        if (row.keeps_arguments) keep(state, argument);
        keep_numbers(state, argument);
    }
    if (!call.result) return;
    switch (row.result) {
        case ir::External::Result::opaque:
            return set(state, *call.result, new_opaque(state));
        case ir::External::Result::argument:
            return set(state, *call.result, arguments[row.argument]);
        default: {
            const bool is_void = world_.program.types.get_if<ir::VoidType>(call.result_type) != nullptr;
            return set(state, *call.result, world_.plain(0, is_void ? 64u : scalar(call.result_type).bits));
        }
    }
}

void Stepper::execute(State& state, const ir::Return& back) {
    Value result = world_.plain(0, 64);
    if (back.value && back.value->is_register()) {
        result = state.top().registers[static_cast<std::size_t>(back.value->as_register())];
    } else if (back.value) {
        result = world_.plain(back.value->bits(), 64);
    } else {
        result.shadow = new_object_shadow(state, shadow::ObjectKind::variable, world_.plain(0, 64));
    }
    if (back.value) check_return(state, result);
    note_return(state);
    leave(state, result);
}

void Stepper::check_return(State& state, const Value& result) {
    Event event;
    event.kind = shadow::Event::back;
    event.value = event.pointer = result;
    event.is_to_world = state.frames.size() == 2 && !state.frames[0]->function->has_unknown_caller;
    if (const auto* type = world_.program.types.get_if<ir::FunctionType>(state.top().function->type)) {
        event.type = event.value_type = ir::scalar_of(world_.program.types, type->result);
        event.is_pointer = event.type.kind == ir::Scalar::Kind::pointer;
    }
    check_demands(state, event);
}

// Somebody outside the program remembers what the pointer points to.
void Stepper::keep(State& state, const Value& pointer) {
    if (is_made(pointer.object)) state.memory.writable(pointer.object).is_kept = true;
}

// The scope of every local that is still open ends with its frame.
void Stepper::pop_frame(State& state) {
    for (const ObjectId local : state.top().locals) {
        if (local != ObjectId::none && state.memory.at(local).is_alive) state.memory.writable(local).is_alive = false;
    }
    state.frames.pop_back();
    sum_stack(state);
}

void Stepper::leave(State& state, Value value) {
    leave_loops_of_frame(state);
    if (state.frames.size() == 1) {
        end_entry(state);
        throw PathEnds{PathEnds::Why::finished, ""};
    }
    if (state.top().becoming != ObjectId::none) return end_becoming(state, value);
    leave_main(state, value);
    const Frame& waiting = *state.frames[state.frames.size() - 2];
    value.shadow = after_call(state, waiting, waiting.next - 1, *state.top().function, value);
    pop_frame(state);
    const Frame& caller = state.top();
    const auto& call = std::get<ir::Call>(caller.function->code[caller.next - 1].operation);
    if (!call.result) return;
    const ir::Scalar type = ir::scalar_of(world_.program.types, call.result_type);
    if (type.is_supported() && type.bits != value.bits->width) {
        if (value.object != ObjectId::none) end_not_modelled("a part of a pointer as a number");
        value.bits = value.bits->width < type.bits ? expressions_.zero_extend(value.bits, type.bits)
                                                   : expressions_.extract(value.bits, 0, type.bits);
    }
    set(state, *call.result, value);
}

}  // namespace gnomon::explore
