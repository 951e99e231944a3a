// factor * base + addend: what indices times sizes are, and what rules compare.
#pragma once

#include "solver/expression.h"

namespace gnomon::explore {

struct Linear {
    solver::Expression base = nullptr;  // two's complement
    solver::SignedBits base_minimum = 0, base_maximum = 0;
    solver::SignedBits factor = 1, addend = 0;

    solver::SignedBits minimum() const { return (factor > 0 ? base_minimum : base_maximum) * factor + addend; }
    solver::SignedBits maximum() const { return (factor > 0 ? base_maximum : base_minimum) * factor + addend; }
};

// The number that `bits` is, read with or without sign. Looks through extensions, and through sums with and products by
// constants that do not wrap.
Linear linear_of(solver::Expressions& expressions, solver::Expression bits, bool is_signed);

}  // namespace gnomon::explore
