#include "ir/extended.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "ir/mathematics.h"

namespace gnomon::ir {

static_assert(std::numeric_limits<long double>::digits == 64, "the machine computes what its programs would");

namespace {

using Operation = ExtendedOperation;

constexpr std::size_t exponent_at = sizeof(std::uint64_t);

Extended word(std::uint64_t bits) { return {bits, 0}; }

std::optional<Extended> truncated(long double number, unsigned bits, bool is_signed) {
    const long double whole = std::trunc(number);
    const long double above = std::ldexp(1.0L, static_cast<int>(bits) - (is_signed ? 1 : 0));
    const bool fits = whole < above && whole >= (is_signed ? -above : 0.0L);  // what is no number does not
    if (!fits) return std::nullopt;
    const std::uint64_t mask = ~std::uint64_t{0} >> (64 - bits);
    const auto integer =
        is_signed ? static_cast<std::uint64_t>(static_cast<std::int64_t>(whole)) : static_cast<std::uint64_t>(whole);
    return word(integer & mask);
}

}  // namespace

bool is_canonical(Extended number) {
    return (number.significand >> 63 != 0) == ((number.sign_exponent & ~extended_sign) != 0);
}

Extended extended_of(long double number) {
    Extended parts;
    std::memcpy(&parts.significand, &number, sizeof parts.significand);
    std::memcpy(&parts.sign_exponent, reinterpret_cast<const char*>(&number) + exponent_at, sizeof parts.sign_exponent);
    return parts;
}

long double value_of(Extended number) {
    long double value = 0;
    std::memcpy(&value, &number.significand, sizeof number.significand);
    std::memcpy(reinterpret_cast<char*>(&value) + exponent_at, &number.sign_exponent, sizeof number.sign_exponent);
    return value;
}

std::optional<Extended> evaluate(Operation op, Extended left, Extended right) {
    const std::uint64_t given = left.significand;
    if (takes_extended(op) && !is_canonical(left)) return std::nullopt;
    if (takes_two(op) && !is_canonical(right)) return std::nullopt;
    if (op >= Operation::mathematics) {
        const auto function = static_cast<std::uint64_t>(op) - static_cast<std::uint64_t>(Operation::mathematics);
        return extended_of(mathematics(function, value_of(left), value_of(right)));
    }
    switch (op) {
        case Operation::add:
            return extended_of(value_of(left) + value_of(right));
        case Operation::subtract:
            return extended_of(value_of(left) - value_of(right));
        case Operation::multiply:
            return extended_of(value_of(left) * value_of(right));
        case Operation::divide:
            return extended_of(value_of(left) / value_of(right));
        case Operation::equal:
            return word(value_of(left) == value_of(right));
        case Operation::less:
            return word(value_of(left) < value_of(right));
        case Operation::less_equal:
            return word(value_of(left) <= value_of(right));
        case Operation::from_signed:
            return extended_of(static_cast<long double>(static_cast<std::int64_t>(given)));
        case Operation::from_unsigned:
            return extended_of(static_cast<long double>(given));
        case Operation::from_float:
            return extended_of(std::bit_cast<float>(static_cast<std::uint32_t>(given)));
        case Operation::from_double:
            return extended_of(std::bit_cast<double>(given));
        case Operation::to_float:
            return word(std::bit_cast<std::uint32_t>(static_cast<float>(value_of(left))));
        case Operation::to_double:
            return word(std::bit_cast<std::uint64_t>(static_cast<double>(value_of(left))));
        default:
            return truncated(value_of(left), static_cast<unsigned>(right.significand), op == Operation::to_signed);
    }
}

}  // namespace gnomon::ir
