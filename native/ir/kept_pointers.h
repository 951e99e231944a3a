// Function pointers that C keeps: parameters stored where they outlive the call, and called from there by others.
#pragma once

#include <optional>
#include <vector>

#include "ir/program.h"

namespace gnomon::ir {

// Where a pointer is kept: a global, or a field of any object of a record type. `offset` in bytes.
struct KeptPlace {
    std::optional<GlobalId> global;
    TypeId record{};  // without a global
    std::uint64_t offset = 0;
    auto operator<=>(const KeptPlace&) const = default;
};

struct KeptParameter {
    std::uint32_t parameter = 0;
    FunctionId called_by{};  // another function, which calls what lies there
};

// The parameters of a function that it, or what it calls with them, stores, and that some other function calls later.
// Only what the code says plainly: places through a global's name or a field's, in one step.
std::vector<KeptParameter> kept_and_called(const Program& program, FunctionId function);

}  // namespace gnomon::ir
