// What the reader is fed: the bytes of debug sections, uncompressed, of a library and of the files that complete it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gnomon::debuginfo {

using Bytes = std::span<const std::uint8_t>;

// The sections of one file; what it lacks is empty. Of a .dwo file or of one unit in a .dwp file: its .dwo sections.
struct Sections {
    Bytes info, types, abbrev, str, line_str, str_offsets, addr, line, ranges, rnglists;
};

struct Input {
    bool is_big_endian = false;
    Sections main;
    Sections alternate;           // of the file that dwz shares between libraries, or of .debug_sup
    std::vector<Sections> split;  // of split DWARF; their units are matched with skeletons in `main` by id
};

}  // namespace gnomon::debuginfo
