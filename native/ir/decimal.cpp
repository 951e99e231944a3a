#include "ir/decimal.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace gnomon::ir {

std::string double_as_text(std::uint64_t bits, char conversion, bool is_alternate, int precision) {
    const std::string format = std::string(is_alternate ? "%#.*" : "%.*") + conversion;
    const double number = std::fabs(std::bit_cast<double>(bits));
    const int size = std::snprintf(nullptr, 0, format.c_str(), precision, number);
    std::string text(static_cast<std::size_t>(size) + 1, 0);
    std::snprintf(text.data(), text.size(), format.c_str(), precision, number);
    text.pop_back();
    return text;
}

std::uint64_t double_from_text(const std::string& text) {
    return std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr));
}

}  // namespace gnomon::ir
