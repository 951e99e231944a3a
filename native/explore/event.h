// One event of a path, as the staged rules see it: the symbolic twin of interp::Facts.
#pragma once

#include <optional>

#include "explore/algebra.h"
#include "explore/state.h"

namespace gnomon::explore {

struct Event {
    shadow::Event kind{};
    ir::Scalar type;  // of the operation
    ir::Scalar left_type, right_type, value_type;
    Value left, right, value, pointer;
    Expression size = nullptr;  // 64 bits
    Expression size_shadow = nullptr;
    std::uint8_t operator_number = 0;
    bool is_right_constant = false;
    std::optional<shadow::ObjectKind> new_object;
};

}  // namespace gnomon::explore
