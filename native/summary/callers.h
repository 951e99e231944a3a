// Which functions are called by nobody but code of the program that is known, so that what this code hands over is all
// that they ever get.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ir/mentions.h"
#include "ir/program.h"

namespace gnomon::summary {

// By function. `open` are those that others may call all the same; `included` the sources that others include.
std::vector<bool> internal_functions(const ir::Program& program, const ir::AllMentions& mentions,
                                     const std::set<ir::FunctionId>& open, const std::set<std::string>& included);

}  // namespace gnomon::summary
