// Evaluates a staged expression over an algebra: concrete numbers, symbolic terms, intervals.
//
// An algebra offers:
//     using Value = ...;                            // copyable; stands for a mathematical integer
//     Value constant(std::int64_t number);
//     Value field(Field field, std::int64_t argument);   // of the event at hand (0), or of an argument (from 1)
//     Value apply(Operator op, Value left, Value right);   // every binary operator but logical_and and logical_or
//     Value negate(Value value);
//     Value logical_not(Value value);
//     std::optional<bool> truth(const Value& value);        // known to be non-zero / zero; nullopt: cannot tell
//     Value both(Value left, Value right);          // logical_and, logical_or of values whose left side cannot tell:
//     Value either(Value left, Value right);        // 0 or 1
//
// Where the left side of logical_and or logical_or decides, the right side is not evaluated: its fields may be
// meaningless then (the offset of a null pointer).
#pragma once

#include <optional>

#include "shadow/table.h"

namespace gnomon::shadow {

template <class Algebra>
typename Algebra::Value evaluate_node(const Expression& expression, std::uint32_t index, Algebra& algebra) {
    const Node& node = expression.nodes[index];
    const auto left = [&] { return evaluate_node(expression, node.left, algebra); };
    const auto right = [&] { return evaluate_node(expression, node.right, algebra); };
    switch (node.op) {
        case Operator::constant:
            return algebra.constant(node.number);
        case Operator::field:
            return algebra.field(node.field, node.number);
        case Operator::negate:
            return algebra.negate(left());
        case Operator::logical_not:
            return algebra.logical_not(left());
        case Operator::logical_and:
        case Operator::logical_or: {
            const bool is_and = node.op == Operator::logical_and;
            typename Algebra::Value first = left();
            const std::optional<bool> known = algebra.truth(first);
            if (known && *known != is_and) return algebra.constant(is_and ? 0 : 1);
            typename Algebra::Value second = right();
            if (known) {
                if (const auto truth = algebra.truth(second)) return algebra.constant(*truth ? 1 : 0);
            }
            return is_and ? algebra.both(first, second) : algebra.either(first, second);
        }
        default: {
            typename Algebra::Value first = left();
            return algebra.apply(node.op, first, right());
        }
    }
}

// Recursion is as deep as the expression, which a rule's author wrote by hand.
template <class Algebra>
typename Algebra::Value evaluate(const Expression& expression, Algebra& algebra) {
    if (expression.nodes.empty()) return algebra.constant(1);
    return evaluate_node(expression, static_cast<std::uint32_t>(expression.nodes.size() - 1), algebra);
}

}  // namespace gnomon::shadow
