// Reading cursors of one translation unit, with C++ values in place of the C API's buffers and callbacks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "frontend/clang_api.h"

namespace gnomon::frontend {

struct Spot {  // a place in a file, through macro expansions to the outermost use
    std::string path;
    unsigned line = 0, column = 0, offset = 0;
};

struct Token {
    std::string text;
    unsigned offset = 0;
};

class Reader {
  public:
    Reader(const ClangApi& api, CXTranslationUnit unit) : api(api), unit(unit) {}

    const ClangApi& api;
    CXTranslationUnit unit;

    std::vector<CXCursor> children(CXCursor cursor) const;
    std::vector<CXCursor> fields(CXType record) const;  // unnamed structures and unions are fields, too
    std::string spelling(CXCursor cursor) const { return api.text(api.getCursorSpelling(cursor)); }
    std::string usr(CXCursor cursor) const { return api.text(api.getCursorUSR(cursor)); }
    CXType type(CXCursor cursor) const { return api.getCanonicalType(api.getCursorType(cursor)); }

    Spot spot(CXSourceLocation location) const;
    Spot begin(CXCursor cursor) const { return spot(api.getRangeStart(api.getCursorExtent(cursor))); }
    Spot end(CXCursor cursor) const { return spot(api.getRangeEnd(api.getCursorExtent(cursor))); }
    Spot place(CXCursor cursor) const { return spot(api.getCursorLocation(cursor)); }
    bool in_system_header(CXCursor cursor) const {
        return api.Location_isInSystemHeader(api.getCursorLocation(cursor)) != 0;
    }

    // The source as written, white space collapsed and cut at `maximum` characters; empty across files.
    std::string source(CXCursor cursor, std::size_t maximum = 100) const;
    std::vector<Token> tokens(CXCursor cursor) const;

    // What a variable is initialised with, however macros wrote it.
    std::optional<CXCursor> initialiser(CXCursor variable) const {
        const CXCursor found = api.Cursor_getVarDeclInitializer(variable);
        return api.Cursor_isNull(found) ? std::nullopt : std::optional(found);
    }

    // The value of a constant integer expression, as bits.
    std::optional<std::uint64_t> integer(CXCursor cursor) const;
    std::optional<double> floating(CXCursor cursor) const;
};

}  // namespace gnomon::frontend
