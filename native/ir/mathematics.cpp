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
    long double (*extended)(long double left, long double right);
};

// `function` is generic: one overload computes in each type.
template <class Function>
constexpr Row row(std::string_view name, Function function) {
    return {name, function, function};
}

constexpr std::array rows{
    row("sqrt", [](auto x, auto) { return std::sqrt(x); }),
    row("cbrt", [](auto x, auto) { return std::cbrt(x); }),
    row("exp", [](auto x, auto) { return std::exp(x); }),
    row("exp2", [](auto x, auto) { return std::exp2(x); }),
    row("log", [](auto x, auto) { return std::log(x); }),
    row("log2", [](auto x, auto) { return std::log2(x); }),
    row("log10", [](auto x, auto) { return std::log10(x); }),
    row("sin", [](auto x, auto) { return std::sin(x); }),
    row("cos", [](auto x, auto) { return std::cos(x); }),
    row("tan", [](auto x, auto) { return std::tan(x); }),
    row("asin", [](auto x, auto) { return std::asin(x); }),
    row("acos", [](auto x, auto) { return std::acos(x); }),
    row("atan", [](auto x, auto) { return std::atan(x); }),
    row("sinh", [](auto x, auto) { return std::sinh(x); }),
    row("cosh", [](auto x, auto) { return std::cosh(x); }),
    row("tanh", [](auto x, auto) { return std::tanh(x); }),
    row("atan2", [](auto x, auto y) { return std::atan2(x, y); }),
    row("pow", [](auto x, auto y) { return std::pow(x, y); }),
    row("fmod", [](auto x, auto y) { return std::fmod(x, y); }),
    row("hypot", [](auto x, auto y) { return std::hypot(x, y); }),
    row("ldexp", [](auto x, auto y) { return std::ldexp(x, static_cast<int>(y)); }),
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

long double mathematics(std::uint64_t function, long double left, long double right) {
    return rows.at(function).extended(left, right);
}

}  // namespace gnomon::ir
