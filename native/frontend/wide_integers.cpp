// Numbers of more than 64 bits live in memory, as records do: a value is the address of bytes that nobody else changes.
// What is computed on integers of 128 bits, models in C compute (models/wide_integers.c).
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

using enum ir::BinaryOperator;

// The model of an operator, without "__gnomon_wide_"; comparisons come down to two.
std::string model_of(ir::BinaryOperator op, bool is_signed) {
    const std::string sign = is_signed ? "_signed" : "";
    switch (op) {
        case add:
            return "add";
        case subtract:
            return "subtract";
        case multiply:
            return "multiply";
        case divide:
            return "divide" + sign;
        case remainder:
            return "remainder" + sign;
        case shift_left:
            return "shift_left";
        case shift_right:
            return "shift_right";
        case bit_and:
            return "and";
        case bit_or:
            return "or";
        case bit_xor:
            return "xor";
        case equal:
        case not_equal:
            return "equal";
        default:
            return "less" + sign;
    }
}

}  // namespace

bool FunctionLowering::is_wide(ir::TypeId type) const {
    return program_.types.is_integer(type) && program_.types.bits_of(type) > 64;
}

Value FunctionLowering::call_wide(const std::string& model, const std::vector<Value>& arguments, ir::TypeId result) {
    std::vector<Value> passed;
    for (const Value& argument : arguments)
        passed.push_back(is_wide(argument.type) ? Value{argument.operand, program_.types.pointer_to(types_.size_type())}
                                                : argument);
    return call_model("__gnomon_wide_" + model, passed, result, {});
}

Value FunctionLowering::limb(Value wide, unsigned index) {
    const ir::TypeId type = types_.size_type();
    const ir::Operand result = fresh(type);
    builder_.emit(ir::Load{result.as_register(), moved(wide.operand, 8 * index, type), type, {}});
    return {result, type};
}

Value FunctionLowering::widened(Value low, Value high, ir::TypeId type) {
    const ir::TypeId limb_type = types_.size_type();
    const Value whole = temporary(type);
    builder_.emit(ir::Store{moved(whole.operand, 0, limb_type), low.operand, limb_type, {}});
    builder_.emit(ir::Store{moved(whole.operand, 8, limb_type), high.operand, limb_type, {}});
    return whole;
}

// All ones where the number is negative.
Value FunctionLowering::sign_limb(Value value) {
    const ir::TypeId limb_type = types_.size_type();
    if (!program_.types.is_integer(value.type) || !program_.types.is_signed(value.type)) return constant(0, limb_type);
    const Value number = convert(value, program_.types.integer(64, true));
    return convert(compute(shift_right, number, constant(63, types_.int_type())), limb_type);
}

Value FunctionLowering::convert_wide(Value value, ir::TypeId to) {
    const auto& types = program_.types;
    const bool is_signed = types.is_signed(is_wide(to) ? to : value.type);
    if (is_wide(value.type) && is_wide(to)) return {value.operand, to};
    if (is_wide(value.type)) {
        if (to == program_.types.boolean()) return convert(call_wide("is_true", {value}, types_.int_type()), to);
        if (types.is_float(to))
            return call_wide(types.bits_of(to) == 32 ? "to_float" : "to_double",
                             {value, constant(is_signed, types_.int_type())}, to);
        return convert(limb(value, 0), to);
    }
    if (types.is_float(value.type)) {
        const Value whole = temporary(to);
        call_wide("from_double", {whole, convert(value, program_.types.floating(64))}, program_.types.void_type());
        return whole;
    }
    if (!is_scalar(value.type)) throw Unmodelled{"this conversion"};
    const Value low = convert(value, types_.size_type());
    return widened(low, sign_limb(value), to);
}

Value FunctionLowering::wide_arithmetic(ir::BinaryOperator op, Value left, Value right) {
    const bool is_signed = program_.types.is_signed(left.type);
    const std::string model = model_of(op, is_signed);
    if (op >= equal) {
        const bool is_swapped = op == greater || op == less_equal;
        const Value answer =
            call_wide(model, {is_swapped ? right : left, is_swapped ? left : right}, types_.int_type());
        const bool is_negated = op == not_equal || op == less_equal || op == greater_equal;
        return is_negated ? compute(bit_xor, answer, constant(1, types_.int_type())) : answer;
    }
    const Value result = temporary(left.type);
    std::vector<Value> operands{result, left, right};
    if (op == shift_left || op == shift_right) operands[2] = convert(right, types_.size_type());
    if (op == shift_right)
        operands.push_back(is_signed ? sign_limb({limb(left, 1).operand, program_.types.integer(64, true)})
                                     : constant(0, types_.size_type()));
    call_wide(model, operands, program_.types.void_type());
    return result;
}

Value FunctionLowering::wide_unary(ir::UnaryOperator op, Value value) {
    const ir::TypeId limb_type = types_.size_type();
    if (op == ir::UnaryOperator::negate)
        return wide_arithmetic(subtract, widened(constant(0, limb_type), constant(0, limb_type), value.type), value);
    const Value ones = constant(~std::uint64_t{0}, limb_type);
    if (op == ir::UnaryOperator::bit_not) return wide_arithmetic(bit_xor, widened(ones, ones, value.type), value);
    return compute(bit_xor, call_wide("is_true", {value}, types_.int_type()), constant(1, types_.int_type()));
}

}  // namespace gnomon::frontend
