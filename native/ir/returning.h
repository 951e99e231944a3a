// Whether a call comes back, as far as the code around it tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ir/program.h"

namespace gnomon::ir {

// A function that nobody knows may end the program, as `if (!p) fatal();` expects of it. It returns where its result is
// wanted, or where something is done next that is done only after this call.
bool shows_return(const Function& caller, std::uint32_t call);

// Why nobody knows a value: a function gave it, by whose name it goes; or a phrase says so.
inline std::string unknown_reason(const std::string& from) {
    return from.find(' ') == std::string::npos ? "calls " + from : from;
}

// An assertion of the program's own that fails on one side of a branch: a program that is built goes on all the same.
struct OpenAssertion {
    std::uint32_t fails = 0;  // the instruction
    BlockId holds{};
};
std::optional<OpenAssertion> assertion_behind(const Function& function, const Branch& branch);

}  // namespace gnomon::ir
