// What printf and its like, Python's among them, do besides printing, where their format is a literal: they read the
// strings that they are given, and %n writes. Models of these parts are called before them; for all else, what was
// printed is gone.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "frontend/constants.h"
#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

struct Printer {
    std::string_view name;
    std::size_t format;  // the argument
    bool is_python = false;
};
constexpr std::array printers{Printer{"printf", 0},
                              Printer{"fprintf", 1},
                              Printer{"dprintf", 1},
                              Printer{"__printf_chk", 1},
                              Printer{"__fprintf_chk", 2},
                              Printer{"PyErr_Format", 1, true},
                              Printer{"PyErr_WarnFormat", 2, true},
                              Printer{"PyUnicode_FromFormat", 0, true},
                              Printer{"PyBytes_FromFormat", 0, true},
                              Printer{"PySys_FormatStdout", 0, true},
                              Printer{"PySys_FormatStderr", 0, true},
                              Printer{"PySys_WriteStdout", 0, true},
                              Printer{"PySys_WriteStderr", 0, true}};

struct Part {  // of a format: what one conversion takes
    char letter = 0;
    std::string length;
    std::optional<std::size_t> precision_argument;  // counted behind the format, as is `argument`
    std::optional<std::uint64_t> precision;
    std::size_t argument = 0;
};

// As far as the format is understood: not behind arguments that are named by position.
std::vector<Part> parts_of(std::string_view format) {
    std::vector<Part> parts;
    std::size_t argument = 0, at = 0;
    const auto take = [&](std::string_view letters) {
        const std::size_t begin = at;
        while (at < format.size() && letters.find(format[at]) != std::string_view::npos) ++at;
        return format.substr(begin, at - begin);
    };
    while ((at = format.find('%', at)) != std::string_view::npos) {
        ++at;
        Part part;
        take("-+ #0'I");
        if (take("*0123456789") == "*") ++argument;
        if (at < format.size() && format[at] == '.') {
            ++at;
            const std::string_view digits = take("*0123456789");
            if (digits == "*") {
                part.precision_argument = argument++;
            } else {
                part.precision = digits.empty() ? 0 : std::strtoull(std::string(digits).c_str(), nullptr, 10);
            }
        }
        part.length = take("hljztLq");
        if (at == format.size() || format[at] == '$') break;
        part.letter = format[at++];
        if (part.letter == '%' || part.letter == 'm') continue;
        part.argument = argument++;
        if (part.letter == 'V') ++argument;  // an object, or the string that stands for none
        parts.push_back(part);
    }
    return parts;
}

}  // namespace

void FunctionLowering::print_parts(const ir::Call& call, const std::vector<CXCursor>& arguments,
                                   const std::string& text) {
    const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
    if (callee == nullptr || (program_[*callee].has_body && !program_[*callee].is_model)) return;
    const std::string& name = program_[*callee].name;
    const auto printer =
        std::find_if(printers.begin(), printers.end(), [&name](const Printer& row) { return row.name == name; });
    if (printer == printers.end() || arguments.size() <= printer->format) return;
    const auto format = literal_text(reader_, arguments[printer->format]);
    if (!format) return;
    const std::size_t first = call.arguments.size() - (arguments.size() - printer->format - 1);
    const auto given = [&](std::size_t behind_format) {
        const std::size_t index = first + behind_format;
        return index < call.arguments.size() ? std::optional(Value{call.arguments[index], call.argument_types[index]})
                                             : std::nullopt;
    };
    const ir::TypeId number = types_.size_type();
    for (const Part& part : parts_of(*format)) {
        const auto value = given(part.argument);
        if (!value || !is_pointer(value->type)) continue;
        if (printer->is_python && std::string_view("SRAUV").find(part.letter) != std::string_view::npos) {
            const Value conversion = constant(static_cast<unsigned char>(part.letter), types_.int_type());
            call_model("gnomon_format_object", {*value, conversion}, program_.types.void_type(), text);
            continue;
        }
        if (part.letter == 'n') {
            const unsigned bytes = part.length == "hh" ? 1 : part.length == "h" ? 2 : part.length.empty() ? 4 : 8;
            call_model("__gnomon_print_count", {*value, constant(bytes, number)}, program_.types.void_type(), text);
        }
        const bool is_constant = literal_text(reader_, arguments[printer->format + 1 + part.argument]).has_value();
        if (part.letter != 's' || !part.length.empty() || is_constant) continue;
        Value most = constant(part.precision.value_or(~std::uint64_t{0}), number);
        if (part.precision_argument) {
            const auto precision = given(*part.precision_argument);
            if (!precision || !program_.types.is_integer(precision->type)) continue;
            most = convert(*precision, number);  // a negative one is none: it becomes a huge one
        }
        call_model(printer->is_python ? "gnomon_format_text" : "__gnomon_print_text", {*value, most},
                   program_.types.void_type(), text);
    }
}

}  // namespace gnomon::frontend
