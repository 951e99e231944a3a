// Doubles and long doubles as text and back, correctly rounded, as printf and strtod do it.
#pragma once

#include <cstdint>
#include <string>

#include "ir/extended.h"

namespace gnomon::ir {

// The conversion ('f', 'E', ...) of the number without its sign; a negative precision means six digits.
std::string double_as_text(std::uint64_t bits, char conversion, bool is_alternate, int precision);
std::uint64_t double_from_text(const std::string& text);
std::string extended_as_text(Extended number, char conversion, bool is_alternate, int precision);
Extended extended_from_text(const std::string& text);

}  // namespace gnomon::ir
