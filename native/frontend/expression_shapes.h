// What an expression is behind what does not change its value.
#pragma once

#include "frontend/reader.h"

namespace gnomon::frontend {

// What is behind casts and parentheses.
inline CXCursor bare(const Reader& reader, CXCursor expression) {
    for (;;) {
        const bool is_wrapping = expression.kind == kind::unexposed_expression || expression.kind == kind::c_cast ||
                                 expression.kind == kind::parenthesis;
        const auto children = reader.children(expression);
        if (!is_wrapping || children.empty()) return expression;
        expression = children.back();
    }
}

}  // namespace gnomon::frontend
