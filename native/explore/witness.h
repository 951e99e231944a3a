// Inputs that a person can read: the smallest and plainest that still fail.
#pragma once

#include "explore/world.h"

namespace gnomon::explore {

// The inputs of a model of the path and `failure`, made plainer by trying, with at most a few dozen solver queries.
std::vector<interp::ChosenInput> simplest_inputs(World& world, const State& state, Expression failure,
                                                 std::shared_ptr<const solver::Model> model);

}  // namespace gnomon::explore
