#include "ir/decimal.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace gnomon::ir {

namespace {

template <class Float>
std::string as_text(Float number, const std::string& conversion, bool is_alternate, int precision) {
    const std::string format = (is_alternate ? "%#.*" : "%.*") + conversion;
    const Float absolute = std::fabs(number);
    const int size = std::snprintf(nullptr, 0, format.c_str(), precision, absolute);
    std::string text(static_cast<std::size_t>(size) + 1, 0);
    std::snprintf(text.data(), text.size(), format.c_str(), precision, absolute);
    text.pop_back();
    return text;
}

}  // namespace

std::string double_as_text(std::uint64_t bits, char conversion, bool is_alternate, int precision) {
    return as_text(std::bit_cast<double>(bits), {conversion}, is_alternate, precision);
}

std::uint64_t double_from_text(const std::string& text) {
    return std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr));
}

std::string extended_as_text(Extended number, char conversion, bool is_alternate, int precision) {
    return as_text(value_of(number), {'L', conversion}, is_alternate, precision);
}

Extended extended_from_text(const std::string& text) { return extended_of(std::strtold(text.c_str(), nullptr)); }

}  // namespace gnomon::ir
