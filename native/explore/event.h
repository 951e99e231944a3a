// One event of a path, as the staged rules see it: the symbolic twin of interp::Facts.
#pragma once

#include <optional>
#include <vector>

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
    bool is_explicit = false;          // a cast
    std::optional<ir::TypeId> view{};  // of an access
    bool is_pointer = false;           // what a function gives back
    bool is_to_world = false;          // gives it back to the harness
    bool is_reachable = false;         // a block that is left when the entry ends
    Expression is_held = nullptr;      // of a number that is left
    Expression is_leaked = nullptr;    // of a counted block that is left
    std::optional<ir::Site> blamed{};  // where a failure belongs, if not to the instruction at hand
    // Of calls.
    const ir::Function* callee = nullptr;
    bool is_fitting = true;  // the callee takes and gives what the call passes and expects
    std::vector<Value> arguments;
    std::vector<ir::Scalar> argument_types;
    const ir::Call* call = nullptr;
    std::uint64_t converted = 0;   // bit by bit: the arguments that were signed before
    std::uint8_t focus = 0;        // the argument that value and pointer are, counted from 1
    std::size_t frames_above = 0;  // of the callee, where it is about to be left

    // The same event, with an argument, counted from 1, for its value and pointer; 0: as it is.
    Event focused(std::int64_t argument) const;
};

}  // namespace gnomon::explore
