// Expressions that choose: ?:, && and ||, _Generic, __builtin_choose_expr; and branches on conditions.
#include <algorithm>

#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

bool is_expression(CXCursor cursor) { return cursor.kind >= 100 && cursor.kind < 200; }

std::vector<CXCursor> expressions_in(const Reader& reader, CXCursor cursor) {
    std::vector<CXCursor> found = reader.children(cursor);
    std::erase_if(found, [](CXCursor child) { return !is_expression(child); });
    return found;
}

std::string without_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

// The types that the associations of a written-out _Generic name, in order.
std::vector<std::string> association_types(const Reader& reader, CXCursor selection) {
    std::vector<std::string> types;
    const std::vector<Token> tokens = reader.tokens(selection);
    if (tokens.empty() || tokens.front().text != "_Generic") return types;
    int depth = 0;
    bool is_type = false;
    for (const Token& token : tokens) {
        const bool is_closed = token.text == ")" || token.text == "]" || token.text == "}";
        if (is_closed && --depth == 0) break;
        if (depth == 1 && token.text == ",") {
            types.emplace_back();
            is_type = true;
        } else if (depth == 1 && token.text == ":") {
            is_type = false;
        } else if (is_type) {
            types.back() += token.text;
        }
        if (token.text == "(" || token.text == "[" || token.text == "{") ++depth;
    }
    return types;
}

}  // namespace

Value FunctionLowering::conditional(CXCursor expression) {
    const auto children = reader_.children(expression);
    const ir::TypeId type = types_.of(expression);
    const bool has_value = !program_.types.get_if<ir::VoidType>(type);
    const ir::BlockId if_true = builder_.new_block(), if_false = builder_.new_block(), after = builder_.new_block();
    if (children.size() != 3) throw Unmodelled{"this conditional"};
    const ir::TypeId held = is_scalar(type) ? type : program_.types.pointer_to(type);
    const ir::Operand result = fresh(has_value ? held : types_.int_type());
    branch_on(children[0], if_true, if_false);
    for (const auto& [block, child] : {std::pair{if_true, children[1]}, std::pair{if_false, children[2]}}) {
        builder_.start(block);
        if (has_value)
            builder_.emit(ir::Move{result.as_register(), convert(rvalue(child), type).operand, held});
        else
            effect(child);
        builder_.jump(after);
    }
    builder_.start(after);
    return {result, type};
}

// `a ?: b` of GNU C: the first operand is evaluated once.
Value FunctionLowering::elided_conditional(CXCursor expression) {
    const auto children = reader_.children(expression);
    const ir::TypeId type = types_.of(expression);
    const ir::BlockId if_true = builder_.new_block(), if_false = builder_.new_block(), after = builder_.new_block();
    const ir::TypeId held = is_scalar(type) ? type : program_.types.pointer_to(type);
    const ir::Operand result = fresh(held);
    const Value given = rvalue(children.front()), tested = truth(given);
    if (!program_.types.is_scalar(type) || !is_scalar(tested.type)) throw Unmodelled{"this conditional"};
    builder_.emit(ir::Branch{tested.operand, tested.type, if_true, if_false}, reader_.source(children.front()));
    builder_.start(if_true);
    builder_.emit(ir::Move{result.as_register(), convert(given, type).operand, held});
    builder_.jump(after);
    builder_.start(if_false);
    builder_.emit(ir::Move{result.as_register(), convert(rvalue(children.back()), type).operand, held});
    builder_.jump(after);
    builder_.start(after);
    return {result, type};
}

// libclang does not say which association was chosen: it is the only one of the selection's type, or has its value, or
// names the type of the controlling expression. Else it is not known.
CXCursor FunctionLowering::generic_choice(CXCursor selection) {
    const auto children = expressions_in(reader_, selection);
    const auto spelled = [&](CXCursor cursor) {
        return reader_.api.text(reader_.api.getTypeSpelling(reader_.type(cursor)));
    };
    const auto is_of_type = [&](CXCursor child) { return spelled(child) == spelled(selection); };
    if (children.size() < 2) throw Unmodelled{"_Generic"};
    const std::vector<CXCursor> associations(children.begin() + 1, children.end());
    const auto first = std::find_if(associations.begin(), associations.end(), is_of_type);
    if (first == associations.end()) throw Unmodelled{"_Generic"};
    if (std::none_of(first + 1, associations.end(), is_of_type)) return *first;
    if (const auto value = reader_.integer(selection)) {
        for (CXCursor association : associations)
            if (is_of_type(association) && reader_.integer(association) == value) return association;
    }
    const std::vector<std::string> types = association_types(reader_, selection);
    const std::string wanted = without_spaces(spelled(children.front()));
    for (std::size_t i = 0; i < types.size() && types.size() == associations.size(); ++i)
        if (types[i] == wanted) return associations[i];
    throw Unmodelled{"_Generic"};
}

std::optional<CXCursor> FunctionLowering::chosen_expression(CXCursor expression) {
    const auto children = expressions_in(reader_, expression);
    if (children.size() != 3 || reader_.keyword(expression) != "__builtin_choose_expr") return std::nullopt;
    const auto condition = reader_.integer(children[0]);
    if (!condition) return std::nullopt;
    return children[*condition ? 1 : 2];
}

void FunctionLowering::branch_on(CXCursor condition, ir::BlockId if_true, ir::BlockId if_false) {
    const auto children = reader_.children(condition);
    const auto is = [&](int wanted) { return condition.kind == wanted; };
    if (is(kind::parenthesis) && children.size() == 1) return branch_on(children[0], if_true, if_false);
    if (is(kind::unary_operator) && children.size() == 1 &&
        static_cast<UnaryKind>(reader_.api.getCursorUnaryOperatorKind(condition)) == UnaryKind::logical_not)
        return branch_on(children[0], if_false, if_true);
    if (is(kind::binary_operator) && children.size() == 2) {
        const auto op = static_cast<BinaryKind>(reader_.api.getCursorBinaryOperatorKind(condition));
        if (op == BinaryKind::logical_and || op == BinaryKind::logical_or) {
            const ir::BlockId second = builder_.new_block();
            if (op == BinaryKind::logical_and)
                branch_on(children[0], second, if_false);
            else
                branch_on(children[0], if_true, second);
            builder_.start(second);
            return branch_on(children[1], if_true, if_false);
        }
    }
    const Value value = truth(rvalue(condition));
    if (!is_scalar(value.type)) throw Unmodelled{"this condition"};
    const ir::Place before = builder_.place();
    builder_.at(place_of(condition));
    builder_.emit(ir::Branch{value.operand, value.type, if_true, if_false}, reader_.source(condition));
    builder_.at(before);
}

Value FunctionLowering::truth(Value value) {
    if (is_wide(value.type)) return call_wide("is_true", {value}, types_.int_type());
    if (is_long_double(value.type))
        return long_double_arithmetic(ir::BinaryOperator::not_equal, value, long_double({}));
    return value;
}

Value FunctionLowering::short_circuit(CXCursor expression) {
    const ir::BlockId if_true = builder_.new_block(), if_false = builder_.new_block(), after = builder_.new_block();
    const ir::Operand result = fresh(types_.int_type());
    branch_on(expression, if_true, if_false);
    builder_.start(if_true);
    builder_.emit(ir::Move{result.as_register(), ir::Operand::constant(1), types_.int_type()});
    builder_.jump(after);
    builder_.start(if_false);
    builder_.emit(ir::Move{result.as_register(), ir::Operand::constant(0), types_.int_type()});
    builder_.jump(after);
    builder_.start(after);
    return {result, types_.int_type()};
}

}  // namespace gnomon::frontend
