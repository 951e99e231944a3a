// A concrete value: bits, the object they point into, and one shadow bit per layer.
#pragma once

#include <cstdint>

namespace gnomon::memory {

enum class ObjectId : std::uint32_t {};

inline constexpr ObjectId no_object{0};     // a plain number; as a pointer: null when 0, wild otherwise
inline constexpr ObjectId null_object{1};   // computed from a null pointer: still null, whatever its bits
inline constexpr ObjectId mixed_object{2};  // computed from pointers to two objects: wild for good
inline constexpr std::uint32_t first_object = 3;

inline bool is_real(ObjectId id) { return static_cast<std::uint32_t>(id) >= first_object; }

// An address in the highest page, which no system gives a program: mmap and its like say so that they failed.
constexpr bool is_error_address(std::uint64_t bits) { return bits >= std::uint64_t{0} - 4095; }

struct Value {
    std::uint64_t bits = 0;
    ObjectId object = no_object;
    std::uint8_t shadow = 0;  // bit i: layer i

    bool is_null() const { return object == null_object || (object == no_object && bits == 0); }
    bool is_error() const { return object == no_object && is_error_address(bits); }
    bool operator==(const Value&) const = default;
};

// The object of a sum, a mask, a choice of bits: of whichever side has one.
inline ObjectId joined(ObjectId left, ObjectId right) {
    if (left == right || right == no_object) return left;
    if (left == no_object || left == null_object) return right;
    return right == null_object ? left : mixed_object;
}

// The object of a difference: pointers into one object leave a plain number.
inline ObjectId subtracted(ObjectId left, ObjectId right) {
    if (right == no_object || right == null_object) return left;
    return left == right && is_real(left) ? no_object : mixed_object;
}

}  // namespace gnomon::memory
