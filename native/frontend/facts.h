// What a translation unit says to a reader: its functions, where their names are used, its errors, its files.
#pragma once

#include <string>
#include <vector>

#include "frontend/frontend.h"
#include "frontend/reader.h"
#include "frontend/symbols.h"

namespace gnomon::frontend {

FunctionFacts function_facts(const Reader& reader, const Symbols& symbols, CXCursor declaration);
std::vector<ReferenceFacts> references_in(const Reader& reader, const Symbols& symbols, CXCursor top_level);
std::vector<Diagnostic> diagnostics_of(const Reader& reader);
std::vector<std::string> includes_of(const Reader& reader);

}  // namespace gnomon::frontend
