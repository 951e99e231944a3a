#include "solver/translate.h"

#include <string>

namespace gnomon::solver {

z3::expr Translator::constant(Bits value, unsigned width) {
    if (width == 1) return context_.bool_val(value != 0);
    const auto low = static_cast<std::uint64_t>(value);
    if (width <= 64) return context_.bv_val(low, width);
    const auto high = static_cast<std::uint64_t>(value >> 64);
    return z3::concat(context_.bv_val(high, width - 64), context_.bv_val(low, 64)).simplify();
}

z3::expr Translator::translate(Expression expression) {
    if (translated_.size() <= expression->id) translated_.resize(expressions_.size());
    visit_children_first(
        expression, [this](Expression node) { return translated_[node->id].has_value(); },
        [this](Expression node) { translated_[node->id] = translate_node(node); });
    return *translated_[expression->id];
}

z3::expr Translator::as_vector(const z3::expr& value, Expression node) {
    if (node->width != 1) return value;
    return z3::ite(value, context_.bv_val(1, 1), context_.bv_val(0, 1));
}

z3::sort Translator::float_sort(unsigned width) {
    if (width == 80) return context_.fpa_sort(15, 64);
    return width == 32 ? context_.fpa_sort<32>() : context_.fpa_sort<64>();
}

// Z3 knows the interchange format only, which leaves the integer bit of the x87 out.
z3::expr Translator::as_float(const z3::expr& value, unsigned width) {
    const z3::expr bits = width == 80 ? z3::concat(value.extract(79, 64), value.extract(62, 0)) : value;
    return bits.mk_from_ieee_bv(float_sort(width));
}

z3::expr Translator::as_bits(const z3::expr& value, unsigned width) {
    const z3::expr bits = value.mk_to_ieee_bv();
    if (width != 80) return bits;
    const z3::expr is_small = bits.extract(77, 63) == context_.bv_val(0, 15);
    const z3::expr integer = z3::ite(is_small, context_.bv_val(0, 1), context_.bv_val(1, 1));
    return z3::concat(bits.extract(78, 63), z3::concat(integer, bits.extract(62, 0)));
}

z3::expr Translator::translate_float(Expression node) {
    const auto child = [&](unsigned index) { return *translated_[node->children[index]->id]; };
    const unsigned operand_width = node->children[0]->width;
    const auto left = [&] { return as_float(child(0), operand_width); };
    const auto right = [&] { return as_float(child(1), operand_width); };
    const auto result = [&] { return float_sort(node->width); };
    const auto as_bits = [&](const z3::expr& value) { return this->as_bits(value, node->width); };
    switch (node->kind) {
        case Kind::float_add:
            return as_bits(left() + right());
        case Kind::float_subtract:
            return as_bits(left() - right());
        case Kind::float_multiply:
            return as_bits(left() * right());
        case Kind::float_divide:
            return as_bits(left() / right());
        case Kind::float_equal:
            return z3::fp_eq(left(), right());
        case Kind::float_less:
            return left() < right();
        case Kind::float_less_equal:
            return left() <= right();
        case Kind::float_to_float:
            return as_bits(z3::fpa_to_fpa(left(), result()));
        case Kind::signed_to_float:
            return as_bits(z3::sbv_to_fpa(as_vector(child(0), node->children[0]), result()));
        case Kind::unsigned_to_float:
            return as_bits(z3::ubv_to_fpa(as_vector(child(0), node->children[0]), result()));
        default:
            break;
    }
    // C truncates: the rounding mode of this one conversion differs.
    const z3::expr toward_zero(context_, Z3_mk_fpa_rtz(context_));
    const z3::expr value = left();
    const Z3_ast converted = node->kind == Kind::float_to_signed
                                 ? Z3_mk_fpa_to_sbv(context_, toward_zero, value, node->width)
                                 : Z3_mk_fpa_to_ubv(context_, toward_zero, value, node->width);
    return z3::expr(context_, converted);
}

z3::expr Translator::divide(Expression node, const z3::expr& left, const z3::expr& right) {
    switch (node->kind) {
        case Kind::unsigned_divide:
            return z3::udiv(left, right);
        case Kind::signed_divide:
            return left / right;
        case Kind::unsigned_remainder:
            return z3::urem(left, right);
        default:
            return z3::srem(left, right);
    }
}

z3::expr Translator::translate_node(Expression node) {
    if (node->kind == Kind::constant) return constant(node->constant, node->width);
    if (node->kind == Kind::variable) {
        const std::string name = "v" + std::to_string(static_cast<std::size_t>(node->constant));
        return node->width == 1 ? context_.bool_const(name.c_str()) : context_.bv_const(name.c_str(), node->width);
    }
    if (node->kind >= Kind::float_add) return translate_float(node);
    const auto child = [&](unsigned index) { return *translated_[node->children[index]->id]; };
    const bool is_boolean = node->width == 1;
    const z3::expr a = child(0);
    switch (node->kind) {
        case Kind::bit_not:
            return is_boolean ? !a : ~a;
        case Kind::zero_extend:
            return z3::zext(as_vector(a, node->children[0]), node->width - node->children[0]->width);
        case Kind::sign_extend:
            return z3::sext(as_vector(a, node->children[0]), node->width - node->children[0]->width);
        case Kind::extract: {
            const z3::expr part = a.extract(node->low + node->width - 1, node->low);
            return is_boolean ? part == context_.bv_val(1, 1) : part;
        }
        case Kind::if_then_else:
            return z3::ite(a, child(1), child(2));
        default:
            break;
    }
    const z3::expr b = child(1);
    switch (node->kind) {
        case Kind::bit_and:
            return is_boolean ? a && b : a & b;
        case Kind::bit_or:
            return is_boolean ? a || b : a | b;
        case Kind::bit_xor:
            return is_boolean ? a != b : a ^ b;
        case Kind::equal:
            return a == b;
        case Kind::unsigned_less:
            return z3::ult(as_vector(a, node->children[0]), as_vector(b, node->children[1]));
        case Kind::signed_less:
            return z3::slt(as_vector(a, node->children[0]), as_vector(b, node->children[1]));
        case Kind::concatenate:
            return z3::concat(as_vector(a, node->children[0]), as_vector(b, node->children[1]));
        case Kind::add:
            return a + b;
        case Kind::subtract:
            return a - b;
        case Kind::multiply:
            return a * b;
        case Kind::shift_left:
            return z3::shl(a, b);
        case Kind::logical_shift_right:
            return z3::lshr(a, b);
        case Kind::arithmetic_shift_right:
            return z3::ashr(a, b);
        default:
            return divide(node, a, b);
    }
}

z3::expr Translator::range_of(const Variable& variable) {
    const Bits whole = mask(variable.width);
    const bool is_any = variable.is_signed
                            ? variable.minimum == Bits{1} << (variable.width - 1) && variable.maximum == whole >> 1
                            : variable.minimum == 0 && variable.maximum == whole;
    if (is_any || variable.width == 1) return context_.bool_val(true);
    const z3::expr node = translate(variable.node);
    const z3::expr low = constant(variable.minimum, variable.width);
    const z3::expr high = constant(variable.maximum, variable.width);
    return variable.is_signed ? z3::sle(low, node) && z3::sle(node, high) : z3::ule(low, node) && z3::ule(node, high);
}

Bits Translator::value_in(const z3::model& model, const Variable& variable) {
    const z3::expr value = model.eval(translate(variable.node), true);
    if (variable.width == 1) return value.is_true() ? 1 : 0;
    if (variable.width <= 64) return value.get_numeral_uint64();
    const Bits high = model.eval(value.extract(variable.width - 1, 64), true).get_numeral_uint64();
    return (high << 64) | model.eval(value.extract(63, 0), true).get_numeral_uint64();
}

}  // namespace gnomon::solver
