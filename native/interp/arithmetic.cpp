// Operators, casts and address computations.
#include "interp/machine.h"

namespace gnomon::interp {
namespace {

constexpr std::uint8_t negate_number = 100;  // of shadow::Field::operator_: the unary operators, after the binary ones

bool keeps_object(ir::BinaryOperator op) {
    return op == ir::BinaryOperator::add || op == ir::BinaryOperator::bit_and || op == ir::BinaryOperator::bit_or ||
           op == ir::BinaryOperator::bit_xor;
}

// An address inside an object; what is computed from null stays null, whatever its bits.
memory::ObjectId addressed(const memory::Value& base) { return base.is_null() ? memory::null_object : base.object; }

}  // namespace

void Machine::execute(const ir::Move& move) {
    const Value moved = value(move.value);
    if (is_watched(shadow::Event::read)) {
        Facts facts;
        facts.event = shadow::Event::read;
        facts.type = facts.value_type = scalar(move.type);
        facts.value = moved;
        check(facts);
    }
    set(move.result, moved);
}

void Machine::execute(const ir::Unary& unary) {
    const Value operand = value(unary.value);
    const ir::Scalar type = scalar(unary.type);
    Value result{0, memory::no_object, operand.shadow};
    if (is_watched(shadow::Event::arithmetic)) {
        Facts facts = facts_of(shadow::Event::arithmetic);
        facts.type = facts.left_type = facts.value_type = type;
        facts.left = facts.value = operand;
        facts.operator_number = static_cast<std::uint8_t>(negate_number + static_cast<int>(unary.op));
        check(facts);
        result.shadow = updated(facts, result.shadow);
    }
    const auto bits = ir::evaluate(unary.op, type, operand.bits);
    if (!bits) not_modelled("arithmetic on " + program_.types.spelling(unary.type));
    result.bits = *bits;
    set(unary.result, result);
}

void Machine::execute(const ir::Binary& binary) {
    const Value left = value(binary.left);
    const Value right = value(binary.right);
    const bool is_shift = binary.op == ir::BinaryOperator::shift_left || binary.op == ir::BinaryOperator::shift_right;
    if (binary.op == ir::BinaryOperator::equal || binary.op == ir::BinaryOperator::not_equal)
        use_to_compare(left, right);
    const ir::Scalar type = scalar(binary.type);
    const ir::Scalar right_type = is_shift ? scalar(binary.right_type) : type;
    Value result{0, memory::no_object, static_cast<std::uint8_t>(left.shadow | right.shadow)};
    if (is_watched(shadow::Event::arithmetic)) {
        Facts facts = facts_of(shadow::Event::arithmetic);
        facts.type = facts.left_type = type;
        facts.right_type = right_type;
        facts.left = left;
        facts.right = right;
        facts.operator_number = static_cast<std::uint8_t>(binary.op);
        facts.is_right_constant = binary.right.is_constant();
        check(facts);
        result.shadow = updated(facts, result.shadow);
    }
    const auto bits = ir::evaluate(binary.op, type, right_type, left.bits, right.bits);
    if (!bits)
        not_modelled(type.is_supported() ? "division by zero"
                                         : "arithmetic on " + program_.types.spelling(binary.type));
    result.bits = *bits;
    if (left.object != memory::no_object || right.object != memory::no_object) {
        if (ir::is_comparison(binary.op)) compare_identities(binary, left, right);
        if (keeps_object(binary.op)) result.object = memory::joined(left.object, right.object);
        if (binary.op == ir::BinaryOperator::subtract) result.object = memory::subtracted(left.object, right.object);
    }
    set(binary.result, result);
}

// An object that the program's world chose may be any foreign object: whether it is that one is not ours to say.
void Machine::compare_identities(const ir::Binary& binary, const Value& left, const Value& right) const {
    if (binary.op != ir::BinaryOperator::equal && binary.op != ir::BinaryOperator::not_equal) return;
    if (left.object == right.object || !memory::is_real(left.object) || !memory::is_real(right.object)) return;
    const memory::Object& one = memory_[left.object];
    const memory::Object& other = memory_[right.object];
    if (one.kind != shadow::ObjectKind::opaque || other.kind != shadow::ObjectKind::opaque) return;
    if (one.is_chosen || other.is_chosen) not_modelled("compares the identity of an unknown object");
}

void Machine::execute(const ir::Cast& cast) {
    const Value operand = value(cast.value);
    const ir::Scalar from = scalar(cast.from);
    const ir::Scalar to = scalar(cast.to);
    Value result{0, memory::no_object, operand.shadow};
    if (is_watched(shadow::Event::cast)) {
        Facts facts = facts_of(shadow::Event::cast);
        facts.type = to;
        facts.value_type = from;
        facts.value = operand;
        facts.is_explicit = cast.is_explicit;
        check(facts);
        result.shadow = updated(facts, result.shadow);
    }
    const auto bits = ir::convert(from, to, operand.bits);
    if (!bits)
        not_modelled("converts " + program_.types.spelling(cast.from) + " to " + program_.types.spelling(cast.to));
    result.bits = *bits;
    if (to.bits == 64 && from.bits == 64) result.object = operand.object;
    set(cast.result, result);
}

void Machine::execute(const ir::FieldAddress& address) {
    const Value base = value(address.base);
    set(address.result, {base.bits + address.byte_offset, addressed(base), base.shadow});
}

std::uint64_t Machine::stride(ir::TypeId element) const {
    const bool is_sizeless = std::holds_alternative<ir::VoidType>(program_.types[element]) ||
                             std::holds_alternative<ir::FunctionType>(program_.types[element]);
    return is_sizeless ? 1 : program_.types.size_of(element);
}

void Machine::execute(const ir::ElementAddress& address) {
    const Value base = value(address.base);
    const Value index = value(address.index);
    keep_numbers(index);  // what is kept at a place of its own is found by it
    const std::uint64_t distance = ir::extend(scalar(address.index_type), index.bits) * stride(address.element);
    const std::uint64_t bits = address.is_negated ? base.bits - distance : base.bits + distance;
    set(address.result, {bits, addressed(base), static_cast<std::uint8_t>(base.shadow | index.shadow)});
}

void Machine::execute(const ir::PointerDifference& difference) {
    const Value left = value(difference.left);
    const Value right = value(difference.right);
    if (left.object != right.object && !(left.is_null() && right.is_null()))
        not_modelled("the difference of pointers into different objects");
    const auto size = static_cast<std::int64_t>(stride(difference.element));
    if (size == 0) not_modelled("the difference of pointers to elements without size");
    const auto bytes = static_cast<std::int64_t>(left.bits - right.bits);
    set(difference.result, {static_cast<std::uint64_t>(bytes / size), memory::no_object,
                            static_cast<std::uint8_t>(left.shadow | right.shadow)});
}

}  // namespace gnomon::interp
