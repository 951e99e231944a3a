// Functions decoded for speed: an array of small instructions beside the IR's, index for index.
//
// A decoded instruction says how to execute the usual case, in which every demand of the instruction holds and nothing
// has a shadow. Whoever meets another case executes the IR's instruction instead: there is one full semantics, and it
// is not here.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/semantics.h"
#include "memory/value.h"
#include "shadow/table.h"

namespace gnomon::interp {

enum class Code : std::uint8_t {
    whole,  // has no usual case that is worth it
    move,
    add,
    add_signed,
    subtract,
    subtract_signed,
    multiply,
    multiply_signed,
    divide,
    divide_signed,
    remainder,
    remainder_signed,
    shift_left,
    shift_right,
    shift_right_signed,
    bit_and,
    bit_or,
    bit_xor,
    equal,
    not_equal,
    less,
    less_signed,
    less_equal,
    less_equal_signed,
    greater,
    greater_signed,
    greater_equal,
    greater_equal_signed,
    float_binary,  // double
    negate,
    bit_not,
    logical_not,
    widen_signed,  // between integers and pointers
    widen,
    convert,  // any other conversion
    field,
    element,
    element_negated,
    local_address,
    global_address,
    load,
    store,
    jump,
    branch,
};

// An operand is a register of the frame, or (the highest bit) one of the function's constants.
using Slot = std::uint32_t;
constexpr Slot constant_slot = Slot{1} << 31;

struct Decoded {
    Code code = Code::whole;
    std::uint8_t shift = 0;        // 64 - width of the operation's type
    std::uint8_t other_shift = 0;  // of the other operand's type, a shift count or an index; of a cast: the result's
    std::uint8_t size = 0;         // bytes accessed; of a float operation: the operator
    std::uint32_t result = 0;
    Slot left = 0, right = 0;
    std::uint64_t number = 0;  // field: offset; element: stride; jumps: targets; casts: the result's mask
};

struct DecodedFunction {
    std::vector<Decoded> code;
    std::vector<memory::Value> constants;
};

DecodedFunction decode(const ir::Program& program, const ir::Function& function, const shadow::Table& table);

}  // namespace gnomon::interp
