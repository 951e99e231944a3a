#include "frontend/type_facts.h"

namespace gnomon::frontend {

namespace {

const char* encoding_of(int kind) {
    switch (kind) {
        case type_kind::boolean:
            return "boolean";
        case type_kind::char_unsigned:
        case type_kind::unsigned_char:
        case type_kind::char16:
        case type_kind::char32:
        case type_kind::unsigned_short:
        case type_kind::unsigned_int:
        case type_kind::unsigned_long:
        case type_kind::unsigned_long_long:
        case type_kind::unsigned_int128:
            return "unsigned";
        case type_kind::char_signed:
        case type_kind::signed_char:
        case type_kind::wide_char:
        case type_kind::short_:
        case type_kind::int_:
        case type_kind::long_:
        case type_kind::long_long:
        case type_kind::int128:
            return "signed";
        case type_kind::float_:
        case type_kind::double_:
        case type_kind::long_double:
            return "float";
        default:
            return nullptr;
    }
}

bool is_described(int kind) {
    switch (kind) {
        case type_kind::void_:
        case type_kind::pointer:
        case type_kind::record:
        case type_kind::enumeration:
        case type_kind::typedef_:
        case type_kind::constant_array:
        case type_kind::incomplete_array:
        case type_kind::variable_array:
        case type_kind::function_prototype:
        case type_kind::function_no_prototype:
            return true;
        default:
            return encoding_of(kind) != nullptr;
    }
}

// Without "struct ", which the kind says; unnamed ones have names that nobody wrote.
std::string tag_of(const Reader& reader, CXCursor declaration) {
    return reader.api.Cursor_isAnonymous(declaration) ? "" : reader.spelling(declaration);
}

}  // namespace

std::uint32_t TypeFactsTable::add(CXType type) { return add(type, false); }

std::uint32_t TypeFactsTable::add(CXType type, bool is_behind_pointer) {
    if (!is_described(type.kind)) type = reader_.api.getCanonicalType(type);  // attributes, typeof, adjusted parameters
    const Key key{type.kind, type.data[0], type.data[1]};
    const auto [found, is_new] = known_.try_emplace(key, static_cast<std::uint32_t>(rows_.size()));
    const std::uint32_t index = found->second;
    if (is_new) {
        rows_.emplace_back();  // its index is taken before what it leads to, which may lead back
        TypeFacts row = describe(type);
        rows_[index] = std::move(row);
    }
    const bool is_closed_record = type.kind == type_kind::record && !rows_[index].is_complete;
    if (is_closed_record && is_opened(type, is_behind_pointer)) {
        rows_[index].is_complete = true;
        TypeFacts row = rows_[index];
        open_record(type, row);
        rows_[index] = std::move(row);
    }
    return index;
}

std::uint32_t TypeFactsTable::add_function(CXCursor declaration) {
    const CXType type = reader_.api.getCursorType(declaration);
    TypeFacts row = describe(type);
    if (row.kind != "function") return add(type);  // by a typedef of a function type
    for (std::size_t i = 0; i < row.parameters.size(); ++i) {
        row.parameters[i].first =
            reader_.spelling(reader_.api.Cursor_getArgument(declaration, static_cast<unsigned>(i)));
    }
    rows_.push_back(std::move(row));
    return static_cast<std::uint32_t>(rows_.size() - 1);
}

bool TypeFactsTable::is_opened(CXType type, bool is_behind_pointer) const {
    if (reader_.api.Type_getSizeOf(type) < 0) return false;
    return !is_behind_pointer || !reader_.in_system_header(reader_.api.getTypeDeclaration(type));
}

TypeFacts TypeFactsTable::describe(CXType type) {
    const auto& api = reader_.api;
    TypeFacts row;
    row.size = api.Type_getSizeOf(type);
    if (api.isConstQualifiedType(type) || api.isVolatileQualifiedType(type)) {
        row.kind = "qualified";
        row.name = api.isConstQualifiedType(type) ? "const" : "volatile";
        row.target = add(api.getUnqualifiedType(type));
        return row;
    }
    switch (type.kind) {
        case type_kind::void_:
            row.kind = "void";
            return row;
        case type_kind::pointer:
            row.kind = "pointer";
            row.target = add(api.getPointeeType(type), true);
            return row;
        case type_kind::record:
            row.kind = api.getTypeDeclaration(type).kind == kind::union_declaration ? "union" : "struct";
            row.name = tag_of(reader_, api.getTypeDeclaration(type));
            place(api.getTypeDeclaration(type), row);
            return row;  // opened by add()
        case type_kind::enumeration:
            row.kind = "enum";
            open_enumeration(type, row);
            return row;
        case type_kind::typedef_:
            row.kind = "typedef";
            row.name = reader_.spelling(api.getTypeDeclaration(type));
            place(api.getTypeDeclaration(type), row);
            row.target = add(api.getTypedefDeclUnderlyingType(api.getTypeDeclaration(type)));
            return row;
        case type_kind::constant_array:
        case type_kind::incomplete_array:
        case type_kind::variable_array:
            row.kind = "array";
            row.count = type.kind == type_kind::constant_array ? api.getArraySize(type) : -1;
            row.target = add(api.getArrayElementType(type));
            return row;
        case type_kind::function_prototype:
        case type_kind::function_no_prototype:
            row.kind = "function";
            row.target = add(api.getResultType(type));
            row.is_variadic = api.isFunctionTypeVariadic(type) != 0;
            row.is_complete = type.kind == type_kind::function_prototype;
            for (int i = 0; i < api.getNumArgTypes(type); ++i)
                row.parameters.emplace_back("", add(api.getArgType(type, static_cast<unsigned>(i))));
            return row;
        default:
            break;
    }
    const char* encoding = encoding_of(type.kind);
    row.kind = encoding != nullptr ? "base" : "unknown";
    row.name = api.text(api.getTypeSpelling(type));
    row.encoding = encoding != nullptr ? encoding : "";
    return row;
}

void TypeFactsTable::open_record(CXType type, TypeFacts& row) {
    const auto& api = reader_.api;
    for (CXCursor child : reader_.fields(type)) {
        MemberFacts member;
        member.name = api.Cursor_isAnonymous(child) ? "" : reader_.spelling(child);
        member.bit_offset = api.Cursor_getOffsetOfField(child);
        if (api.Cursor_isBitField(child))
            member.bit_width = static_cast<std::uint32_t>(api.getFieldDeclBitWidth(child));
        member.type = add(api.getCursorType(child));
        row.members.push_back(std::move(member));
    }
}

void TypeFactsTable::open_enumeration(CXType type, TypeFacts& row) {
    const CXCursor declaration = reader_.api.getTypeDeclaration(type);
    const CXCursor definition = reader_.api.getCursorDefinition(declaration);
    row.name = tag_of(reader_, declaration);
    row.target = add(reader_.api.getEnumDeclIntegerType(declaration));
    place(declaration, row);
    row.is_complete = row.size >= 0;
    for (CXCursor child : reader_.children(definition)) {
        if (child.kind != kind::enum_constant) continue;
        row.values.emplace_back(reader_.spelling(child), reader_.api.getEnumConstantDeclValue(child));
    }
}

void TypeFactsTable::place(CXCursor declaration, TypeFacts& row) {
    const CXCursor definition = reader_.api.getCursorDefinition(declaration);
    const Spot at = reader_.place(reader_.api.Cursor_isNull(definition) ? declaration : definition);
    row.path = at.path;
    row.line = at.line;
    row.column = at.column;
}

}  // namespace gnomon::frontend
