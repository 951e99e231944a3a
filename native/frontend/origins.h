// Where the pointers that a function gives back come from: its parameters, calls, globals, fields.
#pragma once

#include <vector>

#include "frontend/frontend.h"
#include "frontend/symbols.h"

namespace gnomon::frontend {

// Of a function's definition that gives a pointer back. Null pointers have no origin.
std::vector<OriginFacts> origins_of_result(const Reader& reader, const Symbols& symbols, CXCursor definition);

}  // namespace gnomon::frontend
