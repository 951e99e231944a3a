// Values that the program's world chooses: from the witness, or the plainest.
#include <algorithm>
#include <limits>

#include "interp/machine.h"
#include "ir/input_name.h"

namespace gnomon::interp {

void Machine::execute(const ir::Input& input) {
    const std::uint32_t occurrence = input.number ? numbered(value(*input.number)) : occurrences_[site()]++;
    std::optional<InputValue> chosen;
    if (const auto found = chosen_.find({site(), occurrence}); found != chosen_.end()) chosen = found->second;
    // In the entry itself, inputs are taken for the call that comes.
    const std::uint32_t step = frames_.size() == 1 ? entry_calls_ : entry_calls_ - 1;
    const auto index = static_cast<std::uint32_t>(outcome_.inputs.size());
    outcome_.inputs.push_back({site(), occurrence, input_name(input), std::uint64_t{0}, step});
    const std::uint8_t shadow = shadow_of_input(input);
    Value result;
    if (const auto* integer = std::get_if<ir::IntegerInput>(&input.choice)) {
        result = integer_input(*integer, chosen);
        result.shadow = shadow;
    } else if (const auto* floating = std::get_if<ir::FloatInput>(&input.choice)) {
        result = float_input(*floating, chosen);
        result.shadow = shadow;
    } else if (const auto* bytes = std::get_if<ir::BytesInput>(&input.choice)) {
        result = bytes_input(input, *bytes, chosen, shadow);
    } else {
        const ObjectId object = memory_.create(shadow::ObjectKind::opaque, 0, memory::InputOrigin{index});
        memory_[object].is_chosen = true;
        result = memory_.pointer_to(object);
    }
    if (chosen) outcome_.inputs[index].value = *chosen;
    set(input.result, result);
}

// What the code says, instead of counting.
std::uint32_t Machine::numbered(const Value& number) const {
    require_known(number.shadow);
    if (number.object != memory::no_object || number.bits > std::numeric_limits<std::uint32_t>::max())
        not_modelled("an input by a number that is too large");
    return static_cast<std::uint32_t>(number.bits);
}

// What a caller that nobody knows hands over has none: nothing rests on such a run.
std::uint8_t Machine::shadow_of_input(const ir::Input& input) const {
    if (input.is_callers || !updates_[static_cast<std::size_t>(shadow::Event::input)]) return 0;
    Facts facts;
    facts.event = shadow::Event::input;
    facts.callee = function_;
    return updated(facts, 0);
}

std::string Machine::input_name(const ir::Input& input) const {
    const Value subject = input.subject ? value(*input.subject) : Value{};
    const auto* literal =
        memory::is_real(subject.object) ? std::get_if<ir::GlobalId>(&memory_[subject.object].origin) : nullptr;
    return ir::input_name(input, literal != nullptr ? &program_[*literal] : nullptr);
}

// Each of these writes the value that it takes back to `chosen`.

memory::Value Machine::integer_input(const ir::IntegerInput& choice, std::optional<InputValue>& chosen) {
    const ir::Scalar type = scalar(choice.type);
    if (!type.is_supported()) not_modelled("an input of type " + program_.types.spelling(choice.type));
    const auto bound = [&](std::int64_t number) {
        return type.is_signed ? ir::Wide{number} : ir::Wide{static_cast<std::uint64_t>(number)};
    };
    const bool is_any = bound(choice.minimum) > bound(choice.maximum);
    const ir::Wide minimum = is_any ? ir::minimum_of(type) : bound(choice.minimum);
    const ir::Wide maximum = is_any ? ir::maximum_of(type) : bound(choice.maximum);
    auto bits = static_cast<std::uint64_t>(std::clamp<ir::Wide>(0, minimum, maximum)) & type.mask();
    if (chosen) {
        const auto* given = std::get_if<std::uint64_t>(&*chosen);
        if (!given) not_modelled("an input that is not an integer");
        bits = *given & type.mask();
    }
    const ir::Wide exact = ir::exact(type, bits);
    if (exact < minimum || exact > maximum) not_modelled("an input out of its range");
    chosen = bits;
    return {bits, memory::no_object, 0};
}

memory::Value Machine::float_input(const ir::FloatInput& choice, std::optional<InputValue>& chosen) {
    const ir::Scalar type = scalar(choice.type);
    if (!type.is_supported()) not_modelled("an input of type " + program_.types.spelling(choice.type));
    const auto* given = chosen ? std::get_if<std::uint64_t>(&*chosen) : nullptr;
    if (chosen && !given) not_modelled("an input that is not a number");
    const std::uint64_t bits = given ? *given & type.mask() : 0;
    chosen = bits;
    return {bits, memory::no_object, 0};
}

memory::Value Machine::bytes_input(const ir::Input& input, const ir::BytesInput& choice,
                                   std::optional<InputValue>& chosen, std::uint8_t shadow) {
    std::uint64_t minimum = choice.minimum, maximum = choice.maximum;
    if (choice.size) {
        require_known(value(*choice.size).shadow);
        minimum = maximum = value(*choice.size).bits;
    }
    if (minimum > limits_.memory_bytes) throw memory::OutOfMemory();
    if (!chosen) chosen = std::vector<std::uint8_t>(minimum, choice.plain);
    if (std::holds_alternative<NullChoice>(*chosen)) {
        if (!choice.may_be_null) not_modelled("an input that may not be null");
        if (choice.length_result) set(*choice.length_result, {});
        return {};
    }
    const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&*chosen);
    if (!bytes) not_modelled("an input that is not bytes");
    if (bytes->size() < minimum || bytes->size() > maximum) not_modelled("an input out of its range");
    if (choice.without_nul && std::find(bytes->begin(), bytes->end(), 0) != bytes->end())
        not_modelled("an input with a NUL inside");
    if (choice.is_line && std::find(bytes->begin(), bytes->end(), '\n') != bytes->end())
        not_modelled("a line with a newline inside");
    if (choice.is_word && std::any_of(bytes->begin(), bytes->end(), [](std::uint8_t byte) { return byte <= ' '; }))
        not_modelled("a word with white space inside");
    if (choice.is_ascii && std::any_of(bytes->begin(), bytes->end(), [](std::uint8_t byte) { return byte >= 0x80; }))
        not_modelled("an input that is not ASCII");
    const auto index = static_cast<std::uint32_t>(outcome_.inputs.size() - 1);
    // A block that a caller hands over may be one that is to be freed.
    const auto kind = input.is_callers ? shadow::ObjectKind::heap : shadow::ObjectKind::input;
    const std::uint64_t size = bytes->size() + (choice.is_terminated ? 1 : 0);
    const ObjectId object = memory_.create(kind, size, memory::InputOrigin{index}, shadow);
    memory_[object].is_writable = choice.is_writable;
    std::copy(bytes->begin(), bytes->end(), memory_.bytes(object).begin());
    if (choice.length_result) set(*choice.length_result, {bytes->size(), memory::no_object, shadow});
    return memory_.pointer_to(object);
}

}  // namespace gnomon::interp
