#include "frontend/type_lowering.h"

#include <algorithm>

namespace gnomon::frontend {

ir::TypeId TypeLowering::lower(CXType type) {
    type = reader_.api.getCanonicalType(type);
    const auto& api = reader_.api;
    switch (type.kind) {
        case type_kind::boolean:
            return types_.boolean();
        case type_kind::char_unsigned:
        case type_kind::unsigned_char:
            return types_.integer(8, false);
        case type_kind::char_signed:
        case type_kind::signed_char:
            return types_.integer(8, true);
        case type_kind::unsigned_short:
        case type_kind::char16:
            return types_.integer(16, false);
        case type_kind::short_:
            return types_.integer(16, true);
        case type_kind::unsigned_int:
        case type_kind::char32:
            return types_.integer(32, false);
        case type_kind::int_:
        case type_kind::wide_char:
            return types_.integer(32, true);
        case type_kind::unsigned_long:
        case type_kind::unsigned_long_long:
            return types_.integer(64, false);
        case type_kind::long_:
        case type_kind::long_long:
            return types_.integer(64, true);
        case type_kind::unsigned_int128:
            return types_.integer(128, false);
        case type_kind::int128:
            return types_.integer(128, true);
        case type_kind::float_:
            return types_.floating(32);
        case type_kind::double_:
            return types_.floating(64);
        case type_kind::long_double:
            return types_.floating(80);
        case type_kind::pointer:
            return types_.pointer_to(lower(api.getPointeeType(type)));
        case type_kind::enumeration:
            return lower(api.getEnumDeclIntegerType(api.getTypeDeclaration(type)));
        case type_kind::record:
            return record(type);
        case type_kind::constant_array:
            return types_.intern(ir::ArrayType{lower(api.getArrayElementType(type)),
                                               static_cast<std::uint64_t>(api.getArraySize(type))});
        case type_kind::incomplete_array:
        case type_kind::variable_array:
            return types_.intern(ir::ArrayType{lower(api.getArrayElementType(type)), 0});
        case type_kind::function_prototype:
        case type_kind::function_no_prototype: {
            ir::FunctionType function{lower(api.getResultType(type)), {}, api.isFunctionTypeVariadic(type) != 0};
            for (int i = 0; i < api.getNumArgTypes(type); ++i)
                function.parameters.push_back(parameter(api.getArgType(type, static_cast<unsigned>(i))));
            return types_.intern(function);
        }
        case type_kind::atomic:
            return lower(api.Type_getValueType(type));
        case type_kind::void_:
            return types_.void_type();
        default:
            return other(type);
    }
}

// Vectors, complex numbers and their like: bytes that can be copied, and nothing else.
ir::TypeId TypeLowering::other(CXType type) {
    const long long size = reader_.api.Type_getSizeOf(type);
    if (size <= 0) return types_.void_type();
    const std::string name = reader_.api.text(reader_.api.getTypeSpelling(type));
    const ir::TypeId id = types_.record("?" + name, name);
    if (types_.get_if<ir::RecordType>(id)->is_complete) return id;
    ir::RecordType contents;
    contents.name = name;
    contents.size = static_cast<std::uint64_t>(size);
    contents.alignment = static_cast<std::uint64_t>(std::max(1LL, reader_.api.Type_getAlignOf(type)));
    types_.complete(id, std::move(contents));
    return id;
}

ir::TypeId TypeLowering::parameter(CXType type) {
    const ir::TypeId lowered = lower(type);
    if (const auto* array = types_.get_if<ir::ArrayType>(lowered)) return types_.pointer_to(array->element);
    if (types_.get_if<ir::FunctionType>(lowered)) return types_.pointer_to(lowered);
    return lowered;
}

// Names a layout: an edited structure is another type, so that nothing lowered for the old one is mistaken.
std::string TypeLowering::layout_key(CXCursor definition, CXType type) {
    std::string key = reader_.usr(definition) + ';' + std::to_string(reader_.api.Type_getSizeOf(type));
    for (CXCursor child : reader_.fields(type)) {
        key += ';' + reader_.spelling(child) + ':' + std::to_string(reader_.api.Cursor_getOffsetOfField(child)) + ':' +
               reader_.api.text(reader_.api.getTypeSpelling(reader_.type(child)));
    }
    return key;
}

ir::TypeId TypeLowering::record(CXType type) {
    const auto& api = reader_.api;
    const CXCursor declaration = api.getTypeDeclaration(type);
    if (auto known = records_.find(declaration.data[0]); known != records_.end()) return known->second;
    std::string name = api.text(api.getTypeSpelling(type));
    while (name.starts_with("const ") || name.starts_with("volatile ")) name.erase(0, name.find(' ') + 1);
    const long long size = api.Type_getSizeOf(type);
    if (size < 0) return types_.record(reader_.usr(declaration) + "?", name);
    const CXCursor definition = api.getCursorDefinition(declaration);
    const ir::TypeId id = types_.record(layout_key(definition, type), name);
    records_[declaration.data[0]] = id;
    if (types_.get_if<ir::RecordType>(id)->is_complete) return id;
    ir::RecordType contents;
    contents.name = name;
    contents.is_union = declaration.kind == kind::union_declaration;
    contents.size = static_cast<std::uint64_t>(size);
    contents.alignment = static_cast<std::uint64_t>(api.Type_getAlignOf(type));
    types_.complete(id, contents);  // first without fields: they may point back here
    for (CXCursor child : reader_.fields(type)) {
        ir::Field field;
        field.name = api.Cursor_isAnonymous(child) ? "" : reader_.spelling(child);
        field.type = lower(api.getCursorType(child));
        field.offset_bits = static_cast<std::uint64_t>(std::max(0LL, api.Cursor_getOffsetOfField(child)));
        if (api.Cursor_isBitField(child)) field.bit_width = static_cast<std::uint32_t>(api.getFieldDeclBitWidth(child));
        contents.fields.push_back(std::move(field));
    }
    types_.complete(id, std::move(contents));
    return id;
}

}  // namespace gnomon::frontend
