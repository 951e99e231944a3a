// What a translation unit says to a reader: its functions, where their names are used, its errors, its files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/frontend.h"
#include "frontend/reader.h"
#include "frontend/symbols.h"
#include "frontend/type_facts.h"

namespace gnomon::frontend {

FunctionFacts function_facts(const Reader& reader, const Symbols& symbols, CXCursor declaration);
// Of a declaration at file scope, into the report.
void add_uses(const Reader& reader, const Symbols& symbols, TypeFactsTable& types, CXCursor top_level,
              SourceReport& report);
// Nothing for a variable that only its own file can name.
std::optional<VariableFacts> variable_facts(const Reader& reader, TypeFactsTable& types, CXCursor declaration);
bool makes_type(CXCursor declaration);  // a record, enum or typedef
std::vector<Diagnostic> diagnostics_of(const Reader& reader);
std::vector<std::string> includes_of(const Reader& reader);

}  // namespace gnomon::frontend
