#include "ir/semantics.h"

#include <bit>
#include <cmath>
#include <type_traits>

namespace gnomon::ir {
namespace {

using Bits = std::uint64_t;

template <class Float>
Float float_of(Bits bits) {
    if constexpr (std::is_same_v<Float, float>) return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if constexpr (std::is_same_v<Float, double>) return std::bit_cast<double>(bits);
}

Bits bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }
Bits bits_of(double value) { return std::bit_cast<Bits>(value); }

template <class Value>
bool compare(BinaryOperator op, Value left, Value right) {
    switch (op) {
        case BinaryOperator::equal:
            return left == right;
        case BinaryOperator::not_equal:
            return left != right;
        case BinaryOperator::less:
            return left < right;
        case BinaryOperator::less_equal:
            return left <= right;
        case BinaryOperator::greater:
            return left > right;
        default:
            return left >= right;
    }
}

template <class Float>
std::optional<Bits> float_binary(BinaryOperator op, Float left, Float right) {
    if (is_comparison(op)) return compare(op, left, right);
    switch (op) {
        case BinaryOperator::add:
            return bits_of(left + right);
        case BinaryOperator::subtract:
            return bits_of(left - right);
        case BinaryOperator::multiply:
            return bits_of(left * right);
        case BinaryOperator::divide:
            return bits_of(left / right);
        default:
            return std::nullopt;
    }
}

std::optional<Bits> divide(bool wants_remainder, Scalar type, Bits left, Bits right) {
    const Wide divisor = exact(type, right);
    if (divisor == 0) return std::nullopt;
    const Wide dividend = exact(type, left);
    return static_cast<Bits>(wants_remainder ? dividend % divisor : dividend / divisor) & type.mask();
}

std::optional<Bits> integer_binary(BinaryOperator op, Scalar type, Scalar right_type, Bits left, Bits right) {
    if (is_comparison(op)) return compare(op, exact(type, left), exact(type, right));
    switch (op) {
        case BinaryOperator::add:
            return (left + right) & type.mask();
        case BinaryOperator::subtract:
            return (left - right) & type.mask();
        case BinaryOperator::multiply:
            return (left * right) & type.mask();
        case BinaryOperator::divide:
            return divide(false, type, left, right);
        case BinaryOperator::remainder:
            return divide(true, type, left, right);
        case BinaryOperator::bit_and:
            return left & right & type.mask();
        case BinaryOperator::bit_or:
            return (left | right) & type.mask();
        case BinaryOperator::bit_xor:
            return (left ^ right) & type.mask();
        default:
            break;
    }
    const unsigned count = static_cast<unsigned>(extend(right_type, right) % type.bits);
    if (op == BinaryOperator::shift_left) return (left << count) & type.mask();
    return static_cast<Bits>(exact(type, left) >> count) & type.mask();
}

template <class Float>
std::optional<Bits> float_to_integer(Float value, Scalar to) {
    if (!std::isfinite(value)) return std::nullopt;
    const Float whole = std::trunc(value);
    // Both bounds are powers of two (or zero), so exact in any float type.
    const Float above = std::ldexp(Float{1}, to.is_signed ? to.bits - 1 : to.bits);
    const Float below = to.is_signed ? -above : Float{0};
    if (whole < below || whole >= above) return std::nullopt;
    return static_cast<Bits>(static_cast<Wide>(whole)) & to.mask();
}

template <class Float>
std::optional<Bits> convert_float(Float value, Scalar to) {
    switch (to.kind) {
        case Scalar::Kind::boolean:
            return value != Float{0};
        case Scalar::Kind::floating:
            return to.bits == 32 ? bits_of(static_cast<float>(value)) : bits_of(static_cast<double>(value));
        default:
            return float_to_integer(value, to);
    }
}

template <class Float>
Bits float_from_integer(Scalar from, Bits value) {
    const Bits extended = extend(from, value);
    return from.is_signed ? bits_of(static_cast<Float>(static_cast<std::int64_t>(extended)))
                          : bits_of(static_cast<Float>(extended));
}

}  // namespace

