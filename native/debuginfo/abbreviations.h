// Abbreviation tables: which attributes, in which forms, the entries of a unit have.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "debuginfo/cursor.h"
#include "debuginfo/die.h"

namespace gnomon::debuginfo {

// How wide the forms are that depend on the unit.
struct Widths {
    unsigned version = 0;
    unsigned address_size = 0;
    unsigned offset_size = 0;
    auto operator<=>(const Widths&) const = default;
};

struct AttributeSpecification {
    Slot slot;
    std::uint32_t form;
    std::int64_t implicit;         // value of form::implicit_const
    std::optional<unsigned> size;  // bytes; nothing where it varies
};

struct Abbreviation {
    std::uint32_t tag = 0;
    bool has_children = false;
    std::vector<AttributeSpecification> attributes;
    std::optional<std::uint32_t> size;  // bytes of an entry's attributes, where all forms are of fixed size
};

// The size of a value in bytes; nothing where it varies.
std::optional<unsigned> fixed_size(std::uint32_t form, const Widths& widths);

class AbbreviationTable {
  public:
    const Abbreviation* find(std::uint64_t code) const;
    void add(std::uint64_t code, Abbreviation abbreviation);

  private:
    std::vector<Abbreviation> dense_;  // codes 1, 2, 3, ... as compilers write them
    std::unordered_map<std::uint64_t, Abbreviation> sparse_;
};

// Reads each table once. Tables of a sound file do not overlap: what is read in all is bounded by the section's size.
class AbbreviationTables {
  public:
    AbbreviationTables(Bytes section, bool is_big_endian)
        : section_(section), budget_(4 * section.size()), is_big_endian_(is_big_endian) {}

    const AbbreviationTable* at(std::uint64_t offset, const Widths& widths);  // null when damaged

  private:
    std::optional<AbbreviationTable> read(std::uint64_t offset, const Widths& widths);

    Bytes section_;
    std::uint64_t budget_;
    bool is_big_endian_;
    std::map<std::tuple<std::uint64_t, Widths>, std::optional<AbbreviationTable>> tables_;
};

}  // namespace gnomon::debuginfo
