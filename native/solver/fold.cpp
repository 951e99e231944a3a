// Operations on constants.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "solver/expression.h"

namespace gnomon::solver {

Bits mask(unsigned width) { return width >= 128 ? ~Bits{0} : (Bits{1} << width) - 1; }

SignedBits as_signed(Bits value, unsigned width) {
    const unsigned unused = 128 - width;
    return static_cast<SignedBits>(value << unused) >> unused;
}

namespace {

constexpr std::size_t extended_size = 10;  // bytes of a long double, without its padding

template <class Float>
Float to_float(Bits bits) {
    Float number = 0;
    std::memcpy(&number, &bits, std::min(sizeof number, extended_size));
    return number;
}

template <class Float>
Bits to_bits(Float number) {
    Bits bits = 0;
    std::memcpy(&bits, &number, std::min(sizeof number, extended_size));
    return bits;
}

template <class Float>
Bits fold_float(Kind kind, Bits left, Bits right) {
    const auto a = to_float<Float>(left);
    const auto b = to_float<Float>(right);
    switch (kind) {
        case Kind::float_add:
            return to_bits<Float>(a + b);
        case Kind::float_subtract:
            return to_bits<Float>(a - b);
        case Kind::float_multiply:
            return to_bits<Float>(a * b);
        case Kind::float_divide:
            return to_bits<Float>(a / b);
        case Kind::float_equal:
            return a == b;
        case Kind::float_less:
            return a < b;
        default:
            return a <= b;
    }
}

// Floats of any width, as the widest type, which holds them exactly.
long double widened(Bits bits, unsigned width) {
    if (width == 80) return to_float<long double>(bits);
    return width == 32 ? to_float<float>(bits) : to_float<double>(bits);
}

template <class Number>
Bits rounded(Number value, unsigned width) {
    if (width == 80) return to_bits(static_cast<long double>(value));
    return width == 32 ? to_bits(static_cast<float>(value)) : to_bits(static_cast<double>(value));
}

Bits fold_conversion(Kind kind, unsigned width, unsigned operand_width, Bits a) {
    switch (kind) {
        case Kind::float_to_float:
            return rounded(widened(a, operand_width), width);
        case Kind::signed_to_float:
            return rounded(as_signed(a, operand_width), width);
        case Kind::unsigned_to_float:
            return rounded(a, width);
        default:
            break;
    }
    const long double value = std::trunc(widened(a, operand_width));
    const long double limit = std::ldexp(1.0L, static_cast<int>(width) - (kind == Kind::float_to_signed ? 1 : 0));
    const long double least = kind == Kind::float_to_signed ? -limit : 0.0L;
    if (!(value >= least && value < limit)) return 0;
    return value < 0 ? static_cast<Bits>(static_cast<SignedBits>(value)) : static_cast<Bits>(value);
}

// Division as SMT-LIB defines it, zero divisors included, so that the solver and we agree.
Bits fold_division(Kind kind, unsigned width, Bits a, Bits b) {
    const SignedBits left = as_signed(a, width), right = as_signed(b, width);
    switch (kind) {
        case Kind::unsigned_divide:
            return b == 0 ? mask(width) : a / b;
        case Kind::unsigned_remainder:
            return b == 0 ? a : a % b;
        case Kind::signed_divide:
            if (b == 0) return left < 0 ? Bits{1} : mask(width);
            return right == -1 ? -a : static_cast<Bits>(left / right);
        default:
            if (b == 0) return a;
            return right == -1 ? Bits{0} : static_cast<Bits>(left % right);
    }
}

Bits fold_shift(Kind kind, unsigned width, Bits a, Bits b) {
    const bool is_out = b >= width;
    switch (kind) {
        case Kind::shift_left:
            return is_out ? Bits{0} : a << static_cast<unsigned>(b);
        case Kind::logical_shift_right:
            return is_out ? Bits{0} : a >> static_cast<unsigned>(b);
        default:
            return static_cast<Bits>(as_signed(a, width) >> (is_out ? width - 1 : static_cast<unsigned>(b)));
    }
}

Bits fold_unmasked(Kind kind, unsigned width, unsigned operand_width, unsigned low, Bits a, Bits b, Bits c) {
    switch (kind) {
        case Kind::constant:
        case Kind::variable:
            return a;
        case Kind::add:
            return a + b;
        case Kind::subtract:
            return a - b;
        case Kind::multiply:
            return a * b;
        case Kind::unsigned_divide:
        case Kind::signed_divide:
        case Kind::unsigned_remainder:
        case Kind::signed_remainder:
            return fold_division(kind, width, a, b);
        case Kind::shift_left:
        case Kind::logical_shift_right:
        case Kind::arithmetic_shift_right:
            return fold_shift(kind, width, a, b);
        case Kind::bit_and:
            return a & b;
        case Kind::bit_or:
            return a | b;
        case Kind::bit_xor:
            return a ^ b;
        case Kind::bit_not:
            return ~a;
        case Kind::equal:
            return a == b;
        case Kind::unsigned_less:
            return a < b;
        case Kind::signed_less:
            return as_signed(a, operand_width) < as_signed(b, operand_width);
        case Kind::if_then_else:
            return a != 0 ? b : c;
        case Kind::zero_extend:
            return a;
        case Kind::sign_extend:
            return static_cast<Bits>(as_signed(a, operand_width));
        case Kind::extract:
            return a >> low;
        case Kind::concatenate:
            return (a << (width - operand_width)) | b;
        case Kind::float_add:
        case Kind::float_subtract:
        case Kind::float_multiply:
        case Kind::float_divide:
        case Kind::float_equal:
        case Kind::float_less:
        case Kind::float_less_equal:
            if (operand_width == 80) return fold_float<long double>(kind, a, b);
            return operand_width == 32 ? fold_float<float>(kind, a, b) : fold_float<double>(kind, a, b);
        default:
            return fold_conversion(kind, width, operand_width, a);
    }
}

}  // namespace

// `operand_width` is the first child's.
Bits fold(Kind kind, unsigned width, unsigned operand_width, unsigned low, Bits a, Bits b, Bits c) {
    return fold_unmasked(kind, width, operand_width, low, a, b, c) & mask(width);
}

}  // namespace gnomon::solver
