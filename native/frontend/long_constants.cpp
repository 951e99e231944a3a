#include "frontend/long_constants.h"

#include <cmath>
#include <cstdlib>
#include <limits>

namespace gnomon::frontend {

std::optional<long double> long_double_literal(const Reader& reader, CXCursor literal) {
    const std::string text = reader.number(literal);
    if (!text.empty()) return std::strtold(text.c_str(), nullptr);
    // The compiler's own macros stand in no file.
    const std::string macro = reader.source(literal);
    using Limits = std::numeric_limits<long double>;
    if (macro == "LDBL_MAX" || macro == "__LDBL_MAX__") return Limits::max();
    if (macro == "LDBL_MIN" || macro == "__LDBL_MIN__") return Limits::min();
    if (macro == "LDBL_EPSILON" || macro == "__LDBL_EPSILON__") return Limits::epsilon();
    if (macro == "LDBL_TRUE_MIN" || macro == "__LDBL_DENORM_MIN__") return Limits::denorm_min();
    return std::nullopt;
}

std::optional<long double> long_double_constant(const Reader& reader, CXCursor expression) {
    const auto children = reader.children(expression);
    const int type = reader.type(expression).kind;
    const auto part = [&](std::size_t index) { return long_double_constant(reader, children[index]); };
    if (const auto whole = reader.integer(expression)) {
        const bool is_unsigned = type == type_kind::unsigned_long || type == type_kind::unsigned_long_long;
        return is_unsigned ? static_cast<long double>(*whole)
                           : static_cast<long double>(static_cast<std::int64_t>(*whole));
    }
    if (type != type_kind::long_double) return reader.floating(expression);
    switch (expression.kind) {
        case kind::floating_literal:
            return long_double_literal(reader, expression);
        case kind::parenthesis:
        case kind::unexposed_expression:
        case kind::c_cast:
            if (children.empty()) return std::nullopt;
            return part(children.size() - 1);
        case kind::call: {  // of __builtin_huge_vall and its like
            const auto number = reader.floating(expression);
            return number && !std::isfinite(*number) ? number : std::nullopt;
        }
        case kind::unary_operator: {
            const auto op = static_cast<UnaryKind>(reader.api.getCursorUnaryOperatorKind(expression));
            if (op == UnaryKind::plus || op == UnaryKind::extension) return part(0);
            const auto value = part(0);
            if (!value || op != UnaryKind::minus) return std::nullopt;
            return -value.value_or(0);
        }
        case kind::binary_operator: {
            if (children.size() != 2) return std::nullopt;
            const auto left = part(0), right = part(1);
            if (!left || !right) return std::nullopt;
            switch (static_cast<BinaryKind>(reader.api.getCursorBinaryOperatorKind(expression))) {
                case BinaryKind::add:
                    return *left + *right;
                case BinaryKind::subtract:
                    return *left - *right;
                case BinaryKind::multiply:
                    return *left * *right;
                case BinaryKind::divide:
                    return *left / *right;
                default:
                    return std::nullopt;
            }
        }
        default:
            return std::nullopt;
    }
}

}  // namespace gnomon::frontend
