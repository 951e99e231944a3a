#include "ir/is_a.h"

#include <algorithm>

namespace gnomon::ir {

namespace {

bool is_character(const TypeTable& types, TypeId type) {
    const auto* integer = types.get_if<IntegerType>(type);
    return integer != nullptr && integer->bits == 8 && !integer->is_bool;
}

// Bounded: a type is larger than what it is made of.
bool begins_at(const TypeTable& types, TypeId whole, std::uint64_t offset, TypeId wanted) {
    if (whole == wanted) return offset == 0;
    if (const auto* array = types.get_if<ArrayType>(whole)) {
        const std::uint64_t size = types.size_of(array->element);
        return size != 0 && begins_at(types, array->element, offset % size, wanted);
    }
    const auto* record = types.get_if<RecordType>(whole);
    if (record == nullptr) return false;
    return std::ranges::any_of(record->fields, [&](const Field& field) {
        const std::uint64_t begin = field.offset_bits / 8, size = types.size_of(field.type);
        const bool is_flexible = size == 0;
        const bool is_inside = offset >= begin && (is_flexible || offset - begin < size);
        return field.bit_width == 0 && is_inside && begins_at(types, field.type, offset - begin, wanted);
    });
}

}  // namespace

TypeId repeated(const TypeTable& types, TypeId type) {
    for (const auto* array = types.get_if<ArrayType>(type); array != nullptr && array->count == 0;
         array = types.get_if<ArrayType>(type))
        type = array->element;
    return type;
}

std::optional<bool> is_a(const TypeTable& types, TypeId type, bool is_block, std::uint64_t offset, TypeId wanted) {
    const TypeId row = repeated(types, type);
    const std::uint64_t size = types.size_of(row);
    if (size == 0) return std::nullopt;
    const bool is_raw = is_character(types, row) && (is_block || row != type);
    const bool is_of_that_type = begins_at(types, row, offset % size, wanted);
    if (is_raw && !is_of_that_type) return std::nullopt;
    return is_of_that_type;
}

bool begins_as(const TypeTable& types, TypeId type, TypeId wanted) {
    const auto* seen = types.get_if<RecordType>(wanted);
    const auto* record = types.get_if<RecordType>(type);
    while (seen != nullptr && record != nullptr && record->name != seen->name) {  // bounded by the record's depth
        if (record->fields.empty()) return false;
        record = types.get_if<RecordType>(record->fields.front().type);
    }
    return seen == nullptr || record != nullptr;
}

}  // namespace gnomon::ir
