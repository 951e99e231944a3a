// Readable text of the IR, for people and for tests: one instruction a line, without places.
#pragma once

#include <string>

#include "ir/program.h"

namespace gnomon::ir {

std::string print(const Program& program, FunctionId function);
std::string print(const Program& program, const Function& function, const Instruction& instruction);

}  // namespace gnomon::ir
