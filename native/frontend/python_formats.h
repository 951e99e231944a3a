// Formats of PyArg_ParseTuple, Py_BuildValue and their kin, as units.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gnomon::frontend {

struct FormatUnit {
    std::string code;               // "i", "s#", "O!"; of several in brackets, the one that opens
    std::vector<FormatUnit> items;  // inside the brackets
};

struct PythonFormat {
    std::vector<FormatUnit> units;
    std::size_t required = 0;               // units before '|'
    std::optional<std::size_t> positional;  // units before '$'
    std::string unknown;                    // a code that is not modelled; then the rest is meaningless
};

PythonFormat read_parse_format(std::string_view format);
PythonFormat read_build_format(std::string_view format);

// The end of the name of the model for a unit: "i", "s_sized" for "s#".
std::string model_suffix(const std::string& code);

}  // namespace gnomon::frontend
