// Entries that are parts of a type or function.
#pragma once

#include "debuginfo/facts.h"
#include "debuginfo/unit.h"

namespace gnomon::debuginfo {

// Name and type are the caller's to fill in.
Part member_part(const Unit& unit, const Die& die);
Part enumerator_part(const Die& die);
Part bound_part(const Die& die);

// The address of a variable; 0 when its location is anything but a plain address.
std::uint64_t location_of(const Unit& unit, const Die& die);

}  // namespace gnomon::debuginfo
