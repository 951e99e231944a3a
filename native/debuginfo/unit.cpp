#include "debuginfo/unit.h"

#include "debuginfo/constants.h"

namespace gnomon::debuginfo {

namespace {

bool is_address_size(unsigned size) { return size == 2 || size == 4 || size == 8; }

// An entry of a table of equal entries.
std::optional<std::uint64_t> entry_of(Bytes table, bool is_big_endian, std::uint64_t base, std::uint64_t index,
                                      unsigned size) {
    if (base > table.size() || index >= (table.size() - base) / size) return std::nullopt;
    return Cursor(table, is_big_endian, base + index * size).fixed(size);
}

}  // namespace

UnitHeader read_unit_header(const File& file, std::uint64_t offset, bool is_types) {
    UnitHeader header;
    Unit& unit = header.unit;
    unit.file = &file;
    unit.section = file.info_section + (is_types ? 1 : 0);
    unit.offset = offset;
    Cursor cursor(unit.entries(), file.is_big_endian, offset);
    std::uint64_t length = cursor.initial_length(unit.widths.offset_size);
    if (!cursor.is_good() || length > cursor.remaining()) return header;
    unit.end = cursor.position() + length;
    cursor.limit(unit.end);
    unit.widths.version = static_cast<unsigned>(cursor.fixed(2));
    if (unit.widths.version < 2 || unit.widths.version > 5) return header;
    unit.type = is_types ? unit_type::type : unit_type::compile;
    if (unit.widths.version == 5) {
        unit.type = cursor.byte();
        unit.widths.address_size = cursor.byte();
        unit.abbreviations = cursor.fixed(unit.widths.offset_size);
        if (unit.type == unit_type::skeleton || unit.type == unit_type::split_compile) unit.id = cursor.fixed(8);
    } else {
        unit.abbreviations = cursor.fixed(unit.widths.offset_size);
        unit.widths.address_size = cursor.byte();
    }
    if (unit.is_type()) {
        unit.id = cursor.fixed(8);
        unit.type_entry = unit.offset + cursor.fixed(unit.widths.offset_size);
    }
    unit.first_entry = cursor.position();
    header.is_sound = cursor.is_good() && is_address_size(unit.widths.address_size);
    if (file.is_split && unit.widths.version == 5) {
        // Without a base of their own, indices count from behind the header of the file's one table.
        unit.text_offsets_base = unit.widths.offset_size == 8 ? 16 : 8;
        unit.range_lists_base = unit.widths.offset_size == 8 ? 20 : 12;
    }
    return header;
}

namespace {

bool read_value(Cursor& cursor, const Unit& unit, std::uint32_t form, std::vector<std::uint64_t>& signatures,
                Value& value, unsigned depth = 0) {
    using Kind = Value::Kind;
    const File& file = *unit.file;
    const Widths& widths = unit.widths;
    auto size = fixed_size(form, widths);
    auto plain = [&](Kind kind) {
        value.kind = kind;
        value.number = cursor.fixed(*size);
    };
    auto text = [&](Bytes section) {
        value = {section.empty() ? Kind::other : Kind::text, cursor.fixed(widths.offset_size), section};
    };
    auto block = [&](std::uint64_t length) { value = {Kind::block, 0, cursor.block(length)}; };
    auto counted = [&](Kind kind) {
        value.kind = kind;
        value.number = cursor.uleb();
    };
    auto local = [&](std::uint64_t offset) {
        value = {Kind::reference, key_of(unit.section, unit.offset + offset), {}};
    };
    switch (form) {
        case form::addr:
            plain(Kind::address);
            break;
        case form::data1:
        case form::data2:
        case form::data4:
        case form::data8:
        case form::flag:
        case form::sec_offset:
            plain(Kind::constant);
            break;
        case form::udata:
            counted(Kind::constant);
            break;
        case form::sdata:
            value = {Kind::signed_constant, static_cast<std::uint64_t>(cursor.sleb()), {}};
            break;
        case form::flag_present:
            value = {Kind::constant, 1, {}};
            break;
        case form::data16:
            block(16);
            break;
        case form::block1:
            block(cursor.fixed(1));
            break;
        case form::block2:
            block(cursor.fixed(2));
            break;
        case form::block4:
            block(cursor.fixed(4));
            break;
        case form::block:
        case form::exprloc:
            block(cursor.uleb());
            break;
        case form::string:
            value = {Kind::text, cursor.position(), unit.entries()};
            cursor.text();
            break;
        case form::strp:
            text(file.sections->str);
            break;
        case form::line_strp:
            text(file.sections->line_str);
            break;
        case form::strp_sup:
        case form::gnu_strp_alt:
            text(file.alternate->str);
            break;
        case form::strx1:
        case form::strx2:
        case form::strx3:
        case form::strx4:
            plain(Kind::text_index);
            break;
        case form::strx:
        case form::gnu_str_index:
            counted(Kind::text_index);
            break;
        case form::addrx1:
        case form::addrx2:
        case form::addrx3:
        case form::addrx4:
            plain(Kind::address_index);
            break;
        case form::addrx:
        case form::gnu_addr_index:
            counted(Kind::address_index);
            break;
        case form::rnglistx:
            counted(Kind::range_index);
            break;
        case form::loclistx:
            counted(Kind::other);
            break;
        case form::ref1:
        case form::ref2:
        case form::ref4:
        case form::ref8:
            local(cursor.fixed(*size));
            break;
        case form::ref_udata:
            local(cursor.uleb());
            break;
        case form::ref_addr:
            value = {Kind::reference, key_of(file.info_section, cursor.fixed(*size)), {}};
            break;
        case form::ref_sup4:
        case form::ref_sup8:
        case form::gnu_ref_alt:
            value = {Kind::reference, key_of(file.alternate_section, cursor.fixed(*size)), {}};
            break;
        case form::ref_sig8:
            value = {Kind::reference, signature_bit | signatures.size(), {}};
            signatures.push_back(cursor.fixed(8));
            break;
        case form::indirect:
            if (depth > 0) return false;
            return read_value(cursor, unit, static_cast<std::uint32_t>(cursor.uleb()), signatures, value, depth + 1);
        default:
            return false;
    }
    return cursor.is_good();
}

}  // namespace

bool read_die(Cursor& cursor, const Unit& unit, const Abbreviation& abbreviation,
              std::vector<std::uint64_t>& signatures, Die& die) {
    die.clear(abbreviation.tag);
    Value value;
    for (const AttributeSpecification& attribute : abbreviation.attributes) {
        if (attribute.slot == Slot::none && attribute.size) {
            cursor.skip(*attribute.size);
            continue;
        }
        if (attribute.form == form::implicit_const)
            value = {Value::Kind::signed_constant, static_cast<std::uint64_t>(attribute.implicit), {}};
        else if (!read_value(cursor, unit, attribute.form, signatures, value))
            return false;
        if (attribute.slot != Slot::none) die.set(attribute.slot, value);
    }
    return cursor.is_good();
}

bool skip_die(Cursor& cursor, const Unit& unit, const Abbreviation& abbreviation) {
    if (abbreviation.size) {
        cursor.skip(*abbreviation.size);
        return cursor.is_good();
    }
    Value value;
    std::vector<std::uint64_t> signatures;
    for (const AttributeSpecification& attribute : abbreviation.attributes) {
        if (attribute.size)
            cursor.skip(*attribute.size);
        else if (!read_value(cursor, unit, attribute.form, signatures, value))
            return false;
    }
    return cursor.is_good();
}

void take_bases(Unit& unit, const Die& die) {
    unit.text_offsets_base = die.constant(Slot::str_offsets_base, unit.text_offsets_base);
    unit.address_base = die.constant(Slot::addr_base, unit.address_base);
    unit.range_lists_base = die.constant(Slot::rnglists_base, unit.range_lists_base);
    unit.ranges_base = die.constant(Slot::ranges_base, unit.ranges_base);
    unit.id = die.constant(Slot::dwo_id, unit.id);
    if (const Value* low = die.find(Slot::low_pc)) unit.low_pc = address_of(unit, *low).value_or(unit.low_pc);
}

std::optional<std::uint64_t> indexed_address(const Unit& unit, std::uint64_t index) {
    return entry_of(unit.file->main->addr, unit.file->is_big_endian, unit.address_base, index,
                    unit.widths.address_size);
}

std::optional<std::uint64_t> address_of(const Unit& unit, const Value& value) {
    if (value.kind == Value::Kind::address) return value.number;
    if (value.kind == Value::Kind::address_index) return indexed_address(unit, value.number);
    return std::nullopt;
}

std::optional<TextPlace> text_of(const Unit& unit, const Value& value) {
    if (value.kind == Value::Kind::text) return TextPlace{value.bytes, value.number};
    if (value.kind != Value::Kind::text_index) return std::nullopt;
    const Sections& sections = *unit.file->sections;
    auto offset = entry_of(sections.str_offsets, unit.file->is_big_endian, unit.text_offsets_base, value.number,
                           unit.widths.offset_size);
    if (!offset) return std::nullopt;
    return TextPlace{sections.str, *offset};
}

}  // namespace gnomon::debuginfo
