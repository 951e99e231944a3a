// Which operands of its event a rule looks at.
#pragma once

#include <cstdint>

#include "shadow/table.h"

namespace gnomon::shadow {

enum Operands : std::uint8_t { of_left = 1, of_right = 2, of_value = 4, of_pointer = 8, of_size = 16 };

// The union over the fields of an expression. Fields that the code alone determines, and shadows, need no operand.
inline std::uint8_t operands_of(const Expression& expression) {
    std::uint8_t operands = 0;
    for (const Node& node : expression.nodes) {
        if (node.op != Operator::field) continue;
        switch (node.field) {
            case Field::left:
                operands |= of_left;
                break;
            case Field::right:
                operands |= of_right;
                break;
            case Field::condition:
            case Field::value:
                operands |= of_value;
                break;
            case Field::size:
                operands |= of_size;
                break;
            case Field::pointer_is_null:
            case Field::pointer_offset:
            case Field::object_size:
            case Field::object_alive:
            case Field::object_kind:
            case Field::object_writable:
                operands |= of_pointer;
                break;
            default:
                break;
        }
    }
    return operands;
}

}  // namespace gnomon::shadow
