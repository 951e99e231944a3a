#include "frontend/constants.h"

#include <cctype>

#include "frontend/lowering.h"

namespace gnomon::frontend {

namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

// Reads up to `most` digits of a base at `at`, moving it.
unsigned digits(const std::string& text, std::size_t& at, int base, int most) {
    unsigned value = 0;
    for (int i = 0; i < most && at < text.size() && digit(text[at]) < base; ++i)
        value = value * static_cast<unsigned>(base) + static_cast<unsigned>(digit(text[at++]));
    return value;
}

void append_utf8(std::string& bytes, unsigned point) {
    if (point < 0x80) {
        bytes += static_cast<char>(point);
    } else if (point < 0x800) {
        bytes += static_cast<char>(0xC0 | point >> 6);
        bytes += static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        bytes += static_cast<char>(0xE0 | point >> 12);
        bytes += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
        bytes += static_cast<char>(0x80 | (point & 0x3F));
    } else {
        bytes += static_cast<char>(0xF0 | point >> 18);
        bytes += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
        bytes += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
        bytes += static_cast<char>(0x80 | (point & 0x3F));
    }
}

void append_escape(std::string& bytes, const std::string& text, std::size_t& at) {
    const char c = text[at++];
    switch (c) {
        case 'n':
            bytes += '\n';
            return;
        case 't':
            bytes += '\t';
            return;
        case 'r':
            bytes += '\r';
            return;
        case 'a':
            bytes += '\a';
            return;
        case 'b':
            bytes += '\b';
            return;
        case 'f':
            bytes += '\f';
            return;
        case 'v':
            bytes += '\v';
            return;
        case 'e':
            bytes += '\x1b';
            return;
        case 'x':
            bytes += static_cast<char>(digits(text, at, 16, 16));
            return;
        case 'u':
            append_utf8(bytes, digits(text, at, 16, 4));
            return;
        case 'U':
            append_utf8(bytes, digits(text, at, 16, 8));
            return;
        case '\n':
            return;
        default:
            break;
    }
    if (c >= '0' && c <= '7') {
        --at;
        bytes += static_cast<char>(digits(text, at, 8, 3));
        return;
    }
    bytes += c;
}

// libclang spells a literal as C would write it, with quotes; adjacent literals are one already.
std::string unescape(const std::string& spelling) {
    const std::size_t open = spelling.find('"');
    if (open == std::string::npos || spelling.size() < open + 2) return spelling;
    std::string bytes;
    for (std::size_t at = open + 1; at + 1 < spelling.size();) {
        if (spelling[at] == '\\')
            append_escape(bytes, spelling, ++at);
        else
            bytes += spelling[at++];
    }
    return bytes;
}

}  // namespace

namespace {

bool is_wide(const std::string& spelling) {
    const std::string prefix = spelling.substr(0, spelling.find('"'));
    return prefix == "L" || prefix == "u" || prefix == "U";
}

}  // namespace

std::string literal_bytes(const Reader& reader, CXCursor literal) {
    const std::string spelling = reader.spelling(literal);
    if (is_wide(spelling)) throw Unmodelled{"literals of wide characters"};
    return unescape(spelling);
}

std::optional<std::string> literal_text(const Reader& reader, CXCursor expression) {
    if (expression.kind == kind::string_literal) {
        const std::string spelling = reader.spelling(expression);
        return is_wide(spelling) ? std::nullopt : std::optional(unescape(spelling));
    }
    const auto children = reader.children(expression);
    if (children.empty()) return std::nullopt;
    if (expression.kind == kind::unexposed_expression || expression.kind == kind::parenthesis ||
        expression.kind == kind::c_cast)
        return literal_text(reader, children.back());
    return std::nullopt;
}

}  // namespace gnomon::frontend
