// The step itself, jumps, and inputs.
#include <limits>

#include "explore/stepper.h"
#include "ir/input_name.h"

namespace gnomon::explore {

namespace {

constexpr std::uint64_t largest_choice = std::uint64_t{1} << 20;  // bytes

}  // namespace

void Stepper::step(State& state) {
    ++state.instructions;
    parting_.reset();
    if (skips(state)) return;
    const Frame& frame = state.top();
    const std::uint32_t index = frame.next;
    const ir::Instruction& instruction = frame.function->code[index];
    const std::size_t depth = state.frames.size();
    try {
        std::visit([&](const auto& operation) { execute(state, operation); }, instruction.operation);
    } catch (const Becomes& used) {
        return begin_to_become(state, used.object);
    }
    // Jumps, calls and returns have moved on by themselves.
    if (state.frames.size() == depth && !is_end_of_block(instruction.operation)) ++state.writable_top().next;
}

bool Stepper::is_end_of_block(const ir::Operation& operation) {
    return std::holds_alternative<ir::Jump>(operation) || std::holds_alternative<ir::Branch>(operation) ||
           std::holds_alternative<ir::Switch>(operation);
}

bool Stepper::skips(State& state) {
    const Frame& frame = state.top();
    if (frame.kept == nullptr || frame.kept->kept[frame.next]) return false;
    const ir::Operation& operation = frame.function->code[frame.next].operation;
    if (const auto* on = std::get_if<ir::Jump>(&operation)) {
        jump(state, on->target);
    } else if (is_end_of_block(operation)) {
        const auto target = frame.kept->skips.find(frame.next);
        if (target == frame.kept->skips.end()) end_not_modelled("control that never comes together again");
        jump(state, target->second);
    } else if (std::holds_alternative<ir::Return>(operation)) {
        // Of an object that nobody here asks for it is enough to be there.
        leave(state, {world_.size_constant(0), world_.no_shadow(), frame.becoming});
    } else if (std::holds_alternative<ir::NotModelled>(operation) ||
               std::holds_alternative<ir::Unreachable>(operation)) {
        return false;
    } else {
        ++state.writable_top().next;
    }
    return true;
}

void Stepper::jump(State& state, ir::BlockId block) {
    Frame& frame = state.writable_top();
    const std::uint32_t from = frame.next;
    frame.next = frame.function->blocks[static_cast<std::size_t>(block)].begin;
    if (world_.loops == nullptr) return;
    follow_loops(state, world_.loops->of(frame.id, frame.kept).block_of(from), block);
}

void Stepper::execute(State& state, const ir::Jump& on) { jump(state, on.target); }

void Stepper::execute(State& state, const ir::Branch& branch) {
    Event event;
    event.kind = shadow::Event::branch;
    event.type = event.value_type = scalar(branch.type);
    event.value = operand(state, branch.condition, event.type.bits);
    if (is_real(event.value.object)) {
        note_comparison(state, event.value, world_.plain(0, 64));
        // Its truth is known, the number that it is is not.
        event.value = {world_.size_constant(1), event.value.shadow, ObjectId::none};
    }
    if (passes_open_assertion(state, branch, event.value)) return;
    require_known(state, event.value.shadow);
    check_demands(state, event);
    jump(state, decide(state, truth(event.value, event.type)) ? branch.if_true : branch.if_false);
}

void Stepper::execute(State& state, const ir::Switch& choice) {
    Event event;
    event.kind = shadow::Event::branch;
    event.type = event.value_type = scalar(choice.type);
    event.value = operand(state, choice.value, event.type.bits);
    require_known(state, event.value.shadow);
    if (is_real(event.value.object)) end_not_modelled("a choice by the number that an address is");
    check_demands(state, event);
    for (const auto& [bits, block] : choice.cases) {
        const Expression label = expressions_.constant(bits, event.type.bits);
        if (decide(state, expressions_.equal(event.value.bits, label))) return jump(state, block);
        if (parting_) return;  // the next label is asked for by the next step
    }
    jump(state, choice.otherwise);
}

void Stepper::execute(State&, const ir::NotModelled& unknown) {
    throw PathEnds{PathEnds::Why::not_modelled,
                   unknown.reason.starts_with("not modelled: ") ? unknown.reason : "not modelled: " + unknown.reason};
}

void Stepper::execute(State&, const ir::Unreachable&) {
    end_not_modelled("control reached what the standard says it cannot");
}

// Named by the text that its subject is, where that is a literal.
std::string Stepper::input_name(const State& state, const ir::Input& input) {
    const ObjectId subject = input.subject ? operand(state, *input.subject, 64).object : ObjectId::none;
    const bool is_global = is_real(subject) && !is_function(subject) && subject >= ObjectId::first_global;
    const auto index = static_cast<std::uint32_t>(subject) - static_cast<std::uint32_t>(ObjectId::first_global);
    return ir::input_name(input, is_global ? &world_.program[static_cast<ir::GlobalId>(index)] : nullptr);
}

Value Stepper::bytes_input(State& state, const ir::Input& input, const ir::BytesInput& choice, TakenInput& taken,
                           Expression shadow) {
    ir::BytesInput sized = choice;
    if (choice.size) {
        const Value size = operand(state, *choice.size, 64);
        require_known(state, size.shadow);
        sized.minimum = sized.maximum = concrete(state, size.bits);
    }
    if (sized.minimum > largest_choice) end_not_modelled("an input of more than a megabyte");
    if (choice.may_be_null && decide(state, world_.null_choice(taken.site, taken.occurrence, input))) {
        taken.is_null = true;
        if (choice.length_result) set(state, *choice.length_result, world_.plain(0, 64));
        return world_.plain(0, 64);
    }
    taken.bytes = world_.bytes_input(taken.site, taken.occurrence, input, sized);
    taken.bytes->shadow = shadow;
    Object object;
    // A block that a caller hands over may be one that is to be freed.
    object.kind = input.is_callers ? shadow::ObjectKind::heap : shadow::ObjectKind::input;
    object.base = Base::input;
    object.is_callers = input.is_callers;
    object.size = expressions_.add(taken.bytes->length, world_.size_constant(choice.is_terminated ? 1 : 0));
    object.is_writable = choice.is_writable;
    object.base_shadow = shadow;
    object.input = taken.bytes;
    if (choice.length_result) set(state, *choice.length_result, {taken.bytes->length, shadow, ObjectId::none});
    return {world_.size_constant(0), world_.no_shadow(), state.memory.create(std::move(object))};
}

// The occurrence that the code says, instead of counting.
std::uint32_t Stepper::numbered(State& state, const ir::Operand& operand) {
    const Value number = this->operand(state, operand, 64);
    require_known(state, number.shadow);
    const bool is_plain = number.object == ObjectId::none && number.bits->is_constant();
    if (!is_plain || number.bits->constant > std::numeric_limits<std::uint32_t>::max())
        end_not_modelled("an input by a number that depends on others, or is too large");
    return static_cast<std::uint32_t>(number.bits->constant);
}

void Stepper::execute(State& state, const ir::Input& input) {
    TakenInput taken;
    taken.site = {state.top().id, state.top().next};
    taken.occurrence = input.number ? numbered(state, *input.number) : state.occurrences[taken.site];
    taken.name = input_name(state, input);
    taken.is_callers = input.is_callers;
    const Expression shadow = shadow_of_input(state, input, taken);
    Value value;
    if (const auto* integer = std::get_if<ir::IntegerInput>(&input.choice)) {
        taken.bits = world_.integer_input(taken.site, taken.occurrence, input, scalar(integer->type));
        value = {taken.bits, shadow, ObjectId::none};
    } else if (const auto* floating = std::get_if<ir::FloatInput>(&input.choice)) {
        taken.bits = world_.float_input(taken.site, taken.occurrence, input, scalar(floating->type).bits);
        value = {taken.bits, shadow, ObjectId::none};
    } else if (const auto* bytes = std::get_if<ir::BytesInput>(&input.choice)) {
        value = bytes_input(state, input, *bytes, taken, shadow);
    } else {
        Object object;
        object.kind = shadow::ObjectKind::opaque;
        object.size = world_.size_constant(0);
        object.base_shadow = world_.no_shadow();
        object.is_chosen = true;
        value = {world_.size_constant(0), world_.no_shadow(), state.memory.create(std::move(object))};
    }
    if (!input.number) ++state.occurrences[taken.site];
    state.inputs.push_back(std::move(taken));
    set(state, input.result, value);
}

}  // namespace gnomon::explore
