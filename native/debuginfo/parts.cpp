#include "debuginfo/parts.h"

#include <limits>

#include "debuginfo/constants.h"

namespace gnomon::debuginfo {

namespace {

constexpr std::uint64_t offset_bound = std::uint64_t{1} << 56;  // bytes; no real member lies farther out

// DW_AT_data_member_location in bytes: a number, or DWARF 2's expression "add this to the address of the object".
std::optional<std::uint64_t> member_offset(const Unit& unit, const Die& die) {
    const Value* location = die.find(Slot::member_location);
    if (location == nullptr) return 0;
    std::uint64_t offset = location->number;
    if (location->kind == Value::Kind::block) {
        Cursor cursor(location->bytes, unit.file->is_big_endian);
        std::uint8_t first = cursor.byte();
        offset = cursor.uleb();
        bool is_sum =
            first == operation::plus_uconst || (first == operation::constu && cursor.byte() == operation::plus);
        if (!is_sum || !cursor.is_good() || cursor.remaining() > 0) return std::nullopt;
    } else if (!die.is_constant(Slot::member_location)) {
        return std::nullopt;
    }
    return offset < offset_bound ? std::optional(offset) : std::nullopt;
}

bool is_negative_one(const Die& die, Slot slot) {
    const Value* value = die.find(slot);
    return value != nullptr && die.is_constant(slot) &&
           (value->number == ~std::uint64_t{0} || value->number == 0xffffffff);
}

}  // namespace

Part member_part(const Unit& unit, const Die& die) {
    Part part;
    auto offset = member_offset(unit, die);
    std::uint64_t bits = die.constant(Slot::bit_size);
    if (!offset || bits > std::numeric_limits<std::uint16_t>::max()) {
        part.is_known = false;
        return part;
    }
    part.value = static_cast<std::int64_t>(*offset * 8);
    part.bits = static_cast<std::uint16_t>(bits);
    if (die.is_constant(Slot::data_bit_offset)) {
        part.is_known = die.constant(Slot::data_bit_offset) < offset_bound;
        part.value = static_cast<std::int64_t>(die.constant(Slot::data_bit_offset));
    } else if (bits > 0 && die.is_constant(Slot::bit_offset)) {
        auto from_top = static_cast<std::int64_t>(die.constant(Slot::bit_offset));
        std::uint64_t storage = die.constant(Slot::byte_size);
        part.is_known = from_top > -1024 && from_top < 1024 && storage <= 128;
        part.is_counted_from_top = true;
        part.from_top = static_cast<std::int16_t>(from_top);
        part.storage_bits = static_cast<std::uint16_t>(storage * 8);
    }
    return part;
}

Part enumerator_part(const Die& die) {
    Part part;
    part.is_known = die.is_constant(Slot::const_value);
    part.value = static_cast<std::int64_t>(die.constant(Slot::const_value));
    part.is_unsigned = part.is_known && part.value < 0 && die.find(Slot::const_value)->kind == Value::Kind::constant;
    return part;
}

Part bound_part(const Die& die) {
    Part part;
    auto lower = static_cast<std::int64_t>(die.constant(Slot::lower_bound));
    if (die.is_constant(Slot::count)) {
        part.value = static_cast<std::int64_t>(die.constant(Slot::count));
    } else if (is_negative_one(die, Slot::upper_bound)) {
        part.value = 0;
    } else if (die.is_constant(Slot::upper_bound)) {
        // In unsigned arithmetic: what overflows is not a count.
        part.value = static_cast<std::int64_t>(die.constant(Slot::upper_bound) - static_cast<std::uint64_t>(lower) + 1);
    } else {
        part.is_known = false;
    }
    part.is_known = part.is_known && part.value >= 0;
    return part;
}

std::uint64_t location_of(const Unit& unit, const Die& die) {
    const Value* location = die.find(Slot::location);
    if (location == nullptr || location->kind != Value::Kind::block) return 0;
    Cursor cursor(location->bytes, unit.file->is_big_endian);
    std::uint8_t first = cursor.byte();
    std::uint64_t address = 0;
    if (first == operation::addr)
        address = cursor.fixed(unit.widths.address_size);
    else if (first == operation::addrx || first == operation::gnu_addr_index)
        address = indexed_address(unit, cursor.uleb()).value_or(0);
    return cursor.is_good() && cursor.remaining() == 0 ? address : 0;
}

}  // namespace gnomon::debuginfo
