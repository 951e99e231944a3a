#include "explore/algebra.h"

#include <algorithm>

namespace gnomon::explore {

using shadow::Operator;
using solver::Kind;
using solver::SignedBits;

namespace {

// The least two's complement width that holds the range.
unsigned width_of(SignedBits minimum, SignedBits maximum) {
    unsigned width = 1;
    while (width < solver::maximum_width) {
        const SignedBits limit = SignedBits{1} << (width - 1);
        if (-limit <= minimum && maximum < limit) break;
        ++width;
    }
    return std::max(width, 2u);
}

unsigned bits_of(const Number& number) {
    return number.bits != nullptr ? number.bits->width : width_of(number.minimum, number.maximum);
}

// Rounds down.
SignedBits floor_division(SignedBits dividend, SignedBits divisor) {
    const SignedBits quotient = dividend / divisor;
    return quotient * divisor != dividend && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient;
}

bool is_small(SignedBits number) {
    constexpr SignedBits most = SignedBits{1} << 100;
    return number > -most && number < most;
}

bool is_small_linear(const Number& value) {
    const Linear& form = value.form;
    return form.base != nullptr && form.factor != 0 && is_small(form.factor) && is_small(form.addend);
}

[[noreturn]] void end_too_wide() { end_not_modelled("a rule's arithmetic beyond 128 bits"); }

}  // namespace

Number Algebra::integer(SignedBits number) { return {nullptr, number, number, {}}; }

Expression Algebra::extended(const Number& value, unsigned width) {
    if (value.bits != nullptr) return expressions_.sign_extend(value.bits, width);
    return expressions_.constant(static_cast<solver::Bits>(value.minimum), width);
}

Number Algebra::boolean(Expression condition) {
    if (condition->is_constant()) return integer(condition->is_true() ? 1 : 0);
    return {expressions_.zero_extend(condition, 2), 0, 1, {}};
}

Number Algebra::of_bits(Expression bits, bool is_signed) {
    if (bits->is_constant()) {
        return integer(is_signed ? solver::as_signed(bits->constant, bits->width)
                                 : static_cast<SignedBits>(bits->constant));
    }
    // Sizes are read without sign, and made from signed numbers that the path has seen not to be negative.
    const bool may_have_high_bit = bits->maximum >> (bits->width - 1) != 0;
    const bool is_read_signed = is_signed || (may_have_high_bit && is_never_negative_(bits));
    const Linear form = linear_of(expressions_, bits, is_read_signed);
    const Expression wide = is_read_signed ? bits : expressions_.zero_extend(bits, bits->width + 1);
    const SignedBits least = is_signed ? form.minimum() : std::max<SignedBits>(form.minimum(), 0);
    return {wide, least, form.maximum(), form};
}

// base < limit
Number Algebra::base_less(const Number& value, SignedBits limit) {
    if (value.form.base_maximum < limit) return integer(1);
    if (value.form.base_minimum >= limit) return integer(0);
    const Expression bound = expressions_.constant(static_cast<solver::Bits>(limit), value.form.base->width);
    return boolean(expressions_.signed_less(value.form.base, bound));
}

// factor * base + addend < limit
Number Algebra::less_than_constant(const Number& value, SignedBits limit) {
    const SignedBits rest = limit - value.form.addend;
    if (value.form.factor > 0) return base_less(value, -floor_division(-rest, value.form.factor));
    return logical_not(base_less(value, floor_division(rest, value.form.factor) + 1));
}

// limit < factor * base + addend
Number Algebra::constant_less_than(SignedBits limit, const Number& value) {
    const SignedBits rest = limit - value.form.addend;
    if (value.form.factor > 0) return logical_not(base_less(value, floor_division(rest, value.form.factor) + 1));
    return base_less(value, -floor_division(-rest, value.form.factor));
}

// Sums with constants and products by constants keep the form of the other side.
void Algebra::keep_form(Operator op, const Number& left, const Number& right, Number& result) const {
    const bool is_left_linear = right.bits == nullptr && is_small_linear(left);
    const bool is_right_linear = left.bits == nullptr && is_small_linear(right);
    if (!is_left_linear && !is_right_linear) return;
    const Number& linear = is_left_linear ? left : right;
    const SignedBits number = is_left_linear ? right.minimum : left.minimum;
    SignedBits factor = linear.form.factor, addend = linear.form.addend;
    bool is_wide = false;
    if (op == Operator::multiply) {
        is_wide = number == 0 || __builtin_mul_overflow(factor, number, &factor) ||
                  __builtin_mul_overflow(addend, number, &addend);
    } else if (op == Operator::add) {
        is_wide = __builtin_add_overflow(addend, number, &addend);
    } else if (is_left_linear) {
        is_wide = __builtin_sub_overflow(addend, number, &addend);
    } else {
        factor = -factor;
        is_wide = __builtin_sub_overflow(number, addend, &addend);
    }
    if (is_wide) return;
    result.form = {linear.form.base, linear.form.base_minimum, linear.form.base_maximum, factor, addend};
}

Expression Algebra::condition(const Number& value) {
    if (value.bits == nullptr) return expressions_.boolean(value.minimum != 0);
    return expressions_.is_nonzero(value.bits);
}

std::optional<bool> Algebra::truth(const Number& value) {
    if (value.minimum > 0 || value.maximum < 0) return true;
    if (value.bits == nullptr) return value.minimum != 0;
    const Expression known = condition(value);
    if (!known->is_constant()) return std::nullopt;
    return known->is_true();
}

// left * 2^right for right in 0..127.
Number Algebra::shifted(const Number& left, const Number& right) {
    const SignedBits most = std::clamp<SignedBits>(right.maximum, 0, 127);
    if (right.bits == nullptr || most == 0) {
        if (most > 126) end_too_wide();
        return apply(Operator::multiply, left, integer(SignedBits{1} << static_cast<int>(most)));
    }
    // Past 64 places nothing but zero fits any type that a rule compares with: the count saturates there.
    const SignedBits count = std::min<SignedBits>(most, 64);
    Number result;
    const SignedBits factor = SignedBits{1} << static_cast<int>(count);
    if (__builtin_mul_overflow(std::min<SignedBits>(left.minimum, 0), factor, &result.minimum)) end_too_wide();
    if (__builtin_mul_overflow(std::max<SignedBits>(left.maximum, 0), factor, &result.maximum)) end_too_wide();
    const unsigned width = std::max({width_of(result.minimum, result.maximum), bits_of(left), bits_of(right)});
    const Expression wanted = extended(right, width);
    const Expression limit = expressions_.constant(static_cast<solver::Bits>(count), width);
    const Expression places = expressions_.choose(expressions_.signed_less(limit, wanted), limit, wanted);
    result.bits = expressions_.binary(Kind::shift_left, extended(left, width), places);
    return result;
}

// With one factor f: f * a + c < f * b + d is a < b + k, k being (d - c) / f rounded up.
std::optional<Number> Algebra::less_linear(const Linear& left, const Linear& right) {
    if (left.factor != right.factor || left.factor <= 0) return std::nullopt;
    const SignedBits k = -floor_division(left.addend - right.addend, left.factor);
    const unsigned common = std::max({unsigned{left.base->width}, unsigned{right.base->width}, width_of(-k, k)}) +
                            (k == 0 || k == 1 ? 0 : 1);
    const Expression a = expressions_.sign_extend(left.base, common), b = expressions_.sign_extend(right.base, common);
    if (k == 0) return boolean(expressions_.signed_less(a, b));
    if (k == 1) return boolean(expressions_.bit_not(expressions_.signed_less(b, a)));
    const Expression moved = expressions_.constant(static_cast<solver::Bits>(k), common);
    return boolean(expressions_.signed_less(a, expressions_.add(b, moved)));
}

Number Algebra::less(const Number& left, const Number& right) {
    if (left.maximum < right.minimum) return integer(1);
    if (left.minimum >= right.maximum) return integer(0);
    if (right.bits == nullptr && is_small(right.minimum) && is_small_linear(left)) {
        return less_than_constant(left, right.minimum);
    }
    if (left.bits == nullptr && is_small(left.minimum) && is_small_linear(right)) {
        return constant_less_than(left.minimum, right);
    }
    if (is_small_linear(left) && is_small_linear(right)) {
        if (const auto answer = less_linear(left.form, right.form)) return *answer;
    }
    const unsigned common = std::max(bits_of(left), bits_of(right));
    return boolean(expressions_.signed_less(extended(left, common), extended(right, common)));
}

namespace {

// Of + - * alone.
SignedBits computed(Operator op, SignedBits left, SignedBits right) {
    SignedBits value = 0;
    const bool is_wide = op == Operator::add        ? __builtin_add_overflow(left, right, &value)
                         : op == Operator::subtract ? __builtin_sub_overflow(left, right, &value)
                                                    : __builtin_mul_overflow(left, right, &value);
    if (is_wide) end_too_wide();
    return value;
}

}  // namespace

// Most numbers that rules ask for are known.
Number Algebra::apply_known(Operator op, SignedBits left, SignedBits right) {
    switch (op) {
        case Operator::equal:
            return integer(left == right);
        case Operator::not_equal:
            return integer(left != right);
        case Operator::less:
            return integer(left < right);
        case Operator::less_equal:
            return integer(left <= right);
        default:
            return integer(computed(op, left, right));
    }
}

Number Algebra::apply(Operator op, const Number& left, const Number& right) {
    if (op == Operator::shift_left) return shifted(left, right);
    if (left.bits == nullptr && right.bits == nullptr) return apply_known(op, left.minimum, right.minimum);
    const unsigned common = std::max(bits_of(left), bits_of(right));
    switch (op) {
        case Operator::equal:
        case Operator::not_equal: {
            const bool is_disjoint = left.maximum < right.minimum || right.maximum < left.minimum;
            const Expression same = is_disjoint ? expressions_.boolean(false)
                                                : expressions_.equal(extended(left, common), extended(right, common));
            return boolean(op == Operator::equal ? same : expressions_.bit_not(same));
        }
        case Operator::less:
            return less(left, right);
        case Operator::less_equal:
            return logical_not(apply(Operator::less, right, left));
        default:
            break;
    }
    const auto corner = [op](SignedBits a, SignedBits b) { return computed(op, a, b); };
    const auto [least, most] = std::minmax({corner(left.minimum, right.minimum), corner(left.minimum, right.maximum),
                                            corner(left.maximum, right.minimum), corner(left.maximum, right.maximum)});
    Number result;
    result.minimum = least;
    result.maximum = most;
    keep_form(op, left, right, result);
    const unsigned width = std::max(common, width_of(least, most));
    const Kind kind = op == Operator::add ? Kind::add : op == Operator::subtract ? Kind::subtract : Kind::multiply;
    result.bits = expressions_.binary(kind, extended(left, width), extended(right, width));
    return result;
}

}  // namespace gnomon::explore
