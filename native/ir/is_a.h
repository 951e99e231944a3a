// What stands where in an object, by the type that it was declared or allocated with.
#pragma once

#include <cstdint>
#include <optional>

#include "ir/types.h"

namespace gnomon::ir {

// What a row of objects is a row of: of an array of unknown size, its elements.
TypeId repeated(const TypeTable& types, TypeId type);

// Does a `wanted` begin `offset` bytes into a row of `type`: one of its own, an element, a member? Nothing: a block, or
// an array of a size that the program computed, of characters may hold anything.
std::optional<bool> is_a(const TypeTable& types, TypeId type, bool is_block, std::uint64_t offset, TypeId wanted);

// Does a record begin as one of that name does? Headers that are the same may stand in several places.
bool begins_as(const TypeTable& types, TypeId type, TypeId wanted);

}  // namespace gnomon::ir
