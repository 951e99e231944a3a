#include "interp/output.h"

#include <cstdio>
#include <vector>

namespace gnomon::interp {
namespace {

struct Conversion {
    std::string flags;     // with width and precision: "-08.3"
    std::string length;    // "", "l", "ll", "z", "h", "hh", "j", "t"
    char kind = 0;         // 'd', 's', ...; 0 at the end of the format
    std::string spelling;  // all of it
};

// `position` is after the percent sign, and is moved past the conversion.
Conversion parse(const std::string& format, std::size_t& position) {
    constexpr std::size_t longest_width = 12;  // of flags, width and precision; more is not worth formatting
    Conversion conversion;
    const std::size_t begin = position;
    const auto take = [&](const char* allowed, std::string& into) {
        while (position < format.size() && std::string(allowed).find(format[position]) != std::string::npos)
            into += format[position++];
    };
    take("-+ #0123456789.", conversion.flags);
    take("hlzjtqL", conversion.length);
    if (position < format.size()) conversion.kind = format[position++];
    conversion.spelling = format.substr(begin, position - begin);
    if (conversion.flags.size() > longest_width) conversion.kind = 0;
    return conversion;
}

template <class Argument>
std::string print(const std::string& format, Argument argument) {
    const int size = std::snprintf(nullptr, 0, format.c_str(), argument);
    if (size < 0) return {};
    std::vector<char> text(static_cast<std::size_t>(size) + 1);
    std::snprintf(text.data(), text.size(), format.c_str(), argument);
    return std::string(text.data(), static_cast<std::size_t>(size));
}

unsigned bits_of(const std::string& length) {
    if (length == "hh") return 8;
    if (length == "h") return 16;
    return length.empty() ? 32 : 64;
}

std::string integer(const Conversion& conversion, std::uint64_t bits) {
    const unsigned shift = 64 - bits_of(conversion.length);
    const std::string format = "%" + conversion.flags + "ll" + conversion.kind;
    if (conversion.kind == 'd' || conversion.kind == 'i')
        return print(format, static_cast<long long>(static_cast<std::int64_t>(bits << shift) >> shift));
    return print(format, static_cast<unsigned long long>(bits << shift >> shift));
}

}  // namespace

std::string formatted(const std::string& format, std::span<const std::uint64_t> arguments,
                      const std::function<std::string(std::size_t)>& text_of) {
    std::string output;
    std::size_t next = 0;
    for (std::size_t position = 0; position < format.size();) {
        const char letter = format[position++];
        if (letter != '%') {
            output += letter;
            continue;
        }
        const Conversion conversion = parse(format, position);
        if (conversion.kind == '%') {
            output += '%';
            continue;
        }
        const std::string known = "diuxXocsp";
        if (conversion.kind == 0 || known.find(conversion.kind) == std::string::npos || next >= arguments.size()) {
            output += "<%" + conversion.spelling + ">";
            ++next;
            continue;
        }
        const std::uint64_t argument = arguments[next];
        switch (conversion.kind) {
            case 'c':
                output += print("%" + conversion.flags + "c", static_cast<int>(argument));
                break;
            case 's':
                output += print("%" + conversion.flags + "s", text_of(next).c_str());
                break;
            case 'p':
                output += print("%#llx", static_cast<unsigned long long>(argument));
                break;
            default:
                output += integer(conversion, argument);
        }
        ++next;
    }
    return output;
}

}  // namespace gnomon::interp
