// Numbers that rules keep a state beside, as file descriptors are: who may still go by one of them.
#include <algorithm>
#include <cstring>

#include "interp/machine.h"

namespace gnomon::interp {

namespace {

constexpr std::uint64_t word_size = 4;  // of a number in memory

bool has_bit(std::uint8_t shadow, std::uint8_t layer) { return (shadow >> layer & 1) != 0; }

}  // namespace

// Without a state, it is as any other number.
void Machine::set_number_state(const NumberKey& key, std::uint8_t state, bool is_given) {
    if (state == 0) {
        number_states_.erase(key);
        return;
    }
    NumberState& known = number_states_[key];
    known.state = state;
    if (is_given) known.given_at = user_site();
}

// What has the layer's bit comes from such numbers. Unless it is another one, it may stand for any.
bool Machine::may_be(const Value& value, const NumberKey& key) const {
    if (!has_bit(value.shadow, key.first)) return false;
    return is_number(value, key) || memory::is_real(value.object) || !number_states_.contains({key.first, value.bits});
}

bool Machine::is_number(const Value& value, const NumberKey& key) {
    return has_bit(value.shadow, key.first) && !memory::is_real(value.object) && ir::Wide{value.bits} == key.second;
}

bool Machine::holds_number(ObjectId id, const NumberKey& key, Holder holder) const {
    const memory::Object& object = memory_[id];
    if (!object.bytes || (!object.shadows && !has_bit(object.new_shadow, key.first))) return false;
    for (std::uint64_t at = 0; at < object.size; at += word_size) {
        const std::uint64_t size = std::min(word_size, object.size - at);
        if (!has_bit(memory_.shadow(id, at, size), key.first)) continue;
        bool is_whole = size == word_size;
        for (std::uint64_t i = 0; i < size; ++i)
            is_whole = is_whole && has_bit(memory_.shadow(id, at + i, 1), key.first);
        Value word{0, memory::no_object, memory_.shadow(id, at, size)};
        std::memcpy(&word.bits, object.bytes.get() + at, size);
        if (holder == Holder::itself ? is_number(word, key) : !is_whole || may_be(word, key)) return true;
    }
    return false;
}

bool Machine::is_held(const NumberKey& key, const std::vector<bool>& is_reached, Holder holder) const {
    bool is_found = number_states_.at(key).is_kept;
    const auto look = [&](const Value& value) {
        is_found = is_found || (holder == Holder::itself ? is_number(value, key) : may_be(value, key));
    };
    for (std::size_t frame = 0; frame < frames_.size(); ++frame) each_live_register(frame, look);
    for (std::size_t i = 0; i < is_reached.size() && !is_found; ++i)
        is_found =
            is_reached[i] && holds_number(ObjectId{static_cast<std::uint32_t>(i) + memory::first_object}, key, holder);
    return is_found;
}

// Somebody may go by it from now on who does not hold it.
void Machine::keep_numbers(const Value& value) {
    if (value.shadow == 0) return;
    for (auto& [key, known] : number_states_) known.is_kept = known.is_kept || may_be(value, key);
}

void Machine::check_numbers(const std::vector<bool>& is_reached) {
    for (const auto& [key, known] : number_states_) {
        if (!known.given_at) continue;
        const auto& call = std::get<ir::Call>(program_[known.given_at->function].code[known.given_at->index].operation);
        Facts facts = facts_of(shadow::Event::number_left);
        facts.value = {static_cast<std::uint64_t>(key.second), memory::no_object, 0};
        facts.value_type = {ir::Scalar::Kind::integer, 64, true};
        facts.number_states = &number_states_;
        const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
        facts.callee = callee != nullptr ? &program_[*callee] : nullptr;
        facts.is_reachable = is_held(key, is_reached, Holder::any);
        check_left(facts, *known.given_at, {0, key.first, static_cast<std::int64_t>(key.second)});
    }
}

}  // namespace gnomon::interp
