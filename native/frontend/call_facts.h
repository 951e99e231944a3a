// Calls of functions with variable arguments: what a format string says there, and what is passed for it.
#pragma once

#include <string>
#include <vector>

#include "frontend/type_facts.h"

namespace gnomon::frontend {

// Null when the call is of no such function.
std::optional<CallFacts> call_facts(const Reader& reader, TypeFactsTable& types, CXCursor call,
                                    const std::string& function);

}  // namespace gnomon::frontend
