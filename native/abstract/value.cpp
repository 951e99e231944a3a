#include "abstract/value.h"

#include <algorithm>

namespace gnomon::abstract {

namespace {

Wide clamped(Wide number) { return std::clamp(number, -infinite, infinite); }

bool is_infinite(Wide number) { return number <= -infinite || number >= infinite; }

Wide plus(Wide a, Wide b) {
    if (is_infinite(a)) return a;
    return is_infinite(b) ? b : clamped(a + b);
}

Wide times(Wide a, Wide b) {
    if (a == 0 || b == 0) return 0;
    Wide result = 0;
    if (is_infinite(a) || is_infinite(b) || __builtin_mul_overflow(a, b, &result)) {
        return (a < 0) == (b < 0) ? infinite : -infinite;
    }
    return clamped(result);
}

// There is no object behind null: all that is said of one holds.
Facts completed(Facts facts) {
    if (facts.number == exactly(0)) {
        facts.is_alive = facts.is_writable = facts.is_plain = true;
        facts.front = -infinite;
        facts.back = infinite;
    }
    facts.is_plain = facts.is_plain || facts.is_nonnull;
    return facts;
}

}  // namespace

Range exactly(Wide number) { return {number, number}; }
Range hull(Range a, Range b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }
Range intersection(Range a, Range b) { return {std::max(a.low, b.low), std::min(a.high, b.high)}; }
Range sum(Range a, Range b) { return {plus(a.low, b.low), plus(a.high, b.high)}; }
Range difference(Range a, Range b) { return sum(a, {-b.high, -b.low}); }

Range product(Range a, Range b) {
    const Wide ends[] = {times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)};
    return {*std::ranges::min_element(ends), *std::ranges::max_element(ends)};
}

Range whole_of(ir::Scalar type) {
    if (type.kind == ir::Scalar::Kind::floating || !type.is_supported()) return {};
    return {ir::minimum_of(type), ir::maximum_of(type)};
}

Range read_as(Range number, ir::Scalar type) {
    const Range whole = whole_of(type);
    return whole.contains(number) ? number : whole;
}

Facts weaker(const Facts& one, const Facts& other) {
    const Facts a = completed(one), b = completed(other);
    return {hull(a.number, b.number),       a.is_nonnull && b.is_nonnull,
            a.is_alive && b.is_alive,       std::max(a.front, b.front),
            std::min(a.back, b.back),       static_cast<std::uint8_t>(a.shadow | b.shadow),
            a.is_writable && b.is_writable, a.is_plain && b.is_plain};
}

Facts widened(const Facts& before, const Facts& now, Range type) {
    Facts result = now;
    if (now.number.low < before.number.low)
        result.number.low = now.number.low >= 0 ? 0 : std::min(type.low, now.number.low);
    if (now.number.high > before.number.high) result.number.high = std::max(type.high, now.number.high);
    if (now.front > before.front) result.front = infinite;
    if (now.back < before.back) result.back = -infinite;
    return result;
}

Facts moved(const Facts& base, Range by) {
    Facts result = base;
    result.number = {};
    result.is_plain = base.is_nonnull;
    if (base.front < infinite) result.front = plus(base.front, -by.low);
    if (base.back > -infinite) result.back = plus(base.back, -by.high);
    return result;
}

}  // namespace gnomon::abstract
