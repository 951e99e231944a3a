// clang's types as IR types, with their layout.
#pragma once

#include <unordered_map>

#include "frontend/reader.h"
#include "ir/types.h"

namespace gnomon::frontend {

class TypeLowering {
  public:
    TypeLowering(const Reader& reader, ir::TypeTable& types) : reader_(reader), types_(types) {}

    ir::TypeId lower(CXType type);
    ir::TypeId of(CXCursor expression) { return lower(reader_.api.getCursorType(expression)); }

    ir::TypeId parameter(CXType type);  // arrays and functions are passed as pointers

    ir::TypeId int_type() { return types_.integer(32, true); }
    ir::TypeId size_type() { return types_.integer(64, false); }

  private:
    ir::TypeId record(CXType type);
    ir::TypeId other(CXType type);
    std::string layout_key(CXCursor definition, CXType type);

    const Reader& reader_;
    ir::TypeTable& types_;
    std::unordered_map<const void*, ir::TypeId> records_;  // by declaration, of this parse
};

}  // namespace gnomon::frontend
