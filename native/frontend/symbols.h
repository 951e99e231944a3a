// From clang's declarations to the program's functions and globals, by keys that survive edits.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "frontend/reader.h"
#include "frontend/type_lowering.h"
#include "ir/program.h"

namespace gnomon::frontend {

// Names that several files define, in one unit: the keys of what they mean there.
using Linked = std::map<std::string, std::string>;

class Symbols {
  public:
    Symbols(const Reader& reader, TypeLowering& types, ir::Program& program, const Linked& linked = {})
        : reader_(reader), types_(types), program_(program), linked_(linked) {}

    // "path:name" with internal linkage, where the path is of the file; else the name, or what it is linked to.
    std::string key(CXCursor declaration) const;
    // No other file can name it: so is `main`, of which each program has one.
    CXCursor defining(CXCursor declaration) const;
    bool is_internal(CXCursor declaration) const;
    const Linked& linked() const { return linked_; }
    ir::FunctionId function(CXCursor declaration);
    // The model that stands for an inline function of a system header: gnomon_inline_<name>.
    std::optional<ir::FunctionId> inline_model(CXCursor declaration) const;
    ir::GlobalId global(CXCursor declaration);  // file-scope variable; declared, not initialised
    ir::GlobalId static_local(CXCursor declaration, const std::string& function_key);
    ir::GlobalId string_literal(const std::string& bytes, ir::TypeId type, std::uint64_t size);

  private:
    void declare(ir::GlobalId id, CXCursor declaration);

    const Reader& reader_;
    TypeLowering& types_;
    ir::Program& program_;
    const Linked linked_;
    std::unordered_map<const void*, ir::GlobalId> static_locals_;  // by declaration, of this parse
    std::unordered_map<std::string, unsigned> static_names_;       // how many of that name
};

// Gives a variable its initial bytes and relocations, from its definition. `label_number`: what `&&label` is, in the
// function around a static local.
void lower_initialiser(const Reader& reader, TypeLowering& types, Symbols& symbols, ir::Program& program,
                       ir::GlobalId global, CXCursor definition,
                       const std::function<std::uint64_t(CXCursor)>& label_number = {});

}  // namespace gnomon::frontend
