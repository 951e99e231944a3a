// The cheap pass before slices and solvers: obligations that a local look settles.
#pragma once

#include <vector>

#include "ir/program.h"
#include "shadow/obligations.h"

namespace gnomon::shadow {

// Those of `obligations` (all of one function) that hold on every run: accesses at a constant offset of a local that is
// in scope, or of a global. Sound: what it names needs no further look.
std::vector<Obligation> discharge(const ir::Program& program, ir::FunctionId function,
                                  const std::vector<Obligation>& obligations, const Table& table);

}  // namespace gnomon::shadow
