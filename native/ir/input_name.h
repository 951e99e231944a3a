// How a witness calls an input.
#pragma once

#include <string>

#include "ir/program.h"

namespace gnomon::ir {

// The name with the text of the literal `subject` (null: there is none) in place of "%s".
std::string input_name(const Input& input, const Global* subject);

}  // namespace gnomon::ir
