#include "interp/describe.h"

#include <algorithm>
#include <bit>
#include <cstdio>

#include "interp/facts.h"
#include "ir/semantics.h"

namespace gnomon::interp {
namespace {

std::string character(std::uint64_t code) {
    if (code == '\'' || code == '\\') return std::string("'\\") + static_cast<char>(code) + "'";
    return std::string("'") + static_cast<char>(code) + "'";
}

std::string floating(ir::Scalar type, std::uint64_t bits) {
    char text[40];
    const double value =
        type.bits == 32 ? std::bit_cast<float>(static_cast<std::uint32_t>(bits)) : std::bit_cast<double>(bits);
    std::snprintf(text, sizeof text, type.bits == 32 ? "%.9g" : "%.17g", value);
    return text;
}

// Of objects and types of Python.
constexpr std::uint64_t type_offset = 8, name_offset = 24;

memory::ObjectId pointed_at(const memory::Object& object, std::uint64_t offset) {
    if (!object.pointed || object.size < offset + 8) return memory::no_object;
    return memory::ObjectId{object.pointed[offset] / 8};
}

std::string bytes(std::uint64_t size) { return std::to_string(size) + (size == 1 ? " byte" : " bytes"); }

}  // namespace

std::string Describer::place(const ir::Site& site) const {
    const ir::Place& place = program_[site.function].code[site.index].place;
    if (place.line == 0) return {};
    const std::string& path = program_.files[static_cast<std::size_t>(place.file)];
    return path.substr(path.find_last_of('/') + 1) + ":" + std::to_string(place.line);
}

std::string Describer::name(const memory::Object& object) const {
    if (const auto* local = std::get_if<memory::LocalOrigin>(&object.origin))
        return program_[local->function].locals[static_cast<std::size_t>(local->local)].name;
    if (const auto* global = std::get_if<ir::GlobalId>(&object.origin))
        return program_[*global].is_string_literal ? std::string() : program_[*global].name;
    if (const auto* function = std::get_if<ir::FunctionId>(&object.origin)) return program_[*function].name;
    if (const auto* input = std::get_if<memory::InputOrigin>(&object.origin)) return inputs_[input->input].name;
    return {};
}

std::string Describer::python_type(const memory::Object& object) const {
    const memory::ObjectId type = pointed_at(object, type_offset);
    if (!memory::is_real(type)) return {};
    std::optional<ir::GlobalId> text;
    if (const auto* fixed = std::get_if<ir::GlobalId>(&memory_[type].origin)) {
        for (const ir::Relocation& relocation : program_[*fixed].relocations)
            if (const auto* target = std::get_if<ir::GlobalId>(&relocation.target);
                target != nullptr && relocation.offset == name_offset)
                text = *target;
    } else if (const memory::ObjectId held = pointed_at(memory_[type], name_offset); memory::is_real(held)) {
        if (const auto* literal = std::get_if<ir::GlobalId>(&memory_[held].origin)) text = *literal;
    }
    if (!text) return {};
    const std::vector<std::uint8_t>& letters = program_[*text].bytes;
    const std::string name(letters.begin(), std::ranges::find(letters, 0));
    return name.substr(name.find_last_of('.') + 1);
}

ir::TypeId Describer::type(const memory::Object& object) const {
    if (const auto* local = std::get_if<memory::LocalOrigin>(&object.origin))
        return program_[local->function].locals[static_cast<std::size_t>(local->local)].type;
    if (const auto* global = std::get_if<ir::GlobalId>(&object.origin)) return program_[*global].type;
    return program_.types.void_type();
}

std::string Describer::object(const memory::Value& pointer) const {
    if (pointer.is_null()) return "NULL";
    if (pointer.is_error()) return "the error address " + this->pointer(pointer);
    if (!memory::is_real(pointer.object)) return "no object";
    const memory::Object& object = memory_[pointer.object];
    const std::string named = name(object);
    switch (object.kind) {
        case shadow::ObjectKind::literal:
            return "string literal";
        case shadow::ObjectKind::opaque:
            return named.empty() ? "a foreign object" : "the foreign object `" + named + "`";
        case shadow::ObjectKind::function:
            return "the function `" + named + "`";
        case shadow::ObjectKind::heap:
            break;
        default:
            if (!named.empty()) return "`" + named + "` [" + bytes(object.size) + "]";
    }
    const auto* site = std::get_if<ir::Site>(&object.origin);
    const std::string where = site ? place(*site) : std::string();
    if (object.is_counted) {
        const std::string type = python_type(object);
        const std::string text = type.empty() ? "an object" : "the `" + type + "` object";
        return where.empty() ? text : text + " made at " + where;
    }
    const std::string text = "the block of " + bytes(object.size);
    return where.empty() ? text : text + " allocated at " + where;
}

std::string Describer::pointer(const memory::Value& pointer) const {
    if (pointer.is_null()) return pointer.bits == 0 ? "NULL" : "NULL + " + std::to_string(pointer.bits);
    char address[24];
    std::snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(pointer.bits));
    if (!memory::is_real(pointer.object)) return address;
    const memory::Object& object = memory_[pointer.object];
    const std::int64_t offset = memory_.offset_of(pointer);
    const std::string named = name(object);
    const auto* array = program_.types.get_if<ir::ArrayType>(type(object));
    const auto element = array ? static_cast<std::int64_t>(program_.types.size_of(array->element)) : 0;
    if (!named.empty() && element > 0 && offset % element == 0)
        return "&" + named + "[" + std::to_string(offset / element) + "]";
    std::string text = named.empty() ? this->object(pointer) : "&" + named;
    if (object.kind == shadow::ObjectKind::function || object.kind == shadow::ObjectKind::input) text = named;
    if (offset > 0) text += " + " + std::to_string(offset);
    if (offset < 0) text += " - " + std::to_string(-offset);
    return text;
}

std::string Describer::value(const memory::Value& value, ir::TypeId type) const {
    const ir::Scalar scalar = ir::scalar_of(program_.types, type);
    switch (scalar.kind) {
        case ir::Scalar::Kind::pointer:
            return pointer(value);
        case ir::Scalar::Kind::floating:
            return floating(scalar, value.bits);
        case ir::Scalar::Kind::boolean:
            return value.bits ? "true" : "false";
        case ir::Scalar::Kind::integer:
            break;
        default:
            return {};
    }
    if (scalar.bits == 8 && value.bits >= ' ' && value.bits <= '~') return character(value.bits);
    return to_text(ir::exact(scalar, value.bits));
}

}  // namespace gnomon::interp
