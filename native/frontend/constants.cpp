#include "frontend/constants.h"

#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

#include "frontend/expression_shapes.h"
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

// A character of a literal: a code point, or a byte (or wide unit) that an escape gives as a number.
struct Character {
    unsigned value = 0;
    bool is_unit = false;
};

std::optional<unsigned> simple_escape(char c) {
    constexpr std::string_view names = "ntrabfve", values = "\n\t\r\a\b\f\v\x1b";
    const std::size_t at = names.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned char>(values[at]);
}

Character escape(const std::string& text, std::size_t& at) {
    const char c = text[at++];
    if (const auto simple = simple_escape(c)) return {*simple, true};
    if (c == 'x') return {digits(text, at, 16, 16), true};
    if (c == 'u') return {digits(text, at, 16, 4), false};
    if (c == 'U') return {digits(text, at, 16, 8), false};
    if (c >= '0' && c <= '7') return {digits(text, --at, 8, 3), true};
    return {static_cast<unsigned char>(c), true};
}

// libclang spells a literal as C would write it, with quotes; adjacent literals are one already, but two quotes keep a
// digit apart from the escape before it.
std::vector<Character> characters(const std::string& spelling) {
    std::vector<Character> found;
    const std::size_t open = spelling.find('"');
    if (open == std::string::npos || spelling.size() < open + 2) return found;
    for (std::size_t at = open + 1; at + 1 < spelling.size();) {
        if (spelling[at] == '\\') {
            found.push_back(escape(spelling, ++at));
        } else if (spelling[at] == '"') {
            at += 2;
        } else {
            found.push_back({static_cast<unsigned char>(spelling[at++]), true});
        }
    }
    return found;
}

std::string unescape(const std::string& spelling) {
    std::string bytes;
    for (const Character& character : characters(spelling)) {
        if (character.is_unit)
            bytes += static_cast<char>(character.value);
        else
            append_utf8(bytes, character.value);
    }
    return bytes;
}

// In units of two or four bytes, little-endian.
std::string wide_bytes(const std::string& spelling, unsigned unit_size) {
    std::string bytes;
    const auto append = [&](unsigned unit) {
        for (unsigned i = 0; i < unit_size; ++i) bytes += static_cast<char>(unit >> (8 * i));
    };
    for (const Character& character : characters(spelling)) {
        const bool is_pair = unit_size == 2 && character.value >= 0x10000;
        if (is_pair) append(0xD800 + ((character.value - 0x10000) >> 10));
        append(is_pair ? 0xDC00 + ((character.value - 0x10000) & 0x3FF) : character.value);
    }
    return bytes;
}

// Bytes of one unit of the literal.
unsigned unit_size_of(const std::string& spelling) {
    const std::string prefix = spelling.substr(0, spelling.find('"'));
    return prefix == "L" || prefix == "U" ? 4 : prefix == "u" ? 2 : 1;
}

}  // namespace

std::string literal_bytes(const Reader& reader, CXCursor literal) {
    const std::string spelling = reader.spelling(literal);
    const unsigned unit_size = unit_size_of(spelling);
    return unit_size == 1 ? unescape(spelling) : wide_bytes(spelling, unit_size);
}

std::optional<std::string> literal_text(const Reader& reader, CXCursor expression) {
    if (expression.kind == kind::string_literal) {
        const std::string spelling = reader.spelling(expression);
        return unit_size_of(spelling) > 1 ? std::nullopt : std::optional(unescape(spelling));
    }
    const auto children = reader.children(expression);
    if (children.empty()) return std::nullopt;
    if (expression.kind == kind::unexposed_expression || expression.kind == kind::parenthesis ||
        expression.kind == kind::c_cast)
        return literal_text(reader, children.back());
    return std::nullopt;
}

std::optional<std::string> constant_text(const Reader& reader, CXCursor expression) {
    const CXCursor inside = bare(reader, expression);
    if (inside.kind != kind::declaration_reference) return literal_text(reader, expression);
    const CXCursor target = reader.api.getCursorReferenced(inside);
    if (target.kind != kind::variable) return std::nullopt;
    const CXType type = reader.api.getCanonicalType(reader.api.getCursorType(target));
    const bool is_array = type.kind == type_kind::constant_array;
    if (reader.api.isConstQualifiedType(is_array ? reader.api.getArrayElementType(type) : type) == 0)
        return std::nullopt;
    const auto initialiser = reader.initialiser(target);
    auto text = initialiser ? literal_text(reader, *initialiser) : std::nullopt;
    const bool is_whole = text && (!is_array || std::cmp_less(text->size(), reader.api.getArraySize(type)));
    return is_whole ? text : std::nullopt;
}

}  // namespace gnomon::frontend
