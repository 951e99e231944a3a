// One debugging information entry: the values of those attributes that the reader uses, each in a slot.
#pragma once

#include <array>

#include "debuginfo/sections.h"

namespace gnomon::debuginfo {

enum class Slot : std::uint8_t {
    name,
    linkage_name,
    type,
    byte_size,
    bit_size,
    bit_offset,
    data_bit_offset,
    member_location,
    low_pc,
    high_pc,
    ranges,
    entry_pc,
    decl_file,
    decl_line,
    external,
    declaration,
    specification,
    abstract_origin,
    encoding,
    count,
    upper_bound,
    lower_bound,
    const_value,
    sibling,
    location,
    signature,
    vector,
    comp_dir,
    stmt_list,
    str_offsets_base,
    addr_base,
    rnglists_base,
    ranges_base,
    dwo_name,
    dwo_id,
    none,  // of attributes that are passed over
};

Slot slot_of(std::uint64_t attribute);  // of a DW_AT number

// A value as its form gives it: indices into tables are looked up when the unit's bases are known.
struct Value {
    enum class Kind : std::uint8_t {
        constant,  // `number`, unsigned; also flags and offsets into sections
        signed_constant,
        address,
        address_index,
        text,  // `number` is an offset into `bytes`
        text_index,
        range_index,
        reference,  // `number` is a key, see reference.h
        block,      // `bytes`
        other,      // known form, nothing that is used
    };
    Kind kind = Kind::other;
    std::uint64_t number = 0;
    Bytes bytes;
};

class Die {
  public:
    std::uint32_t tag = 0;

    void clear(std::uint32_t new_tag) {
        tag = new_tag;
        present_ = 0;
    }
    void set(Slot slot, const Value& value) {
        values_[static_cast<std::size_t>(slot)] = value;
        present_ |= std::uint64_t{1} << static_cast<unsigned>(slot);
    }
    bool has(Slot slot) const { return (present_ >> static_cast<unsigned>(slot) & 1) != 0; }
    const Value* find(Slot slot) const { return has(slot) ? &values_[static_cast<std::size_t>(slot)] : nullptr; }

    bool flag(Slot slot) const {
        const Value* value = find(slot);
        return value != nullptr && value->number != 0;
    }
    bool is_constant(Slot slot) const {
        const Value* value = find(slot);
        return value != nullptr &&
               (value->kind == Value::Kind::constant || value->kind == Value::Kind::signed_constant);
    }
    std::uint64_t constant(Slot slot, std::uint64_t otherwise = 0) const {
        return is_constant(slot) ? find(slot)->number : otherwise;
    }
    std::uint64_t reference(Slot slot) const {
        const Value* value = find(slot);
        return value != nullptr && value->kind == Value::Kind::reference ? value->number : 0;
    }

  private:
    std::array<Value, static_cast<std::size_t>(Slot::none)> values_;
    std::uint64_t present_ = 0;
};

}  // namespace gnomon::debuginfo
