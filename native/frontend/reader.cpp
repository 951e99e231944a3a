#include "frontend/reader.h"

#include <algorithm>
#include <cctype>
#include <memory>

namespace gnomon::frontend {

namespace {

enum : int { evaluated_integer = 1, evaluated_float = 2 };  // CXEvalResultKind
constexpr int visit_continue = 1;                           // CXChildVisit_Continue, CXVisit_Continue

}  // namespace

std::vector<CXCursor> Reader::children(CXCursor cursor) const {
    std::vector<CXCursor> found;
    const CXCursorVisitor collect = [](CXCursor child, CXCursor, void* list) {
        static_cast<std::vector<CXCursor>*>(list)->push_back(child);
        return visit_continue;
    };
    api.visitChildren(cursor, collect, &found);
    return found;
}

std::vector<CXCursor> Reader::fields(CXType record) const {
    std::vector<CXCursor> found;
    const CXFieldVisitor collect = [](CXCursor field, void* list) {
        static_cast<std::vector<CXCursor>*>(list)->push_back(field);
        return visit_continue;
    };
    api.Type_visitFields(record, collect, &found);
    return found;
}

Spot Reader::spot(CXSourceLocation location) const {
    CXFile file = nullptr;
    Spot spot;
    api.getExpansionLocation(location, &file, &spot.line, &spot.column, &spot.offset);
    if (file) spot.path = api.text(api.getFileName(file));
    return spot;
}

std::string Reader::source(CXCursor cursor, std::size_t maximum) const {
    const CXSourceRange range = api.getCursorExtent(cursor);
    CXFile first = nullptr, last = nullptr;
    unsigned line = 0, column = 0, from = 0, to = 0;
    api.getExpansionLocation(api.getRangeStart(range), &first, &line, &column, &from);
    api.getExpansionLocation(api.getRangeEnd(range), &last, &line, &column, &to);
    std::size_t size = 0;
    const char* contents = first && first == last ? api.getFileContents(unit, first, &size) : nullptr;
    if (!contents || to > size) return {};
    std::string text;
    for (std::size_t i = from; i < to && text.size() < maximum; ++i) {
        const bool is_space = std::isspace(static_cast<unsigned char>(contents[i])) != 0;
        if (!is_space)
            text += contents[i];
        else if (!text.empty() && text.back() != ' ')
            text += ' ';
    }
    return text;
}

std::string Reader::between(CXCursor first, CXCursor second) const {
    const Spot from = end(first), to = begin(second);
    CXFile file = nullptr;
    unsigned line = 0, column = 0, offset = 0;
    api.getExpansionLocation(api.getRangeEnd(api.getCursorExtent(first)), &file, &line, &column, &offset);
    std::size_t size = 0;
    const char* contents = file ? api.getFileContents(unit, file, &size) : nullptr;
    if (!contents || from.path != to.path || from.offset > to.offset || to.offset > size) return {};
    return {contents + from.offset, contents + to.offset};
}

std::string_view Reader::written_from(CXCursor cursor) const {
    CXFile file = nullptr;
    unsigned line = 0, column = 0, offset = 0;
    api.getSpellingLocation(api.getRangeStart(api.getCursorExtent(cursor)), &file, &line, &column, &offset);
    std::size_t size = 0;
    const char* contents = file ? api.getFileContents(unit, file, &size) : nullptr;
    return contents && offset < size ? std::string_view(contents + offset, size - offset) : std::string_view();
}

std::string Reader::keyword(CXCursor cursor) const {
    const auto is_part = [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const std::string_view text = written_from(cursor);
    return {text.begin(), std::find_if_not(text.begin(), text.end(), is_part)};
}

std::string Reader::number(CXCursor literal) const {
    std::string text;
    for (const char c : written_from(literal)) {
        const bool is_sign = (c == '+' || c == '-') && !text.empty() &&
                             std::string_view("eEpP").find(text.back()) != std::string_view::npos;
        if (!is_sign && c != '.' && std::isalnum(static_cast<unsigned char>(c)) == 0) break;
        text += c;
    }
    return text;
}

std::optional<unsigned> Reader::written_at(CXCursor cursor, const ForHeader& header) const {
    CXFile found = nullptr;
    unsigned line = 0, column = 0, offset = 0;
    const CXSourceLocation begin = api.getRangeStart(api.getCursorExtent(cursor));
    (header.is_in_macro ? api.getSpellingLocation : api.getExpansionLocation)(begin, &found, &line, &column, &offset);
    const bool is_inside = found == header.file && header.begin <= offset && offset <= header.end;
    return is_inside ? std::optional(offset) : std::nullopt;
}

// Literals are skipped; comments that hold parentheses or semicolons are not expected here.
std::optional<ForHeader> Reader::for_header(CXCursor loop) const {
    if (keyword(loop) != "for") return std::nullopt;
    ForHeader header;
    unsigned line = 0, column = 0;
    api.getSpellingLocation(api.getRangeStart(api.getCursorExtent(loop)), &header.file, &line, &column, &header.begin);
    std::size_t size = 0;
    const char* contents = api.getFileContents(unit, header.file, &size);
    header.is_in_macro = begin(loop).offset != header.begin;
    int depth = 0;
    unsigned found = 0;
    for (unsigned at = header.begin; at < size; ++at) {
        const char c = contents[at];
        if (c == '"' || c == '\'') {
            for (++at; at < size && contents[at] != c; ++at)
                if (contents[at] == '\\') ++at;
        } else if (c == '(' || c == '{' || c == '[') {
            ++depth;
        } else if (c == ')' || c == '}' || c == ']') {
            header.end = at;
            if (--depth == 0) return found == 2 ? std::optional(header) : std::nullopt;
        } else if (c == ';' && depth == 1) {
            if (found == 2) return std::nullopt;
            header.semicolons[found++] = at;
        }
    }
    return std::nullopt;
}

std::vector<Token> Reader::tokens(CXCursor cursor) const {
    CXToken* list = nullptr;
    unsigned count = 0;
    api.tokenize(unit, api.getCursorExtent(cursor), &list, &count);
    std::vector<Token> found;
    for (unsigned i = 0; i < count; ++i) {
        const Spot at = spot(api.getTokenLocation(unit, list[i]));
        found.push_back({api.text(api.getTokenSpelling(unit, list[i])), at.offset});
    }
    if (list) api.disposeTokens(unit, list, count);
    return found;
}

std::optional<std::uint64_t> Reader::integer(CXCursor cursor) const {
    const int kind = type(cursor).kind;
    if (kind == type_kind::int128 || kind == type_kind::unsigned_int128) return std::nullopt;  // would be cut
    CXEvalResult result = api.Cursor_Evaluate(cursor);
    if (!result) return std::nullopt;
    std::optional<std::uint64_t> value;
    if (api.EvalResult_getKind(result) == evaluated_integer)
        value = api.EvalResult_isUnsignedInt(result) ? api.EvalResult_getAsUnsigned(result)
                                                     : static_cast<std::uint64_t>(api.EvalResult_getAsLongLong(result));
    api.EvalResult_dispose(result);
    return value;
}

std::optional<double> Reader::floating(CXCursor cursor) const {
    CXEvalResult result = api.Cursor_Evaluate(cursor);
    if (!result) return std::nullopt;
    std::optional<double> value;
    if (api.EvalResult_getKind(result) == evaluated_float) value = api.EvalResult_getAsDouble(result);
    api.EvalResult_dispose(result);
    return value;
}

}  // namespace gnomon::frontend
