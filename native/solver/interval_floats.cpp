// What intervals say of floats.
#include <algorithm>
#include <cmath>

#include "solver/intervals.h"

namespace gnomon::solver {

namespace {

constexpr SignedBits most_followed = SignedBits{1} << 62;

bool is_followed(unsigned width) { return width == 32 || width == 64; }

bool is_float_comparison(Expression node) {
    return node->kind >= Kind::float_equal && node->kind <= Kind::float_less_equal;
}

// Of `extract`: a float without its sign, as isfinite and isnan look at it.
bool is_magnitude(Expression node) {
    return node->kind == Kind::extract && node->low == 0 && is_followed(node->children[0]->width) &&
           node->width + 1 == node->children[0]->width;
}

bool is_arithmetic(Kind kind) { return kind >= Kind::float_add && kind <= Kind::float_divide; }

}  // namespace

void Intervals::learn_floats(Expression constraint, bool holds) {
    const Expression left = constraint->children[0], right = constraint->children[1];
    if (constraint->kind == Kind::unsigned_less && holds && is_magnitude(left) && right->is_constant()) {
        const Expression number = left->children[0];
        const FloatRange limit = FloatRange::of_constant(right->constant, number->width);
        if (limit.is_one()) narrow_float(number, {-limit.maximum, limit.maximum, false});
    }
    if (!is_float_comparison(constraint) || !is_followed(left->width)) return;
    // Without the comparison either side may be NaN.
    if (constraint->kind == Kind::float_equal && !holds) return;
    const bool is_below = holds || constraint->kind == Kind::float_equal;
    const auto bounded = [&](Expression number, Expression other, bool from_above) {
        const FloatRange limit = float_range(other);
        FloatRange known = FloatRange::whole();
        known.may_be_nan = !holds;
        if (limit.may_be_nan && !holds) return;
        if (from_above || constraint->kind == Kind::float_equal) known.maximum = limit.maximum;
        if (!from_above || constraint->kind == Kind::float_equal) known.minimum = limit.minimum;
        narrow_float(number, known);
    };
    bounded(left, right, is_below);
    bounded(right, left, !is_below);
}

void Intervals::narrow_float(Expression node, const FloatRange& known) {
    if (node->is_constant()) return;
    const auto [found, is_new] = float_facts_.emplace(node->id, known);
    if (!is_new) found->second = both(found->second, known);
}

FloatRange Intervals::float_range(Expression node) const {
    if (node->is_constant()) return FloatRange::of_constant(node->constant, node->width);
    const auto computed = floats_.find(node->id);
    FloatRange range = computed == floats_.end() ? FloatRange::whole() : computed->second;
    if (const auto fact = float_facts_.find(node->id); fact != float_facts_.end()) range = both(range, fact->second);
    // Facts that contradict each other: nothing is concluded from them here.
    return range.minimum > range.maximum ? FloatRange::whole() : range;
}

// After the operands.
void Intervals::compute_floats(Expression node) {
    if (!is_followed(node->width)) return;
    const Expression first = node->children[0];
    if (is_arithmetic(node->kind)) {
        const FloatRange left = float_range(first), right = float_range(node->children[1]);
        floats_.insert_or_assign(node->id, range_of(node->kind, node->width, left, right));
    } else if (node->kind == Kind::float_to_float && is_followed(first->width)) {
        floats_.insert_or_assign(node->id, converted(float_range(first), first->width, node->width));
    } else if (node->kind == Kind::signed_to_float) {
        // The interval of one bit is that of a boolean, which is not negative.
        const Interval from = first->width == 1 ? Interval{-1, 0} : computed_.find(first->id)->second;
        floats_.insert_or_assign(node->id, of_integers(from.minimum, from.maximum, node->width));
    } else if (node->kind == Kind::unsigned_to_float) {
        const Interval from = computed_.find(first->id)->second;
        const bool is_plain = from.minimum >= 0;
        const auto most = static_cast<SignedBits>(mask(first->width));
        floats_.insert_or_assign(node->id,
                                 of_integers(is_plain ? from.minimum : 0, is_plain ? from.maximum : most, node->width));
    } else if (node->kind == Kind::if_then_else) {
        const FloatRange range = either(float_range(node->children[1]), float_range(node->children[2]));
        if (!range.may_be_nan) floats_.insert_or_assign(node->id, range);
    }
}

// Of a comparison that looks at floats: false or true, or both.
std::optional<Interval> Intervals::compare_floats(Expression node) const {
    if (node->arity != 2) return std::nullopt;
    const Expression left = node->children[0], right = node->children[1];
    if (is_float_comparison(node) && is_followed(left->width)) {
        const FloatRange a = float_range(left), b = float_range(right);
        const bool may_be_nan = a.may_be_nan || b.may_be_nan;
        const bool is_strict = node->kind == Kind::float_less;
        if (node->kind == Kind::float_equal) {
            if (a.maximum < b.minimum || b.maximum < a.minimum) return Interval{0, 0};
            return a.is_one() && b.is_one() ? Interval{1, 1} : Interval{0, 1};
        }
        if (is_strict ? a.minimum >= b.maximum : a.minimum > b.maximum) return Interval{0, 0};
        const bool always = is_strict ? a.maximum < b.minimum : a.maximum <= b.minimum;
        return always && !may_be_nan ? Interval{1, 1} : Interval{0, 1};
    }
    if (node->kind != Kind::unsigned_less && node->kind != Kind::equal) return std::nullopt;
    if (!is_magnitude(left) && !is_magnitude(right)) return std::nullopt;
    const auto ends = [this](Expression side) {
        if (!is_magnitude(side)) return std::pair(side->minimum, side->maximum);
        const Expression number = side->children[0];
        const FloatRange range = float_range(number);
        if (range.may_be_nan) return std::pair(side->minimum, side->maximum);
        return std::pair(range.least_magnitude(number->width), range.most_magnitude(number->width));
    };
    const auto [least, most] = ends(left);
    const auto [other_least, other_most] = ends(right);
    const bool is_disjoint = most < other_least || other_most < least;
    if (node->kind == Kind::equal) return is_disjoint ? std::optional(Interval{0, 0}) : std::nullopt;
    if (most < other_least) return Interval{1, 1};
    if (least >= other_most) return Interval{0, 0};
    return std::nullopt;
}

// Of a conversion to an integer, which truncates.
Interval Intervals::truncated(Expression node, Interval whole) const {
    const FloatRange range = float_range(node->children[0]);
    constexpr auto most = static_cast<double>(most_followed);
    const bool is_unsigned = node->kind == Kind::float_to_unsigned;
    if (range.may_be_nan || range.minimum < (is_unsigned ? 0 : -most) || range.maximum > most) return whole;
    return {static_cast<SignedBits>(std::trunc(range.minimum)), static_cast<SignedBits>(std::trunc(range.maximum))};
}

}  // namespace gnomon::solver
