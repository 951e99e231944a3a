// Ranges of floats, as a path's constraints and the operations leave them.
//
// Rounding to nearest is monotonic, so that the ends of a result are the results of the ends.
#pragma once

#include "solver/expression.h"

namespace gnomon::solver {

struct FloatRange {  // of 32 or 64 bits
    double minimum, maximum;
    bool may_be_nan = true;

    static FloatRange whole();
    static FloatRange of_constant(Bits bits, unsigned width);

    bool is_one() const { return !may_be_nan && minimum == maximum; }
    // The bits without the sign of what is least, and of what is most, apart from zero. Not where it may be NaN.
    Bits least_magnitude(unsigned width) const;
    Bits most_magnitude(unsigned width) const;
};

// Of an addition, subtraction, multiplication or division.
FloatRange range_of(Kind kind, unsigned width, const FloatRange& left, const FloatRange& right);
FloatRange converted(const FloatRange& value, unsigned from, unsigned width);
FloatRange of_integers(SignedBits minimum, SignedBits maximum, unsigned width);
FloatRange both(const FloatRange& one, const FloatRange& other);    // what is in both
FloatRange either(const FloatRange& one, const FloatRange& other);  // what covers both

}  // namespace gnomon::solver
