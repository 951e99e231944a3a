#include "frontend/reader.h"

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
