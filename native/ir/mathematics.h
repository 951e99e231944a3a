// Functions of <math.h> that are not written out as models: the real ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gnomon::ir {

std::optional<std::uint64_t> mathematics_named(std::string_view name);  // the number of a function

// IEEE bits of doubles; functions of one number ignore the right one.
std::uint64_t mathematics(std::uint64_t function, std::uint64_t left, std::uint64_t right);
long double mathematics(std::uint64_t function, long double left, long double right);

}  // namespace gnomon::ir
