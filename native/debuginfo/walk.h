// One unit's entries to facts.
#pragma once

#include "debuginfo/facts.h"
#include "debuginfo/file_names.h"

namespace gnomon::debuginfo {

// What the units of one file share.
struct FileTables {
    FileTables(const File& f, Strings& strings)
        : file(f), abbreviations(f.sections->abbrev, f.is_big_endian), file_names(file, strings) {}
    FileTables(const FileTables&) = delete;
    FileTables& operator=(const FileTables&) = delete;

    File file;
    AbbreviationTables abbreviations;
    FileNameTables file_names;
};

// What a split unit takes from the unit that stands for it in the main file.
struct Skeleton {
    Unit unit;
    std::string_view folder;
    std::optional<std::uint64_t> line_table;
    FileTables* tables = nullptr;
    StringId split_name = StringId::empty;  // of the .dwo file; empty: no skeleton, the unit itself
};

// Bounds over all units, against damaged files.
struct Budget {
    std::uint64_t ranges = 0;
    std::uint64_t facts = 0;
};

// The unit's own entry; nothing when it is damaged.
std::optional<Skeleton> read_unit_entry(FileTables& tables, Unit unit, Strings& strings);

// Adds the facts of a unit; where the unit is damaged, none of them, and false. `skeleton` may be null.
bool walk_unit(FileTables& tables, const Unit& unit, const Skeleton* skeleton, Strings& strings, Facts& facts,
               Budget& budget);

}  // namespace gnomon::debuginfo
