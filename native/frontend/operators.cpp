#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

std::optional<ir::BinaryOperator> arithmetic_of(BinaryKind op) {
    using enum BinaryKind;
    using ir::BinaryOperator;
    switch (op) {
        case multiply:
        case multiply_assign:
            return BinaryOperator::multiply;
        case divide:
        case divide_assign:
            return BinaryOperator::divide;
        case remainder:
        case remainder_assign:
            return BinaryOperator::remainder;
        case add:
        case add_assign:
            return BinaryOperator::add;
        case subtract:
        case subtract_assign:
            return BinaryOperator::subtract;
        case shift_left:
        case shift_left_assign:
            return BinaryOperator::shift_left;
        case shift_right:
        case shift_right_assign:
            return BinaryOperator::shift_right;
        case less:
            return BinaryOperator::less;
        case greater:
            return BinaryOperator::greater;
        case less_equal:
            return BinaryOperator::less_equal;
        case greater_equal:
            return BinaryOperator::greater_equal;
        case equal:
            return BinaryOperator::equal;
        case not_equal:
            return BinaryOperator::not_equal;
        case bit_and:
        case and_assign:
            return BinaryOperator::bit_and;
        case bit_xor:
        case xor_assign:
            return BinaryOperator::bit_xor;
        case bit_or:
        case or_assign:
            return BinaryOperator::bit_or;
        default:
            return std::nullopt;
    }
}

bool is_shift(ir::BinaryOperator op) {
    return op == ir::BinaryOperator::shift_left || op == ir::BinaryOperator::shift_right;
}

bool is_comparison(ir::BinaryOperator op) { return op >= ir::BinaryOperator::equal; }

}  // namespace

Value FunctionLowering::unary(CXCursor expression) {
    const auto children = reader_.children(expression);
    if (children.size() != 1) throw Unmodelled{"this operator"};
    const CXCursor operand = children.front();
    const ir::TypeId type = types_.of(expression);
    const std::string text = reader_.source(expression);
    const auto apply = [&](ir::UnaryOperator op, ir::TypeId result_type) {
        const Value value = rvalue(operand);
        if (is_wide(value.type)) return wide_unary(op, value);
        if (is_long_double(value.type)) return long_double_unary(op, value);
        if (!is_scalar(value.type)) throw Unmodelled{"this arithmetic: " + text};
        const ir::Operand result = fresh(result_type);
        const bool is_negation = op == ir::UnaryOperator::negate;
        const ir::TypeId in = is_negation ? wrapping(value.type) : value.type;
        builder_.emit(ir::Unary{result.as_register(), op, value.operand, in}, text);
        return Value{result, result_type};
    };
    switch (static_cast<UnaryKind>(reader_.api.getCursorUnaryOperatorKind(expression))) {
        case UnaryKind::post_increment:
            return step(operand, true, false, text);
        case UnaryKind::post_decrement:
            return step(operand, false, false, text);
        case UnaryKind::pre_increment:
            return step(operand, true, true, text);
        case UnaryKind::pre_decrement:
            return step(operand, false, true, text);
        case UnaryKind::address_of: {
            if (program_.types.get_if<ir::FunctionType>(types_.of(operand))) return {rvalue(operand).operand, type};
            return {address(lvalue(operand)).operand, type};
        }
        case UnaryKind::dereference:
            if (program_.types.get_if<ir::FunctionType>(type)) return {rvalue(operand).operand, type};
            return load(lvalue(expression));
        case UnaryKind::plus:
            return rvalue(operand);
        case UnaryKind::extension:
            return rvalue(operand);
        case UnaryKind::minus:
            return apply(ir::UnaryOperator::negate, type);
        case UnaryKind::bit_not:
            return apply(ir::UnaryOperator::bit_not, type);
        case UnaryKind::logical_not:
            return apply(ir::UnaryOperator::logical_not, types_.int_type());
        default:
            throw Unmodelled{"complex numbers"};
    }
}

Value FunctionLowering::step(CXCursor operand, bool is_increment, bool is_prefix, const std::string& text) {
    const Location location = lvalue(operand);
    const Value before = load(location);
    Value after = before;
    const Value one{ir::Operand::constant(1), types_.int_type()};
    if (is_pointer(location.type)) {
        after = pointer_offset(before, one, !is_increment, text, variable_stride(reader_.type(operand)));
    } else {
        // Narrow integers are promoted to int, so that char c = 127; c++ does not overflow.
        const bool is_narrow = program_.types.is_integer(location.type) && program_.types.bits_of(location.type) < 32;
        const ir::TypeId type = is_narrow ? types_.int_type() : location.type;
        const auto op = is_increment ? ir::BinaryOperator::add : ir::BinaryOperator::subtract;
        after = convert(arithmetic(op, convert(before, type), convert(one, type), text), location.type);
    }
    store(location, after);
    if (!is_prefix) return before;
    return location.is_bit_field() ? load(location) : after;
}

// `stride`: of elements whose size only the run knows.
Value FunctionLowering::pointer_offset(Value pointer, Value index, bool is_negated, const std::string& text,
                                       std::optional<ir::Operand> stride) {
    const auto* type = program_.types.get_if<ir::PointerType>(pointer.type);
    if (is_wide(index.type)) index = convert(index, program_.types.integer(64, true));
    if (!type || !program_.types.is_integer(index.type)) throw Unmodelled{"this pointer arithmetic"};
    const auto* row = program_.types.get_if<ir::ArrayType>(type->pointee);
    const std::uint64_t size = program_.types.size_of(type->pointee);
    if (row && size == 0 && !stride && program_.types.size_of(row->element) != 0)
        throw Unmodelled{"pointers to arrays of unknown size"};
    ir::TypeId element = type->pointee;
    if (stride || program_.types.get_if<ir::VoidType>(element) || program_.types.get_if<ir::FunctionType>(element))
        element = program_.types.integer(8, false);
    if (stride) {
        const Value distance = convert(convert(index, program_.types.integer(64, true)), types_.size_type());
        index = compute(ir::BinaryOperator::multiply, distance, {*stride, types_.size_type()});
    }
    const ir::Operand result = fresh(pointer.type);
    builder_.emit(
        ir::ElementAddress{result.as_register(), pointer.operand, index.operand, index.type, element, is_negated},
        text);
    return {result, pointer.type};
}

