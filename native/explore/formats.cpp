// Formats: their texts, and what they ask for.
#include "shadow/format.h"

#include "explore/stepper.h"

namespace gnomon::explore {

using shadow::Field;

namespace {

constexpr std::size_t most_letters_of_format = 16;  // of those that are looked for: eight conversions

}  // namespace

Number Stepper::format_field(State& state, const Event& event, Field field, Algebra& algebra) {
    if (event.call == nullptr || event.callee == nullptr || event.focus == 0) return algebra.constant(1);
    const auto text = known_text(state, event.pointer);
    if (!text) return algebra.constant(1);
    const auto check =
        shadow::check_format(world_.program, *text, shadow::is_scan(event.callee->name), *event.call, event.focus);
    return algebra.constant(field == Field::format_given ? check.is_given : check.is_fitting);
}

std::optional<std::string> Stepper::known_text(State& state, const Value& pointer) {
    if (!is_real(pointer.object) || is_function(pointer.object) || !pointer.bits->is_constant()) return std::nullopt;
    define_fixed(state, pointer.object);
    const Object& object = state.memory.at(pointer.object);
    if (!object.is_alive || !object.size->is_constant() || object.base == Base::unknown) return std::nullopt;
    const auto size = static_cast<std::uint64_t>(object.size->constant);
    std::string text;
    for (auto at = static_cast<std::uint64_t>(pointer.bits->constant); at < size; ++at) {
        const Cell byte = cell(state, pointer.object, at);
        if (byte.object != ObjectId::none || !byte.value->is_constant()) return std::nullopt;
        if (is_unknown(state, byte.shadow)) return std::nullopt;
        if (byte.value->is_false()) return text;
        text += static_cast<char>(byte.value->constant);
    }
    return std::nullopt;
}

// Of a format that the world has a say in: it does not begin with more conversions, one after the other, than there are
// arguments. (That is not all that may be wrong with it.)
std::optional<Expression> Stepper::asks_for_less(State& state, const Event& event) {
    const Value& pointer = event.pointer;
    const bool has_place = is_real(pointer.object) && !is_function(pointer.object) && pointer.bits->is_constant();
    if (!has_place || event.call == nullptr) return std::nullopt;
    define_fixed(state, pointer.object);
    const Object& object = state.memory.at(pointer.object);
    std::string text;
    for (std::size_t given = event.focus; given <= event.call->arguments.size(); ++given) text += "%d";
    const auto offset = static_cast<std::uint64_t>(pointer.bits->constant);
    const bool has_room = object.is_alive && offset + text.size() <= object.size->maximum;
    if (!has_room || object.base == Base::unknown || text.size() > most_letters_of_format) return std::nullopt;
    Expression is_such = is_in_bounds(object, pointer.bits, world_.size_constant(text.size()));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const Cell byte = cell(state, pointer.object, offset + i);
        if (byte.object != ObjectId::none || is_unknown(state, byte.shadow)) return std::nullopt;
        const Expression letter = expressions_.constant(static_cast<std::uint8_t>(text[i]), 8);
        is_such = expressions_.both(is_such, expressions_.equal(byte.value, letter));
    }
    return expressions_.bit_not(is_such);
}

}  // namespace gnomon::explore
