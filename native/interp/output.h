// What printf writes: enough of it for programs that print numbers and text.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace gnomon::interp {

// `text_of(i)` is the C string that argument i points to. A conversion that is not known here is written as "<%g>" and
// takes one argument.
std::string formatted(const std::string& format, std::span<const std::uint64_t> arguments,
                      const std::function<std::string(std::size_t)>& text_of);

}  // namespace gnomon::interp
