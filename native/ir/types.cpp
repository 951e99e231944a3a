#include "ir/types.h"

namespace gnomon::ir {

namespace {

std::string id_text(TypeId id) { return std::to_string(static_cast<std::uint32_t>(id)); }

// The key under which equal types are one.
struct Key {
    std::string operator()(const VoidType&) const { return "v"; }
    std::string operator()(const IntegerType& t) const {
        return "i" + std::to_string(t.bits) + (t.is_signed ? "s" : "u") + (t.is_bool ? "b" : "");
    }
    std::string operator()(const FloatType& t) const { return "f" + std::to_string(t.bits); }
    std::string operator()(const PointerType& t) const { return "p" + id_text(t.pointee); }
    std::string operator()(const ArrayType& t) const {
        return "a" + id_text(t.element) + "x" + std::to_string(t.count);
    }
    std::string operator()(const RecordType& t) const { return "r" + t.key; }
    std::string operator()(const FunctionType& t) const {
        std::string key = "n" + id_text(t.result) + "(";
        for (TypeId parameter : t.parameters) key += id_text(parameter) + ",";
        return key + (t.is_variadic ? "...)" : ")");
    }
};

std::string integer_spelling(const IntegerType& t) {
    if (t.is_bool) return "_Bool";
    const std::string sign = t.is_signed ? "" : "unsigned ";
    switch (t.bits) {
        case 8:
            return t.is_signed ? "char" : "unsigned char";
        case 16:
            return sign + "short";
        case 32:
            return sign + "int";
        case 64:
            return sign + "long";
        default:
            return sign + "__int" + std::to_string(t.bits);
    }
}

}  // namespace

TypeTable::TypeTable() : void_(intern(VoidType{})) {}

TypeId TypeTable::intern(const Type& type) {
    const auto [found, is_new] = interned_.try_emplace(std::visit(Key{}, type), static_cast<TypeId>(types_.size()));
    if (is_new) types_.push_back(type);
    return found->second;
}

TypeId TypeTable::record(const std::string& key, const std::string& name) {
    RecordType record;
    record.key = key;
    record.name = name;
    return intern(record);
}

void TypeTable::complete(TypeId record, RecordType contents) {
    auto& known = std::get<RecordType>(types_[static_cast<std::size_t>(record)]);
    contents.key = known.key;
    contents.is_complete = true;
    known = std::move(contents);
}

TypeId TypeTable::integer(std::uint16_t bits, bool is_signed) { return intern(IntegerType{bits, is_signed, false}); }
TypeId TypeTable::boolean() { return intern(IntegerType{8, false, true}); }
TypeId TypeTable::floating(std::uint16_t bits) { return intern(FloatType{bits}); }
TypeId TypeTable::pointer_to(TypeId pointee) { return intern(PointerType{pointee}); }

bool TypeTable::is_signed(TypeId id) const {
    const auto* integer = get_if<IntegerType>(id);
    return integer && integer->is_signed;
}

std::uint64_t TypeTable::size_of(TypeId id) const {
    if (const auto* integer = get_if<IntegerType>(id)) return integer->bits / 8;
    if (const auto* floating = get_if<FloatType>(id)) return floating->bits == 80 ? 16 : floating->bits / 8;
    if (is_pointer(id)) return 8;
    if (const auto* array = get_if<ArrayType>(id)) return array->count * size_of(array->element);
    if (const auto* record = get_if<RecordType>(id)) return record->size;
    return 0;
}

std::uint64_t TypeTable::alignment_of(TypeId id) const {
    if (const auto* array = get_if<ArrayType>(id)) return alignment_of(array->element);
    if (const auto* record = get_if<RecordType>(id)) return record->alignment;
    const std::uint64_t size = size_of(id);
    return size == 0 ? 1 : size;
}

unsigned TypeTable::bits_of(TypeId id) const { return static_cast<unsigned>(size_of(id) * 8); }

std::string TypeTable::spelling(TypeId id) const {
    if (const auto* integer = get_if<IntegerType>(id)) return integer_spelling(*integer);
    if (const auto* floating = get_if<FloatType>(id))
        return floating->bits == 32 ? "float" : floating->bits == 64 ? "double" : "long double";
    if (const auto* pointer = get_if<PointerType>(id)) {
        const std::string pointee = spelling(pointer->pointee);
        return pointee.ends_with('*') ? pointee + "*" : pointee + " *";
    }
    if (const auto* array = get_if<ArrayType>(id))
        return spelling(array->element) + "[" + std::to_string(array->count) + "]";
    if (const auto* record = get_if<RecordType>(id)) return record->name;
    if (const auto* function = get_if<FunctionType>(id)) {
        std::string text = spelling(function->result) + " (";
        for (std::size_t i = 0; i < function->parameters.size(); ++i)
            text += (i ? ", " : "") + spelling(function->parameters[i]);
        return text + (function->is_variadic ? ", ...)" : ")");
    }
    return "void";
}

}  // namespace gnomon::ir
