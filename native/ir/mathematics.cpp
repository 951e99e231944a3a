#include "ir/mathematics.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace gnomon::ir {

namespace {

struct Row {
    std::string_view name;
    double (*function)(double left, double right);
};

constexpr std::array rows{
    Row{"sqrt", [](double x, double) { return std::sqrt(x); }},
    Row{"cbrt", [](double x, double) { return std::cbrt(x); }},
    Row{"exp", [](double x, double) { return std::exp(x); }},
    Row{"exp2", [](double x, double) { return std::exp2(x); }},
    Row{"log", [](double x, double) { return std::log(x); }},
    Row{"log2", [](double x, double) { return std::log2(x); }},
    Row{"log10", [](double x, double) { return std::log10(x); }},
    Row{"sin", [](double x, double) { return std::sin(x); }},
    Row{"cos", [](double x, double) { return std::cos(x); }},
    Row{"tan", [](double x, double) { return std::tan(x); }},
    Row{"asin", [](double x, double) { return std::asin(x); }},
    Row{"acos", [](double x, double) { return std::acos(x); }},
    Row{"atan", [](double x, double) { return std::atan(x); }},
    Row{"sinh", [](double x, double) { return std::sinh(x); }},
    Row{"cosh", [](double x, double) { return std::cosh(x); }},
    Row{"tanh", [](double x, double) { return std::tanh(x); }},
    Row{"atan2", [](double x, double y) { return std::atan2(x, y); }},
    Row{"pow", [](double x, double y) { return std::pow(x, y); }},
    Row{"fmod", [](double x, double y) { return std::fmod(x, y); }},
    Row{"hypot", [](double x, double y) { return std::hypot(x, y); }},
    Row{"ldexp", [](double x, double y) { return std::ldexp(x, static_cast<int>(y)); }},
};

}  // namespace

std::optional<std::uint64_t> mathematics_named(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &Row::name);
    if (found == rows.end()) return std::nullopt;
    return static_cast<std::uint64_t>(found - rows.begin());
}

std::uint64_t mathematics(std::uint64_t function, std::uint64_t left, std::uint64_t right) {
    return std::bit_cast<std::uint64_t>(
        rows.at(function).function(std::bit_cast<double>(left), std::bit_cast<double>(right)));
}

}  // namespace gnomon::ir
