#include "solver/float_range.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace gnomon::solver {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Bits to_bits(double value, unsigned width) {
    if (width == 64) return std::bit_cast<std::uint64_t>(value);
    return std::bit_cast<std::uint32_t>(static_cast<float>(value));
}

double to_double(Bits bits, unsigned width) {
    if (width == 64) return std::bit_cast<double>(static_cast<std::uint64_t>(bits));
    return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
}

bool holds_zero(const FloatRange& range) { return range.minimum <= 0 && range.maximum >= 0; }

}  // namespace

FloatRange FloatRange::whole() { return {-infinity, infinity, true}; }

FloatRange FloatRange::of_constant(Bits bits, unsigned width) {
    const double value = to_double(bits, width);
    return std::isnan(value) ? whole() : FloatRange{value, value, false};
}

Bits FloatRange::least_magnitude(unsigned width) const {
    return holds_zero(*this) ? 0 : to_bits(std::min(std::fabs(minimum), std::fabs(maximum)), width);
}
Bits FloatRange::most_magnitude(unsigned width) const {
    return to_bits(std::max(std::fabs(minimum), std::fabs(maximum)), width);
}

FloatRange range_of(Kind kind, unsigned width, const FloatRange& left, const FloatRange& right) {
    if (kind == Kind::float_divide && holds_zero(right)) return FloatRange::whole();
    std::array<double, 4> ends{};
    std::size_t count = 0;
    for (const double a : {left.minimum, left.maximum}) {
        for (const double b : {right.minimum, right.maximum}) {
            const double end = to_double(fold(kind, width, width, 0, to_bits(a, width), to_bits(b, width), 0), width);
            // Of infinities, or of one and zero: so may others inside.
            if (std::isnan(end)) return FloatRange::whole();
            ends[count++] = end;
        }
    }
    const auto [least, most] = std::ranges::minmax(ends);
    const bool has_infinity =
        std::isinf(left.minimum) || std::isinf(left.maximum) || std::isinf(right.minimum) || std::isinf(right.maximum);
    const bool has_zero = kind == Kind::float_multiply && (holds_zero(left) || holds_zero(right));
    return {least, most, left.may_be_nan || right.may_be_nan || (has_infinity && has_zero)};
}

FloatRange converted(const FloatRange& value, unsigned from, unsigned width) {
    const auto end = [&](double one) {
        return to_double(fold(Kind::float_to_float, width, from, 0, to_bits(one, from), 0, 0), width);
    };
    return {end(value.minimum), end(value.maximum), value.may_be_nan};
}

FloatRange of_integers(SignedBits minimum, SignedBits maximum, unsigned width) {
    const auto end = [&](SignedBits one) {
        return to_double(fold(Kind::signed_to_float, width, maximum_width, 0, static_cast<Bits>(one), 0, 0), width);
    };
    return {end(minimum), end(maximum), false};
}

FloatRange both(const FloatRange& one, const FloatRange& other) {
    return {std::max(one.minimum, other.minimum), std::min(one.maximum, other.maximum),
            one.may_be_nan && other.may_be_nan};
}

FloatRange either(const FloatRange& one, const FloatRange& other) {
    return {std::min(one.minimum, other.minimum), std::max(one.maximum, other.maximum),
            one.may_be_nan || other.may_be_nan};
}

}  // namespace gnomon::solver
