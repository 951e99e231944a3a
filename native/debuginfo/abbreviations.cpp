#include "debuginfo/abbreviations.h"

#include <algorithm>

#include "debuginfo/constants.h"

namespace gnomon::debuginfo {

Slot slot_of(std::uint64_t attribute) {
    switch (attribute) {
        case 0x01:
            return Slot::sibling;
        case 0x02:
            return Slot::location;
        case 0x03:
            return Slot::name;
        case 0x0b:
            return Slot::byte_size;
        case 0x0c:
            return Slot::bit_offset;
        case 0x0d:
            return Slot::bit_size;
        case 0x10:
            return Slot::stmt_list;
        case 0x11:
            return Slot::low_pc;
        case 0x12:
            return Slot::high_pc;
        case 0x1b:
            return Slot::comp_dir;
        case 0x1c:
            return Slot::const_value;
        case 0x22:
            return Slot::lower_bound;
        case 0x2f:
            return Slot::upper_bound;
        case 0x31:
            return Slot::abstract_origin;
        case 0x37:
            return Slot::count;
        case 0x38:
            return Slot::member_location;
        case 0x3a:
            return Slot::decl_file;
        case 0x3b:
            return Slot::decl_line;
        case 0x3c:
            return Slot::declaration;
        case 0x3e:
            return Slot::encoding;
        case 0x3f:
            return Slot::external;
        case 0x47:
            return Slot::specification;
        case 0x49:
            return Slot::type;
        case 0x52:
            return Slot::entry_pc;
        case 0x55:
            return Slot::ranges;
        case 0x69:
            return Slot::signature;
        case 0x6b:
            return Slot::data_bit_offset;
        case 0x6e:
            return Slot::linkage_name;
        case 0x72:
            return Slot::str_offsets_base;
        case 0x73:
            return Slot::addr_base;
        case 0x74:
            return Slot::rnglists_base;
        case 0x76:
            return Slot::dwo_name;
        case 0x2007:
            return Slot::linkage_name;  // DW_AT_MIPS_linkage_name, before DWARF 4
        case 0x2107:
            return Slot::vector;  // DW_AT_GNU_vector
        case 0x2130:
            return Slot::dwo_name;  // the DW_AT_GNU_ forms of split DWARF 4
        case 0x2131:
            return Slot::dwo_id;
        case 0x2132:
            return Slot::ranges_base;
        case 0x2133:
            return Slot::addr_base;
        default:
            return Slot::none;
    }
}

std::optional<unsigned> fixed_size(std::uint32_t form, const Widths& widths) {
    switch (form) {
        case form::implicit_const:
        case form::flag_present:
            return 0;
        case form::data1:
        case form::flag:
        case form::ref1:
        case form::strx1:
        case form::addrx1:
            return 1;
        case form::data2:
        case form::ref2:
        case form::strx2:
        case form::addrx2:
            return 2;
        case form::strx3:
        case form::addrx3:
            return 3;
        case form::data4:
        case form::ref4:
        case form::ref_sup4:
        case form::strx4:
        case form::addrx4:
            return 4;
        case form::data8:
        case form::ref8:
        case form::ref_sup8:
        case form::ref_sig8:
            return 8;
        case form::data16:
            return 16;
        case form::addr:
            return widths.address_size;
        case form::ref_addr:
            return widths.version <= 2 ? widths.address_size : widths.offset_size;
        case form::strp:
        case form::strp_sup:
        case form::line_strp:
        case form::sec_offset:
        case form::gnu_ref_alt:
        case form::gnu_strp_alt:
            return widths.offset_size;
        default:
            return std::nullopt;
    }
}

const Abbreviation* AbbreviationTable::find(std::uint64_t code) const {
    if (code - 1 < dense_.size()) return &dense_[code - 1];
    auto found = sparse_.find(code);
    return found != sparse_.end() ? &found->second : nullptr;
}

void AbbreviationTable::add(std::uint64_t code, Abbreviation abbreviation) {
    if (code == dense_.size() + 1)
        dense_.push_back(std::move(abbreviation));
    else
        sparse_.emplace(code, std::move(abbreviation));
}

const AbbreviationTable* AbbreviationTables::at(std::uint64_t offset, const Widths& widths) {
    auto [entry, is_new] = tables_.try_emplace({offset, widths});
    if (is_new) entry->second = read(offset, widths);
    return entry->second ? &*entry->second : nullptr;
}

std::optional<AbbreviationTable> AbbreviationTables::read(std::uint64_t offset, const Widths& widths) {
    AbbreviationTable table;
    Cursor cursor(section_, is_big_endian_, offset);
    while (std::uint64_t code = cursor.uleb()) {
        Abbreviation abbreviation;
        abbreviation.tag = static_cast<std::uint32_t>(cursor.uleb());
        abbreviation.has_children = cursor.byte() != 0;
        std::optional<std::uint32_t> size = 0;
        while (cursor.is_good()) {
            std::uint64_t attribute = cursor.uleb();
            auto form = static_cast<std::uint32_t>(cursor.uleb());
            std::int64_t implicit = form == form::implicit_const ? cursor.sleb() : 0;
            if (attribute == 0 && form == 0) break;
            auto width = fixed_size(form, widths);
            abbreviation.attributes.push_back({slot_of(attribute), form, implicit, width});
            size = size && width ? std::optional(*size + *width) : std::nullopt;
        }
        abbreviation.size = size;
        if (!cursor.is_good() || cursor.position() - offset > budget_) return std::nullopt;
        table.add(code, std::move(abbreviation));
    }
    if (!cursor.is_good()) return std::nullopt;
    budget_ -= std::min(budget_, cursor.position() - offset);
    return table;
}

}  // namespace gnomon::debuginfo
