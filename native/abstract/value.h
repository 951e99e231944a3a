// What one forward pass knows of values: numbers by ranges, pointers by the object that they came from and by what
// accesses that went well have proved of it.
//
// A *symbol* stands for one number or pointer of the run under way, whose value nobody knows: what an instruction last
// gave, a parameter, the address of a local. Registers and bytes that hold the same symbol hold the same value, so what
// is learnt of one (a branch was taken, an access went well) is known of all.
#pragma once

#include <cstdint>

#include "ir/program.h"
#include "ir/semantics.h"

namespace gnomon::abstract {

using ir::Wide;

inline constexpr Wide infinite = Wide{1} << 100;  // beyond every number of C, and far from the ends of Wide

struct Range {
    Wide low = -infinite, high = infinite;
    auto operator<=>(const Range&) const = default;
    bool contains(Range other) const { return low <= other.low && other.high <= high; }
    bool is_single() const { return low == high; }
};

Range exactly(Wide number);
Range hull(Range a, Range b);
Range intersection(Range a, Range b);  // empty ranges have low > high
Range sum(Range a, Range b);
Range difference(Range a, Range b);
Range product(Range a, Range b);
Range whole_of(ir::Scalar type);
Range read_as(Range number, ir::Scalar type);  // what does not fit may be anything

struct Symbol {
    enum class Kind : std::uint8_t { none, unknown, result, length, parameter, initial, joined, local, global };
    Kind kind = Kind::none;    // unknown: nothing is known, and nothing can be learnt
    std::uint32_t number = 0;  // of the instruction, register, local or global
    std::uint32_t block = 0;   // joined: where paths come together
    auto operator<=>(const Symbol&) const = default;
};

// Without symbol: any number in `range`, which somebody has set. With a symbol: its value, and `range` bytes further.
struct Value {
    Symbol symbol;
    Range range;
    bool operator==(const Value&) const = default;
};

inline Value number_in(Range range) { return {{}, range}; }
inline Value value_of(Symbol symbol) { return {symbol, {0, 0}}; }
inline Value unknown_value() { return value_of({Symbol::Kind::unknown, 0, 0}); }

// Of a symbol. Of a pointer p into an object of `size` bytes, at offset d: 0 <= d + front and back <= size - d. What is
// said of an object holds if there is one: of null it says nothing.
struct Facts {
    Range number;                // of integers
    bool is_nonnull = false;     // points into some object, or is a number that is not 0
    bool is_alive = false;       // the object that it points into
    Wide front = infinite;       // how far behind p the object surely begins: the smaller, the more is known
    Wide back = -infinite;       // how many bytes from p on surely belong to it
    std::uint8_t shadow = 0xff;  // the layers whose bit may be set
    bool is_writable = false;    // the object
    bool is_plain = false;       // not null, or null itself: nothing that was computed from it
    auto operator<=>(const Facts&) const = default;
};

Facts weaker(const Facts& a, const Facts& b);                      // what holds either way
Facts widened(const Facts& before, const Facts& now, Range type);  // so that loops come to an end
Facts moved(const Facts& base, Range by);                          // of the pointer `by` bytes further

}  // namespace gnomon::abstract
