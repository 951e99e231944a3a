// Functions whose bodies nobody has: the path goes on behind them, but nothing may depend on what they gave or changed.
#include <functional>

#include "explore/stepper.h"
#include "ir/decimal.h"
#include "ir/mathematics.h"
#include "ir/returning.h"
#include "shadow/operands.h"

namespace gnomon::explore {

namespace {

constexpr unsigned unknown_layer = 7;  // of shadow::unknown_bit

// Objects that are reached by pointers stored in an object.
void each_pointer(const Object& object, const std::function<void(ObjectId)>& visit) {
    for (const auto& [index, page] : object.pages)
        for (const Cell& cell : *page)
            if (cell.object != ObjectId::none && cell.fragment == 0) visit(cell.object);
}

}  // namespace

bool Stepper::is_unknown(State& state, Expression shadow) {
    if (shadow == nullptr || shadow == world_.no_shadow()) return false;
    return decide(state, expressions_.extract(shadow, unknown_layer, 1));
}

void Stepper::require_known(State& state, Expression shadow) {
    if (is_unknown(state, shadow)) end_not_modelled(ir::unknown_reason(*state.unknown_from));
}

Value Stepper::unknown(State& state, unsigned width, const std::string& from) {
    state.unknown_from = &from;
    return {expressions_.constant(0, width), expressions_.constant(shadow::unknown_bit, 8), ObjectId::none};
}

std::uint8_t Stepper::unknown_operands(State& state, const Event& event) {
    const auto operand = [&](Expression shadow, std::uint8_t which) {
        return is_unknown(state, shadow) ? which : std::uint8_t{0};
    };
    return static_cast<std::uint8_t>(
        operand(event.left.shadow, shadow::of_left) | operand(event.right.shadow, shadow::of_right) |
        operand(event.value.shadow, shadow::of_value) | operand(event.pointer.shadow, shadow::of_pointer) |
        operand(event.size_shadow, shadow::of_size));
}

// As interp::Machine::call_unknown does it.
void Stepper::call_unknown(State& state, const ir::Function& callee, const ir::Call& call,
                           const std::vector<Value>& arguments) {
    // What it may reach is not known where turns have forgotten pointers.
    const bool is_reach_known = state.passages.empty();
    if (!is_reach_known || !ir::shows_return(*state.top().function, state.top().next)) {
        end_not_modelled("calls " + callee.name);
    }
    state.unknown_from = &callee.name;
    state.are_globals_forgotten = true;
    forget_numbers(state, ir::unknown_reason(callee.name));
    std::vector<ObjectId> escaped = state.memory.escaped();
    const auto escape = [&](ObjectId id) {
        if (!is_real(id) || is_function(id) || !state.memory.contains(id) || state.memory.at(id).is_escaped) return;
        state.memory.writable(id).is_escaped = true;
        escaped.push_back(id);
    };
    for (const Value& argument : arguments) escape(argument.object);
    if (state.frames.size() > 1) {
        for (const Value& held : state.frames.front()->registers) escape(held.object);
        for (const ObjectId local : state.frames.front()->locals) escape(local);
    }
    for (const ObjectId global : state.memory.globals()) escape(global);
    for (std::size_t i = 0; i < escaped.size(); ++i) {  // grows: what is reached escapes as well
        each_pointer(state.memory.at(escaped[i]), escape);
        forget(state, escaped[i]);
    }
    if (!call.result) return;
    const bool is_void = world_.program.types.get_if<ir::VoidType>(call.result_type) != nullptr;
    set(state, *call.result, unknown(state, is_void ? 64u : scalar(call.result_type).bits, callee.name));
}

void Stepper::forget(State& state, ObjectId id) {
    const Object& known = state.memory.at(id);
    if (known.deferred != nullptr) end_not_modelled("calls " + *state.unknown_from);  // known before it was made
    const bool is_kept = !known.is_alive || !known.is_writable || known.kind == shadow::ObjectKind::opaque;
    const bool is_of_model = known.kind == shadow::ObjectKind::global && world_.program[known.global].is_model;
    if (is_kept || is_of_model || known.base == Base::unknown) return;
    Object& object = state.memory.writable(id);
    object.pages.clear();
    object.symbolic_writes.clear();
    object.input = nullptr;
    object.base = Base::zero;
    object.base_shadow = expressions_.constant(shadow::unknown_bit, 8);
}

bool Stepper::is_forgotten(const Object& object) {
    return object.base_shadow == expressions_.constant(shadow::unknown_bit, 8) && object.pages.empty() &&
           object.symbolic_writes.empty();
}

// Only of constants: of what else is printed, the path says nothing.
Value Stepper::print_double(State& state, const Value& to, const std::vector<Value>& arguments) {
    for (const Value& argument : arguments) {
        require_known(state, argument.shadow);
        if (!argument.bits->is_constant()) end_not_modelled("the text of a double that depends on inputs");
    }
    const auto number = [&](std::size_t i) { return static_cast<std::uint64_t>(arguments[i].bits->constant); };
    const std::string text =
        ir::double_as_text(number(0), static_cast<char>(number(1)), number(2) != 0, static_cast<int>(number(3)));
    return put_text(state, to, text, arguments[0].shadow);
}

// Its length; both have the shadow.
Value Stepper::put_text(State& state, const Value& to, const std::string& text, Expression shadow) {
    examine(state, to);
    Access at = access(state, to, world_.size_constant(text.size()), true);
    const std::uint64_t offset = concrete(state, at.offset);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const Expression letter = expressions_.constant(static_cast<std::uint8_t>(text[i]), 8);
        Memory::write(state.memory.writable(at.object), offset + i, {letter, shadow, ObjectId::none, 0, 0});
    }
    return {world_.size_constant(text.size()), shadow, ObjectId::none};
}

Value Stepper::parse_double(State& state, const Value& from, const Value& size) {
    Expression shadow = nullptr;
    const auto text = number_text(state, from, size, shadow);
    if (!text) return unknown(state, 64, state.top().function->name);
    return {expressions_.constant(ir::double_from_text(*text), 64), shadow, ObjectId::none};
}

// Nothing where the letters depend on inputs.
std::optional<std::string> Stepper::number_text(State& state, const Value& from, const Value& size,
                                                Expression& shadow) {
    require_known(state, size.shadow);
    const std::uint64_t length = concrete(state, size.bits);
    examine(state, from);
    const Access at = access(state, from, world_.size_constant(length), false);
    const std::uint64_t offset = concrete(state, at.offset);
    std::string text;
    shadow = world_.no_shadow();
    for (std::uint64_t i = 0; i < length; ++i) {
        const Cell byte = cell(state, at.object, offset + i);
        if (byte.object != ObjectId::none || !byte.value->is_constant()) return std::nullopt;
        text += static_cast<char>(byte.value->constant);
        shadow = expressions_.either(shadow, byte.shadow);
    }
    return text;
}

Value Stepper::mathematics(State& state, const std::vector<Value>& arguments) {
    for (const Value& argument : arguments)
        if (!argument.bits->is_constant()) return unknown(state, 64, state.top().function->name);
    const auto number = [&](std::size_t i) { return static_cast<std::uint64_t>(arguments[i].bits->constant); };
    return {expressions_.constant(ir::mathematics(number(0), number(1), number(2)), 64),
            expressions_.either(arguments[1].shadow, arguments[2].shadow), ObjectId::none};
}

}  // namespace gnomon::explore
