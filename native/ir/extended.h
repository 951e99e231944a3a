// `long double` of x86-64: the 80 bits of an x87 register, and what its operations compute, rounded to nearest even.
//
// The highest bit of the significand stands in front of the point. It is set but where the exponent is zero: encodings
// in which it says something else are never made, and are not modelled.
#pragma once

#include <cstdint>
#include <optional>

namespace gnomon::ir {

struct Extended {
    std::uint64_t significand = 0;
    std::uint16_t sign_exponent = 0;
    bool operator==(const Extended&) const = default;
};

constexpr std::uint16_t extended_sign = 0x8000;
constexpr std::uint16_t extended_bias = 0x3fff;

bool is_canonical(Extended number);
Extended extended_of(long double number);
long double value_of(Extended number);

// What is no long double (an integer, the bits of a float or a double), as operand or as result, is a significand.
enum class ExtendedOperation : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    equal,
    less,
    less_equal,
    from_signed,
    from_unsigned,
    from_float,
    from_double,
    to_float,
    to_double,
    to_signed,  // truncates, to as many bits as the right operand says
    to_unsigned,
    mathematics,  // and those behind it: the functions of ir/mathematics.h
};

constexpr bool takes_extended(ExtendedOperation op) {
    return op < ExtendedOperation::from_signed || op > ExtendedOperation::from_double;
}
constexpr bool takes_two(ExtendedOperation op) {
    return op < ExtendedOperation::from_signed || op >= ExtendedOperation::mathematics;
}

// Nothing where an operand is not canonical, or the result outside of the integers' range.
std::optional<Extended> evaluate(ExtendedOperation op, Extended left, Extended right);

}  // namespace gnomon::ir
