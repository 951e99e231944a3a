// long double: the arithmetic of the x87, on numbers that are given in two parts.
#include "ir/extended.h"
#include "explore/stepper.h"
#include "ir/decimal.h"

namespace gnomon::explore {

using ir::ExtendedOperation;
using solver::Kind;

namespace {

constexpr unsigned width = 80, significand_width = 64, exponent_width = 15, float_width = 32, double_width = 64;

std::optional<Kind> kind_of(ExtendedOperation op) {
    switch (op) {
        case ExtendedOperation::add:
            return Kind::float_add;
        case ExtendedOperation::subtract:
            return Kind::float_subtract;
        case ExtendedOperation::multiply:
            return Kind::float_multiply;
        case ExtendedOperation::divide:
            return Kind::float_divide;
        case ExtendedOperation::equal:
            return Kind::float_equal;
        case ExtendedOperation::less:
            return Kind::float_less;
        case ExtendedOperation::less_equal:
            return Kind::float_less_equal;
        default:
            return std::nullopt;
    }
}

// The result of an operation, which is canonical by itself.
bool is_result(Expression number) {
    if (number->width != width) return false;
    if (number->kind == Kind::if_then_else) return is_result(number->children[1]) && is_result(number->children[2]);
    return number->kind >= Kind::float_add;
}

bool is_part(Expression part, unsigned low, Expression of) {
    return part->kind == Kind::extract && part->low == low && part->children[0] == of;
}

ir::Extended constant_of(Expression significand, Expression sign_exponent) {
    return {static_cast<std::uint64_t>(significand->constant), static_cast<std::uint16_t>(sign_exponent->constant)};
}

std::uint64_t part_of(const ir::Extended& number, Expression part) {
    return part->is_false() ? number.significand : number.sign_exponent;
}

}  // namespace

// As one expression. The path goes on where the integer bit is what the exponent says.
Expression Stepper::canonical(State& state, const Value& significand, const Value& sign_exponent) {
    const Expression number = expressions_.concatenate(
        expressions_.extract(sign_exponent.bits, 0, width - significand_width), significand.bits);
    const Expression integer = expressions_.extract(number, significand_width - 1, 1);
    const Expression exponent = expressions_.extract(number, significand_width, exponent_width);
    const bool is_known = integer->kind == Kind::extract && is_result(integer->children[0]) &&
                          is_part(integer, significand_width - 1, integer->children[0]) &&
                          is_part(exponent, significand_width, integer->children[0]);
    if (!is_known && !decide(state, expressions_.equal(integer, expressions_.is_nonzero(exponent)))) {
        end_not_modelled("a long double that no operation gives");
    }
    return number;
}

Value Stepper::extended(State& state, const std::vector<Value>& arguments) {
    const auto op = static_cast<ExtendedOperation>(arguments[0].bits->constant);
    Expression shadow = world_.no_shadow();
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        if (arguments[i].object != ObjectId::none) end_not_modelled("the number that an address is");
        shadow = expressions_.either(shadow, arguments[i].shadow);
    }
    if (op >= ExtendedOperation::mathematics) return extended_mathematics(state, arguments, shadow);
    const Expression left = ir::takes_extended(op) ? canonical(state, arguments[2], arguments[3]) : arguments[2].bits;
    const Expression right = ir::takes_two(op) ? canonical(state, arguments[4], arguments[5]) : arguments[4].bits;
    const Expression result = extended_result(state, op, left, right);
    const bool is_significand = arguments[1].bits->is_false();
    const Expression part = result->width != width ? result
                            : is_significand
                                ? expressions_.extract(result, 0, significand_width)
                                : expressions_.extract(result, significand_width, width - significand_width);
    return {expressions_.zero_extend(part, significand_width), shadow, ObjectId::none};
}

Expression Stepper::extended_result(State& state, ExtendedOperation op, Expression left, Expression right) {
    if (const auto kind = kind_of(op)) return expressions_.binary(*kind, left, right);
    switch (op) {
        case ExtendedOperation::from_signed:
            return expressions_.convert(Kind::signed_to_float, left, width);
        case ExtendedOperation::from_unsigned:
            return expressions_.convert(Kind::unsigned_to_float, left, width);
        case ExtendedOperation::from_float:
            return expressions_.convert(Kind::float_to_float, expressions_.extract(left, 0, float_width), width);
        case ExtendedOperation::from_double:
            return expressions_.convert(Kind::float_to_float, left, width);
        case ExtendedOperation::to_float:
            return expressions_.convert(Kind::float_to_float, left, float_width);
        case ExtendedOperation::to_double:
            return expressions_.convert(Kind::float_to_float, left, double_width);
        default:
            break;
    }
    const bool is_signed = op == ExtendedOperation::to_signed;
    const ir::Scalar to{ir::Scalar::Kind::integer, static_cast<std::uint16_t>(right->constant), is_signed};
    return convert_float(state, left, {ir::Scalar::Kind::floating, width, true}, to);
}

// Only of constants, as for doubles.
Value Stepper::extended_mathematics(State& state, const std::vector<Value>& arguments, Expression shadow) {
    for (const Value& argument : arguments)
        if (!argument.bits->is_constant()) return unknown(state, significand_width, state.top().function->name);
    const auto op = static_cast<ExtendedOperation>(arguments[0].bits->constant);
    const auto number = ir::evaluate(op, constant_of(arguments[2].bits, arguments[3].bits),
                                     constant_of(arguments[4].bits, arguments[5].bits));
    if (!number) end_not_modelled("a long double that no operation gives");
    return {expressions_.constant(part_of(*number, arguments[1].bits), significand_width), shadow, ObjectId::none};
}

Value Stepper::parse_extended(State& state, const Value& from, const Value& size, const Value& part) {
    Expression shadow = nullptr;
    const auto text = number_text(state, from, size, shadow);
    if (!text) return unknown(state, significand_width, state.top().function->name);
    const std::uint64_t bits = part_of(ir::extended_from_text(*text), part.bits);
    return {expressions_.constant(bits, significand_width), shadow, ObjectId::none};
}

Value Stepper::print_extended(State& state, const std::vector<Value>& arguments) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        require_known(state, arguments[i].shadow);
        if (!arguments[i].bits->is_constant()) end_not_modelled("the text of a long double that depends on inputs");
    }
    const ir::Extended number = constant_of(arguments[1].bits, arguments[2].bits);
    if (!ir::is_canonical(number)) end_not_modelled("a long double that no operation gives");
    const auto constant = [&](std::size_t i) { return static_cast<std::uint64_t>(arguments[i].bits->constant); };
    const std::string text =
        ir::extended_as_text(number, static_cast<char>(constant(3)), constant(4) != 0, static_cast<int>(constant(5)));
    return put_text(state, arguments[0], text, expressions_.either(arguments[1].shadow, arguments[2].shadow));
}

}  // namespace gnomon::explore
