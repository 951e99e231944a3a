// References to what they refer to.
#pragma once

#include "debuginfo/facts.h"

namespace gnomon::debuginfo {

// After this, a `type` is a TypeId; an `origin` is 0 or, resolved, an index. Functions and variables have what their
// origins say of them, bit fields are counted from the start of their record, and `is_described` (by index of function,
// then of variable) tells which facts are the origins of fuller ones.
struct Described {
    std::vector<bool> functions, variables;
};
Described resolve(Facts& facts, bool is_big_endian);

// What a resolved `type` is.
constexpr Key void_type = 0;
constexpr Key unknown_type = 1;  // the reference leads nowhere
constexpr Key first_type = 2;    // of the fact with index 0

}  // namespace gnomon::debuginfo
