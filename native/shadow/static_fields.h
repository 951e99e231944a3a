// The events that an instruction raises, with the fields that are known from the instruction alone.
#pragma once

#include <optional>
#include <vector>

#include "ir/program.h"
#include "ir/semantics.h"
#include "shadow/table.h"

namespace gnomon::shadow {

struct StaticEvent {
    Event event{};
    std::optional<std::uint64_t> size;  // of an access, when known
    ir::Scalar type;                    // of the operation
    int operator_number = 0;
    std::optional<ir::Wide> left, right;  // constant operands
    std::optional<ir::Operand> pointer;   // of an access

    // The field's value where the instruction determines it.
    std::optional<ir::Wide> field(Field field) const;
};

constexpr int negate_operator = 100;

// In the order in which they are raised; CopyBytes raises two.
std::vector<StaticEvent> static_events(const ir::Program& program, const ir::Instruction& instruction);

}  // namespace gnomon::shadow
