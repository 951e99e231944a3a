// Staged shadow rules as Python hands them over.
#pragma once

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "shadow/table.h"

namespace gnomon::bindings {

// Names of enumerators as analysis/shadows/staging.py spells them; the order is that of shadow/table.h.
template <class Enum>
Enum named(const std::string& name, std::initializer_list<const char*> names) {
    std::uint8_t value = 0;
    for (const char* candidate : names) {
        if (name == candidate) return static_cast<Enum>(value);
        ++value;
    }
    throw std::invalid_argument("unknown name in a shadow rule: " + name);
}

inline shadow::Event event_of(const std::string& name) {
    return named<shadow::Event>(
        name, {"load", "store", "arithmetic", "cast", "branch", "call", "release", "allocate", "assertion",
               "end_of_entry", "return", "called", "copy", "read", "input", "number_left", "scope_end", "returned"});
}

inline shadow::Field field_of(const std::string& name) {
    return named<shadow::Field>(name, {"size",
                                       "operator_",
                                       "bits",
                                       "is_signed",
                                       "is_float",
                                       "type_minimum",
                                       "type_maximum",
                                       "right_constant_known",
                                       "left",
                                       "right",
                                       "condition",
                                       "value",
                                       "pointer_is_null",
                                       "pointer_offset",
                                       "object_size",
                                       "object_alive",
                                       "object_kind",
                                       "object_writable",
                                       "shadow_left",
                                       "shadow_right",
                                       "shadow_condition",
                                       "shadow_pointer",
                                       "shadow_value",
                                       "shadow_bytes",
                                       "shadow_size",
                                       "is_library",
                                       "is_indirect",
                                       "is_pointer",
                                       "is_explicit",
                                       "from_bits",
                                       "from_is_signed",
                                       "from_is_float",
                                       "is_converted",
                                       "object_number",
                                       "object_reachable",
                                       "object_state",
                                       "thread_state",
                                       "fits",
                                       "callee_fits",
                                       "to_world",
                                       "number_state",
                                       "format_given",
                                       "format_fits",
                                       "is_copied",
                                       "is_discarded",
                                       "shadow_whole",
                                       "shadow_text",
                                       "stack_size",
                                       "is_held",
                                       "object_counted",
                                       "is_view",
                                       "view_fits",
                                       "is_leaked",
                                       "slot"});
}

inline shadow::Operator operator_of(const std::string& name) {
    return named<shadow::Operator>(
        name, {"constant", "field", "add", "subtract", "multiply", "negate", "shift_left", "equal", "not_equal", "less",
               "less_equal", "logical_and", "logical_or", "logical_not"});
}

inline shadow::Target target_of(const std::string& name) {
    return named<shadow::Target>(name, {"value", "object", "thread", "number"});
}

// (operator, number, field or "", left, right)
using NodeRow = std::tuple<std::string, std::int64_t, std::string, std::uint32_t, std::uint32_t>;

inline shadow::Expression expression_of(const std::vector<NodeRow>& rows) {
    shadow::Expression expression;
    for (const auto& [op, constant, field, left, right] : rows) {
        if (left >= rows.size() || right >= rows.size()) throw std::invalid_argument("a node's child is out of range");
        expression.nodes.push_back(
            {operator_of(op), constant, field.empty() ? shadow::Field{} : field_of(field), left, right});
    }
    return expression;
}

}  // namespace gnomon::bindings
