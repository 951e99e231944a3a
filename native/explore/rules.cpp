// Demands and shadow updates: the staged rules, evaluated over the path.
#include <algorithm>

#include "explore/stepper.h"
#include "explore/witness.h"
#include "ir/is_a.h"
#include "ir/returning.h"
#include "shadow/evaluate.h"
#include "shadow/operands.h"
#include "shadow/static_fields.h"
#include "solver/intervals.h"

namespace gnomon::explore {

using shadow::Field;
using solver::Result;

namespace {

const std::string unknown_text = "a text of which nobody knows where it comes from";

}  // namespace

// The instruction that a failure here belongs to: the innermost one outside models.
ir::Site Stepper::user_site(const State& state, std::size_t frames_above) const {
    for (auto frame = state.frames.rbegin() + static_cast<std::ptrdiff_t>(frames_above); frame != state.frames.rend();
         ++frame) {
        // Callers have gone past their call, but not those who use what is made only now.
        const bool is_at = frame == state.frames.rbegin() || (*std::prev(frame))->becoming != ObjectId::none;
        const std::uint32_t index = is_at ? (*frame)->next : (*frame)->next - 1;
        if (!(*frame)->function->is_model) return {(*frame)->id, index};
    }
    return {state.top().id, state.top().next};
}

Event Event::focused(std::int64_t argument) const {
    if (argument == 0) return *this;
    Event event = *this;
    const auto index = static_cast<std::size_t>(argument - 1);
    if (index >= arguments.size()) end_not_modelled("a rule about an argument that is not given");
    event.value = event.pointer = arguments[index];
    event.value_type = event.type = argument_types[index];
    event.focus = static_cast<std::uint8_t>(argument);
    return event;
}

// What a slice keeps of a call or a return need not hold its arguments: only where it was asked for, they are there.
bool Stepper::is_looked_at(const State& state, std::uint32_t demand, const Event& event) {
    const bool needs_more = event.kind == shadow::Event::call || event.kind == shadow::Event::called ||
                            event.kind == shadow::Event::back || event.kind == shadow::Event::copy ||
                            event.kind == shadow::Event::returned;
    return !needs_more || world_.slice == nullptr || verdict_of(state, demand, event) != nullptr;
}

Verdict* Stepper::verdict_of(const State& state, std::uint32_t demand, const Event& event) {
    return world_.verdict_of(event.blamed ? *event.blamed : user_site(state, event.frames_above), demand);
}

void Stepper::check_demands(State& state, const Event& event, const Event* second) {
    check_demands(state, world_.demands_at(state.top(), state.top().next), event, second);
}

void Stepper::check_demands(State& state, const std::vector<std::uint32_t>& demands, const Event& event,
                            const Event* second) {
    const ir::Function& function = event.blamed ? world_.program[event.blamed->function]
                                                : *state.frames[state.frames.size() - 1 - event.frames_above]->function;
    for (const std::uint32_t index : demands) {
        const shadow::Demand& rule = world_.table.demands[index];
        const Event& meant = second != nullptr && rule.event != event.kind ? *second : event;
        if (rule.event != meant.kind || !shadow::concerns(rule.functions, function, meant.kind, meant.callee)) continue;
        if (!is_looked_at(state, index, meant)) continue;
        if (shadow::is_open(rule.guard) && !decide(state, evaluate(state, meant, rule.layer, rule.guard))) continue;
        const std::optional<Event> focused =
            rule.argument == 0 ? std::nullopt : std::optional(meant.focused(rule.argument));
        const Event& about = focused ? *focused : meant;
        if (rests_on_unknown(state, index, about)) {
            leave_open(state, index, about, ir::unknown_reason(*state.unknown_from));
            continue;
        }
        if (shadow::asks_of_format(rule.predicate) && !known_text(state, about.pointer)) {
            const auto is_other =
                shadow::asks(rule.predicate, Field::format_given) ? asks_for_less(state, about) : std::nullopt;
            if (is_other) demand(state, index, about, *is_other);
            leave_open(state, index, about, "a format that depends on inputs");
            continue;
        }
        const bool is_of_text = (world_.operands_of(index) & shadow::of_text) != 0;
        if (is_of_text && shadow_of_text(state, about.pointer, rule.layer) == nullptr) {
            const bool is_given = state.unknown_from != nullptr;
            leave_open(state, index, about, is_given ? ir::unknown_reason(*state.unknown_from) : unknown_text);
            continue;
        }
        demand(state, index, about, evaluate(state, about, rule.layer, rule.predicate));
    }
}

bool Stepper::rests_on_unknown(State& state, std::uint32_t demand, const Event& event) {
    if ((world_.operands_of(demand) & unknown_operands(state, event)) != 0) return true;
    const std::uint64_t looked_at = shadow::arguments_of(world_.table.demands[demand].predicate);
    for (std::size_t i = 0; i < event.arguments.size() && i < 64; ++i) {
        if ((looked_at >> i & 1) != 0 && is_unknown(state, event.arguments[i].shadow)) return true;
    }
    return false;
}

// Whether it holds depends on what nobody knows. Beyond, it did.
void Stepper::leave_open(State& state, std::uint32_t index, const Event& event, const std::string& what) {
    Verdict* verdict = verdict_of(state, index, event);
    if (verdict == nullptr || verdict->answer != Answer::undecided || !verdict->reason.empty()) return;
    verdict->reason = "not modelled: " + what;
}

// Whether a failure here may be the caller's: it comes about only for some of what a caller hands over, or rests on
// what is assumed of that (how large a block is, for one).
bool Stepper::is_for_caller_to_avoid(State& state, std::uint32_t index, const Event& event, Expression predicate) {
    const auto depends = [this](Expression constraint) { return world_.depends_on_caller(constraint); };
    if (depends(predicate) || std::ranges::any_of(state.path, depends)) return true;
    // Whoever asserts that a block is not there is always called without.
    const bool is_assertion = event.kind == shadow::Event::assertion;
    if (state.compares_callers_blocks || (is_assertion && state.judges_callers_null)) return true;
    const ObjectId object = event.pointer.bits == nullptr ? ObjectId::none : event.pointer.object;
    if (!is_real(object) || is_function(object) || !state.memory.contains(object)) return false;
    if (!state.memory.at(object).is_callers) return false;
    return std::ranges::any_of(world_.table.demands[index].predicate.nodes, [](const shadow::Node& node) {
        const bool is_assumed = node.field == Field::pointer_offset || node.field == Field::object_size ||
                                node.field == Field::object_writable;
        return node.op == shadow::Operator::field && is_assumed;
    });
}

// The inputs of a caller that sees it fail.
void Stepper::keep_latent(State& state, Verdict& verdict, const Event& event, Expression predicate,
                          std::shared_ptr<const solver::Model> model) {
    const ObjectId object = event.pointer.bits == nullptr ? ObjectId::none : event.pointer.object;
    const bool is_block = is_real(object) && !is_function(object) && state.memory.contains(object);
    const InputBytes* block = is_block ? state.memory.at(object).input.get() : nullptr;
    auto inputs = simplest_for_caller(world_, state, expressions_.bit_not(predicate), std::move(model), block);
    if (!inputs.empty() && world_.confirms(verdict.obligation, inputs)) verdict.inputs = std::move(inputs);
}

bool Stepper::can_fail(State& state, Verdict& verdict, const Event& event, Expression predicate) {
    const bool is_latent = is_for_caller_to_avoid(state, verdict.obligation.demand, event, predicate) ||
                           (state.is_approximate() && world_.program[world_.entry].has_unknown_caller);
    if (is_latent && verdict.is_latent && !world_.wants_latent(verdict)) return false;
    const solver::Reply reply = world_.solver.possible(state.path, expressions_.bit_not(predicate), state.model);
    if (reply.result == Result::unknown && verdict.reason.empty()) verdict.reason = world_.why_unknown();
    if (reply.result != Result::satisfiable) return false;
    if (is_latent && !world_.is_approximating()) {
        verdict.is_latent = true;
        if (!state.is_approximate() && world_.wants_latent(verdict))
            keep_latent(state, verdict, event, predicate, reply.model);
        return false;
    }
    std::vector<interp::ChosenInput> inputs;
    if (!is_latent) inputs = simplest_inputs(world_, state, expressions_.bit_not(predicate), reply.model);
    if (is_latent || (state.is_approximate() && !world_.confirms(verdict.obligation, inputs))) {
        if (verdict.reason.empty()) verdict.reason = "loop";
        return false;
    }
    verdict.answer = Answer::refuted;
    verdict.reason.clear();
    verdict.inputs = std::move(inputs);
    return true;
}

void Stepper::demand(State& state, std::uint32_t index, const Event& event, Expression predicate) {
    if (predicate->is_true() || std::ranges::find(state.path, predicate) != state.path.end()) return;
    // What ranges prove is not worth a constraint.
    if (solver::Intervals(expressions_, state.path).truth(predicate) == std::optional(true)) return;
    Verdict* verdict = verdict_of(state, index, event);
    if (verdict != nullptr && verdict->answer == Answer::undecided && is_judging(state))
        can_fail(state, *verdict, event, predicate);
    // Beyond, the demand held. A path on which it cannot hold ends here in reality, too.
    const solver::Reply reply = world_.solver.possible(state.path, predicate, state.model);
    if (reply.result == Result::unsatisfiable) throw PathEnds{PathEnds::Why::failed, ""};
    if (reply.result == Result::unknown) throw PathEnds{PathEnds::Why::solver, world_.why_unknown()};
    assume(state, predicate, reply.model);
}

// What the algebra asks comes back to one place on the stack, so that asking allocates nothing.
Number Stepper::number_of(State& state, const Event& event, std::uint8_t layer, const shadow::Expression& expression) {
    struct Asked {
        Stepper& stepper;
        State& state;
        const Event& event;
        std::uint8_t layer;
        std::optional<solver::Intervals> ranges = {};
        Algebra* algebra = nullptr;

        Number field(Field wanted, std::int64_t argument) {
            if (argument == 0) return stepper.field(state, event, layer, wanted, *algebra);
            return stepper.field(state, event.focused(argument), layer, wanted, *algebra);
        }
        bool is_never_negative(Expression bits) {
            if (!ranges) ranges.emplace(stepper.expressions_, state.path);
            return ranges->range(bits).minimum >= 0;
        }
    };
    Asked asked{*this, state, event, layer};
    Algebra algebra(
        expressions_, [&asked](Field wanted, std::int64_t argument) { return asked.field(wanted, argument); },
        [&asked](Expression bits) { return asked.is_never_negative(bits); });
    asked.algebra = &algebra;
    return shadow::evaluate(expression, algebra);
}

Expression Stepper::evaluate(State& state, const Event& event, std::uint8_t layer,
                             const shadow::Expression& expression) {
    const Number number = number_of(state, event, layer, expression);
    return number.bits == nullptr ? expressions_.boolean(number.minimum != 0) : expressions_.is_nonzero(number.bits);
}

Number Stepper::operand_field(const Value& value, ir::Scalar type, Algebra& algebra) {
    if (is_real(value.object)) end_not_modelled("a rule about the number that an address is");
    if (type.kind == ir::Scalar::Kind::floating) return algebra.boolean(truth(value, type));
    return algebra.of_bits(value.bits, type.is_signed);
}

Number Stepper::field(State& state, const Event& event, std::uint8_t layer, Field field, Algebra& algebra) {
    const ir::Scalar type = event.type;
    switch (field) {
        case Field::size:
            return event.size == nullptr ? algebra.constant(0) : algebra.of_bits(event.size, false);
        case Field::stack_size:
            return stack_size(state, event, algebra);
        case Field::operator_:
            return algebra.constant(event.operator_number);
        case Field::right_constant_known:
            return algebra.constant(event.is_right_constant);
        case Field::left:
            return operand_field(event.left, event.left_type, algebra);
        case Field::right:
            return operand_field(event.right, event.right_type, algebra);
        case Field::condition:
        case Field::value:
            return operand_field(event.value, event.value_type, algebra);
        case Field::bits:
            return algebra.constant(type.bits);
        case Field::is_signed:
            return algebra.constant(type.is_signed);
        case Field::is_float:
            return algebra.constant(type.kind == ir::Scalar::Kind::floating);
        case Field::type_minimum:
            return algebra.integer(type.bits == 0 ? 0 : ir::minimum_of(type));
        case Field::type_maximum:
            return algebra.integer(type.bits == 0 ? 0 : ir::maximum_of(type));
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
            return object_field(state, event, layer, field, algebra);
        case Field::is_explicit:
        case Field::from_bits:
        case Field::from_is_signed:
        case Field::from_is_float:
        case Field::fits:
            return cast_field(event, field, algebra);
        case Field::is_library:
        case Field::is_indirect:
        case Field::is_pointer:
        case Field::is_converted:
        case Field::thread_state:
        case Field::callee_fits:
        case Field::to_world:
        case Field::number_state:
            return call_field(state, event, layer, field, algebra);
        case Field::view_fits:
            return algebra.constant(fits_view(state, event));
        case Field::is_held:
            return algebra.boolean(event.is_held);
        case Field::is_leaked:
            return algebra.boolean(event.is_leaked);
        case Field::format_given:
        case Field::format_fits:
            return format_field(state, event, field, algebra);
        case Field::shadow_text:
            if (const Expression bit = shadow_of_text(state, event.pointer, layer)) return algebra.boolean(bit);
            end_not_modelled(unknown_text);
        default:
            return algebra.boolean(expressions_.extract(shadow_bits(state, event, field), layer, 1));
    }
}

Number Stepper::stack_size(const State& state, const Event& event, Algebra& algebra) {
    const Number before = algebra.of_bits(state.stack_size, false);
    if (event.new_object != shadow::ObjectKind::local) return before;
    return algebra.apply(shadow::Operator::add, before, algebra.of_bits(event.size, false));
}

Number Stepper::call_field(State& state, const Event& event, std::uint8_t layer, Field field, Algebra& algebra) {
    switch (field) {
        case Field::is_library:
            return algebra.constant(event.callee != nullptr && (event.callee->is_model || !event.callee->has_body));
        case Field::is_indirect:
            return algebra.constant(event.callee == nullptr);
        case Field::is_pointer:
            return algebra.constant(event.is_pointer);
        case Field::is_converted:
            return algebra.constant(event.focus > 0 && (event.converted >> (event.focus - 1) & 1) != 0);
        case Field::thread_state:
            return algebra.constant(state.thread_states[layer]);
        case Field::callee_fits:
            return algebra.constant(event.is_fitting);
        case Field::number_state: {
            const auto found = state.number_states.find({layer, concrete(state, event.value.bits)});
            return algebra.constant(found == state.number_states.end() ? 0 : found->second.state);
        }
        default:
            return algebra.constant(event.is_to_world);
    }
}

Number Stepper::cast_field(const Event& event, Field field, Algebra& algebra) {
    const ir::Scalar from = event.value_type, to = event.type;
    const bool is_from_float = from.kind == ir::Scalar::Kind::floating;
    switch (field) {
        case Field::is_explicit:
            return algebra.constant(event.is_explicit);
        case Field::from_bits:
            return algebra.constant(from.bits);
        case Field::from_is_signed:
            return algebra.constant(from.is_signed);
        case Field::from_is_float:
            return algebra.constant(is_from_float);
        default:
            break;
    }
    if (to.kind != ir::Scalar::Kind::integer || event.value.object != ObjectId::none) return algebra.constant(1);
    if (is_from_float) return algebra.boolean(float_fits(event.value.bits, from, to));
    const Number value = algebra.of_bits(event.value.bits, from.is_signed);
    return algebra.both(algebra.apply(shadow::Operator::less_equal, algebra.integer(ir::minimum_of(to)), value),
                        algebra.apply(shadow::Operator::less_equal, value, algebra.integer(ir::maximum_of(to))));
}

// Of blocks and of the library's own objects it is known what they are.
bool Stepper::fits_view(State& state, const Event& event) {
    if (!event.view || !is_real(event.pointer.object) || is_function(event.pointer.object)) return true;
    define_fixed(state, event.pointer.object);
    const Object& object = state.memory.at(event.pointer.object);
    const bool is_block = object.kind == shadow::ObjectKind::heap;
    const bool is_librarys = object.kind == shadow::ObjectKind::global && world_.program[object.global].is_model;
    const std::optional<ir::TypeId> type = is_block ? object.made_as : is_librarys ? object.type : std::nullopt;
    return !object.is_alive || !type || ir::begins_as(world_.program.types, *type, *event.view);
}

Number Stepper::object_field(State& state, const Event& event, std::uint8_t layer, Field field, Algebra& algebra) {
    if (field == Field::object_kind && event.new_object) return algebra.constant(static_cast<int>(*event.new_object));
    if (field == Field::pointer_is_null) {
        return event.pointer.bits == nullptr ? algebra.constant(0) : algebra.boolean(is_null(event.pointer));
    }
    if (event.pointer.bits == nullptr || event.pointer.object == ObjectId::null) return algebra.constant(0);
    if (event.pointer.object == ObjectId::none) {
        // Null or an error when it can be nothing else; otherwise a wild pointer, of which nothing is known.
        if (is_null(event.pointer)->is_true()) return algebra.constant(0);
        if (is_error(event.pointer)) return algebra.constant(shadow::field_of_error(field));
        end_not_modelled("a pointer made from an integer");
    }
    if (field == Field::pointer_offset) return algebra.of_bits(event.pointer.bits, true);
    if (field == Field::object_number) return algebra.constant(static_cast<std::uint32_t>(event.pointer.object));
    if (field == Field::object_reachable) return algebra.constant(event.is_reachable);
    if (is_function(event.pointer.object)) {
        if (field == Field::object_kind) return algebra.constant(static_cast<int>(shadow::ObjectKind::function));
        return algebra.constant(field == Field::object_alive);
    }
    define_fixed(state, event.pointer.object);
    const Object& object = state.memory.at(event.pointer.object);
    switch (field) {
        case Field::object_size:
            return algebra.of_bits(object.size, false);
        case Field::object_alive:
            return algebra.constant(object.is_alive);
        case Field::object_kind:
            return algebra.constant(static_cast<int>(object.kind));
        case Field::object_state:
            return algebra.constant(object.states[layer]);
        case Field::object_counted:
            return algebra.constant(object.is_counted);
        default:
            return algebra.constant(object.is_writable);
    }
}

Expression Stepper::shadow_bits(State& state, const Event& event, Field field) {
    const auto of = [this](const Value& value) { return value.shadow == nullptr ? world_.no_shadow() : value.shadow; };
    switch (field) {
        case Field::shadow_left:
            return of(event.left);
        case Field::shadow_right:
            return of(event.right);
        case Field::shadow_pointer:
            return of(event.pointer);
        case Field::shadow_size:
            return event.size_shadow == nullptr ? world_.no_shadow() : event.size_shadow;
        case Field::shadow_bytes:
        case Field::shadow_whole:  // only loads have it: their size is known
            return event.pointer.bits == nullptr
                       ? world_.no_shadow()
                       : shadow_of_bytes(state, event.pointer, event.size, field == Field::shadow_whole);
        default:
            return of(event.value);
    }
}

// The shadow that the rules give the event's result, from the default transfer.
Expression Stepper::updated_shadow(State& state, const Event& event, Expression shadow) {
    for (const shadow::Update& update : world_.table.updates) {
        if (update.event != event.kind || update.target != shadow::Target::value) continue;
        // Before the entry itself is entered, there is no function.
        const bool is_limited = !update.functions.empty();
        if (is_limited && !shadow::concerns(update.functions, *state.top().function, event.kind, event.callee))
            continue;
        const Event meant = event.focused(update.argument);
        const Expression applies = evaluate(state, meant, update.layer, update.guard);
        if (applies->is_false()) continue;
        const Expression bit = evaluate(state, meant, update.layer, update.bit);
        const auto layer_bit = solver::Bits{1} << update.layer;
        const Expression cleared =
            expressions_.binary(solver::Kind::bit_and, shadow, expressions_.constant(~layer_bit, 8));
        const Expression set = expressions_.either(shadow, expressions_.constant(layer_bit, 8));
        shadow = expressions_.choose(applies, expressions_.choose(bit, set, cleared), shadow);
    }
    return shadow;
}

// Whether what a caller that nobody knows hands over has one is the caller's to know.
Expression Stepper::shadow_of_input(State& state, const ir::Input& input, const TakenInput& taken) {
    if (!world_.watches(shadow::Event::input)) return world_.no_shadow();
    if (input.is_callers) return world_.callers_shadow(taken.site, taken.occurrence, input);
    Event event;
    event.kind = shadow::Event::input;
    event.callee = state.top().function;
    return updated_shadow(state, event, world_.no_shadow());
}

// Numbers beside objects and the thread are plain: the path forks over what decides them.
void Stepper::change_states(State& state, const Event& event) {
    for (const shadow::Update& update : world_.table.updates) {
        if (update.event != event.kind || update.target == shadow::Target::value) continue;
        if (!shadow::concerns(update.functions, *state.top().function, event.kind, event.callee)) continue;
        const Event meant = event.focused(update.argument);
        if (!state.passages.empty()) {  // whose state it is may be what earlier turns decided
            require_known(state, meant.pointer.shadow);
            require_known(state, meant.value.shadow);
        }
        if (!decide(state, evaluate(state, meant, update.layer, update.guard))) continue;
        const Number number = number_of(state, meant, update.layer, update.bit);
        const auto state_number = static_cast<std::uint8_t>(
            number.bits == nullptr ? static_cast<std::uint64_t>(number.minimum) : concrete(state, number.bits));
        if (update.target == shadow::Target::thread) {
            state.thread_states[update.layer] = state_number;
        } else if (update.target == shadow::Target::number) {
            const NumberKey key{update.layer, concrete(state, meant.value.bits)};
            const bool is_given = event.kind == shadow::Event::called && update.argument == 0;
            set_number_state(state, key, state_number, is_given ? &event : nullptr);
        } else if (is_real(meant.pointer.object) && !is_function(meant.pointer.object)) {
            define_fixed(state, meant.pointer.object);
            state.memory.writable(meant.pointer.object).states[update.layer] = state_number;
        }
    }
}

Expression Stepper::new_object_shadow(State& state, shadow::ObjectKind kind, const Value& size) {
    Event event;
    event.kind = shadow::Event::allocate;
    event.size = size.bits;
    event.size_shadow = size.shadow;
    event.new_object = kind;
    return updated_shadow(state, event, world_.no_shadow());
}

}  // namespace gnomon::explore
