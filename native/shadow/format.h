// Formats of the printf and scanf families against the arguments that are passed with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ir/program.h"

namespace gnomon::shadow {

// What one conversion takes: a number of that kind and width, or a pointer; of scanf, a pointer to it.
struct Conversion {
    enum class Kind : std::uint8_t { integer, floating, pointer, text };
    Kind kind{};
    std::uint16_t bits = 0;  // 0: any
};

// The arguments that a format asks for, in order; widths and precisions given by `*` are integers. Nothing: it names
// arguments by position, or holds something that no standard knows.
std::optional<std::vector<Conversion>> conversions_of(const std::string& format, bool is_scan);

struct FormatCheck {
    bool is_given = true, is_fitting = true;
};

// `first` is the index of the first argument behind the format.
FormatCheck check_format(const ir::Program& program, const std::string& format, bool is_scan, const ir::Call& call,
                         std::size_t first);

inline bool is_scan(const std::string& function) { return function.ends_with("scanf"); }

}  // namespace gnomon::shadow
