// Which addresses a function's code covers.
#pragma once

#include "debuginfo/unit.h"

namespace gnomon::debuginfo {

struct Range {
    std::uint64_t begin = 0, end = 0;  // `end` is outside
};

// The ranges of an entry, in its order, empty ones left out; none when it has no code or the list is damaged. `budget`
// bounds the ranges that are read in all: lists of a sound file do not overlap.
std::vector<Range> ranges_of(const Unit& unit, const Die& die, std::uint64_t& budget);

}  // namespace gnomon::debuginfo
