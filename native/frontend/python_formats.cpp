#include "frontend/python_formats.h"

namespace gnomon::frontend {

namespace {

struct Grammar {
    std::string_view codes;  // each between spaces
    std::string_view separators;
    std::string_view opening, closing;
    bool has_marks;  // '|' and '$', outside of brackets
};
constexpr Grammar parse_grammar{" b B h H i I l k L K n c C f d D p s z y s# z# y# s* z* y* w* S U Y O O! O& ", "", "(",
                                ")", true};
constexpr Grammar build_grammar{" b B h H i I l k L K n c C f d D s z U y s# z# U# y# O S N O& S& N& ", " \t,:", "([{",
                                ")]}", false};

class FormatReader {
  public:
    FormatReader(const Grammar& grammar, std::string_view text) : grammar_(grammar), text_(text) {}

    PythonFormat read() {
        read_units(format_.units, '\0');
        if (!has_bar_) format_.required = format_.units.size();
        return std::move(format_);
    }

  private:
    // Up to what closes them. Bound: the characters of the text.
    void read_units(std::vector<FormatUnit>& units, char closing) {
        while (at_ < text_.size() && format_.unknown.empty()) {
            const char c = text_[at_++];
            if (closing != '\0' && c == closing) return;
            if (grammar_.separators.find(c) != std::string_view::npos) continue;
            if (closing == '\0' && read_mark(c)) continue;
            const auto bracket = grammar_.opening.find(c);
            FormatUnit unit{std::string(1, c), {}};
            if (bracket != std::string_view::npos)
                read_units(unit.items, grammar_.closing[bracket]);
            else
                finish_code(unit.code);
            units.push_back(std::move(unit));
        }
        if (closing != '\0' && format_.unknown.empty()) format_.unknown = "bracket without its end";
    }

    bool read_mark(char c) {
        if (!grammar_.has_marks || (c != '|' && c != '$')) return false;
        if (c == '|') {
            if (has_bar_ || format_.positional) format_.unknown = c;
            has_bar_ = true;
            format_.required = format_.units.size();
        } else {
            if (format_.positional) format_.unknown = c;
            format_.positional = format_.units.size();
        }
        return true;
    }

    void finish_code(std::string& code) {
        constexpr std::string_view modifiers = "#*!&";
        if (at_ < text_.size() && modifiers.find(text_[at_]) != std::string_view::npos) code += text_[at_++];
        if (grammar_.codes.find(' ' + code + ' ') == std::string_view::npos) format_.unknown = code;
    }

    const Grammar& grammar_;
    std::string_view text_;
    std::size_t at_ = 0;
    bool has_bar_ = false;
    PythonFormat format_;
};

}  // namespace

PythonFormat read_parse_format(std::string_view format) {
    return FormatReader(parse_grammar, format.substr(0, format.find_first_of(":;"))).read();
}

PythonFormat read_build_format(std::string_view format) { return FormatReader(build_grammar, format).read(); }

std::string model_suffix(const std::string& code) {
    std::string suffix = code.substr(0, 1);
    if (code.ends_with('#')) suffix += "_sized";
    if (code.ends_with('*')) suffix += "_view";
    if (code.ends_with('!')) suffix += "_instance";
    return suffix;
}

}  // namespace gnomon::frontend
