// Local search for values that satisfy constraints where Z3 is slow: products, quotients and floats.
//
// It begins with values that satisfy most of them, changes one at a time, and mostly keeps what brings the comparisons
// nearer to what they should be. It finds nothing where there is nothing to find, so that nothing follows from that.
#pragma once

#include <optional>
#include <span>

#include "solver/model.h"

namespace gnomon::solver {

// Values for `variables`, in ascending order, under which all constraints hold. The same each time that it is asked.
// Bound: `most_nodes` evaluated.
std::optional<Model::Assignment> walk(const Expressions& expressions, std::span<const Expression> constraints,
                                      std::span<const std::uint32_t> variables, const Model& known,
                                      std::size_t most_nodes);

}  // namespace gnomon::solver
