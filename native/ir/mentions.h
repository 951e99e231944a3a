// What the code of one function names.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/per_function.h"
#include "ir/program.h"

namespace gnomon::ir {

struct Mentions {
    std::vector<FunctionId> called;  // directly, each once, as are the others
    std::vector<FunctionId> addressed;
    std::vector<GlobalId> globals;
    std::vector<std::uint32_t> indirect_calls;  // instructions
    bool hides = false;  // there is code, or part of it, that was not lowered: it may name anything of its file
};

using AllMentions = PerFunction<Mentions>;

// Is there code of the function that was not lowered?
bool hides_code(const Function& function);
Mentions mentions_of(const Program& program, FunctionId function);

}  // namespace gnomon::ir
