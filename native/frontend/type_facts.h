// Types as C wrote them, in DWARF's vocabulary: names, layouts, places. For people and comparisons; the IR has its own.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "frontend/frontend.h"
#include "frontend/reader.h"

namespace gnomon::frontend {

// A growing table of types; they name each other by index. Records of system headers that are met only behind pointers
// are not opened.
class TypeFactsTable {
  public:
    TypeFactsTable(const Reader& reader, std::vector<TypeFacts>& rows) : reader_(reader), rows_(rows) {}

    std::uint32_t add(CXType type);
    std::uint32_t add_function(CXCursor declaration);  // with the names of its parameters

  private:
    using Key = std::tuple<int, const void*, const void*>;  // clang's own identity, qualifiers among it

    std::uint32_t add(CXType type, bool is_behind_pointer);
    TypeFacts describe(CXType type);
    void open_record(CXType type, TypeFacts& row);
    void open_enumeration(CXType type, TypeFacts& row);
    void place(CXCursor declaration, TypeFacts& row);
    bool is_opened(CXType type, bool is_behind_pointer) const;

    const Reader& reader_;
    std::vector<TypeFacts>& rows_;
    std::map<Key, std::uint32_t> known_;  // of this parse
};

}  // namespace gnomon::frontend
