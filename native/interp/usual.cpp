// The fast loop: decoded instructions in their usual case. Everything else is left to the IR's instruction, so nothing
// here decides what is a failure.
#include <algorithm>
#include <cstring>
#include <limits>

#include "interp/machine.h"

namespace gnomon::interp {
namespace {

using memory::ObjectId;
using memory::Value;

std::uint64_t ones(unsigned shift) { return ~std::uint64_t{0} >> shift; }
std::int64_t high(std::uint64_t bits, unsigned shift) { return static_cast<std::int64_t>(bits << shift); }
std::int64_t extended(std::uint64_t bits, unsigned shift) { return high(bits, shift) >> shift; }

// Up to eight bytes, little-endian, and a store of them.
std::uint64_t word_at(const std::uint8_t* bytes, unsigned size) {
    std::uint64_t word = 0;
    switch (size) {
        case 1:
            return *bytes;
        case 2:
            std::memcpy(&word, bytes, 2);
            return word;
        case 4:
            std::memcpy(&word, bytes, 4);
            return word;
        case 8:
            std::memcpy(&word, bytes, 8);
            return word;
        default:
            std::memcpy(&word, bytes, size);
            return word;
    }
}
void put_word(std::uint8_t* bytes, std::uint64_t word, unsigned size) {
    switch (size) {
        case 1:
            *bytes = static_cast<std::uint8_t>(word);
            return;
        case 4:
            std::memcpy(bytes, &word, 4);
            return;
        case 8:
            std::memcpy(bytes, &word, 8);
            return;
        default:
            std::memcpy(bytes, &word, size);
            return;
    }
}
std::uint64_t repeated(std::uint8_t byte, unsigned size) {
    return (std::uint64_t{byte} * 0x0101010101010101) & ones(64 - 8 * size);
}

// The signed operation with both operands at the upper end of 64 bits, where it overflows when the narrow one does.
bool fits(Code code, std::uint64_t left, std::uint64_t right, unsigned shift, std::uint64_t& result) {
    std::int64_t exact = 0;
    bool overflows = false;
    if (code == Code::add_signed)
        overflows = __builtin_add_overflow(high(left, shift), high(right, shift), &exact);
    else if (code == Code::subtract_signed)
        overflows = __builtin_sub_overflow(high(left, shift), high(right, shift), &exact);
    else
        overflows = __builtin_mul_overflow(high(left, shift), extended(right, shift), &exact);
    result = static_cast<std::uint64_t>(exact) >> shift;
    return !overflows;
}

bool is_true(Code code, std::uint64_t left, std::uint64_t right, unsigned shift) {
    const std::uint64_t a = left << shift, b = right << shift;
    const auto x = static_cast<std::int64_t>(a), y = static_cast<std::int64_t>(b);
    switch (code) {
        case Code::equal:
            return a == b;
        case Code::not_equal:
            return a != b;
        case Code::less:
            return a < b;
        case Code::less_signed:
            return x < y;
        case Code::less_equal:
            return a <= b;
        case Code::less_equal_signed:
            return x <= y;
        case Code::greater:
            return a > b;
        case Code::greater_signed:
            return x > y;
        case Code::greater_equal:
            return a >= b;
        default:
            return x >= y;
    }
}

// Each of these gives the result of one instruction, or false where it is not in its usual case.

bool are_plain(const Value& left, const Value& right) {
    return (left.shadow | right.shadow) == 0 && left.object == memory::no_object && right.object == memory::no_object;
}

inline bool arithmetic(const Decoded& now, const Value& left, const Value& right, Value& result) {
    if (!are_plain(left, right)) return false;
    std::uint64_t bits = 0;
    switch (now.code) {
        case Code::add:
            bits = left.bits + right.bits;
            break;
        case Code::subtract:
            bits = left.bits - right.bits;
            break;
        case Code::multiply:
            bits = left.bits * right.bits;
            break;
        case Code::bit_and:
            bits = left.bits & right.bits;
            break;
        case Code::bit_or:
            bits = left.bits | right.bits;
            break;
        case Code::bit_xor:
            bits = left.bits ^ right.bits;
            break;
        default:
            if (!fits(now.code, left.bits, right.bits, now.shift, bits)) return false;
    }
    result = {bits & ones(now.shift), memory::no_object, 0};
    return true;
}

inline bool division(const Decoded& now, const Value& left, const Value& right, Value& result) {
    if (!are_plain(left, right)) return false;
    const bool is_signed = now.code == Code::divide_signed || now.code == Code::remainder_signed;
    const bool gives_quotient = now.code == Code::divide || now.code == Code::divide_signed;
    std::uint64_t bits = 0;
    if (is_signed) {
        const std::int64_t a = extended(left.bits, now.shift), b = extended(right.bits, now.shift);
        if (b == 0 || b == -1) return false;
        bits = static_cast<std::uint64_t>(gives_quotient ? a / b : a % b);
    } else {
        const std::uint64_t a = left.bits & ones(now.shift), b = right.bits & ones(now.shift);
        if (b == 0) return false;
        bits = gives_quotient ? a / b : a % b;
    }
    result = {bits & ones(now.shift), memory::no_object, 0};
    return true;
}

inline bool shift(const Decoded& now, const Value& left, const Value& right, Value& result) {
    // A negative count is a large one here.
    const auto count = static_cast<std::uint64_t>(extended(right.bits, now.other_shift));
    if (!are_plain(left, right) || count >= 64u - now.shift) return false;
    std::uint64_t bits = left.bits & ones(now.shift);
    if (now.code == Code::shift_left)
        bits <<= count;
    else if (now.code == Code::shift_right)
        bits >>= count;
    else
        bits = static_cast<std::uint64_t>(extended(bits, now.shift) >> count);
    result = {bits & ones(now.shift), memory::no_object, 0};
    return true;
}

inline bool comparison(const Decoded& now, const Value& left, const Value& right, Value& result) {
    const bool are_two = left.object != right.object && memory::is_real(left.object) && memory::is_real(right.object);
    if (are_two || (left.shadow | right.shadow) != 0) return false;
    result = {is_true(now.code, left.bits, right.bits, now.shift), memory::no_object, 0};
    return true;
}

inline bool float_binary(const Decoded& now, const Value& left, const Value& right, Value& result) {
    const ir::Scalar type{ir::Scalar::Kind::floating, 64, true};
    const auto op = static_cast<ir::BinaryOperator>(now.size);
    const auto bits = are_plain(left, right) ? ir::evaluate(op, type, type, left.bits, right.bits) : std::nullopt;
    if (bits) result = {*bits, memory::no_object, 0};
    return bits.has_value();
}

inline bool unary(const Decoded& now, const Value& value, Value& result) {
    if (value.shadow != 0) return false;
    const std::uint64_t bits = value.bits & ones(now.shift);
    if (now.code == Code::bit_not) {
        result = {~bits & ones(now.shift), memory::no_object, 0};
    } else if (now.code == Code::logical_not) {
        result = {bits == 0, memory::no_object, 0};
    } else {
        const bool is_least = high(bits, now.shift) == std::numeric_limits<std::int64_t>::min();
        if (is_least && now.other_shift != 0) return false;
        result = {-bits & ones(now.shift), memory::no_object, 0};
    }
    return true;
}

inline bool widening(const Decoded& now, const Value& value, Value& result) {
    if (value.shadow != 0) return false;
    const std::uint64_t whole = now.code == Code::widen ? value.bits & ones(now.shift)
                                                        : static_cast<std::uint64_t>(extended(value.bits, now.shift));
    const bool keeps = now.shift == 0 && now.other_shift == 0;
    result = {whole & now.number, keeps ? value.object : memory::no_object, 0};
    return true;
}

inline bool address(const Decoded& now, const Value& base, const Value& index, Value& result) {
    if (!memory::is_real(base.object)) return false;
    const std::uint64_t count = now.shift != 0 ? static_cast<std::uint64_t>(extended(index.bits, now.other_shift))
                                               : index.bits & ones(now.other_shift);
    const std::uint64_t distance = count * now.number;
    const std::uint64_t bits = now.code == Code::element ? base.bits + distance : base.bits - distance;
    result = {bits, base.object, static_cast<std::uint8_t>(base.shadow | index.shadow)};
    return true;
}

}  // namespace

// The bytes that an access may touch as it likes; null in any but the usual case.
inline memory::Object* Machine::usual_object(const Value& pointer, std::uint64_t size) {
    if (pointer.shadow != 0 || !memory::is_real(pointer.object)) return nullptr;
    memory::Object& object = memory_[pointer.object];
    const std::uint64_t offset = pointer.bits - object.base;
    const bool is_inside = offset <= object.size && size <= object.size - offset;
    const bool is_usual = is_inside && object.is_alive && object.bytes != nullptr;
    return is_usual ? &object : nullptr;
}

inline bool Machine::usual_load(const Value& pointer, unsigned size, Value& result) {
    const memory::Object* object = usual_object(pointer, size);
    if (object == nullptr) return false;
    const std::uint64_t offset = pointer.bits - object->base;
    if (object->shadows == nullptr) {
        if (object->new_shadow != 0) return false;
    } else if (word_at(object->shadows.get() + offset, size) != repeated(object->new_shadow, size)) {
        return false;
    }
    if (object->pointed != nullptr && size == sizeof result.bits) {
        result = memory_.load(pointer.object, offset, size);
    } else {
        result = {word_at(object->bytes.get() + offset, size), memory::no_object, 0};
    }
    return true;
}

inline bool Machine::usual_store(const Value& pointer, unsigned size, const Value& value) {
    memory::Object* object = usual_object(pointer, size);
    if (object == nullptr || !object->is_writable || value.shadow != 0) return false;
    const std::uint64_t offset = pointer.bits - object->base;
    const bool moves_pointers = object->pointed != nullptr || value.object != memory::no_object;
    if (moves_pointers || (object->shadows == nullptr && object->new_shadow != 0)) {
        memory_.store(pointer.object, offset, size, value);
        return true;
    }
    put_word(object->bytes.get() + offset, value.bits, size);
    if (object->shadows != nullptr) put_word(object->shadows.get() + offset, repeated(object->new_shadow, size), size);
    return true;
}

inline bool Machine::usual_conversion(const Decoded& now, const Value& value, Value& result) {
    const auto bits = ir::convert(scalars_[now.number >> 32], scalars_[now.number & 0xffffffff], value.bits);
    if (!bits || value.shadow != 0 || value.object != memory::no_object) return false;
    result = {*bits, memory::no_object, 0};
    return true;
}

// Executes an instruction that ends no block.
inline bool Machine::usual_step(const Decoded& now, Value* registers, const Value* constants) {
    const auto at = [&](Slot slot) -> const Value& {
        return slot & constant_slot ? constants[slot & ~constant_slot] : registers[slot];
    };
    Value& result = registers[now.result];
    const auto pointer_to = [&](ObjectId object) {
        if (object != memory::no_object) result = memory_.pointer_to(object);
        return object != memory::no_object;
    };
    switch (now.code) {
        case Code::move:
            result = at(now.left);
            return true;
        case Code::add... Code::multiply_signed:
        case Code::bit_and... Code::bit_xor:
            return arithmetic(now, at(now.left), at(now.right), result);
        case Code::divide... Code::remainder_signed:
            return division(now, at(now.left), at(now.right), result);
        case Code::shift_left... Code::shift_right_signed:
            return shift(now, at(now.left), at(now.right), result);
        case Code::equal... Code::greater_equal_signed:
            return comparison(now, at(now.left), at(now.right), result);
        case Code::float_binary:
            return float_binary(now, at(now.left), at(now.right), result);
        case Code::negate... Code::logical_not:
            return unary(now, at(now.left), result);
        case Code::widen_signed... Code::widen:
            return widening(now, at(now.left), result);
        case Code::convert:
            return usual_conversion(now, at(now.left), result);
        case Code::field: {
            const Value& base = at(now.left);
            if (!memory::is_real(base.object)) return false;
            result = {base.bits + now.number, base.object, base.shadow};
            return true;
        }
        case Code::element... Code::element_negated:
            return address(now, at(now.left), at(now.right), result);
        case Code::local_address:
            return pointer_to(locals_[frames_.back().locals + now.left]);
        case Code::global_address:
            return pointer_to(globals_[now.left]);
        case Code::load:
            return usual_load(at(now.left), now.size, result);
        case Code::store:
            return usual_store(at(now.left), now.size, at(now.right));
        default:
            return false;
    }
}

// Runs from pc_ up to an instruction that is not in its usual case; pc_ is then there.
void Machine::run_usual() {
    if (current_->decoded.code.empty()) current_->decoded = decode(program_, *function_, table_);
    const Decoded* const code = current_->decoded.code.data();
    Value* const registers = registers_.data() + base_;
    const Value* const constants = current_->decoded.constants.data();
    std::uint64_t left_over = limits_.instructions - std::min(limits_.instructions, outcome_.instructions);
    std::uint32_t pc = pc_;
    for (; left_over != 0; --left_over) {
        const Decoded& now = code[pc];
        if (now.code == Code::jump) {
            pc = static_cast<std::uint32_t>(now.number);
        } else if (now.code == Code::branch) {
            const Value& condition =
                now.left & constant_slot ? constants[now.left & ~constant_slot] : registers[now.left];
            if (condition.shadow != 0) break;
            const bool is_taken = (condition.bits & ones(now.shift)) != 0;
            pc = static_cast<std::uint32_t>(is_taken ? now.number >> 32 : now.number);
        } else if (usual_step(now, registers, constants)) {
            ++pc;
        } else {
            break;
        }
    }
    outcome_.instructions = limits_.instructions - left_over;
    pc_ = pc;
}

}  // namespace gnomon::interp
