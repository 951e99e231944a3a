// Which operands of its event a rule looks at.
#pragma once

#include <algorithm>
#include <cstdint>

#include "shadow/table.h"

namespace gnomon::shadow {

// of_text: the bytes that the pointer leads to, up to a NUL.
enum Operands : std::uint8_t { of_left = 1, of_right = 2, of_value = 4, of_pointer = 8, of_size = 16, of_text = 32 };

inline bool asks(const Expression& expression, Field field) {
    return std::ranges::any_of(expression.nodes,
                               [field](const Node& node) { return node.op == Operator::field && node.field == field; });
}

// Does it ask for the text of a format?
inline bool asks_of_format(const Expression& expression) {
    return asks(expression, Field::format_given) || asks(expression, Field::format_fits);
}

// Is it asked behind its place, when calls and entries end?
inline bool is_asked_later(Event event) {
    return event == Event::end_of_entry || event == Event::number_left || event == Event::called ||
           event == Event::returned;
}

// Does it ask how large the stack is?
inline bool asks_of_stack(const Expression& expression) {
    return std::ranges::any_of(expression.nodes, [](const Node& node) {
        return node.op == Operator::field && node.field == Field::stack_size;
    });
}

// The union over the fields of an expression that are the event's own. Fields that the code alone determines, and
// shadows, need no operand.
inline std::uint8_t operands_of(const Expression& expression) {
    std::uint8_t operands = 0;
    for (const Node& node : expression.nodes) {
        if (node.op != Operator::field || node.number != 0) continue;
        switch (node.field) {
            case Field::left:
                operands |= of_left;
                break;
            case Field::right:
                operands |= of_right;
                break;
            case Field::condition:
            case Field::value:
            case Field::fits:
            case Field::number_state:
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
            case Field::object_number:
            case Field::object_state:
            case Field::object_counted:
            case Field::view_fits:
            case Field::format_given:
            case Field::format_fits:
                operands |= of_pointer;
                break;
            case Field::shadow_text:
                operands |= of_pointer | of_text;
                break;
            default:
                break;
        }
    }
    return operands;
}

// The arguments of a call that an expression looks at besides, bit by bit from the first.
inline std::uint64_t arguments_of(const Expression& expression) {
    std::uint64_t arguments = 0;
    for (const Node& node : expression.nodes)
        if (node.op == Operator::field && node.number > 0) arguments |= std::uint64_t{1} << (node.number - 1);
    return arguments;
}

}  // namespace gnomon::shadow
