// What only the engine can do: the primitives that models of library functions are written with.
#include <algorithm>

#include "explore/stepper.h"

namespace gnomon::explore {

void Stepper::execute(State& state, const ir::CallIntrinsic& call) {
    const auto argument = [&](std::size_t index) {
        if (index >= call.arguments.size()) end_not_modelled("a primitive without its arguments");
        return operand(state, call.arguments[index], 64);
    };
    const auto arguments = [&](std::size_t count) {
        std::vector<Value> all;
        for (std::size_t i = 0; i < count; ++i) all.push_back(argument(i));
        return all;
    };
    Value result = world_.plain(0, 64);
    const auto pointer_to = [this](ObjectId object) {
        return Value{world_.size_constant(0), world_.no_shadow(), object};
    };
    switch (call.intrinsic) {
        case ir::Intrinsic::allocate:
        case ir::Intrinsic::allocate_zero: {
            const bool is_zeroed = call.intrinsic == ir::Intrinsic::allocate_zero;
            result = pointer_to(allocate(state, shadow::ObjectKind::heap, argument(0), is_zeroed));
            break;
        }
        case ir::Intrinsic::release:
            release(state, argument(0));
            break;
        case ir::Intrinsic::object_size: {
            const Value pointer = argument(0);
            require_known(state, pointer.shadow);
            if (!is_real(pointer.object) || is_function(pointer.object)) end_not_modelled("the size of no object");
            define_fixed(state, pointer.object);
            use(state, pointer);
            result.bits = state.memory.at(pointer.object).size;
            break;
        }
        case ir::Intrinsic::is_later:
            require_known(state, argument(0).shadow);
            result.bits = world_.size_constant(is_later(state, argument(0)) ? 1 : 0);
            break;
        case ir::Intrinsic::new_opaque:
            result = new_opaque(state);
            break;
        case ir::Intrinsic::exit_program:
            throw PathEnds{PathEnds::Why::finished, ""};
        case ir::Intrinsic::assert_fails: {
            Event event;
            event.kind = shadow::Event::assertion;
            check_demands(state, event);
            end_not_modelled("a failed assertion");
        }
        case ir::Intrinsic::touch:
            touch(state, argument(0), argument(1));
            break;
        case ir::Intrinsic::string_length:
            result.bits = string_length(state, argument(0));
            break;
        case ir::Intrinsic::reads_decimal:
            result.bits = world_.size_constant(reads_decimal(state, argument(0)) ? 1 : 0);
            break;
        case ir::Intrinsic::decimal:
            result = decimal(state, argument(0));
            break;
        case ir::Intrinsic::assume:
            require_known(state, argument(0).shadow);
            if (!decide(state, expressions_.is_nonzero(argument(0).bits))) throw PathEnds{PathEnds::Why::finished, ""};
            break;
        case ir::Intrinsic::unknown:
            result = unknown(state, 64, state.top().function->name);
            break;
        case ir::Intrinsic::forget:
            examine(state, argument(0));
            state.unknown_from = &state.top().function->name;
            if (is_real(argument(0).object)) forget(state, argument(0).object);
            break;
        case ir::Intrinsic::print_double:
            result = print_double(state, argument(0), {argument(1), argument(2), argument(3), argument(4)});
            break;
        case ir::Intrinsic::parse_double:
            result = parse_double(state, argument(0), argument(1));
            break;
        case ir::Intrinsic::mathematics:
            result = mathematics(state, {argument(0), argument(1), argument(2)});
            break;
        case ir::Intrinsic::extended:
            result = extended(state, arguments(6));
            break;
        case ir::Intrinsic::parse_extended:
            result = parse_extended(state, argument(0), argument(1), argument(2));
            break;
        case ir::Intrinsic::print_extended:
            result = print_extended(state, arguments(6));
            break;
        case ir::Intrinsic::apart:
            copy_apart(state, {argument(0), argument(1), argument(2)});
            break;
        case ir::Intrinsic::keep:
            keep(state, argument(0));
            break;
        case ir::Intrinsic::counted:
            count_references(state, argument(0));
            break;
        case ir::Intrinsic::shared:
            share(state, argument(0), operand(state, call.arguments.at(1), 32));
            break;
        case ir::Intrinsic::answer:
            answer_for(state, argument(0));
            break;
        case ir::Intrinsic::returned: {
            const auto number = [&](std::size_t index) { return operand(state, call.arguments.at(index), 32); };
            look_at_returned(state, {argument(0), number(1), number(2), number(3), number(4), number(5)});
            break;
        }
        case ir::Intrinsic::references:
            result.bits = world_.size_constant(references(state, argument(0), argument(1)));
            break;
        case ir::Intrinsic::type_block:
            type_block(state, argument(0), call.type);
            break;
        case ir::Intrinsic::made_as:
            if (is_made(argument(0).object)) state.memory.writable(argument(0).object).made_as = call.type;
            break;
        case ir::Intrinsic::is_a:
            result = is_a(state, argument(0), call.type);
            break;
        case ir::Intrinsic::is_undefined:
            result = shadow_of(state, argument(0), "defined");
            break;
        case ir::Intrinsic::is_tainted:
            result = shadow_of(state, argument(0), "taint");
            break;
        case ir::Intrinsic::resize:
            resize(state, argument(0), argument(1));
            break;
    }
    if (call.result) set(state, *call.result, result);
}

// Without it, every length would be a path of its own.
Expression Stepper::string_length(const State& state, const Value& pointer) {
    const Expression unknown = world_.size_constant(~std::uint64_t{0});
    if (!is_real(pointer.object) || is_function(pointer.object) || !state.memory.contains(pointer.object))
        return unknown;
    const Object& object = state.memory.at(pointer.object);
    if (!object.is_alive || !is_as_chosen(object) || !object.input->is_terminated || !object.input->without_nul)
        return unknown;
    const bool is_start = pointer.bits->is_constant() && pointer.bits->constant == 0;
    return is_start && pointer.shadow == world_.no_shadow() ? object.input->length : unknown;
}

bool Stepper::reads_decimal(State& state, const Value& pointer) {
    const bool is_text = text_at(state, pointer).has_value();
    world_.meets_decimals |= is_text;
    return is_text && world_.reads_decimals;
}

// The input that the text comes from, where what it says could be taken as a whole.
std::optional<DecimalText> Stepper::text_at(State& state, const Value& pointer) {
    if (!is_real(pointer.object) || is_function(pointer.object)) return std::nullopt;
    define_fixed(state, pointer.object);
    const Object& object = state.memory.at(pointer.object);
    if (!object.is_alive || !pointer.bits->is_constant() || object.size->minimum <= pointer.bits->constant) {
        return std::nullopt;
    }
    const Cell first = cell(state, pointer.object, static_cast<std::uint64_t>(pointer.bits->constant));
    if (first.object != ObjectId::none) return std::nullopt;
    const std::vector<std::uint32_t>& variables = world_.solver.variables_of(first.value);
    for (const TakenInput& input : state.inputs) {
        if (input.bytes == nullptr || input.is_callers || first.shadow != input.bytes->shadow) continue;
        for (const auto& [index, byte] : input.bytes->bytes) {
            const auto variable = static_cast<std::uint32_t>(byte.variable->constant);
            if (std::ranges::binary_search(variables, variable)) return DecimalText{input.bytes, index, nullptr};
        }
    }
    return std::nullopt;
}

Value Stepper::decimal(State& state, const Value& pointer) {
    std::optional<DecimalText> text = text_at(state, pointer);
    if (!text) end_not_modelled("a number in a text that is not known");
    // Of a text as it was chosen it is known that it ends, and that all of it is set.
    const Object& object = state.memory.at(pointer.object);
    const bool ends = is_as_chosen(object) && object.input->is_terminated;
    if (!ends) world_.leave_open_here(user_site(state), "loop");
    const Expression number = world_.anything(64, solver::Bits{1} << 63, ~std::uint64_t{0} >> 1, 0, true);
    const bool is_known = std::ranges::any_of(state.decimals, [&](const DecimalText& other) {
        return other.bytes == text->bytes && other.index == text->index;
    });
    text->number = number;
    const Expression shadow = text->bytes->shadow;
    if (!is_known) state.decimals.push_back(std::move(*text));
    return {number, shadow, ObjectId::none};
}

ObjectId Stepper::allocate(State& state, shadow::ObjectKind kind, const Value& size, bool is_zeroed) {
    require_known(state, size.shadow);
    if (is_real(size.object)) end_not_modelled("the number that an address is");
    Event event;
    event.kind = shadow::Event::allocate;
    event.size = size.bits;
    event.size_shadow = size.shadow;
    event.new_object = kind;
    check_demands(state, event);
    Object object;
    object.kind = kind;
    object.base = is_zeroed ? Base::zero : Base::undefined;
    object.size = size.bits;
    object.base_shadow = is_zeroed ? world_.no_shadow() : new_object_shadow(state, kind, size);
    object.made_at = user_site(state);
    return state.memory.create(std::move(object));
}

void Stepper::release(State& state, const Value& pointer) {
    if (!state.passages.empty()) require_known(state, pointer.shadow);  // it may be the program's own
    if (is_unknown(state, pointer.shadow)) return;                      // nobody else's business
    if (!is_real(pointer.object)) {
        const Expression is_zero = expressions_.equal(pointer.bits, world_.size_constant(0));
        if (decide(state, is_zero)) return;
    }
    if (pointer.object == ObjectId::none && !is_error(pointer))
        end_at_number("frees a pointer that came from a number");
    if (is_real(pointer.object) && !is_function(pointer.object)) {
        define_fixed(state, pointer.object);
        use(state, pointer);
        if (state.memory.at(pointer.object).kind == shadow::ObjectKind::opaque) {
            end_not_modelled("frees a foreign object");
        }
    }
    Event event;
    event.kind = shadow::Event::release;
    event.pointer = pointer;
    event.size = world_.size_constant(0);
    check_demands(state, event);
    if (!is_real(pointer.object) || is_function(pointer.object)) end_not_modelled("frees what is no heap block");
    const Object& object = state.memory.at(pointer.object);
    const bool is_block = object.kind == shadow::ObjectKind::heap && object.is_alive;
    if (!is_block || !decide(state, expressions_.equal(pointer.bits, world_.size_constant(0)))) {
        end_not_modelled("frees what is not the start of a heap block");
    }
    state.memory.writable(pointer.object).is_alive = false;
}

void Stepper::touch(State& state, const Value& pointer, const Value& size) {
    require_known(state, size.shadow);
    if (is_real(size.object)) end_not_modelled("the number that an address is");
    if (decide(state, expressions_.equal(size.bits, world_.size_constant(0)))) return;
    examine(state, pointer);
    Event event;
    event.kind = shadow::Event::load;
    event.pointer = pointer;
    event.size = size.bits;
    event.size_shadow = size.shadow;
    check_demands(state, event);
    access(state, pointer, size.bits, false);
}

void Stepper::copy_apart(State& state, const std::vector<Value>& arguments) {
    const ir::Scalar pointer{ir::Scalar::Kind::pointer, 64, false}, size{ir::Scalar::Kind::integer, 64, false};
    Event event;
    event.kind = shadow::Event::copy;
    event.pointer = arguments[0];
    event.size = arguments[2].bits;
    event.arguments = arguments;
    event.argument_types = {pointer, pointer, size};
    check_demands(state, event);
}

}  // namespace gnomon::explore
