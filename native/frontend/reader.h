// Reading cursors of one translation unit, with C++ values in place of the C API's buffers and callbacks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

// The parenthesis after a `for`, by offsets in the file in which it is really written.
struct ForHeader {
    CXFile file = nullptr;
    bool is_in_macro = false;
    unsigned begin = 0, end = 0;
    unsigned semicolons[2] = {};
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
    // Whether two begin at the same place, inside the same expansion of macros: as a conversion and its operand do.
    bool begin_together(CXCursor one, CXCursor other) const {
        return api.getRangeStart(api.getCursorExtent(one)).int_data ==
               api.getRangeStart(api.getCursorExtent(other)).int_data;
    }
    bool in_system_header(CXCursor cursor) const {
        return api.Location_isInSystemHeader(api.getCursorLocation(cursor)) != 0;
    }

    // The source as written, white space collapsed and cut at `maximum` characters; empty across files.
    std::string source(CXCursor cursor, std::size_t maximum = 100) const;
    // From where a construct is really written, to the end of that file; empty where it is in none.
    std::string_view written_from(CXCursor cursor) const;
    std::string between(CXCursor first, CXCursor second) const;  // what stands between the two
    std::vector<Token> tokens(CXCursor cursor) const;

    // The word that a construct begins with where it is really written: inside a macro, for one that a macro wrote.
    std::string keyword(CXCursor cursor) const;

    // The number that a literal is, as it is really written; empty where that is in no file.
    std::string number(CXCursor literal) const;

    std::optional<ForHeader> for_header(CXCursor loop) const;
    // Where a part of the loop stands in it, if it does.
    std::optional<unsigned> written_at(CXCursor cursor, const ForHeader& header) const;

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
