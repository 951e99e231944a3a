// Local simplification: what makes most branches of small programs decidable without a solver.
#include <algorithm>
#include <bit>

#include "solver/expression.h"

namespace gnomon::solver {

namespace {

constexpr unsigned deepest_choices = 4;  // one in the other, that are looked through

bool is_commutative(Kind kind) {
    switch (kind) {
        case Kind::add:
        case Kind::multiply:
        case Kind::bit_and:
        case Kind::bit_or:
        case Kind::bit_xor:
        case Kind::equal:
            return true;
        default:
            return false;
    }
}

bool is_comparison(Kind kind) {
    switch (kind) {
        case Kind::equal:
        case Kind::unsigned_less:
        case Kind::signed_less:
        case Kind::float_equal:
        case Kind::float_less:
        case Kind::float_less_equal:
            return true;
        default:
            return false;
    }
}

bool is_constant_choice(Expression node) {
    return node->kind == Kind::if_then_else && node->children[1]->is_constant() && node->children[2]->is_constant();
}

std::uint64_t key_of(Expression left, Expression right) { return std::uint64_t{left->id} << 32 | right->id; }

// A sum with a constant, which may be 0; of a constant or a truth, nothing.
std::pair<Expression, Bits> sum_of(Expression node) {
    if (node->is_constant() || node->width == 1) return {nullptr, 0};
    if (node->kind != Kind::add || !node->children[1]->is_constant()) return {node, 0};
    return {node->children[0], node->children[1]->constant};
}

bool is_never_negative(Expression node) { return node->maximum < Bits{1} << (node->width - 1); }

bool is_widened(Expression node) {
    return node->kind == Kind::float_to_float && node->children[0]->width < node->width;
}

bool is_negation_of(Expression left, Expression right) {
    return left->kind == Kind::bit_not && left->children[0] == right;
}

}  // namespace

Expression Expressions::binary(Kind kind, Expression left, Expression right) {
    if (is_commutative(kind) && (left->is_constant() || (!right->is_constant() && left->id > right->id))) {
        std::swap(left, right);  // constants to the right, else by age: more nodes are shared
    }
    const unsigned width = is_comparison(kind) ? 1 : left->width;
    if (left->is_constant() && right->is_constant()) return make(kind, width, left, right);
    Expression simpler = nullptr;
    switch (kind) {
        case Kind::add:
        case Kind::subtract:
        case Kind::multiply:
        case Kind::unsigned_divide:
        case Kind::signed_divide:
        case Kind::unsigned_remainder:
            simpler = simplify_arithmetic(kind, left, right);
            break;
        case Kind::bit_and:
        case Kind::bit_or:
        case Kind::bit_xor:
            simpler = simplify_bitwise(kind, left, right);
            break;
        case Kind::shift_left:
        case Kind::logical_shift_right:
        case Kind::arithmetic_shift_right:
            simpler = simplify_shift(kind, left, right);
            break;
        case Kind::equal:
            simpler = simplify_equal(left, right);
            break;
        case Kind::unsigned_less:
        case Kind::signed_less:
            simpler = simplify_less(kind, left, right);
            break;
        case Kind::float_add:
        case Kind::float_subtract:
            simpler = simplify_whole(kind, left, right);
            break;
        case Kind::float_equal:
        case Kind::float_less:
        case Kind::float_less_equal:
            simpler = simplify_whole(kind, left, right);
            if (simpler == nullptr && (left->is_constant() || right->is_constant())) {
                simpler = compare_choice(kind, left, right, deepest_choices);
            }
            if (simpler == nullptr) simpler = compare_narrow(kind, left, right);
            break;
        default:
            break;
    }
    if (simpler == nullptr) simpler = over_choice(kind, left, right);
    return simpler != nullptr ? simpler : make(kind, width, left, right);
}

// (c ? k1 : k2) op k folds in both arms.
Expression Expressions::over_choice(Kind kind, Expression left, Expression right) {
    if (is_constant_choice(left) && right->is_constant()) {
        return choose(left->children[0], binary(kind, left->children[1], right),
                      binary(kind, left->children[2], right));
    }
    if (is_constant_choice(right) && left->is_constant()) {
        return choose(right->children[0], binary(kind, left, right->children[1]),
                      binary(kind, left, right->children[2]));
    }
    return nullptr;
}

Expression Expressions::simplify_arithmetic(Kind kind, Expression left, Expression right) {
    const unsigned width = left->width;
    if (kind == Kind::subtract) {
        if (left == right) return constant(0, width);
        if (right->is_constant()) return add(left, constant(-right->constant, width));
        if (left->kind == Kind::add) {
            if (left->children[0] == right) return left->children[1];
            if (left->children[1] == right) return left->children[0];
            if (left->children[1]->is_constant()) return add(subtract(left->children[0], right), left->children[1]);
        }
        if (right->kind == Kind::add && right->children[1]->is_constant()) {
            return add(subtract(left, right->children[0]), negate(right->children[1]));
        }
        return nullptr;
    }
    if (!right->is_constant()) {
        // Constants of sums go outside, so that x + 1 + i and x + i + 1 are one.
        if (kind == Kind::add && left->kind == Kind::add && left->children[1]->is_constant()) {
            return add(add(left->children[0], right), left->children[1]);
        }
        if (kind == Kind::add && right->kind == Kind::add && right->children[1]->is_constant()) {
            return add(add(left, right->children[0]), right->children[1]);
        }
        return nullptr;
    }
    const Bits value = right->constant;
    switch (kind) {
        case Kind::add:
            if (value == 0) return left;
            if (left->kind == Kind::add && left->children[1]->is_constant()) {
                return add(left->children[0], constant(left->children[1]->constant + value, width));
            }
            return nullptr;
        case Kind::multiply:
            if (value == 0) return right;
            if (value == 1) return left;
            if (left->kind == Kind::multiply && left->children[1]->is_constant()) {
                return multiply(left->children[0], constant(left->children[1]->constant * value, width));
            }
            return nullptr;
        case Kind::unsigned_divide:
        case Kind::signed_divide:
            if (value == 1) return left;
            if (kind == Kind::signed_divide && value != 0 && is_never_negative(left) && is_never_negative(right)) {
                return binary(Kind::unsigned_divide, left, right);
            }
            if (kind == Kind::unsigned_divide && left->kind == Kind::multiply && left->children[1] == right &&
                value != 0 && left->children[0]->maximum <= mask(width) / value) {
                return left->children[0];
            }
            return nullptr;
        default:
            return value != 0 && left->maximum < value ? left : nullptr;
    }
}

Expression Expressions::simplify_bitwise(Kind kind, Expression left, Expression right) {
    const unsigned width = left->width;
    if (left == right) return kind == Kind::bit_xor ? constant(0, width) : left;
    if (is_negation_of(left, right) || is_negation_of(right, left)) {
        return kind == Kind::bit_and ? constant(0, width) : constant(mask(width), width);
    }
    if (!right->is_constant()) return nullptr;
    const Bits value = right->constant;
    if (value == 0) return kind == Kind::bit_and ? right : left;
    if (value == mask(width)) {
        if (kind == Kind::bit_and) return left;
        return kind == Kind::bit_or ? right : bit_not(left);
    }
    if (kind == Kind::bit_and && (value & (value + 1)) == 0) {  // the low bits
        unsigned kept = 0;
        while ((value >> kept) != 0) ++kept;
        return zero_extend(extract(left, 0, kept), width);
    }
    return nullptr;
}

Expression Expressions::simplify_shift(Kind kind, Expression left, Expression right) {
    if (!right->is_constant()) return nullptr;
    if (right->constant == 0) return left;
    if (right->constant >= left->width) return nullptr;
    const auto count = static_cast<unsigned>(right->constant);
    if (kind == Kind::logical_shift_right) {
        return zero_extend(extract(left, count, left->width - count), left->width);
    }
    if (kind == Kind::arithmetic_shift_right) {
        return sign_extend(extract(left, count, left->width - count), left->width);
    }
    return concatenate(extract(left, 0, left->width - count), constant(0, count));
}

Expression Expressions::simplify_equal(Expression left, Expression right) {
    if (left == right) return true_;
    if (left->maximum < right->minimum || right->maximum < left->minimum) return false_;
    if (left->width == 1) {
        if (right->is_constant()) return right->is_true() ? left : bit_not(left);
        return nullptr;
    }
    if (left->kind == Kind::zero_extend && right->kind == Kind::zero_extend &&
        left->children[0]->width == right->children[0]->width) {
        return equal(left->children[0], right->children[0]);
    }
    if (left->kind == Kind::add && left->children[0] == right) {
        return equal(left->children[1], constant(0, left->width));
    }
    if (!right->is_constant()) return nullptr;
    const Bits value = right->constant;
    switch (left->kind) {
        case Kind::unsigned_divide:
        case Kind::signed_divide:
            return simplify_quotient(Kind::equal, left, value, true);
        case Kind::add:
            if (!left->children[1]->is_constant()) return nullptr;
            return equal(left->children[0], constant(value - left->children[1]->constant, left->width));
        case Kind::subtract:
            if (value == 0) return equal(left->children[0], left->children[1]);
            return nullptr;
        case Kind::zero_extend:
        case Kind::sign_extend: {
            const Expression inner = left->children[0];
            const Expression narrow = constant(value, inner->width);
            const Bits back = fold(left->kind, left->width, inner->width, 0, narrow->constant, 0, 0);
            return back == value ? equal(inner, narrow) : false_;
        }
        case Kind::concatenate: {
            const Expression low = left->children[1];
            const Expression high = left->children[0];
            if (!low->is_constant() && !high->is_constant()) return nullptr;
            return both(equal(high, constant(value >> low->width, high->width)),
                        equal(low, constant(value, low->width)));
        }
        case Kind::if_then_else:
            return equal_choice(left, right);
        default:
            return nullptr;
    }
}

// With a constant. Nothing where no arm settles it, and one is no simpler for it.
Expression Expressions::equal_choice(Expression choice, Expression value) {
    const std::uint64_t key = key_of(choice, value);
    if (const auto known = equalities_.find(key); known != equalities_.end()) return known->second;
    const Expression in_true = equal(choice->children[1], value), in_false = equal(choice->children[2], value);
    const auto is_simpler = [&](Expression result, Expression arm) {
        return result->kind != Kind::equal || (result->children[0] != arm && result->children[1] != arm);
    };
    const bool is_settled = in_true->is_constant() || in_false->is_constant() ||
                            (is_simpler(in_true, choice->children[1]) && is_simpler(in_false, choice->children[2]));
    return equalities_[key] = is_settled ? choose(choice->children[0], in_true, in_false) : nullptr;
}

Expression Expressions::simplify_less(Kind kind, Expression left, Expression right) {
    if (left == right) return false_;
    if (right->is_constant()) {
        if (const Expression known = simplify_quotient(kind, left, right->constant, true)) return known;
    } else if (left->is_constant()) {
        if (const Expression known = simplify_quotient(kind, right, left->constant, false)) return known;
    }
    if (kind == Kind::signed_less) {
        if (is_never_negative(left) && is_never_negative(right)) return unsigned_less(left, right);
        const bool left_extends = left->kind == Kind::sign_extend;
        const bool right_extends = right->kind == Kind::sign_extend;
        if (left_extends && right_extends && left->children[0]->width == right->children[0]->width) {
            return signed_less(left->children[0], right->children[0]);
        }
        if ((left_extends && right->is_constant()) || (right_extends && left->is_constant())) {
            const Expression inner = left_extends ? left->children[0] : right->children[0];
            const Expression limit = left_extends ? right : left;
            const Expression narrow = constant(limit->constant, inner->width);
            const SignedBits wide = as_signed(limit->constant, limit->width);
            if (as_signed(narrow->constant, inner->width) == wide) {
                return left_extends ? signed_less(inner, narrow) : signed_less(narrow, inner);
            }
            return boolean(left_extends == (wide > 0));  // the constant lies outside of the inner range
        }
        return nullptr;
    }
    if (left->maximum < right->minimum) return true_;
    if (left->minimum >= right->maximum) return false_;
    if (left->kind == Kind::zero_extend && right->kind == Kind::zero_extend &&
        left->children[0]->width == right->children[0]->width) {
        return unsigned_less(left->children[0], right->children[0]);
    }
    if (left->kind == Kind::zero_extend && right->is_constant()) {  // the bounds say that it fits
        return unsigned_less(left->children[0], constant(right->constant, left->children[0]->width));
    }
    if (right->kind == Kind::zero_extend && left->is_constant()) {
        return unsigned_less(constant(left->constant, right->children[0]->width), right->children[0]);
    }
    if (right->is_constant() && right->constant == 1) return equal(left, constant(0, left->width));
    if (left->is_constant() && left->constant == 0) return bit_not(equal(right, left));
    return nullptr;
}

Expression Expressions::bit_not(Expression value) {
    if (value->kind == Kind::bit_not) return value->children[0];
    if (is_constant_choice(value)) {
        return choose(value->children[0], bit_not(value->children[1]), bit_not(value->children[2]));
    }
    return make(Kind::bit_not, value->width, value);
}

Expression Expressions::choose(Expression condition, Expression if_true, Expression if_false) {
    if (condition->is_constant()) return condition->is_true() ? if_true : if_false;
    if (if_true == if_false) return if_true;
    if (condition->kind == Kind::bit_not) return choose(condition->children[0], if_false, if_true);
    if (if_true->width == 1) {
        if (if_true->is_true()) return either(condition, if_false);
        if (if_true->is_false()) return both(bit_not(condition), if_false);
        if (if_false->is_true()) return either(bit_not(condition), if_true);
        if (if_false->is_false()) return both(condition, if_true);
    }
    if (if_true->kind == Kind::if_then_else && if_true->children[0] == condition) if_true = if_true->children[1];
    if (if_false->kind == Kind::if_then_else && if_false->children[0] == condition) if_false = if_false->children[2];
    if (if_true == if_false) return if_true;
    // What one adds to the other, or to the same as the other, apart: (c ? x + 2 : x) is x + (c ? 2 : 0).
    const auto [left, more] = sum_of(if_true);
    const auto [right, other] = sum_of(if_false);
    if (left == right && left != nullptr) {
        const unsigned width = if_true->width;
        return add(left, choose(condition, constant(more, width), constant(other, width)));
    }
    return make(Kind::if_then_else, if_true->width, condition, if_true, if_false);
}

Expression Expressions::zero_extend(Expression value, unsigned width) {
    if (value->width == width) return value;
    if (value->kind == Kind::zero_extend) return make(Kind::zero_extend, width, value->children[0]);
    if (is_constant_choice(value)) {
        return choose(value->children[0], zero_extend(value->children[1], width),
                      zero_extend(value->children[2], width));
    }
    return make(Kind::zero_extend, width, value);
}

Expression Expressions::sign_extend(Expression value, unsigned width) {
    if (value->width == width) return value;
    if (is_never_negative(value)) return zero_extend(value, width);
    if (value->kind == Kind::sign_extend) return make(Kind::sign_extend, width, value->children[0]);
    if (is_constant_choice(value)) {
        return choose(value->children[0], sign_extend(value->children[1], width),
                      sign_extend(value->children[2], width));
    }
    return make(Kind::sign_extend, width, value);
}

Expression Expressions::extract(Expression value, unsigned low, unsigned width) {
    if (low == 0 && width == value->width) return value;
    const Expression a = value->children[0];
    const Expression b = value->children[1];
    switch (value->kind) {
        case Kind::extract:
            return extract(a, value->low + low, width);
        case Kind::zero_extend:
        case Kind::sign_extend:
            if (low + width <= a->width) return extract(a, low, width);
            if (value->kind == Kind::zero_extend && low >= a->width) return constant(0, width);
            if (low == 0 && width > a->width) {
                return value->kind == Kind::zero_extend ? zero_extend(a, width) : sign_extend(a, width);
            }
            break;
        case Kind::concatenate:
            if (low >= b->width) return extract(a, low - b->width, width);
            if (low + width <= b->width) return extract(b, low, width);
            break;
        case Kind::add:
        case Kind::subtract:
        case Kind::multiply:  // the low bits depend on the low bits alone
            if (low == 0) return binary(value->kind, extract(a, 0, width), extract(b, 0, width));
            break;
        case Kind::bit_and:
        case Kind::bit_or:
        case Kind::bit_xor:
            return binary(value->kind, extract(a, low, width), extract(b, low, width));
        case Kind::bit_not:
            return bit_not(extract(a, low, width));
        case Kind::if_then_else:
            if (b->is_constant() || value->children[2]->is_constant()) {
                return choose(a, extract(b, low, width), extract(value->children[2], low, width));
            }
            break;
        default:
            break;
    }
    if (low > 0 && (value->maximum >> low) == 0) return constant(0, width);
    return make(Kind::extract, width, value, nullptr, nullptr, low);
}

Expression Expressions::concatenate(Expression high, Expression low) {
    const unsigned width = high->width + low->width;
    if (high->is_false()) return zero_extend(low, width);
    if (high->kind == Kind::extract && low->kind == Kind::extract && high->children[0] == low->children[0] &&
        high->low == low->low + low->width) {
        return extract(high->children[0], low->low, width);
    }
    if (high->kind == Kind::extract && high->children[0] == low && high->low == low->width) {
        return extract(low, 0, width);
    }
    // The low part of a sum stands as a sum of low parts.
    if (high->kind == Kind::extract && high->low == low->width && extract(high->children[0], 0, low->width) == low) {
        return extract(high->children[0], 0, width);
    }
    // A choice, stored and read byte by byte.
    const bool is_high = high->kind == Kind::if_then_else, is_low = low->kind == Kind::if_then_else;
    if (is_high && is_low && high->children[0] == low->children[0]) return concatenate_choices(high, low);
    if (is_constant_choice(high) && low->is_constant()) {
        return choose(high->children[0], concatenate(high->children[1], low), concatenate(high->children[2], low));
    }
    if (high->is_constant() && is_constant_choice(low)) {
        return choose(low->children[0], concatenate(high, low->children[1]), concatenate(high, low->children[2]));
    }
    // (high, (middle, low)) of one value, read byte by byte
    if (low->kind == Kind::concatenate) {
        const Expression middle = low->children[0];
        if ((high->is_constant() && middle->is_constant()) ||
            (high->kind == Kind::extract && middle->kind == Kind::extract && high->children[0] == middle->children[0] &&
             high->low == middle->low + middle->width)) {
            return concatenate(concatenate(high, middle), low->children[1]);
        }
    }
    return make(Kind::concatenate, width, high, low);
}

// Over the same condition.
Expression Expressions::concatenate_choices(Expression high, Expression low) {
    const std::uint64_t key = key_of(high, low);
    if (const auto known = concatenations_.find(key); known != concatenations_.end()) return known->second;
    const Expression in_true = concatenate(high->children[1], low->children[1]);
    const Expression in_false = concatenate(high->children[2], low->children[2]);
    return concatenations_[key] = choose(high->children[0], in_true, in_false);
}

// What is exact on the way is left out: integers that are extended, and floats that are widened, keep their value.
Expression Expressions::convert(Kind kind, Expression value, unsigned width) {
    if (kind == Kind::float_to_float && value->width == width) return value;
    const Expression inner = value->children[0];
    const bool from_integer = kind == Kind::signed_to_float || kind == Kind::unsigned_to_float;
    const bool to_integer = kind == Kind::float_to_signed || kind == Kind::float_to_unsigned;
    if (kind == Kind::signed_to_float && value->kind == Kind::sign_extend) return make(kind, width, inner);
    if (from_integer && value->kind == Kind::zero_extend) return make(Kind::unsigned_to_float, width, inner);
    if (to_integer && is_widened(value)) return convert(kind, inner, width);
    if (to_integer && !value->is_constant()) {
        if (const Expression integer = integer_of_whole(value, width, deepest_choices)) return integer;
    }
    return make(kind, width, value);
}

// Both operands as narrow as one of them was before it was widened; nothing where a comparison is as narrow already.
Expression Expressions::compare_narrow(Kind kind, Expression left, Expression right) {
    const Expression wide = is_widened(left) ? left : right;
    if (!is_widened(wide)) return nullptr;
    const unsigned width = wide->children[0]->width;
    const auto narrow = [&](Expression value) -> Expression {
        if (is_widened(value)) return value->children[0]->width == width ? value->children[0] : nullptr;
        if (!value->is_constant()) return nullptr;
        const Expression number = convert(Kind::float_to_float, value, width);
        return convert(Kind::float_to_float, number, value->width) == value ? number : nullptr;
    };
    const Expression a = narrow(left), b = narrow(right);
    return a != nullptr && b != nullptr ? binary(kind, a, b) : nullptr;
}

}  // namespace gnomon::solver
