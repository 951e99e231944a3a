// Whom a function hands pointers of its own: to its variables, to globals, to what calls gave it, or none.
#pragma once

#include <vector>

#include "ir/program.h"

namespace gnomon::ir {

// The functions that it calls by name with an argument that need not be what its own callers handed over, nor what
// lies in their memory. What a callee expects of such memory is for this function to keep.
std::vector<FunctionId> given_own_pointers(const Program& program, FunctionId function);

}  // namespace gnomon::ir
