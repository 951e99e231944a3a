#include "solver/intervals.h"

#include <algorithm>

namespace gnomon::solver {

namespace {

constexpr unsigned widest = 100;  // of what is compared
constexpr SignedBits largest = static_cast<SignedBits>(~Bits{0} >> 1);

Interval whole_of(unsigned width) {
    if (width == 1) return {0, 1};
    const SignedBits highest = largest >> (128 - std::min(width, 128u));
    return {-highest - 1, highest};
}

bool contains(Interval outer, Interval inner) {
    return outer.minimum <= inner.minimum && inner.maximum <= outer.maximum;
}

bool is_never_negative(Expression node) { return node->maximum < Bits{1} << (node->width - 1); }

SignedBits signed_constant(Expression node) {
    return node->width == 1 ? static_cast<SignedBits>(node->constant) : as_signed(node->constant, node->width);
}

}  // namespace

Intervals::Intervals(const Expressions& expressions, std::span<const Expression> path) : expressions_(expressions) {
    for (const Expression constraint : path) learn(constraint, true);
    if (std::ranges::none_of(path, is_relation)) return;
    for (const Expression constraint : path) {
        if (is_relation(constraint)) relate(constraint, true);
    }
    computed_.clear();  // what was computed before all was learnt
    floats_.clear();
}

// Says something that only the ranges of its sides make plain.
bool Intervals::is_relation(Expression constraint) {
    if (constraint->kind == Kind::bit_not) return is_relation(constraint->children[0]);
    if (constraint->kind == Kind::equal) return constraint->children[1]->is_constant();
    if (constraint->kind != Kind::signed_less && constraint->kind != Kind::unsigned_less) return false;
    return !constraint->children[0]->is_constant() && !constraint->children[1]->is_constant();
}

void Intervals::relate(Expression constraint, bool holds) {
    if (constraint->kind == Kind::bit_not) return relate(constraint->children[0], !holds);
    const Expression left = constraint->children[0], right = constraint->children[1];
    if (left->width > widest || left->width == 1) return;
    const Interval a = of(left), b = of(right);
    if (constraint->kind == Kind::equal) {
        if (holds) return;
        // A range without one of its ends.
        if (a.minimum == b.minimum) narrow(left, {a.minimum + 1, a.maximum});
        if (a.maximum == b.minimum) narrow(left, {a.minimum, a.maximum - 1});
        return;
    }
    if (constraint->kind == Kind::unsigned_less && (a.minimum < 0 || b.minimum < 0)) return;
    if (holds) {
        narrow(left, {a.minimum, b.maximum - 1});
        narrow(right, {a.minimum + 1, b.maximum});
    } else {
        narrow(left, {b.minimum, a.maximum});
        narrow(right, {b.minimum, a.maximum});
    }
}

void Intervals::narrow(Expression node, Interval known) {
    if (node->is_constant() || known.minimum > known.maximum) return;
    auto [found, is_new] = facts_.emplace(node->id, known);
    if (is_new) return;
    found->second.minimum = std::max(found->second.minimum, known.minimum);
    found->second.maximum = std::min(found->second.maximum, known.maximum);
}

void Intervals::learn(Expression constraint, bool holds) {
    if (constraint->kind == Kind::bit_not) return learn(constraint->children[0], !holds);
    narrow(constraint, {holds ? 1 : 0, holds ? 1 : 0});
    if (constraint->arity != 2) return;
    learn_floats(constraint, holds);
    const Expression left = constraint->children[0], right = constraint->children[1];
    if (left->width > widest || left->width == 1) return;
    const Interval whole = whole_of(left->width);
    if (constraint->kind == Kind::equal && holds && right->is_constant()) {
        narrow(left, {signed_constant(right), signed_constant(right)});
    }
    const bool is_excluded = constraint->kind == Kind::equal && !holds && right->is_constant();
    if (is_excluded && left->minimum == right->constant && is_never_negative(left)) {
        narrow(left, {signed_constant(right) + 1, whole.maximum});
    }
    if (constraint->kind == Kind::signed_less) {
        if (right->is_constant()) {
            const SignedBits limit = signed_constant(right);
            narrow(left, holds ? Interval{whole.minimum, limit - 1} : Interval{limit, whole.maximum});
        } else if (left->is_constant()) {
            const SignedBits limit = signed_constant(left);
            narrow(right, holds ? Interval{limit + 1, whole.maximum} : Interval{whole.minimum, limit});
        }
    }
    if (constraint->kind != Kind::unsigned_less) return;
    // Below a number that is not negative: not negative either.
    if (right->is_constant() && holds && signed_constant(right) > 0) narrow(left, {0, signed_constant(right) - 1});
    if (left->is_constant() && !holds && signed_constant(left) >= 0) narrow(right, {0, signed_constant(left)});
    // Above a number, where the sign is known.
    if (left->is_constant() && holds && is_never_negative(right)) {
        narrow(right, {signed_constant(left) + 1, whole.maximum});
    }
    if (right->is_constant() && !holds && is_never_negative(left)) {
        narrow(left, {signed_constant(right), whole.maximum});
    }
}

std::optional<bool> Intervals::truth(Expression condition) {
    const Interval known = of(condition);
    if (known.minimum > 0) return true;
    if (known.maximum < 1) return false;
    return std::nullopt;
}

Interval Intervals::of(Expression root) {
    visit_children_first(
        root, [this](Expression node) { return computed_.contains(node->id); },
        [this](Expression node) {
            compute_floats(node);
            Interval value = compute(node);
            if (node->width > 1 && node->maximum < Bits{1} << (node->width - 1)) {
                value.minimum = std::max(value.minimum, static_cast<SignedBits>(node->minimum));
                value.maximum = std::min(value.maximum, static_cast<SignedBits>(node->maximum));
            }
            if (const auto fact = facts_.find(node->id); fact != facts_.end()) {
                value.minimum = std::max(value.minimum, fact->second.minimum);
                value.maximum = std::min(value.maximum, fact->second.maximum);
            }
            // Where the facts contradict each other the path is impossible: nothing is concluded from it here.
            if (value.minimum > value.maximum) value = whole_of(node->width);
            computed_.emplace(node->id, value);
        });
    return computed_.find(root->id)->second;
}

Interval Intervals::compute(Expression node) {
    const Interval whole = whole_of(node->width);
    if (node->is_constant()) return {signed_constant(node), signed_constant(node)};
    if (node->width > 128) return whole;
    if (node->kind == Kind::variable) {
        const Variable& variable = expressions_.variable_of(node);
        if (!variable.is_signed || node->width == 1) return whole;
        return {as_signed(variable.minimum, node->width), as_signed(variable.maximum, node->width)};
    }
    const auto child = [&](unsigned index) { return computed_.find(node->children[index]->id)->second; };
    const Interval a = child(0);
    Interval result = whole;
    switch (node->kind) {
        case Kind::add:
            if (__builtin_add_overflow(a.minimum, child(1).minimum, &result.minimum)) return whole;
            if (__builtin_add_overflow(a.maximum, child(1).maximum, &result.maximum)) return whole;
            break;
        case Kind::subtract:
            if (__builtin_sub_overflow(a.minimum, child(1).maximum, &result.minimum)) return whole;
            if (__builtin_sub_overflow(a.maximum, child(1).minimum, &result.maximum)) return whole;
            break;
        case Kind::multiply: {
            const Interval b = child(1);
            constexpr SignedBits most_followed = SignedBits{1} << 62;
            const Interval followed{-most_followed, most_followed};
            if (!contains(followed, a) || !contains(followed, b)) return whole;
            const auto [least, most] = std::minmax(
                {a.minimum * b.minimum, a.minimum * b.maximum, a.maximum * b.minimum, a.maximum * b.maximum});
            result = {least, most};
            break;
        }
        case Kind::if_then_else: {
            if (a.minimum > 0) return child(1);
            if (a.maximum < 1) return child(2);
            return {std::min(child(1).minimum, child(2).minimum), std::max(child(1).maximum, child(2).maximum)};
        }
        case Kind::sign_extend:
            if (node->children[0]->width == 1) return whole;
            result = a;
            break;
        case Kind::zero_extend:
            if (a.minimum < 0) return {0, static_cast<SignedBits>(mask(node->children[0]->width))};
            result = a;
            break;
        case Kind::extract:
            if (node->width == 1 || (node->low != 0 && a.minimum < 0)) return whole;
            result = {a.minimum >> node->low, a.maximum >> node->low};
            break;
        case Kind::bit_not:
            if (node->width == 1) return {1 - a.maximum, 1 - a.minimum};
            result = {-1 - a.maximum, -1 - a.minimum};
            break;
        case Kind::bit_and:
            if (node->width != 1) return whole;
            return {std::min(a.minimum, child(1).minimum), std::min(a.maximum, child(1).maximum)};
        case Kind::bit_or:
            if (node->width != 1) return whole;
            return {std::max(a.minimum, child(1).minimum), std::max(a.maximum, child(1).maximum)};
        case Kind::signed_divide:
        case Kind::unsigned_divide:
        case Kind::signed_remainder:
        case Kind::unsigned_remainder:
            return divide(node);
        case Kind::float_to_signed:
        case Kind::float_to_unsigned:
            result = truncated(node, whole);
            break;
        default:
            if (const auto of_floats = compare_floats(node)) return *of_floats;
            return compare(node);
    }
    return contains(whole, result) ? result : whole;  // it may wrap
}

// By a positive number.
Interval Intervals::divide(Expression node) {
    const Interval a = computed_.find(node->children[0]->id)->second;
    const Interval b = computed_.find(node->children[1]->id)->second;
    const bool is_unsigned = node->kind == Kind::unsigned_divide || node->kind == Kind::unsigned_remainder;
    if (b.minimum < 1 || (is_unsigned && a.minimum < 0)) return whole_of(node->width);
    if (node->kind == Kind::signed_divide || node->kind == Kind::unsigned_divide) {
        return {a.minimum / (a.minimum < 0 ? b.minimum : b.maximum),
                a.maximum / (a.maximum < 0 ? b.maximum : b.minimum)};
    }
    return {a.minimum < 0 ? std::max(a.minimum, 1 - b.maximum) : 0,
            a.maximum > 0 ? std::min(a.maximum, b.maximum - 1) : 0};
}

Interval Intervals::compare(Expression node) {
    const bool is_comparison =
        node->kind == Kind::equal || node->kind == Kind::signed_less || node->kind == Kind::unsigned_less;
    if (!is_comparison || node->children[0]->width > widest || node->children[0]->width == 1) {
        return whole_of(node->width);
    }
    const Interval a = computed_.find(node->children[0]->id)->second;
    const Interval b = computed_.find(node->children[1]->id)->second;
    const bool is_disjoint = a.maximum < b.minimum || b.maximum < a.minimum;
    const bool is_same = a.minimum == a.maximum && b.minimum == b.maximum && a.minimum == b.minimum;
    if (node->kind == Kind::equal) return {is_same ? 1 : 0, is_disjoint ? 0 : 1};
    const bool is_sign_known = (a.minimum >= 0 && b.minimum >= 0) || (a.maximum < 0 && b.maximum < 0);
    if (node->kind == Kind::unsigned_less && !is_sign_known) return {0, 1};
    if (a.maximum < b.minimum) return {1, 1};
    if (a.minimum >= b.maximum) return {0, 0};
    return {0, 1};
}

}  // namespace gnomon::solver
