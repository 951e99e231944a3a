// Which functions are called by nobody but code of the program that is known, so that what this code hands over is all
// that they ever get.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ir/program.h"

namespace gnomon::summary {

// What the code of one function names: gathered again when the code changes.
struct Mentions {
    std::vector<ir::FunctionId> called;  // directly, each once
    std::vector<ir::FunctionId> addressed;
    std::vector<ir::GlobalId> globals;
    std::vector<std::uint32_t> calls;  // instructions
    bool calls_itself = false;
    bool hides = false;  // there is code, or part of it, that was not lowered: it may name anything of its file
};

Mentions mentions_of(const ir::Program& program, ir::FunctionId function);

// By function. `open` are those that others may call all the same; `included` the sources that others include.
std::vector<bool> internal_functions(const ir::Program& program, const std::vector<Mentions>& mentions,
                                     const std::set<ir::FunctionId>& open, const std::set<std::string>& included);

}  // namespace gnomon::summary
