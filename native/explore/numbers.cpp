// Numbers that rules keep a state beside, as file descriptors are: who may still go by one of them. As the interpreter
// does it.
#include <algorithm>

#include "explore/stepper.h"

namespace gnomon::explore {

namespace {

constexpr std::uint64_t word_size = 4;  // of a number in memory
static_assert(page_size % word_size == 0);

}  // namespace

// Without a state, it is as any other number. `given_by`: the call that it is the result of.
void Stepper::set_number_state(State& state, const NumberKey& key, std::uint8_t number_state, const Event* given_by) {
    if (number_state == 0) {
        state.number_states.erase(key);
        return;
    }
    NumberState& known = state.number_states[key];
    known.state = number_state;
    if (given_by != nullptr) known.given_at = user_site(state, given_by->frames_above);
}

// What has the layer's bit comes from such numbers. Unless it is another one, it may stand for any.
Expression Stepper::may_be(const State& state, const Value& value, const NumberKey& key) {
    if (value.shadow == nullptr || value.shadow == world_.no_shadow()) return expressions_.boolean(false);
    const Expression bit = expressions_.extract(value.shadow, key.first, 1);
    if (bit->is_false() || is_real(value.object)) return bit;
    Expression is_other = expressions_.boolean(false);
    for (const auto& [other, known] : state.number_states) {
        const bool is_representable = value.bits->width >= 64 || other.second >> value.bits->width == 0;
        if (other.first != key.first || other.second == key.second || !is_representable) continue;
        is_other = expressions_.either(
            is_other, expressions_.equal(value.bits, expressions_.constant(other.second, value.bits->width)));
    }
    return expressions_.both(bit, expressions_.bit_not(is_other));
}

Expression Stepper::holds_number(const State& state, const Object& object, const NumberKey& key) {
    Expression holds = expressions_.boolean(false);
    const auto bit_of = [&](const Cell& cell) {
        const bool has_none = cell.shadow == nullptr || cell.shadow == world_.no_shadow();
        return has_none ? expressions_.boolean(false) : expressions_.extract(cell.shadow, key.first, 1);
    };
    for (const auto& write : object.symbolic_writes)
        for (const Cell& cell : write->cells) holds = expressions_.either(holds, bit_of(cell));
    for (const auto& [index, page] : object.pages) {
        for (std::uint64_t at = 0; at < page_size; at += word_size) {
            Expression has_any = expressions_.boolean(false), is_whole = expressions_.boolean(true), word = nullptr;
            for (std::uint64_t i = 0; i < word_size; ++i) {
                const Cell& cell = (*page)[at + i];
                const bool is_number = cell.value != nullptr && cell.object == ObjectId::none;
                const Expression bit = bit_of(cell);
                has_any = expressions_.either(has_any, bit);
                is_whole = expressions_.both(is_whole, is_number ? bit : expressions_.boolean(false));
                if (!is_number) continue;
                word = word == nullptr ? cell.value : expressions_.concatenate(cell.value, word);
            }
            if (has_any->is_false()) continue;
            const Expression shadow = expressions_.constant(solver::Bits{1} << key.first, 8);
            const Expression is_meant = is_whole->is_false() ? is_whole : may_be(state, {word, shadow}, key);
            const Expression is_in_word = expressions_.either(expressions_.bit_not(is_whole), is_meant);
            holds = expressions_.either(holds, expressions_.both(has_any, is_in_word));
        }
    }
    return holds;
}

Expression Stepper::is_held(const State& state, const NumberKey& key, const std::set<ObjectId>& reached,
                            const Value& result) {
    Expression holds = may_be(state, result, key);
    for (const auto& frame : state.frames) {
        const std::vector<ir::Register>& registers = frame->function->registers;
        for (std::size_t i = 0; i < registers.size(); ++i) {
            if (!frame->function->is_harness && registers[i].name.empty()) continue;
            holds = expressions_.either(holds, may_be(state, frame->registers[i], key));
        }
    }
    for (const ObjectId id : reached) holds = expressions_.either(holds, holds_number(state, state.memory.at(id), key));
    return holds;
}

// Somebody may go by it from now on who does not hold it.
void Stepper::keep_numbers(State& state, const Value& value) {
    if (state.number_states.empty() || value.shadow == world_.no_shadow()) return;
    for (auto& [key, known] : state.number_states)
        known.is_kept = known.is_kept || decide(state, may_be(state, value, key));
}

// Code that nobody knows may close any number, and open it again.
void Stepper::forget_numbers(State& state, const std::string& reason) {
    for (const auto& [key, known] : state.number_states) {
        for (std::uint32_t index = 0; known.given_at && index < world_.table.demands.size(); ++index) {
            const shadow::Demand& rule = world_.table.demands[index];
            if (rule.event != shadow::Event::number_left || rule.layer != key.first) continue;
            Verdict* verdict = world_.verdict_of(*known.given_at, index);
            if (verdict != nullptr && verdict->reason.empty()) verdict->reason = reason;
        }
    }
    state.number_states.clear();
}

void Stepper::check_numbers(State& state, const std::set<ObjectId>& reached, const Value& result) {
    for (const auto& [key, known] : state.number_states) {
        if (!known.given_at) continue;
        const auto& call =
            std::get<ir::Call>(world_.program[known.given_at->function].code[known.given_at->index].operation);
        Event event;
        event.kind = shadow::Event::number_left;
        event.value = world_.plain(key.second, 64);
        event.value_type = event.type = {ir::Scalar::Kind::integer, 64, true};
        const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
        event.callee = callee != nullptr ? &world_.program[*callee] : nullptr;
        event.is_held = known.is_kept ? expressions_.boolean(true) : is_held(state, key, reached, result);
        check_left(state, event, *known.given_at, key.first);
    }
}

}  // namespace gnomon::explore
