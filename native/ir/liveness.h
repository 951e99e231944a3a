// Which registers hold something that is still read.
#pragma once

#include <vector>

#include "ir/program.h"

namespace gnomon::ir {

// By register: may its value before that instruction be read, from there on, before it is set again?
std::vector<bool> live_before(const Function& function, std::uint32_t index);

}  // namespace gnomon::ir
