// long double: no register holds its 80 bits, so it lives in memory, as numbers of 128 bits do (wide_integers.cpp).
// What is computed with it, a primitive computes from the parts of its operands (ir/extended.h).
#include <array>

#include "frontend/constants.h"
#include "frontend/long_constants.h"
#include "frontend/lowering.h"
#include "ir/mathematics.h"

namespace gnomon::frontend {

namespace {

using enum ir::BinaryOperator;
using Operation = ir::ExtendedOperation;

constexpr std::uint64_t exponent_at = 8;  // bytes

// The power of two, and one more than it where the place for that is.
ir::Extended power_of_two(unsigned exponent, std::uint16_t sign, bool and_one) {
    const std::uint64_t highest = std::uint64_t{1} << 63;
    const std::uint64_t one = and_one && exponent > 0 ? highest >> exponent : 0;
    return {highest | one, static_cast<std::uint16_t>(sign | (ir::extended_bias + exponent))};
}

Operation operation_of(ir::BinaryOperator op) {
    switch (op) {
        case add:
            return Operation::add;
        case subtract:
            return Operation::subtract;
        case multiply:
            return Operation::multiply;
        case divide:
            return Operation::divide;
        case equal:
        case not_equal:
            return Operation::equal;
        case less:
        case greater:
            return Operation::less;
        case less_equal:
        case greater_equal:
            return Operation::less_equal;
        default:
            throw Unmodelled{"this operator on floats"};
    }
}

}  // namespace

FunctionLowering::Parts FunctionLowering::parts(ir::Operand pointer, const std::string& text) {
    const ir::TypeId high = program_.types.integer(16, false);
    const ir::Operand significand = fresh(types_.size_type()), sign_exponent = fresh(high);
    builder_.emit(ir::Load{significand.as_register(), pointer, types_.size_type(), {}}, text);
    builder_.emit(ir::Load{sign_exponent.as_register(), moved(pointer, exponent_at, high), high, {}}, text);
    return {significand, sign_exponent};
}

FunctionLowering::Parts FunctionLowering::parts(ir::Extended number) {
    return {ir::Operand::constant(number.significand), ir::Operand::constant(number.sign_exponent)};
}

void FunctionLowering::put_parts(ir::Operand pointer, Parts number, const std::string& text) {
    const ir::TypeId high = program_.types.integer(16, false);
    builder_.emit(ir::Store{pointer, number.significand, types_.size_type(), {}}, text);
    builder_.emit(ir::Store{moved(pointer, exponent_at, high), number.sign_exponent, high, {}}, text);
}

Value FunctionLowering::long_double(Parts number) {
    const Value whole = temporary(program_.types.floating(80));
    put_parts(whole.operand, number, {});
    return whole;
}

// A part of what the operation gives.
ir::Operand FunctionLowering::extended(Operation op, bool is_significand, Parts left, Parts right) {
    const ir::Operand result = fresh(types_.size_type());
    const std::vector<ir::Operand> arguments{ir::Operand::constant(static_cast<std::uint64_t>(op)),
                                             ir::Operand::constant(is_significand ? 0 : 1),
                                             left.significand,
                                             left.sign_exponent,
                                             right.significand,
                                             right.sign_exponent};
    builder_.emit(ir::CallIntrinsic{result.as_register(), ir::Intrinsic::extended, arguments});
    return result;
}

Value FunctionLowering::extended_number(Operation op, Parts left, Parts right) {
    const Value sign_exponent{extended(op, false, left, right), types_.size_type()};
    const ir::TypeId high = program_.types.integer(16, false);
    return long_double({extended(op, true, left, right), convert(sign_exponent, high, true).operand});
}

Value FunctionLowering::long_double_arithmetic(ir::BinaryOperator op, Value left, Value right) {
    const Operation operation = operation_of(op);
    Parts a = parts(left.operand), b = parts(right.operand);
    if (op < equal) return extended_number(operation, a, b);
    if (op == greater || op == greater_equal) std::swap(a, b);
    const Value answer = convert({extended(operation, true, a, b), types_.size_type()}, types_.int_type(), true);
    return op == not_equal ? compute(bit_xor, answer, constant(1, types_.int_type())) : answer;
}

Value FunctionLowering::long_double_unary(ir::UnaryOperator op, Value value) {
    if (op == ir::UnaryOperator::logical_not) return long_double_arithmetic(equal, value, long_double({}));
    if (op != ir::UnaryOperator::negate) throw Unmodelled{"this operator on floats"};
    const ir::TypeId high = program_.types.integer(16, false);
    Parts number = parts(value.operand);
    number.sign_exponent = compute(bit_xor, {number.sign_exponent, high}, constant(ir::extended_sign, high)).operand;
    return long_double(number);
}

Value FunctionLowering::convert_long_double(Value value, ir::TypeId to, bool is_explicit, const std::string& text) {
    const auto& types = program_.types;
    if (is_long_double(to)) return to_long_double(value);
    if (to == program_.types.boolean()) return convert(long_double_arithmetic(not_equal, value, long_double({})), to);
    if (types.is_float(to)) {
        const bool is_double = types.bits_of(to) == 64;
        return {extended(is_double ? Operation::to_double : Operation::to_float, true, parts(value.operand), {}), to};
    }
    if (is_wide(to)) {
        const Value whole = temporary(to);
        const Value place{whole.operand, program_.types.pointer_to(types_.size_type())};
        call_model("__gnomon_wide_from_long_double", {place, value}, types.void_type(), text);
        return whole;
    }
    if (!types.is_integer(to)) throw Unmodelled{"this conversion"};
    return whole_part(value, to, is_explicit, text);
}

Value FunctionLowering::to_long_double(Value value) {
    const auto& types = program_.types;
    if (is_wide(value.type)) {  // two exact terms: rounded once
        const bool is_signed = types.is_signed(value.type);
        const Operation from = is_signed ? Operation::from_signed : Operation::from_unsigned;
        const Value high = extended_number(from, {.significand = limb(value, 1).operand}, {});
        const Value low = extended_number(Operation::from_unsigned, {.significand = limb(value, 0).operand}, {});
        const Value above = long_double(parts(power_of_two(64, 0, false)));
        return long_double_arithmetic(add, long_double_arithmetic(multiply, high, above), low);
    }
    if (types.is_float(value.type)) {
        const bool is_double = types.bits_of(value.type) == 64;
        return extended_number(is_double ? Operation::from_double : Operation::from_float,
                               {.significand = value.operand}, {});
    }
    if (!types.is_integer(value.type)) throw Unmodelled{"this conversion"};
    const bool is_signed = types.is_signed(value.type);
    const Value whole = convert(value, program_.types.integer(64, is_signed));
    return extended_number(is_signed ? Operation::from_signed : Operation::from_unsigned,
                           {.significand = whole.operand}, {});
}

// Rules ask of a cast whether the float fits the integer. They are shown a double that does where the long double does,
// which itself may lie between two doubles.
Value FunctionLowering::whole_part(Value number, ir::TypeId to, bool is_explicit, const std::string& text) {
    const ir::TypeId flag = types_.size_type();
    const unsigned bits = program_.types.bits_of(to);
    const bool is_signed = program_.types.is_signed(to);
    const Parts given = parts(number.operand);
    const Parts above = parts(power_of_two(is_signed ? bits - 1 : bits, 0, false));
    const Parts below = parts(power_of_two(is_signed ? bits - 1 : 0, ir::extended_sign, is_signed));
    const Value fits = compute(bit_and, {extended(Operation::less, true, given, above), flag},
                               {extended(Operation::less, true, below, given), flag});
    constexpr std::uint64_t infinity = std::uint64_t{0x7ff} << 52;
    const Value shown = compute(multiply, compute(bit_xor, fits, constant(1, flag)), constant(infinity, flag));
    builder_.emit(ir::Cast{fresh(to).as_register(), shown.operand, program_.types.floating(64), to, is_explicit}, text);
    const Operation operation = is_signed ? Operation::to_signed : Operation::to_unsigned;
    return convert({extended(operation, true, given, {.significand = ir::Operand::constant(bits)}), flag}, to, true);
}

// What models call with long doubles among the arguments or as result.
std::optional<Value> FunctionLowering::long_double_primitive(const std::string& name,
                                                             const std::vector<CXCursor>& arguments, ir::TypeId type,
                                                             const std::string& text) {
    const auto operand = [&](std::size_t index) { return rvalue(arguments[index]).operand; };
    if (name == "long_mathematics" && arguments.size() == 3) {
        const auto number = ir::mathematics_named(literal_text(reader_, arguments[0]).value_or(""));
        if (!number) throw Unmodelled{"a function without a name"};
        const auto function = static_cast<Operation>(static_cast<std::uint64_t>(Operation::mathematics) + *number);
        const Parts left = parts(operand(1)), right = parts(operand(2));
        return extended_number(function, left, right);
    }
    if (name == "parse_long_double" && arguments.size() == 2) {
        const std::array given{operand(0), operand(1)};
        const auto part = [&](std::uint64_t which) {
            const ir::Operand result = fresh(types_.size_type());
            builder_.emit(ir::CallIntrinsic{result.as_register(),
                                            ir::Intrinsic::parse_extended,
                                            {given[0], given[1], ir::Operand::constant(which)}},
                          text);
            return result;
        };
        const ir::Operand significand = part(0), sign_exponent = part(1);
        return long_double({significand, sign_exponent});
    }
    if (name == "print_long_double" && arguments.size() == 5) {
        const ir::Operand to = operand(0);
        const Parts number = parts(operand(1));
        const ir::Operand result = fresh(type);
        const std::vector<ir::Operand> given{to,         number.significand, number.sign_exponent,
                                             operand(2), operand(3),         operand(4)};
        builder_.emit(ir::CallIntrinsic{result.as_register(), ir::Intrinsic::print_extended, given}, text);
        return Value{result, type};
    }
    return std::nullopt;
}

std::optional<Value> FunctionLowering::long_double_builtin(const std::string& name, CXCursor expression,
                                                           const std::vector<CXCursor>& arguments) {
    const ir::TypeId type = types_.of(expression), high = program_.types.integer(16, false);
    if (arguments.empty() || !is_long_double(types_.of(arguments[0]))) {  // __builtin_infl() and its like
        const auto number = is_long_double(type) ? long_double_constant(reader_, expression) : std::nullopt;
        return number ? std::optional(long_double(parts(ir::extended_of(*number)))) : std::nullopt;
    }
    constexpr std::uint16_t magnitude = ir::extended_sign - 1;
    const auto masked = [&](Parts number, std::uint16_t mask) {
        return compute(bit_and, {number.sign_exponent, high}, constant(mask, high));
    };
    const auto answer = [&](Value value) { return convert(value, type); };
    const Parts number = parts(rvalue(arguments[0]).operand);
    if (name == "copysignl" && arguments.size() == 2) {
        const Value sign = masked(parts(rvalue(arguments[1]).operand), ir::extended_sign);
        return long_double({number.significand, compute(bit_or, masked(number, magnitude), sign).operand});
    }
    if (arguments.size() != 1) return std::nullopt;
    const Value exponent = masked(number, magnitude);
    if (name == "fabsl") return long_double({number.significand, exponent.operand});
    const Value is_negative = compute(not_equal, masked(number, ir::extended_sign), constant(0, high));
    if (name.starts_with("signbit")) return answer(is_negative);
    const Value is_whole = compute(less, exponent, constant(magnitude, high));
    if (name == "isfinite" || name == "finite" || name == "finitel") return answer(is_whole);
    const Value fraction =
        compute(shift_left, {number.significand, types_.size_type()}, constant(1, types_.int_type()));
    const Value is_power = compute(equal, fraction, constant(0, types_.size_type()));
    if (name == "isnan" || name == "isnanl")
        return answer(compute(greater, constant(1, types_.int_type()), compute(bit_or, is_whole, is_power)));
    const Value is_infinite = compute(greater, is_power, is_whole);
    if (name == "isinf" || name == "isinfl") return answer(is_infinite);
    if (name != "isinf_sign") return std::nullopt;
    const Value twice = compute(shift_left, compute(bit_and, is_infinite, is_negative), constant(1, types_.int_type()));
    return answer(compute(subtract, is_infinite, twice));  // -1 for the negative one
}

}  // namespace gnomon::frontend
