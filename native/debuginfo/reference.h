// Keys: what one entry says to refer to another, across units, sections and files.
#pragma once

#include <cstdint>

namespace gnomon::debuginfo {

// No reference is 0. Otherwise a key is one of
//   an offset in a section of a file,
//   the place of a type unit's signature in a list,
//   resolved: the index of a fact.
using Key = std::uint64_t;

constexpr unsigned offset_bits = 40;
constexpr Key signature_bit = Key{1} << 63;
constexpr Key resolved_bit = Key{1} << 62;
constexpr std::uint64_t section_bound = std::uint64_t{1} << 21;  // sections that keys can tell apart

// The sections with entries are numbered: two of each file, .debug_info and .debug_types.
constexpr Key key_of(std::uint64_t section, std::uint64_t offset) {
    return offset >> offset_bits == 0 ? section << offset_bits | offset : 0;
}
constexpr bool is_resolved(Key key) { return (key & resolved_bit) != 0; }
constexpr Key resolved(std::uint32_t index) { return resolved_bit | index; }
constexpr std::uint32_t index_of(Key key) { return static_cast<std::uint32_t>(key); }

}  // namespace gnomon::debuginfo
