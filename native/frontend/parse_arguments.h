// PyArg_ParseTuple and its kin: format units as rows, each an input that Python chooses and what is stored for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gnomon::frontend {

constexpr std::uint64_t maximum_text = 64;  // bytes of a string or buffer argument, for now

struct FormatUnit {
    enum class Kind : std::uint8_t { integer, floating, text, text_with_length, buffer, object, typed_object };
    Kind kind{};
    std::uint16_t bits = 0;  // of numbers
    bool is_signed = false;
    std::int64_t minimum = 0, maximum = -1;  // minimum > maximum: the whole range of the type
    bool may_be_null = false;
    bool without_nul = true;
    bool is_ascii = false;
};

struct ParsedFormat {
    std::vector<FormatUnit> units;
    std::size_t required = 0;  // units before '|'
    std::string unknown;       // a code that is not modelled; then the rest is meaningless
};

ParsedFormat parse_format(std::string_view format);

}  // namespace gnomon::frontend
