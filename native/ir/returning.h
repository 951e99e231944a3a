// Whether a call comes back, as far as the code around it tells.
#pragma once

#include <cstdint>

#include "ir/program.h"

namespace gnomon::ir {

// A function that nobody knows may end the program, as `if (!p) fatal();` expects of it. It returns where its result is
// wanted, or where something is done next that is done only after this call.
bool shows_return(const Function& caller, std::uint32_t call);

}  // namespace gnomon::ir