Scalar scalar_of(const TypeTable& types, TypeId type) {
    if (const auto* integer = types.get_if<IntegerType>(type))
        return {integer->is_bool ? Scalar::Kind::boolean : Scalar::Kind::integer, integer->bits, integer->is_signed};
    if (const auto* floating = types.get_if<FloatType>(type)) return {Scalar::Kind::floating, floating->bits, true};
    if (types.is_pointer(type)) return {Scalar::Kind::pointer, 64, false};
    return {};
}

Wide minimum_of(Scalar type) {
    if (type.kind == Scalar::Kind::floating || !type.is_signed) return 0;
    return -(Wide{1} << (type.bits - 1));
}

Wide maximum_of(Scalar type) {
    if (type.kind == Scalar::Kind::floating) return 0;
    if (type.kind == Scalar::Kind::boolean) return 1;
    return (Wide{1} << (type.is_signed ? type.bits - 1 : type.bits)) - 1;
}

std::optional<Bits> evaluate(BinaryOperator op, Scalar type, Scalar right_type, Bits left, Bits right) {
    if (!type.is_supported()) return std::nullopt;
    if (type.kind != Scalar::Kind::floating) return integer_binary(op, type, right_type, left, right);
    if (type.bits == 32) return float_binary(op, float_of<float>(left), float_of<float>(right));
    return float_binary(op, float_of<double>(left), float_of<double>(right));
}

std::optional<Bits> evaluate(UnaryOperator op, Scalar type, Bits value) {
    if (!type.is_supported()) return std::nullopt;
    if (op == UnaryOperator::logical_not) return !is_true(type, value);
    if (type.kind != Scalar::Kind::floating) return (op == UnaryOperator::negate ? -value : ~value) & type.mask();
    if (op != UnaryOperator::negate) return std::nullopt;
    return value ^ (Bits{1} << (type.bits - 1));
}

std::optional<Bits> convert(Scalar from, Scalar to, Bits value) {
    if (!from.is_supported() || !to.is_supported()) return std::nullopt;
    if (from.kind == Scalar::Kind::floating)
        return from.bits == 32 ? convert_float(float_of<float>(value), to) : convert_float(float_of<double>(value), to);
    switch (to.kind) {
        case Scalar::Kind::boolean:
            return (value & from.mask()) != 0;
        case Scalar::Kind::floating:
            return to.bits == 32 ? float_from_integer<float>(from, value) : float_from_integer<double>(from, value);
        default:
            return extend(from, value) & to.mask();
    }
}

bool is_true(Scalar type, Bits bits) {
    if (type.kind != Scalar::Kind::floating) return (bits & type.mask()) != 0;
    return type.bits == 32 ? float_of<float>(bits) != 0.0f : float_of<double>(bits) != 0.0;
}

bool call_fits(const Program& program, const Call& call, const Function& function) {
    const auto* type = program.types.get_if<FunctionType>(function.type);
    if (!function.has_body || type == nullptr) return true;
    const auto is_same = [](Scalar one, Scalar other) {
        const bool is_float = one.kind == Scalar::Kind::floating;
        return one.bits == other.bits && is_float == (other.kind == Scalar::Kind::floating);
    };
    if (call.arguments.size() < function.parameter_count) return false;
    for (std::uint32_t i = 0; i < function.parameter_count && i < call.argument_types.size(); ++i) {
        const Scalar given = scalar_of(program.types, call.argument_types[i]);
        if (!is_same(given, scalar_of(program.types, function.registers[i].type))) return false;
    }
    const Scalar expected = scalar_of(program.types, call.result_type);
    const Scalar result = scalar_of(program.types, type->result);
    return expected.kind == Scalar::Kind::none || !call.result || is_same(expected, result);
}

Bits extract(Scalar type, BitRange range, Bits unit) {
    if (range.width == 0) return unit & type.mask();
    const Scalar part{type.kind, range.width, type.is_signed};
    return extend(part, unit >> range.offset) & type.mask();
}

Bits insert(Scalar type, BitRange range, Bits unit, Bits value) {
    if (range.width == 0) return value & type.mask();
    const Bits part = Scalar{type.kind, range.width, type.is_signed}.mask() << range.offset;
    return (unit & ~part) | ((value << range.offset) & part);
}

}  // namespace gnomon::ir
