// The cheap pass before slices and solvers: one forward abstract interpretation per function, over ranges, nullness,
// definedness, lifetime and what accesses prove of objects. What a function's callers pass is not looked at, only what
// they leave on the stack.
#pragma once

#include <vector>

#include "abstract/effects.h"
#include "abstract/rules.h"
#include "abstract/stack.h"
#include "shadow/obligations.h"

namespace gnomon::abstract {

class Discharger {
  public:
    Discharger(const ir::Program& program, const shadow::Table& table)
        : program_(program), effects_(program), rules_(table), stack_(program) {}

    // Those of `obligations` (all of one function) that hold on every run.
    std::vector<shadow::Obligation> held(ir::FunctionId function,
                                         const std::vector<shadow::Obligation>& obligations) const;

    // Of what the answers on a function rest on beside its own instructions.
    std::uint64_t digest_of(ir::FunctionId function) const;

  private:
    const ir::Program& program_;
    const Effects effects_;
    const Rules rules_;
    const StackBounds stack_;
};

}  // namespace gnomon::abstract
