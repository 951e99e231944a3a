// Constants of type long double: libclang gives the values of expressions as doubles only.
#pragma once

#include <optional>

#include "frontend/reader.h"

namespace gnomon::frontend {

std::optional<long double> long_double_literal(const Reader& reader, CXCursor literal);
// What an initialiser says.
std::optional<long double> long_double_constant(const Reader& reader, CXCursor expression);

}  // namespace gnomon::frontend
