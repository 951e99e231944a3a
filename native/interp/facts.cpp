#include "interp/facts.h"

#include <algorithm>
#include <array>
#include <span>

#include "ir/is_a.h"
#include "shadow/evaluate.h"
#include "shadow/format.h"

namespace gnomon::interp {
namespace {

using ir::Wide;
using shadow::Field;

constexpr Wide largest = ~(Wide{1} << 127);

Wide saturated(bool is_negative) { return is_negative ? -largest : largest; }

Wide shifted(Wide left, Wide right) {
    const int count = static_cast<int>(std::clamp<Wide>(right, 0, 127));
    Wide result = left;
    for (int i = 0; i < count; ++i)
        if (__builtin_add_overflow(result, result, &result)) return saturated(left < 0);
    return result;
}

Wide number(ir::Scalar type, const memory::Value& value) {
    if (type.kind == ir::Scalar::Kind::floating) return ir::is_true(type, value.bits);
    return type.kind == ir::Scalar::Kind::none ? Wide{value.bits} : ir::exact(type, value.bits);
}

struct NamedField {
    Field field;
    const char* name;
};

constexpr std::array access_fields{
    NamedField{Field::size, "size"},
    NamedField{Field::pointer_is_null, "pointer_is_null"},
    NamedField{Field::pointer_offset, "pointer_offset"},
    NamedField{Field::object_size, "object_size"},
    NamedField{Field::object_alive, "object_alive"},
    NamedField{Field::object_kind, "object_kind"},
    NamedField{Field::object_writable, "object_writable"},
};
constexpr std::array store_fields{NamedField{Field::value, "value"}};
constexpr std::array arithmetic_fields{
    NamedField{Field::left, "left"},
    NamedField{Field::right, "right"},
    NamedField{Field::operator_, "operator_"},
    NamedField{Field::bits, "bits"},
    NamedField{Field::is_signed, "is_signed"},
    NamedField{Field::type_minimum, "type_minimum"},
    NamedField{Field::type_maximum, "type_maximum"},
};
constexpr std::array cast_fields{
    NamedField{Field::value, "value"},
    NamedField{Field::bits, "bits"},
    NamedField{Field::is_signed, "is_signed"},
    NamedField{Field::type_minimum, "type_minimum"},
    NamedField{Field::type_maximum, "type_maximum"},
};
constexpr std::array branch_fields{NamedField{Field::condition, "condition"}};
constexpr std::array value_fields{NamedField{Field::value, "value"}, NamedField{Field::object_state, "state"}};
constexpr std::array allocate_fields{NamedField{Field::size, "size"}, NamedField{Field::object_kind, "object_kind"}};

std::vector<std::span<const NamedField>> fields_of(shadow::Event event) {
    switch (event) {
        case shadow::Event::store:
            return {access_fields, store_fields};
        case shadow::Event::load:
        case shadow::Event::release:
        case shadow::Event::end_of_entry:
        case shadow::Event::scope_end:
            return {access_fields};
        case shadow::Event::call:
        case shadow::Event::called:
        case shadow::Event::back:
        case shadow::Event::copy:
        case shadow::Event::returned:
            return {access_fields, value_fields};
        case shadow::Event::number_left:
            return {store_fields};
        case shadow::Event::arithmetic:
            return {arithmetic_fields};
        case shadow::Event::cast:
            return {cast_fields};
        case shadow::Event::branch:
            return {branch_fields};
        case shadow::Event::allocate:
            return {allocate_fields};
        default:
            return {};
    }
}

}  // namespace

Wide ConcreteAlgebra::apply(shadow::Operator op, Wide left, Wide right) const {
    Wide result = 0;
    switch (op) {
        case shadow::Operator::add:
            return __builtin_add_overflow(left, right, &result) ? saturated(left < 0) : result;
        case shadow::Operator::subtract:
            return __builtin_sub_overflow(left, right, &result) ? saturated(left < 0) : result;
        case shadow::Operator::multiply:
            return __builtin_mul_overflow(left, right, &result) ? saturated((left < 0) != (right < 0)) : result;
        case shadow::Operator::shift_left:
            return shifted(left, right);
        case shadow::Operator::equal:
            return left == right;
        case shadow::Operator::not_equal:
            return left != right;
        case shadow::Operator::less:
            return left < right;
        default:
            return left <= right;
    }
}

Wide ConcreteAlgebra::negate(Wide value) const { return apply(shadow::Operator::subtract, 0, value); }

Facts Facts::focused(std::int64_t argument) const {
    if (argument == 0) return *this;
    Facts facts = *this;
    const auto index = static_cast<std::size_t>(argument - 1);
    const bool is_given = index < arguments.size();
    facts.value = facts.pointer = is_given ? arguments[index] : memory::Value{};
    facts.value_type = facts.type = is_given ? argument_types[index] : ir::Scalar{};
    facts.focus = static_cast<std::uint8_t>(argument);
    return facts;
}

Wide ConcreteAlgebra::field(Field field, std::int64_t argument) const {
    if (argument == 0) return own_field(field);
    return ConcreteAlgebra(facts_.focused(argument), memory_, layer_).own_field(field);
}

Wide ConcreteAlgebra::own_field(Field field) const {
    switch (field) {
        case Field::size:
            return facts_.size;
        case Field::stack_size:
            return facts_.stack_size;
        case Field::operator_:
            return facts_.operator_number;
        case Field::right_constant_known:
            return facts_.is_right_constant;
        case Field::left:
            return number(facts_.left_type, facts_.left);
        case Field::right:
            return number(facts_.right_type, facts_.right);
        case Field::condition:
        case Field::value:
            return number(facts_.value_type, facts_.value);
        case Field::bits:
        case Field::is_signed:
        case Field::is_float:
        case Field::type_minimum:
        case Field::type_maximum:
            return type_field(field);
        case Field::pointer_is_null:
        case Field::pointer_offset:
        case Field::object_size:
        case Field::object_alive:
        case Field::object_kind:
        case Field::object_writable:
        case Field::object_number:
        case Field::object_reachable:
        case Field::object_state:
        case Field::object_counted:
            return object_field(field);
        case Field::is_explicit:
        case Field::from_bits:
        case Field::from_is_signed:
        case Field::from_is_float:
        case Field::fits:
            return cast_field(field);
        case Field::is_library:
        case Field::is_indirect:
        case Field::is_pointer:
        case Field::is_converted:
        case Field::thread_state:
        case Field::callee_fits:
        case Field::to_world:
        case Field::number_state:
        case Field::is_held:
            return call_field(field);
        case Field::is_leaked:
            return facts_.is_leaked;
        case Field::view_fits:
            return fits_view();
        case Field::format_given:
        case Field::format_fits:
            return format_field(field);
        default:
            return shadow_field(field);
    }
}

// Of blocks and of the library's own objects it is known what they are.
bool ConcreteAlgebra::fits_view() const {
    if (!facts_.view || !memory::is_real(facts_.pointer.object)) return true;
    const memory::Object& object = memory_[facts_.pointer.object];
    const auto* global = std::get_if<ir::GlobalId>(&object.origin);
    const ir::Global* librarys = global && (*facts_.program)[*global].is_model ? &(*facts_.program)[*global] : nullptr;
    const std::optional<ir::TypeId> type = librarys ? librarys->type : object.made_as;
    return !object.is_alive || !type || ir::begins_as(facts_.program->types, *type, *facts_.view);
}

Wide ConcreteAlgebra::call_field(Field field) const {
    switch (field) {
        case Field::is_library:
            return facts_.callee && (facts_.callee->is_model || !facts_.callee->has_body);
        case Field::is_indirect:
            return facts_.callee == nullptr;
        case Field::is_pointer:
            return facts_.is_pointer;
        case Field::is_converted:
            return facts_.focus > 0 && (facts_.converted >> (facts_.focus - 1) & 1) != 0;
        case Field::thread_state:
            return layer_ < facts_.thread_states.size() ? facts_.thread_states[layer_] : 0;
        case Field::callee_fits:
            return facts_.is_fitting;
        case Field::is_held:
            return facts_.is_reachable;
        case Field::number_state: {
            if (!facts_.number_states) return 0;
            const auto found = facts_.number_states->find({layer_, number(facts_.value_type, facts_.value)});
            return found == facts_.number_states->end() ? 0 : found->second.state;
        }
        default:
            return facts_.is_to_world;
    }
}

// Formats that are not there whole are the business of other rules.
Wide ConcreteAlgebra::format_field(Field field) const {
    if (!facts_.call || !facts_.callee || facts_.focus == 0) return 1;
    const auto text = format();
    if (!text) return 1;
    const auto check =
        shadow::check_format(*facts_.program, *text, shadow::is_scan(facts_.callee->name), *facts_.call, facts_.focus);
    return field == Field::format_given ? check.is_given : check.is_fitting;
}

std::uint8_t shadow_of_text(const Facts& facts, const memory::Memory& memory) {
    if (!memory::is_real(facts.pointer.object)) return 0;
    const memory::Object& object = memory[facts.pointer.object];
    const std::int64_t begin = memory.offset_of(facts.pointer);
    // Without bytes of its own, it is as the program has made it.
    if (!object.is_alive || begin < 0 || !object.bytes) return 0;
    std::uint8_t shadow = 0;
    for (auto at = static_cast<std::uint64_t>(begin); at < object.size && object.bytes[at] != 0; ++at)
        shadow |= memory.shadow(facts.pointer.object, at, 1);
    return shadow;
}

std::optional<std::string> ConcreteAlgebra::format() const {
    if (!memory::is_real(facts_.pointer.object)) return std::nullopt;
    const memory::Object& object = memory_[facts_.pointer.object];
    const std::int64_t begin = memory_.offset_of(facts_.pointer);
    const auto* global = std::get_if<ir::GlobalId>(&object.origin);
    const std::vector<std::uint8_t>* initial = global ? &(*facts_.program)[*global].bytes : nullptr;
    if (!object.is_alive || begin < 0 || (!object.bytes && !initial)) return std::nullopt;
    std::string text;
    for (auto at = static_cast<std::uint64_t>(begin); at < object.size; ++at) {
        const std::uint8_t byte = object.bytes ? object.bytes[at] : at < initial->size() ? (*initial)[at] : 0;
        if (byte == 0) return text;
        text += static_cast<char>(byte);
    }
    return std::nullopt;
}

Wide ConcreteAlgebra::cast_field(Field field) const {
    const ir::Scalar& from = facts_.value_type;
    switch (field) {
        case Field::is_explicit:
            return facts_.is_explicit;
        case Field::from_bits:
            return from.bits;
        case Field::from_is_signed:
            return from.is_signed;
        case Field::from_is_float:
            return from.kind == ir::Scalar::Kind::floating;
        default:
            break;
    }
    if (from.kind == ir::Scalar::Kind::floating) {
        const bool is_known = from.is_supported() && facts_.type.is_supported();
        return !is_known || ir::convert(from, facts_.type, facts_.value.bits).has_value();
    }
    const Wide exact = number(from, facts_.value);
    return !facts_.type.is_supported() || facts_.type.kind == ir::Scalar::Kind::floating ||
           facts_.type.kind == ir::Scalar::Kind::boolean ||
           (ir::minimum_of(facts_.type) <= exact && exact <= ir::maximum_of(facts_.type));
}

Wide ConcreteAlgebra::type_field(Field field) const {
    switch (field) {
        case Field::bits:
            return facts_.type.bits;
        case Field::is_signed:
            return facts_.type.is_signed;
        case Field::is_float:
            return facts_.type.kind == ir::Scalar::Kind::floating;
        case Field::type_minimum:
            return !facts_.type.is_supported() ? 0 : ir::minimum_of(facts_.type);
        default:
            return !facts_.type.is_supported() ? 0 : ir::maximum_of(facts_.type);
    }
}

Wide ConcreteAlgebra::object_field(Field field) const {
    if (field == Field::pointer_is_null) return facts_.pointer.is_null();
    if (field == Field::object_kind && facts_.new_object) return static_cast<int>(*facts_.new_object);
    if (facts_.pointer.is_error()) return shadow::field_of_error(field);
    if (!memory::is_real(facts_.pointer.object)) return 0;
    const memory::Object& object = memory_[facts_.pointer.object];
    switch (field) {
        case Field::pointer_offset:
            return memory_.offset_of(facts_.pointer);
        case Field::object_size:
            return object.size;
        case Field::object_alive:
            return object.is_alive;
        case Field::object_kind:
            return static_cast<int>(object.kind);
        case Field::object_number:
            return static_cast<std::uint32_t>(facts_.pointer.object);
        case Field::object_reachable:
            return facts_.is_reachable;
        case Field::object_state:
            return object.states[layer_];
        case Field::object_counted:
            return object.is_counted;
        default:
            return object.is_writable;
    }
}

Wide ConcreteAlgebra::shadow_field(Field field) const {
    const auto bit = [&](std::uint8_t shadow) { return Wide{(shadow >> layer_) & 1}; };
    switch (field) {
        case Field::shadow_left:
            return bit(facts_.left.shadow);
        case Field::shadow_right:
            return bit(facts_.right.shadow);
        case Field::shadow_pointer:
            return bit(facts_.pointer.shadow);
        case Field::shadow_size:
            return bit(facts_.size_shadow);
        case Field::shadow_text:
            return bit(shadow_of_text(facts_, memory_));
        case Field::shadow_bytes:
        case Field::shadow_whole:
            break;
        default:
            return bit(facts_.value.shadow);
    }
    if (!memory::is_real(facts_.pointer.object)) return 0;
    const memory::Object& object = memory_[facts_.pointer.object];
    const std::int64_t offset = memory_.offset_of(facts_.pointer);
    if (!object.is_alive || !object.contains(offset, facts_.size)) return 0;
    const auto begin = static_cast<std::uint64_t>(offset);
    if (field == Field::shadow_bytes) return bit(memory_.shadow(facts_.pointer.object, begin, facts_.size));
    std::uint8_t whole = 0xff;
    for (std::uint64_t i = 0; i < facts_.size; ++i) whole &= memory_.shadow(facts_.pointer.object, begin + i, 1);
    return bit(whole);
}

Wide number_of(const shadow::Expression& expression, const Facts& facts, const memory::Memory& memory,
               std::uint8_t layer) {
    ConcreteAlgebra algebra(facts, memory, layer);
    return shadow::evaluate(expression, algebra);
}

bool holds(const shadow::Expression& expression, const Facts& facts, const memory::Memory& memory, std::uint8_t layer) {
    return number_of(expression, facts, memory, layer) != 0;
}

std::vector<std::pair<std::string, std::string>> readable_fields(const Facts& facts, const memory::Memory& memory,
                                                                 std::uint8_t layer) {
    std::vector<std::pair<std::string, std::string>> values;
    const ConcreteAlgebra algebra(facts, memory, layer);
    for (const auto& group : fields_of(facts.event))
        for (const NamedField& named : group) values.emplace_back(named.name, to_text(algebra.field(named.field, 0)));
    values.emplace_back("stack_size", to_text(facts.stack_size));
    return values;
}

std::string to_text(Wide number) {
    if (number == 0) return "0";
    const bool is_negative = number < 0;
    std::string digits;
    for (Wide rest = number; rest != 0; rest /= 10) {
        const int digit = static_cast<int>(rest % 10);
        digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    }
    if (is_negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

}  // namespace gnomon::interp
