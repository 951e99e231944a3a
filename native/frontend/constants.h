// String literals as bytes.
#pragma once

#include <optional>
#include <string>

#include "frontend/reader.h"

namespace gnomon::frontend {

// The bytes of a string literal cursor, without terminator; escapes resolved, adjacent literals joined.
std::string literal_bytes(const Reader& reader, CXCursor literal);

// The text of an expression that is a string literal behind casts and parentheses.
std::optional<std::string> literal_text(const Reader& reader, CXCursor expression);

// The same, also where the expression names a variable that nothing may write: `const char text[] = "..."`,
// `const char* const text = "..."`.
std::optional<std::string> constant_text(const Reader& reader, CXCursor expression);

}  // namespace gnomon::frontend
