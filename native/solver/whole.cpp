// Floats that hold integers, or a quotient of two: integers say the same, and solvers know them well.
//
// What is exact stays so: sums that fit the precision, comparisons, and the way back to an integer. A quotient x / c is
// rounded, but no integer lies between it and what it is rounded to, as long as x has at most 33 bits and c at most 20.
#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "solver/expression.h"

namespace gnomon::solver {

namespace {

constexpr unsigned dividend_bits = 33, divisor_bits = 20;  // signed, and without a sign
constexpr unsigned wide = 64;                              // holds the product of two such

unsigned precision_of(unsigned width) { return width == 64 ? 53 : 24; }

double float_of(Expression constant) {
    if (constant->width == 64) return std::bit_cast<double>(static_cast<std::uint64_t>(constant->constant));
    return double{std::bit_cast<float>(static_cast<std::uint32_t>(constant->constant))};
}

bool is_negative_zero(double value) { return value == 0 && std::signbit(value); }

// Bits that a signed integer needs.
unsigned bits_of(std::int64_t value) {
    const auto size = static_cast<std::uint64_t>(value < 0 ? ~value : value);
    return static_cast<unsigned>(std::bit_width(size)) + 1;
}

struct Quotient {
    Expression dividend = nullptr;  // signed
    std::int64_t divisor = 0;
};

}  // namespace

// The signed integer that a float holds, in few bits; null when it is not known to hold one.
Expression Expressions::whole_in(Expression value) {
    if (value->width > 64) return nullptr;  // a long double
    const unsigned precision = precision_of(value->width);
    if (value->is_constant()) {
        const double number = float_of(value);
        const bool is_whole = std::trunc(number) == number && std::fabs(number) < std::ldexp(1.0, 52);
        if (!is_whole || is_negative_zero(number)) return nullptr;
        const auto integer = static_cast<std::int64_t>(number);
        return constant(static_cast<Bits>(integer), bits_of(integer));
    }
    if (value->kind != Kind::signed_to_float && value->kind != Kind::unsigned_to_float) return nullptr;
    const Expression from = value->children[0];
    const bool is_positive = from->kind == Kind::zero_extend;
    const bool is_extended = is_positive || from->kind == Kind::sign_extend;
    const Expression core = is_extended ? from->children[0] : from;
    const bool needs_sign = is_positive || (!is_extended && value->kind == Kind::unsigned_to_float);
    if (from->kind == Kind::sign_extend && value->kind == Kind::unsigned_to_float) return nullptr;
    if (core->width + (needs_sign ? 1U : 0U) > precision) return nullptr;
    return needs_sign ? zero_extend(core, core->width + 1) : core;
}

namespace {

// x / c as doubles.
std::optional<Quotient> quotient_in(Expressions& expressions, Expression value) {
    if (value->kind != Kind::float_divide || value->width != 64 || !value->children[1]->is_constant()) return {};
    const double divisor = float_of(value->children[1]);
    const bool is_small = std::trunc(divisor) == divisor && divisor != 0 && std::fabs(divisor) < (1 << divisor_bits);
    const Expression dividend = is_small ? expressions.whole_in(value->children[0]) : nullptr;
    if (dividend == nullptr || dividend->width > dividend_bits) return {};
    return Quotient{dividend, static_cast<std::int64_t>(divisor)};
}

// `left` compared with `right`, both signed and of the same width.
Expression compared(Expressions& expressions, Kind kind, Expression left, Expression right) {
    if (kind == Kind::float_equal) return expressions.equal(left, right);
    if (kind == Kind::float_less) return expressions.signed_less(left, right);
    return expressions.bit_not(expressions.signed_less(right, left));
}

// `is_left`: the limit, which is beyond all that is compared with it, or no number, stands to the right.
Expression compared_to_beyond(Expressions& expressions, Kind kind, double limit, bool is_left) {
    if (std::isnan(limit) || kind == Kind::float_equal) return expressions.boolean(false);
    return expressions.boolean((limit > 0) == is_left);
}

// A whole number compared with a constant that need not be one.
Expression compared_to_constant(Expressions& expressions, Kind kind, Expression whole, double limit, bool is_left) {
    if (!(std::fabs(limit) < std::ldexp(1.0, 53))) return compared_to_beyond(expressions, kind, limit, is_left);
    if (kind == Kind::float_equal && std::trunc(limit) != limit) return expressions.boolean(false);
    // whole < limit: whole < ceil(limit); whole <= limit: whole <= floor(limit); the other way round likewise
    const bool goes_up = (kind == Kind::float_less) == is_left;
    const double rounded = goes_up ? std::ceil(limit) : std::floor(limit);
    const Expression constant = expressions.constant(static_cast<Bits>(static_cast<std::int64_t>(rounded)), wide);
    const Expression integer = expressions.sign_extend(whole, wide);
    return is_left ? compared(expressions, kind, integer, constant) : compared(expressions, kind, constant, integer);
}

// x % c, if the integer is x / c.
Expression rest_of(Expressions& expressions, Quotient quotient, Expression integer) {
    const bool is_extended = integer->kind == Kind::zero_extend || integer->kind == Kind::sign_extend;
    const Expression division = is_extended ? integer->children[0] : integer;
    const bool is_signed = division->kind == Kind::signed_divide;
    if (is_signed ? integer->kind == Kind::zero_extend : division->kind != Kind::unsigned_divide) return nullptr;
    if (!is_signed && (integer->kind == Kind::sign_extend || quotient.divisor < 0)) return nullptr;
    const Expression dividend = division->children[0], divisor = division->children[1];
    const Expression extended =
        is_signed ? expressions.sign_extend(dividend, wide) : expressions.zero_extend(dividend, wide);
    const bool is_same = divisor->is_constant() && dividend->width <= wide &&
                         as_signed(divisor->constant, divisor->width) == quotient.divisor &&
                         extended == expressions.sign_extend(quotient.dividend, wide);
    if (!is_same) return nullptr;
    return expressions.binary(is_signed ? Kind::signed_remainder : Kind::unsigned_remainder, dividend, divisor);
}

// x / c compared with y: x with y * c. Null where y is no whole number.
Expression compared_quotient(Expressions& expressions, Kind kind, Quotient quotient, Expression other, bool is_left) {
    const double limit = other->is_constant() ? float_of(other) : 0;
    if (!(std::fabs(limit) < std::ldexp(1.0, dividend_bits))) {
        return compared_to_beyond(expressions, kind, limit, is_left);
    }
    const Expression whole = expressions.whole_in(other);
    if (whole == nullptr || whole->width > dividend_bits + 1) return nullptr;
    Expression dividend = rest_of(expressions, quotient, whole), product = nullptr;  // or what is left of both
    if (dividend != nullptr) {
        product = expressions.constant(0, dividend->width);
    } else {
        dividend = expressions.sign_extend(quotient.dividend, wide);
        const Expression divisor = expressions.constant(static_cast<Bits>(quotient.divisor), wide);
        product = expressions.multiply(expressions.sign_extend(whole, wide), divisor);
    }
    return is_left == (quotient.divisor > 0) ? compared(expressions, kind, dividend, product)
                                             : compared(expressions, kind, product, dividend);
}

}  // namespace

// A choice compared with a constant: both arms are. Bound: `depth` choices, one in the other.
Expression Expressions::compare_choice(Kind kind, Expression left, Expression right, unsigned depth) {
    if (left->is_constant() && right->is_constant()) return binary(kind, left, right);
    const bool is_left = left->kind == Kind::if_then_else;
    const Expression choice = is_left ? left : right;
    if (choice->kind != Kind::if_then_else) return simplify_whole(kind, left, right);
    if (depth == 0) return nullptr;
    const auto compared_arm = [&](std::size_t arm) {
        const Expression value = choice->children[arm];
        return is_left ? compare_choice(kind, value, right, depth - 1) : compare_choice(kind, left, value, depth - 1);
    };
    const Expression if_true = compared_arm(1);
    const Expression if_false = if_true != nullptr ? compared_arm(2) : nullptr;
    return if_false != nullptr ? choose(choice->children[0], if_true, if_false) : nullptr;
}

Expression Expressions::simplify_whole(Kind kind, Expression left, Expression right) {
    if (left->width > 64) return nullptr;
    const bool is_sum = kind == Kind::float_add || kind == Kind::float_subtract;
    if (is_sum) {
        const Expression a = whole_in(left), b = a != nullptr ? whole_in(right) : nullptr;
        const unsigned width = b != nullptr ? std::max(a->width, b->width) + 1U : 0;
        if (b == nullptr || width > precision_of(left->width)) return nullptr;
        const Kind operation = kind == Kind::float_add ? Kind::add : Kind::subtract;
        return convert(Kind::signed_to_float, binary(operation, sign_extend(a, width), sign_extend(b, width)),
                       left->width);
    }
    const Expression a = whole_in(left), b = whole_in(right);
    if (a != nullptr && b != nullptr) {
        const unsigned width = std::max(a->width, b->width);
        return compared(*this, kind, sign_extend(a, width), sign_extend(b, width));
    }
    if (a != nullptr && right->is_constant()) return compared_to_constant(*this, kind, a, float_of(right), true);
    if (b != nullptr && left->is_constant()) return compared_to_constant(*this, kind, b, float_of(left), false);
    if (const auto quotient = quotient_in(*this, left)) return compared_quotient(*this, kind, *quotient, right, true);
    if (const auto quotient = quotient_in(*this, right)) return compared_quotient(*this, kind, *quotient, left, false);
    return nullptr;
}

// Back to an integer of `width` bits; what does not fit is excluded where it comes from. Bound: `depth` choices, one in
// the other.
Expression Expressions::integer_of_whole(Expression value, unsigned width, unsigned depth) {
    if (value->kind == Kind::if_then_else && depth > 0) {
        const Expression if_true = integer_of_whole(value->children[1], width, depth - 1);
        const Expression if_false =
            if_true != nullptr ? integer_of_whole(value->children[2], width, depth - 1) : nullptr;
        return if_false != nullptr ? choose(value->children[0], if_true, if_false) : nullptr;
    }
    Expression integer = whole_in(value);
    if (integer == nullptr) {
        const auto quotient = quotient_in(*this, value);
        if (!quotient) return nullptr;
        const unsigned enough = std::max<unsigned>(quotient->dividend->width, bits_of(quotient->divisor)) +
                                (quotient->divisor == -1 ? 1U : 0U);
        integer = binary(Kind::signed_divide, sign_extend(quotient->dividend, enough),
                         constant(static_cast<Bits>(quotient->divisor), enough));
    }
    return integer->width < width ? sign_extend(integer, width) : extract(integer, 0, width);
}

}  // namespace gnomon::solver
