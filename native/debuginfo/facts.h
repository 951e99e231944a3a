// What entries say, as they say it: a fact for each, with references among them.
#pragma once

#include "debuginfo/ranges.h"
#include "debuginfo/strings.h"

namespace gnomon::debuginfo {

// Where something is declared; `line` 0: not said.
struct Place {
    StringId path = StringId::empty;
    std::uint32_t line = 0;
    bool operator==(const Place&) const = default;
};

// A part of a type or function: a member, an enumerator, a bound of an array, a parameter.
struct Part {
    Key type = 0;
    std::int64_t value = 0;  // offset in bits, value of an enumerator, count of elements
    StringId name = StringId::empty;
    std::uint16_t bits = 0;    // width of a bit field
    bool is_unsigned = false;  // `value` of an enumerator is a number above the signed ones
    bool is_known = true;      // is `value`?
    // Before DWARF 4, bit fields are counted from the most significant bit of a storage unit, whose size may be that of
    // their type: `value` is then the offset of the unit in bits, and this is DW_AT_bit_offset.
    bool is_counted_from_top = false;
    std::int16_t from_top = 0;
    std::uint16_t storage_bits = 0;  // 0: the type's
};

// Consecutive elements of a vector.
struct Extent {
    std::uint32_t first = 0, count = 0;
};

struct TypeFact {
    Key type = 0;            // what it points to, qualifies, names, returns, ...
    Key origin = 0;          // the declaration that it completes
    std::uint64_t size = 0;  // bytes
    StringId name = StringId::empty, scope = StringId::empty;
    Place place;
    Extent parts;
    std::uint16_t tag = 0;
    std::uint8_t encoding = 0;
    bool is_declaration = false;
    bool is_variadic = false;
    bool is_local = false;       // inside a function
    bool is_incomplete = false;  // parts have a shape that facts do not express
};

struct FunctionFact {
    Key type = 0;  // of the result
    Key origin = 0;
    std::uint64_t address = 0;
    StringId name = StringId::empty, linkage_name = StringId::empty, scope = StringId::empty;
    Place place;
    Extent parts, ranges;
    bool is_external = false;
    bool is_declaration = false;
    bool is_variadic = false;
};

struct VariableFact {
    Key type = 0;
    Key origin = 0;
    std::uint64_t address = 0;  // 0: has none that is known before the program runs
    StringId name = StringId::empty, linkage_name = StringId::empty, scope = StringId::empty;
    Place place;
    bool is_external = false;
    bool is_declaration = false;
};

// Facts in the order of their keys, which are kept beside them.
template <class Fact>
struct Keyed {
    std::vector<Fact> facts;
    std::vector<Key> keys;

    Fact& add(Key key) {
        keys.push_back(key);
        return facts.emplace_back();
    }
    std::size_t size() const { return facts.size(); }
    void shrink(std::size_t size) {
        facts.resize(size);
        keys.resize(size);
    }
};

struct Signature {
    std::uint64_t signature = 0;
    Key key = 0;
};

struct Facts {
    Keyed<TypeFact> types;
    Keyed<FunctionFact> functions;
    Keyed<VariableFact> variables;
    std::vector<Part> parts;
    std::vector<Range> ranges;
    std::vector<std::uint64_t> signatures;  // that references of form ref_sig8 ask for
    std::vector<Signature> type_units;      // where they are
};

}  // namespace gnomon::debuginfo
