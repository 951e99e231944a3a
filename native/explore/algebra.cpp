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

[[noreturn]] void end_too_wide() { end_not_modelled("a rule's arithmetic beyond 128 bits"); }

}  // namespace

Number Algebra::integer(SignedBits number) { return {nullptr, number, number}; }

Expression Algebra::extended(const Number& value, unsigned width) {
    if (value.bits != nullptr) return expressions_.sign_extend(value.bits, width);
    return expressions_.constant(static_cast<solver::Bits>(value.minimum), width);
}

Number Algebra::boolean(Expression condition) {
    if (condition->is_constant()) return integer(condition->is_true() ? 1 : 0);
    return {expressions_.zero_extend(condition, 2), 0, 1};
}

Number Algebra::of_bits(Expression bits, bool is_signed) {
    if (bits->is_constant()) {
        return integer(is_signed ? solver::as_signed(bits->constant, bits->width)
                                 : static_cast<SignedBits>(bits->constant));
    }
    const SignedBits half = SignedBits{1} << (bits->width - 1);
    if (!is_signed || bits->maximum < static_cast<solver::Bits>(half)) {
        return {expressions_.zero_extend(bits, bits->width + 1), static_cast<SignedBits>(bits->minimum),
                static_cast<SignedBits>(bits->maximum)};
    }
    return {bits, -half, half - 1};
}

Expression Algebra::condition(const Number& value) {
    if (value.bits == nullptr) return expressions_.boolean(value.minimum != 0);
    return expressions_.is_nonzero(value.bits);
}

std::optional<bool> Algebra::truth(const Number& value) {
    if (value.minimum > 0 || value.maximum < 0) return true;
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

Number Algebra::apply(Operator op, const Number& left, const Number& right) {
    const unsigned common = std::max(bits_of(left), bits_of(right));
    switch (op) {
        case Operator::shift_left:
            return shifted(left, right);
        case Operator::equal:
        case Operator::not_equal: {
            const bool is_disjoint = left.maximum < right.minimum || right.maximum < left.minimum;
            if (left.bits == nullptr && right.bits == nullptr) {
                return integer((left.minimum == right.minimum) == (op == Operator::equal));
            }
            const Expression same = is_disjoint ? expressions_.boolean(false)
                                                : expressions_.equal(extended(left, common), extended(right, common));
            return boolean(op == Operator::equal ? same : expressions_.bit_not(same));
        }
        case Operator::less:
            if (left.maximum < right.minimum) return integer(1);
            if (left.minimum >= right.maximum) return integer(0);
            return boolean(expressions_.signed_less(extended(left, common), extended(right, common)));
        case Operator::less_equal:
            return logical_not(apply(Operator::less, right, left));
        default:
            break;
    }
    Number result;
    bool is_wide = false;
    const auto corner = [&](SignedBits a, SignedBits b) {
        SignedBits value = 0;
        switch (op) {
            case Operator::add:
                is_wide |= __builtin_add_overflow(a, b, &value);
                break;
            case Operator::subtract:
                is_wide |= __builtin_sub_overflow(a, b, &value);
                break;
            default:
                is_wide |= __builtin_mul_overflow(a, b, &value);
                break;
        }
        return value;
    };
    const auto [least, most] = std::minmax({corner(left.minimum, right.minimum), corner(left.minimum, right.maximum),
                                            corner(left.maximum, right.minimum), corner(left.maximum, right.maximum)});
    if (is_wide) end_too_wide();
    result.minimum = least;
    result.maximum = most;
    if (left.bits == nullptr && right.bits == nullptr) return result;
    const unsigned width = std::max(common, width_of(least, most));
    const Kind kind = op == Operator::add ? Kind::add : op == Operator::subtract ? Kind::subtract : Kind::multiply;
    result.bits = expressions_.binary(kind, extended(left, width), extended(right, width));
    return result;
}

}  // namespace gnomon::explore
