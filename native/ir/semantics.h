// What the operators of C compute on bits: shared by everything that evaluates constants, so that there is one truth.
//
// Nothing here asks whether an operation is undefined in C: integers wrap, shift counts are masked to the width.
// Where no result exists at all (division by zero, a float outside the range of the integer type) or where the type has
// no 64-bit representation (__int128, long double), the answer is nullopt: the caller says "not modelled".
#pragma once

#include <cstdint>
#include <optional>

#include "ir/program.h"

namespace gnomon::ir {

using Wide = __int128;  // mathematical integers: exact for sums and products of 64-bit values

// What evaluation needs to know of a scalar type, looked up once.
struct Scalar {
    enum class Kind : std::uint8_t { none, integer, boolean, floating, pointer };
    Kind kind = Kind::none;
    std::uint16_t bits = 0;
    bool is_signed = false;

    bool is_supported() const { return kind != Kind::none && bits <= 64; }
    std::uint64_t mask() const { return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1; }
    bool operator==(const Scalar&) const = default;
};

Scalar scalar_of(const TypeTable& types, TypeId type);  // kind none for what is not a scalar

// Bits of a value to the 64-bit integer that it means: sign- or zero-extended from its width.
inline std::uint64_t extend(Scalar type, std::uint64_t bits) {
    if (type.bits >= 64) return bits;
    const unsigned shift = 64u - type.bits;
    if (type.is_signed) return static_cast<std::uint64_t>(static_cast<std::int64_t>(bits << shift) >> shift);
    return bits & type.mask();
}

// The mathematical value of an integer, boolean or pointer.
inline Wide exact(Scalar type, std::uint64_t bits) {
    const std::uint64_t extended = extend(type, bits);
    return type.is_signed ? static_cast<Wide>(static_cast<std::int64_t>(extended)) : static_cast<Wide>(extended);
}

Wide minimum_of(Scalar type);  // 0 for floats
Wide maximum_of(Scalar type);

// Results are bits zero-extended from the width of the result's type.
std::optional<std::uint64_t> evaluate(BinaryOperator op, Scalar type, Scalar right_type, std::uint64_t left,
                                      std::uint64_t right);
std::optional<std::uint64_t> evaluate(UnaryOperator op, Scalar type, std::uint64_t value);
std::optional<std::uint64_t> convert(Scalar from, Scalar to, std::uint64_t value);

bool is_true(Scalar type, std::uint64_t bits);  // != 0; -0.0 is false, NaN is true
inline bool is_comparison(BinaryOperator op) { return op >= BinaryOperator::equal; }

// Does a function take what a call passes, and give what it expects, as far as a machine could tell? Arguments that it
// does not look at are no matter. True of functions without a body.
bool call_fits(const Program& program, const Call& call, const Function& function);

// The bits of a loaded storage unit that a BitRange means, extended to the type's width; and the unit after a store.
std::uint64_t extract(Scalar type, BitRange range, std::uint64_t unit);
std::uint64_t insert(Scalar type, BitRange range, std::uint64_t unit, std::uint64_t value);

}  // namespace gnomon::ir
