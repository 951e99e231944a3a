// Arithmetic: operators of C over symbolic bits, as ir/semantics.h computes them on constants.
#include "explore/stepper.h"

namespace gnomon::explore {

using ir::BinaryOperator;
using solver::Kind;

ir::Scalar Stepper::scalar(ir::TypeId type) {
    const ir::Scalar scalar = world_.scalars[static_cast<std::size_t>(type)];
    if (!scalar.is_supported()) end_not_modelled("a value of type " + world_.program.types.spelling(type));
    return scalar;
}

Value Stepper::operand(const State& state, const ir::Operand& operand, unsigned width) {
    return this->operand(state.top(), operand, width);
}

Value Stepper::operand(const Frame& frame, const ir::Operand& operand, unsigned width) {
    if (operand.is_constant()) return world_.plain(operand.bits(), width);
    Value value = frame.registers[static_cast<std::size_t>(operand.as_register())];
    if (value.bits->width == width) return value;
    if (value.object != ObjectId::none) end_not_modelled("a part of a pointer as a number");
    value.bits = value.bits->width < width ? expressions_.zero_extend(value.bits, width)
                                           : expressions_.extract(value.bits, 0, width);
    return value;
}

Value Stepper::operand(const State& state, const ir::Operand& operand, ir::TypeId type) {
    return this->operand(state, operand, scalar(type).bits);
}

void Stepper::set(State& state, ir::RegisterId result, Value value) {
    if (value.shadow == nullptr) value.shadow = world_.no_shadow();
    state.writable_top().registers[static_cast<std::size_t>(result)] = value;
}

void Stepper::execute(State& state, const ir::Move& move) {
    const Value moved = operand(state, move.value, move.type);
    if (world_.watches(shadow::Event::read)) {
        Event event;
        event.kind = shadow::Event::read;
        event.type = event.value_type = scalar(move.type);
        event.value = moved;
        check_demands(state, event);
    }
    set(state, move.result, moved);
}

void Stepper::execute(State& state, const ir::Unary& unary) {
    const ir::Scalar type = scalar(unary.type);
    const Value value = operand(state, unary.value, type.bits);
    const bool is_float = type.kind == ir::Scalar::Kind::floating;
    Event event;
    event.kind = shadow::Event::arithmetic;
    event.type = event.left_type = type;
    event.left = value;
    event.operator_number = static_cast<std::uint8_t>(100 + static_cast<int>(unary.op));
    check_demands(state, event);
    if (unary.op == ir::UnaryOperator::logical_not) {
        note_comparison(state, value, world_.plain(0, 64));
        const Expression is_false = expressions_.bit_not(truth(value, type));
        const Expression shadow = updated_shadow(state, event, value.shadow);
        return set(state, unary.result, {expressions_.zero_extend(is_false, 32), shadow, ObjectId::none});
    }
    if (value.object != ObjectId::none) end_not_modelled("arithmetic on the number that an address is");
    if (unary.op == ir::UnaryOperator::bit_not) {
        if (is_float) end_not_modelled("bits of a float");
        const Expression shadow = updated_shadow(state, event, value.shadow);
        return set(state, unary.result, {expressions_.bit_not(value.bits), shadow, ObjectId::none});
    }
    if (is_float) {
        const Expression sign = expressions_.constant(solver::Bits{1} << (type.bits - 1), type.bits);
        const Expression bits = expressions_.binary(Kind::bit_xor, value.bits, sign);
        return set(state, unary.result, {bits, updated_shadow(state, event, value.shadow), ObjectId::none});
    }
    set(state, unary.result,
        {expressions_.negate(value.bits), updated_shadow(state, event, value.shadow), ObjectId::none});
}

void Stepper::execute(State& state, const ir::Binary& binary) {
    const ir::Scalar type = scalar(binary.type);
    const bool is_shift = binary.op == BinaryOperator::shift_left || binary.op == BinaryOperator::shift_right;
    const ir::Scalar right_type = is_shift ? scalar(binary.right_type) : type;
    const Value left = operand(state, binary.left, type.bits);
    const Value right = operand(state, binary.right, right_type.bits);
    if (binary.op == BinaryOperator::equal || binary.op == BinaryOperator::not_equal)
        use_to_compare(state, left, right);
    Expression shadow = expressions_.either(left.shadow, right.shadow);
    {
        Event event;
        event.kind = shadow::Event::arithmetic;
        event.type = event.left_type = type;
        event.right_type = right_type;
        event.left = left;
        event.right = right;
        event.operator_number = static_cast<std::uint8_t>(binary.op);
        event.is_right_constant = binary.right.is_constant();
        check_demands(state, event);
        shadow = updated_shadow(state, event, shadow);
    }
    Value result = arithmetic(state, binary, type, left, right, right_type);
    result.shadow = shadow;
    set(state, binary.result, result);
}

Value Stepper::arithmetic(State& state, const ir::Binary& operation, ir::Scalar type, const Value& left,
                          const Value& right, ir::Scalar right_type) {
    const BinaryOperator op = operation.op;
    if (left.object != ObjectId::none || right.object != ObjectId::none) {
        return ir::is_comparison(op) ? compare_pointers(state, op, left, right) : with_objects(op, left, right);
    }
    if (ir::is_comparison(op)) {
        return world_.plain(expressions_.zero_extend(compare(op, type, left.bits, right.bits), 32));
    }
    if (type.kind == ir::Scalar::Kind::floating) return world_.plain(float_binary(op, left.bits, right.bits));
    if (op == BinaryOperator::divide || op == BinaryOperator::remainder) {
        const Expression is_zero = expressions_.equal(right.bits, expressions_.constant(0, type.bits));
        if (decide(state, is_zero)) end_not_modelled("a division by zero");
    }
    return world_.plain(integer_binary(op, type, left.bits, right.bits, right_type));
}

// Sums and differences of a pointer (as an integer, too) and a number, and differences within one object.
Value Stepper::with_objects(BinaryOperator op, const Value& left, const Value& right) {
    if (op == BinaryOperator::add && (left.object == ObjectId::none || right.object == ObjectId::none)) {
        const ObjectId object = left.object == ObjectId::none ? right.object : left.object;
        return {expressions_.add(left.bits, right.bits), world_.no_shadow(), object};
    }
    if (op == BinaryOperator::subtract && right.object == ObjectId::none) {
        return {expressions_.subtract(left.bits, right.bits), world_.no_shadow(), left.object};
    }
    if (op == BinaryOperator::subtract && left.object == right.object) {
        return world_.plain(expressions_.subtract(left.bits, right.bits));
    }
    end_not_modelled("arithmetic on the number that an address is");
}

// That a block which a caller hands over is there, and that two are not one, is assumed of the caller.
void Stepper::note_comparison(State& state, const Value& left, const Value& right) {
    const auto is_callers = [&](const Value& value) {
        return is_real(value.object) && !is_function(value.object) && state.memory.contains(value.object) &&
               state.memory.at(value.object).is_callers;
    };
    const bool is_left = is_callers(left), is_right = is_callers(right);
    if (!is_left && !is_right) return;
    const bool are_blocks = is_real(left.object) && is_real(right.object);
    state.judges_callers_null = state.judges_callers_null || !are_blocks;
    state.compares_callers_blocks = state.compares_callers_blocks || (are_blocks && left.object != right.object);
}

Value Stepper::compare_pointers(State& state, BinaryOperator op, const Value& left, const Value& right) {
    const bool is_equality = op == BinaryOperator::equal || op == BinaryOperator::not_equal;
    const auto result = [&](Expression condition) { return world_.plain(expressions_.zero_extend(condition, 32)); };
    const bool is_left_real = is_real(left.object), is_right_real = is_real(right.object);
    note_comparison(state, left, right);
    if (left.object == right.object || (!is_left_real && !is_right_real)) {
        const ir::Scalar offset{ir::Scalar::Kind::integer, 64, is_left_real};
        return result(compare(op, offset, left.bits, right.bits));
    }
    if (!is_equality) {
        // Against null, as in `p > 0`: every object lies above it.
        if (is_left_real && right.bits->is_false() && !is_right_real) {
            return result(expressions_.boolean(op == BinaryOperator::greater || op == BinaryOperator::greater_equal));
        }
        end_not_modelled("an order of pointers into different objects");
    }
    if (is_left_real && is_right_real) {
        if (may_be_same(state, left.object, right.object)) end_not_modelled("whether two foreign objects are one");
        return result(expressions_.boolean(op == BinaryOperator::not_equal));
    }
    // A pointer and a number: no object lies in the first or the last page.
    const Expression number = is_left_real ? right.bits : left.bits;
    const bool is_never_address = number->maximum < 4096 || number->minimum >= ~std::uint64_t{0} - 4095;
    if (!is_never_address) end_not_modelled("whether an address is a certain number");
    return result(expressions_.boolean(op == BinaryOperator::not_equal));
}

Expression Stepper::compare(BinaryOperator op, ir::Scalar type, Expression left, Expression right) {
    if (type.kind == ir::Scalar::Kind::floating) return float_binary(op, left, right);
    const Kind less = type.is_signed ? Kind::signed_less : Kind::unsigned_less;
    switch (op) {
        case BinaryOperator::equal:
            return expressions_.equal(left, right);
        case BinaryOperator::not_equal:
            return expressions_.bit_not(expressions_.equal(left, right));
        case BinaryOperator::less:
            return expressions_.binary(less, left, right);
        case BinaryOperator::less_equal:
            return expressions_.bit_not(expressions_.binary(less, right, left));
        case BinaryOperator::greater:
            return expressions_.binary(less, right, left);
        default:
            return expressions_.bit_not(expressions_.binary(less, left, right));
    }
}

Expression Stepper::integer_binary(BinaryOperator op, ir::Scalar type, Expression left, Expression right,
                                   ir::Scalar right_type) {
    const bool is_signed = type.is_signed;
    switch (op) {
        case BinaryOperator::add:
            return expressions_.add(left, right);
        case BinaryOperator::subtract:
            return expressions_.subtract(left, right);
        case BinaryOperator::multiply:
            return expressions_.multiply(left, right);
        case BinaryOperator::divide:
            return expressions_.binary(is_signed ? Kind::signed_divide : Kind::unsigned_divide, left, right);
        case BinaryOperator::remainder:
            return expressions_.binary(is_signed ? Kind::signed_remainder : Kind::unsigned_remainder, left, right);
        case BinaryOperator::bit_and:
            return expressions_.binary(Kind::bit_and, left, right);
        case BinaryOperator::bit_or:
            return expressions_.binary(Kind::bit_or, left, right);
        case BinaryOperator::bit_xor:
            return expressions_.binary(Kind::bit_xor, left, right);
        default:
            break;
    }
    // Counts are taken modulo the width, a power of two: their low bits.
    const Expression bits = right_type.bits < type.bits ? expressions_.zero_extend(right, type.bits)
                                                        : expressions_.extract(right, 0, type.bits);
    const Expression count = expressions_.binary(Kind::bit_and, bits, expressions_.constant(type.bits - 1u, type.bits));
    if (op == BinaryOperator::shift_left) return expressions_.binary(Kind::shift_left, left, count);
    return expressions_.binary(is_signed ? Kind::arithmetic_shift_right : Kind::logical_shift_right, left, count);
}

Expression Stepper::float_binary(BinaryOperator op, Expression left, Expression right) {
    switch (op) {
        case BinaryOperator::add:
            return expressions_.binary(Kind::float_add, left, right);
        case BinaryOperator::subtract:
            return expressions_.binary(Kind::float_subtract, left, right);
        case BinaryOperator::multiply:
            return expressions_.binary(Kind::float_multiply, left, right);
        case BinaryOperator::divide:
            return expressions_.binary(Kind::float_divide, left, right);
        case BinaryOperator::equal:
            return expressions_.binary(Kind::float_equal, left, right);
        case BinaryOperator::not_equal:
            return expressions_.bit_not(expressions_.binary(Kind::float_equal, left, right));
        case BinaryOperator::less:
            return expressions_.binary(Kind::float_less, left, right);
        case BinaryOperator::less_equal:
            return expressions_.binary(Kind::float_less_equal, left, right);
        case BinaryOperator::greater:
            return expressions_.binary(Kind::float_less, right, left);
        case BinaryOperator::greater_equal:
            return expressions_.binary(Kind::float_less_equal, right, left);
        default:
            end_not_modelled("this operator on floats");
    }
}

void Stepper::execute(State& state, const ir::Cast& cast) {
    if (world_.program.types.get_if<ir::VoidType>(cast.to) != nullptr) return;
    const ir::Scalar from = scalar(cast.from), to = scalar(cast.to);
    Value value = operand(state, cast.value, from.bits);
    Event event;
    event.kind = shadow::Event::cast;
    event.type = to;
    event.value_type = from;
    event.value = value;
    event.is_explicit = cast.is_explicit;
    check_demands(state, event);
    const Expression shadow = updated_shadow(state, event, value.shadow);
    if (from.kind == ir::Scalar::Kind::floating || to.kind == ir::Scalar::Kind::floating) {
        if (value.object != ObjectId::none) end_not_modelled("the number that an address is");
        if (to.kind == ir::Scalar::Kind::boolean) {
            value.bits = expressions_.zero_extend(truth(value, from), to.bits);
        } else {
            value.bits = convert_float(state, value.bits, from, to);
        }
    } else {
        value = convert(value, from, to);
    }
    value.shadow = shadow;
    set(state, cast.result, value);
}

Value Stepper::convert(const Value& value, ir::Scalar from, ir::Scalar to) {
    if (to.kind == ir::Scalar::Kind::boolean) {
        return world_.plain(expressions_.zero_extend(truth(value, from), to.bits));
    }
    if (to.bits == from.bits) return value;
    if (is_real(value.object)) end_not_modelled("a part of a pointer as a number");
    if (to.bits < from.bits) return world_.plain(expressions_.extract(value.bits, 0, to.bits));
    return world_.plain(from.is_signed ? expressions_.sign_extend(value.bits, to.bits)
                                       : expressions_.zero_extend(value.bits, to.bits));
}

// Whether the value, without its fraction, lies in the range of an integer type.
Expression Stepper::float_fits(Expression value, ir::Scalar from, ir::Scalar to) {
    // Powers of two are exact in any float type.
    const auto power = [&](int exponent, bool is_negative) {
        const Expression one = expressions_.constant(1, 128);
        const Expression shifted =
            expressions_.binary(Kind::shift_left, one, expressions_.constant(static_cast<solver::Bits>(exponent), 128));
        const Expression exact = expressions_.convert(Kind::unsigned_to_float, shifted, from.bits);
        const solver::Bits sign = is_negative ? solver::Bits{1} << (from.bits - 1) : solver::Bits{0};
        return expressions_.binary(Kind::bit_xor, exact, expressions_.constant(sign, from.bits));
    };
    const int bits = to.bits;
    const Expression is_below =
        expressions_.binary(Kind::float_less, value, power(to.is_signed ? bits - 1 : bits, false));
    const Expression minus_one = power(0, true);
    if (!to.is_signed) return expressions_.both(is_below, expressions_.binary(Kind::float_less, minus_one, value));
    // What lies between the least integer and the next one below counts, where there is anything between them.
    const Expression least = power(bits - 1, true);
    const bool has_between = bits < (from.bits == 32 ? 24 : from.bits == 64 ? 53 : 64);
    const Expression is_above =
        has_between
            ? expressions_.binary(Kind::float_less, expressions_.binary(Kind::float_add, least, minus_one), value)
            : expressions_.binary(Kind::float_less_equal, least, value);
    return expressions_.both(is_below, is_above);
}

Expression Stepper::convert_float(State& state, Expression value, ir::Scalar from, ir::Scalar to) {
    if (to.kind == ir::Scalar::Kind::floating) {
        if (from.kind == ir::Scalar::Kind::floating) {
            return expressions_.convert(Kind::float_to_float, value, to.bits);
        }
        return expressions_.convert(from.is_signed ? Kind::signed_to_float : Kind::unsigned_to_float, value, to.bits);
    }
    // Out of range there is no result: that side of the path is left.
    const Expression fits = float_fits(value, from, to);
    if (!decide(state, fits)) end_not_modelled("a float outside the range of the integer");
    return expressions_.convert(to.is_signed ? Kind::float_to_signed : Kind::float_to_unsigned, value, to.bits);
}

// An object that the program's world chose may be any foreign object: whether it is that one is not ours to say.
bool Stepper::may_be_same(State& state, ObjectId left, ObjectId right) {
    bool is_any_chosen = false;
    for (const ObjectId id : {left, right}) {
        if (is_function(id)) return false;
        define_fixed(state, id);
        const Object& object = state.memory.at(id);
        if (object.kind != shadow::ObjectKind::opaque) return false;
        is_any_chosen = is_any_chosen || object.is_chosen;
    }
    return is_any_chosen;
}

}  // namespace gnomon::explore
