#include "frontend/symbols.h"

#include <functional>

namespace gnomon::frontend {

namespace {

constexpr int internal_linkage = 2;  // CXLinkage_Internal

const ir::External nothing_happens{ir::External::Result::none, 0, false};

// An array is as constant as its elements; the canonical type has the word on the array. Bound: the dimensions.
bool is_constant(const ClangApi& api, CXType type) {
    for (CXType canonical = api.getCanonicalType(type);; canonical = api.getArrayElementType(canonical)) {
        if (api.isConstQualifiedType(canonical) != 0) return true;
        if (canonical.kind != type_kind::constant_array) return false;
    }
}

}  // namespace

// What a header declares static, the file that includes it may define.
CXCursor Symbols::defining(CXCursor declaration) const {
    const CXCursor definition = reader_.api.getCursorDefinition(declaration);
    return reader_.api.Cursor_isNull(definition) ? declaration : definition;
}

std::string Symbols::key(CXCursor declaration) const {
    const std::string name = reader_.spelling(declaration);
    if (is_internal(declaration)) return reader_.place(defining(declaration)).path + ":" + name;
    const auto linked = linked_.find(name);
    return linked == linked_.end() ? name : linked->second;
}

bool Symbols::is_internal(CXCursor declaration) const {
    return reader_.api.getCursorLinkage(declaration) == internal_linkage || reader_.spelling(declaration) == "main";
}

ir::FunctionId Symbols::function(CXCursor declaration) {
    const std::optional<ir::FunctionId> model = inline_model(declaration);
    const ir::FunctionId id = model ? *model : program_.function(key(declaration), reader_.spelling(declaration));
    ir::Function& function = program_[id];
    if (function.place.line == 0) {
        const Spot at = reader_.place(declaration);
        function.place = {program_.file(at.path), at.line, at.column};
        function.type = types_.of(declaration);
        function.is_static = !model && reader_.api.getCursorLinkage(declaration) == internal_linkage;
        if (ir::is_marker(function)) program_.externals.try_emplace(function.name, nothing_happens);
    }
    return id;
}

std::optional<ir::FunctionId> Symbols::inline_model(CXCursor declaration) const {
    if (!reader_.in_system_header(declaration)) return std::nullopt;
    const auto model = program_.functions_by_key.find("gnomon_inline_" + reader_.spelling(declaration));
    const bool is_expected = model != program_.functions_by_key.end() && program_[model->second].is_model;
    return is_expected ? std::optional(model->second) : std::nullopt;
}

ir::GlobalId Symbols::global(CXCursor declaration) {
    if (const auto known = static_locals_.find(declaration.data[0]); known != static_locals_.end())
        return known->second;
    const ir::GlobalId id = program_.global(key(declaration), reader_.spelling(declaration));
    program_[id].is_external = !is_internal(declaration);
    declare(id, declaration);
    return id;
}

ir::GlobalId Symbols::static_local(CXCursor declaration, const std::string& function_key) {
    if (const auto known = static_locals_.find(declaration.data[0]); known != static_locals_.end())
        return known->second;
    const std::string name = reader_.spelling(declaration);
    const std::string key = function_key + "." + name;
    const unsigned number = ++static_names_[key];  // blocks of one function may use a name again
    const ir::GlobalId id = program_.global(number == 1 ? key : key + "." + std::to_string(number), name);
    static_locals_[declaration.data[0]] = id;
    declare(id, declaration);
    return id;
}

void Symbols::declare(ir::GlobalId id, CXCursor declaration) {
    if (program_[id].place.line != 0) return;
    const ir::TypeId type = types_.of(declaration);
    const Spot at = reader_.place(declaration);
    ir::Global& global = program_[id];
    global.type = type;
    global.size = program_.types.size_of(type);
    global.place = {program_.file(at.path), at.line, at.column};
    global.is_constant = is_constant(reader_.api, reader_.api.getCursorType(declaration));
    if (!reader_.in_system_header(declaration) || global.is_model) return;
    // A foreign object of the interpreter or the C library; a variable that points to one points to an opaque object.
    if (!program_.types.is_pointer(type)) {
        global.is_opaque = !program_.types.is_scalar(type);
        return;
    }
    const std::string target_key = global.key + ".target";
    global.is_defined = true;
    global.bytes.assign(8, 0);
    const ir::GlobalId target = program_.global(target_key, program_[id].name);
    program_[target].is_opaque = true;
    program_[target].type = program_.types.void_type();
    program_[id].relocations = {{0, target, 0}};
}

ir::GlobalId Symbols::string_literal(const std::string& bytes, ir::TypeId type, std::uint64_t size) {
    const std::string key = "\"" + std::to_string(size) + ":" + bytes;
    const ir::GlobalId id = program_.global(key, "");
    ir::Global& global = program_[id];
    if (global.is_defined) return id;
    global.type = type;
    global.size = size;
    global.is_constant = global.is_string_literal = global.is_defined = true;
    global.bytes.assign(bytes.begin(), bytes.end());
    global.bytes.resize(size, 0);
    return id;
}

}  // namespace gnomon::frontend
