// Units: their headers, the bases that their entries' indices count from, and their entries' values.
#pragma once

#include <optional>

#include "debuginfo/abbreviations.h"
#include "debuginfo/constants.h"
#include "debuginfo/reference.h"

namespace gnomon::debuginfo {

// A file among those of the input, and where to look for what it refers to.
struct File {
    const Sections* sections = nullptr;
    const Sections* main = nullptr;       // addresses of split units are there
    const Sections* alternate = nullptr;  // texts of form strp_sup are there
    std::uint64_t info_section = 0;       // number of its .debug_info in keys; .debug_types is the next
    std::uint64_t alternate_section = 0;
    bool is_split = false;
    bool is_big_endian = false;
};

struct Unit {
    const File* file = nullptr;
    std::uint64_t section = 0;  // its number in keys
    std::uint64_t offset = 0;   // of the header
    std::uint64_t first_entry = 0, end = 0;
    Widths widths;
    std::uint8_t type = 0;            // a unit_type
    std::uint64_t abbreviations = 0;  // offset
    std::uint64_t id = 0;             // signature of a type unit, dwo id of a skeleton or split unit
    std::uint64_t type_entry = 0;     // offset of the type that a type unit is about

    // From the unit's entry; of a split unit, from its skeleton's.
    std::uint64_t text_offsets_base = 0;
    std::uint64_t address_base = 0;
    std::uint64_t range_lists_base = 0;
    std::uint64_t ranges_base = 0;  // of GNU's split DWARF 4
    std::uint64_t low_pc = 0;

    Bytes entries() const { return section == file->info_section ? file->sections->info : file->sections->types; }
    bool is_type() const { return type == unit_type::type || type == unit_type::split_type; }
};

// The unit at an offset of .debug_info or, `is_types`, of .debug_types. Nothing when the header makes no sense; its
// `end` is set whenever the length does, so that the next unit can be found.
struct UnitHeader {
    Unit unit;
    bool is_sound = false;
};
UnitHeader read_unit_header(const File& file, std::uint64_t offset, bool is_types);

// Reads the attributes of one entry into `die`; false when a form is unknown or the unit too short.
bool read_die(Cursor& cursor, const Unit& unit, const Abbreviation& abbreviation,
              std::vector<std::uint64_t>& signatures, Die& die);
// Passes over the attributes of one entry.
bool skip_die(Cursor& cursor, const Unit& unit, const Abbreviation& abbreviation);
// Takes the bases from the unit's own entry.
void take_bases(Unit& unit, const Die& die);

// Indices looked up; nothing when they lead outside of the tables.
std::optional<std::uint64_t> address_of(const Unit& unit, const Value& value);
std::optional<std::uint64_t> indexed_address(const Unit& unit, std::uint64_t index);
// A text is a section and an offset in it.
struct TextPlace {
    Bytes section;
    std::uint64_t offset = 0;
};
std::optional<TextPlace> text_of(const Unit& unit, const Value& value);

}  // namespace gnomon::debuginfo
