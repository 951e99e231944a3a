// What code does first with a value that it reads.
#pragma once

#include "ir/program.h"

namespace gnomon::shadow {

enum class FirstUse : std::uint8_t {
    other,
    copied,  // into a variable or to memory, by nothing but casts
    // Into a variable that gets another value before it is read, or into itself (`int x = x;`); or gnomon.h asks
    // whether it, or what is computed with it, was set.
    discarded,
};

// Of `value`, which the instruction of the function reads from `variable`, or from memory (then the same register).
// Looks no further than the instruction's block.
FirstUse first_use(const ir::Function& function, const ir::Instruction& instruction, ir::RegisterId value,
                   ir::RegisterId variable);

}  // namespace gnomon::shadow
