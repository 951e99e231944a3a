// Inputs that a person can read: the smallest and plainest that still fail.
#pragma once

#include "explore/world.h"

namespace gnomon::explore {

// The inputs of a model of the path and `failure`, made plainer by trying, with at most a few dozen solver queries.
// What a caller that nobody knows hands over is not among them.
std::vector<interp::ChosenInput> simplest_inputs(World& world, const State& state, Expression failure,
                                                 std::shared_ptr<const solver::Model> model);

// The same with what such a caller hands over, as far as the failure depends on it; empty when it depends on none of
// that. `block`: the input whose bounds the failure is about, if any.
std::vector<interp::ChosenInput> simplest_for_caller(World& world, const State& state, Expression failure,
                                                     std::shared_ptr<const solver::Model> model,
                                                     const InputBytes* block);

}  // namespace gnomon::explore