Value FunctionLowering::pointer_difference(CXCursor expression, Value left, Value right, const std::string& text) {
    const auto stride = variable_stride(reader_.type(reader_.children(expression).front()));
    const ir::TypeId type = types_.of(expression);
    const ir::TypeId element =
        stride ? program_.types.integer(8, false) : program_.types.get_if<ir::PointerType>(left.type)->pointee;
    const ir::Operand result = fresh(type);
    builder_.emit(ir::PointerDifference{result.as_register(), left.operand, right.operand, element}, text);
    if (!stride) return {result, type};
    return compute(ir::BinaryOperator::divide, {result, type}, convert({*stride, types_.size_type()}, type));
}

ir::TypeId FunctionLowering::wrapping(ir::TypeId type) const {
    if (!wraps_ || !program_.types.is_integer(type)) return type;
    return program_.types.integer(program_.types.bits_of(type), false);
}

Value FunctionLowering::arithmetic(ir::BinaryOperator op, Value left, Value right, const std::string& text) {
    if (is_wide(left.type)) return wide_arithmetic(op, left, right);
    if (is_long_double(left.type)) return long_double_arithmetic(op, left, right);
    if (is_wide(right.type)) right = convert(right, types_.size_type());  // a shift's
    if (!is_scalar(left.type) || !is_scalar(right.type)) throw Unmodelled{"this arithmetic: " + text};
    const ir::TypeId type = is_comparison(op) ? types_.int_type() : left.type;
    const ir::Operand result = fresh(type);
    ir::Binary binary{result.as_register(), op, left.operand, right.operand, left.type, right.type};
    // A quotient that does not fit stops the processor whatever the options say.
    if (op <= ir::BinaryOperator::multiply) binary.type = binary.right_type = wrapping(left.type);
    builder_.emit(binary, text);
    return {result, type};
}

Value FunctionLowering::binary(CXCursor expression) {
    const auto kind = static_cast<BinaryKind>(reader_.api.getCursorBinaryOperatorKind(expression));
    const auto children = reader_.children(expression);
    if (children.size() != 2) throw Unmodelled{"this operator"};
    if (kind == BinaryKind::assign) return assign(expression);
    if (kind == BinaryKind::comma) {
        effect(children[0]);
        return rvalue(children[1]);
    }
    if (kind == BinaryKind::logical_and || kind == BinaryKind::logical_or) return short_circuit(expression);
    const auto op = arithmetic_of(kind);
    if (!op) throw Unmodelled{"this operator"};
    const std::string text = reader_.source(expression);
    Value left = rvalue(children[0]);
    Value right = rvalue(children[1]);
    if (*op == ir::BinaryOperator::add && is_pointer(right.type)) std::swap(left, right);
    const bool is_sum = *op == ir::BinaryOperator::add;
    if (is_pointer(left.type) && (is_sum || *op == ir::BinaryOperator::subtract)) {
        if (is_pointer(right.type)) return pointer_difference(expression, left, right, text);
        return pointer_offset(left, right, !is_sum, text, variable_stride(reader_.type(expression)));
    }
    return arithmetic(*op, left, right, text);
}

Value FunctionLowering::assign(CXCursor expression) {
    const auto children = reader_.children(expression);
    const ir::TypeId type = types_.of(children[0]);
    if (!program_.types.is_scalar(type)) {  // records: the address first, both orders are allowed
        const Location target = lvalue(children[0]);
        const Value value = rvalue(children[1]);
        copy_record(target.pointer, value.operand, type, reader_.source(expression));
        return {target.pointer, type};
    }
    const Value value = convert(rvalue(children[1]), type);
    const Location target = lvalue(children[0]);
    store(target, value);
    return target.is_bit_field() ? load(target) : value;
}

// The computation's type is that of the right side after the usual conversions, which clang has already made there;
// a shift's is the promoted left side.
Value FunctionLowering::compound_assign(CXCursor expression) {
    const auto children = reader_.children(expression);
    if (children.size() != 2) throw Unmodelled{"this operator"};
    const auto op = arithmetic_of(static_cast<BinaryKind>(reader_.api.getCursorBinaryOperatorKind(expression)));
    if (!op) throw Unmodelled{"this operator"};
    const std::string text = reader_.source(expression);
    const Value right = rvalue(children[1]);
    const Location target = lvalue(children[0]);
    const Value before = load(target);
    Value after = before;
    if (is_pointer(target.type)) {
        const auto stride = variable_stride(reader_.type(children[0]));
        after = pointer_offset(before, right, *op == ir::BinaryOperator::subtract, text, stride);
    } else {
        const bool is_narrow = program_.types.is_integer(target.type) && program_.types.bits_of(target.type) < 32;
        const ir::TypeId promoted = is_narrow ? types_.int_type() : target.type;
        const ir::TypeId computed = is_shift(*op) ? promoted : right.type;
        after = convert(arithmetic(*op, convert(before, computed), right, text), target.type);
    }
    store(target, after);
    return target.is_bit_field() ? load(target) : after;
}

}  // namespace gnomon::frontend
