#include "abstract/demand.h"

#include <algorithm>

#include "shadow/evaluate.h"
#include "shadow/static_fields.h"

namespace gnomon::abstract {

using shadow::Field;
using shadow::ObjectKind;
using shadow::Operator;

namespace {

constexpr ir::Scalar pointer_type{ir::Scalar::Kind::pointer, 64, false};
constexpr ir::Scalar size_type{ir::Scalar::Kind::integer, 64, false};
constexpr Range truth_values{0, 1};

// A number in `range`, and `distance` times the distance d of the event's pointer from the start of its object, of
// which only a lower bound is known: so an offset d + 8 is compared with a size of at least d + 16.
struct Term {
    Range range;
    int distance = 0;
};

class Terms {
  public:
    using Value = Term;

    Terms(const Context& context, const State& state, const Transfer& transfer, const ir::Instruction& instruction,
          const shadow::StaticEvent& event, const shadow::Demand& demand)
        : context_(context),
          state_(state),
          transfer_(transfer),
          operation_(instruction.operation),
          event_(event),
          layer_(static_cast<std::uint8_t>(1u << demand.layer)),
          argument_(demand.argument) {
        if (const std::optional<ir::Operand> pointer = pointer_of_event()) {
            pointer_ = transfer.value(*pointer, pointer_type);
        }
        least_distance_ = -state.facts(pointer_.symbol).front;
    }

    Term constant(std::int64_t number) const { return {exactly(number), 0}; }
    Term apply(Operator op, const Term& left, const Term& right) const;
    Term negate(const Term& term) const { return apply(Operator::subtract, constant(0), term); }
    Term logical_not(const Term& term) const {
        const std::optional<bool> known = truth(term);
        return known ? constant(*known ? 0 : 1) : Term{truth_values, 0};
    }
    std::optional<bool> truth(const Term& term) const {
        const Range range = plain(term);
        if (range.low > 0 || range.high < 0) return true;
        return range == exactly(0) ? std::optional(false) : std::nullopt;
    }
    Term both(const Term&, const Term& right) const {
        return truth(right) == std::optional(false) ? constant(0) : Term{truth_values, 0};
    }
    Term either(const Term&, const Term& right) const {
        return truth(right) == std::optional(true) ? constant(1) : Term{truth_values, 0};
    }
    Term field(Field field, std::int64_t argument) const;

  private:
    std::optional<ir::Operand> pointer_of_event() const;
    Range plain(const Term& term) const;
    Term operand(Field field) const;
    Term object(Field field) const;
    Term argument(Field field, std::int64_t argument) const;
    std::optional<abstract::Value> shadowed(Field field) const;
    bool is_clear(Field field) const;
    Range size() const;

    const Context& context_;
    const State& state_;
    const Transfer& transfer_;
    const ir::Operation& operation_;
    const shadow::StaticEvent& event_;
    std::uint8_t layer_;
    std::int64_t argument_;  // of a call, that the demand is about; 0: none
    abstract::Value pointer_ = unknown_value();
    Wide least_distance_ = -infinite;
};

std::optional<ir::Operand> Terms::pointer_of_event() const {
    if (event_.pointer) return event_.pointer;
    if (const auto* back = std::get_if<ir::Return>(&operation_)) return back->value;
    const auto* call = std::get_if<ir::Call>(&operation_);
    const auto* callee = call != nullptr ? std::get_if<ir::Operand>(&call->callee) : nullptr;
    return callee != nullptr && argument_ == 0 ? std::optional(*callee) : std::nullopt;
}

Range Terms::plain(const Term& term) const {
    if (term.distance == 0) return term.range;
    if (term.distance != 1) return {};
    return {sum(term.range, exactly(least_distance_)).low, infinite};
}

Term Terms::apply(Operator op, const Term& left, const Term& right) const {
    const bool is_alike = left.distance == right.distance;
    const Range a = is_alike ? left.range : plain(left), b = is_alike ? right.range : plain(right);
    switch (op) {
        case Operator::add:
            return {sum(left.range, right.range), left.distance + right.distance};
        case Operator::subtract:
            return {difference(left.range, right.range), left.distance - right.distance};
        case Operator::multiply:
            return {product(plain(left), plain(right)), 0};
        case Operator::equal:
            return {arithmetic(ir::BinaryOperator::equal, a, b), 0};
        case Operator::not_equal:
            return {arithmetic(ir::BinaryOperator::not_equal, a, b), 0};
        case Operator::less:
            return {arithmetic(ir::BinaryOperator::less, a, b), 0};
        case Operator::less_equal:
            return {arithmetic(ir::BinaryOperator::less_equal, a, b), 0};
        default:
            return {{}, 0};
    }
}

Range Terms::size() const {
    if (event_.size) return exactly(static_cast<Wide>(*event_.size));
    if (const auto* copy = std::get_if<ir::CopyBytes>(&operation_)) {
        return transfer_.number(transfer_.value(copy->size, size_type), size_type);
    }
    if (const auto* fill = std::get_if<ir::FillBytes>(&operation_)) {
        return transfer_.number(transfer_.value(fill->size, size_type), size_type);
    }
    const auto* enter = std::get_if<ir::EnterLocal>(&operation_);
    if (enter != nullptr && enter->size) return transfer_.number(transfer_.value(*enter->size, size_type), size_type);
    return {0, infinite};
}

// Integers only: what a float or an address is as a number, no rule is told.
Term Terms::operand(Field field) const {
    const auto number = [this](const ir::Operand& operand, ir::TypeId id) -> Term {
        const ir::Scalar type = ir::scalar_of(context_.program.types, id);
        if (type.kind != ir::Scalar::Kind::integer && type.kind != ir::Scalar::Kind::boolean) return {};
        return {transfer_.number(transfer_.value(operand, type), type), 0};
    };
    if (const auto* binary = std::get_if<ir::Binary>(&operation_)) {
        const bool is_shift =
            binary->op == ir::BinaryOperator::shift_left || binary->op == ir::BinaryOperator::shift_right;
        if (field == Field::left) return number(binary->left, binary->type);
        if (field == Field::right) return number(binary->right, is_shift ? binary->right_type : binary->type);
    }
    if (const auto* unary = std::get_if<ir::Unary>(&operation_); unary != nullptr && field == Field::left) {
        return number(unary->value, unary->type);
    }
    return {{}, 0};
}

Term Terms::object(Field field) const {
    const auto known = [](auto number) -> Term { return {exactly(static_cast<Wide>(number)), 0}; };
    const Facts facts = state_.facts(pointer_.symbol);
    const bool is_null = pointer_.symbol.kind == Symbol::Kind::none && pointer_.range == exactly(0);
    if (field == Field::pointer_is_null) {
        if (facts.is_nonnull && pointer_.symbol.kind != Symbol::Kind::none) return known(0);
        return is_null ? known(1) : Term{truth_values, 0};
    }
    const bool is_local = pointer_.symbol.kind == Symbol::Kind::local;
    const bool is_global = pointer_.symbol.kind == Symbol::Kind::global;
    const ir::Global* global =
        is_global ? &context_.program[static_cast<ir::GlobalId>(pointer_.symbol.number)] : nullptr;
    // Of a pointer that may be null nothing is known that the rules call by these names.
    const bool is_known = pointer_.symbol.kind != Symbol::Kind::none && facts.is_nonnull;
    switch (field) {
        case Field::pointer_offset:
            return is_known ? Term{pointer_.range, is_local || is_global ? 0 : 1} : Term{};
        case Field::object_size:
            if (is_local && facts.back > 0) return {exactly(facts.back), 0};
            if (is_global) return {exactly(facts.back), 0};
            return is_known ? Term{{facts.back, infinite}, is_local ? 0 : 1} : Term{};
        case Field::object_alive:
            return is_known && facts.is_alive ? known(1) : Term{truth_values, 0};
        case Field::object_kind:
            if (is_local) return known(ObjectKind::local);
            if (is_global) return known(global->is_string_literal ? ObjectKind::literal : ObjectKind::global);
            return {{0, static_cast<int>(ObjectKind::function)}, 0};
        default:  // object_writable
            if (is_local) return known(1);
            if (is_global) return known(!global->is_constant && !global->is_string_literal);
            return is_known && facts.is_writable ? known(1) : Term{truth_values, 0};
    }
}

std::optional<Value> Terms::shadowed(Field field) const {
    const auto value = [this](const ir::Operand& operand) { return transfer_.value(operand, pointer_type); };
    if (field == Field::shadow_pointer && pointer_of_event()) return pointer_;
    if (const auto* back = std::get_if<ir::Return>(&operation_); back && back->value && field == Field::shadow_value) {
        return pointer_;
    }
    if (const auto* branch = std::get_if<ir::Branch>(&operation_); branch && field == Field::shadow_condition) {
        return value(branch->condition);
    }
    if (const auto* choice = std::get_if<ir::Switch>(&operation_); choice && field == Field::shadow_condition) {
        return value(choice->value);
    }
    if (const auto* binary = std::get_if<ir::Binary>(&operation_)) {
        if (field == Field::shadow_left) return value(binary->left);
        if (field == Field::shadow_right) return value(binary->right);
    }
    if (const auto* cast = std::get_if<ir::Cast>(&operation_); cast && field == Field::shadow_value) {
        return value(cast->value);
    }
    if (const auto* move = std::get_if<ir::Move>(&operation_); move && field == Field::shadow_value) {
        return value(move->value);
    }
    if (const auto* load = std::get_if<ir::Load>(&operation_); load && field == Field::shadow_whole) {
        const abstract::Value* known = state_.find(pointer_, *event_.size);
        return known != nullptr ? std::optional(*known) : std::nullopt;
    }
    return std::nullopt;
}

// Of an argument of a call: a number, or whether it is null.
Term Terms::argument(Field field, std::int64_t argument) const {
    const auto* call = std::get_if<ir::Call>(&operation_);
    const auto index = static_cast<std::size_t>(argument - 1);
    if (call == nullptr || index >= call->arguments.size() || index >= call->argument_types.size()) return {};
    const ir::Scalar type = ir::scalar_of(context_.program.types, call->argument_types[index]);
    const abstract::Value value = transfer_.value(call->arguments[index], type);
    const Facts facts = state_.facts(value);
    const bool is_number = type.kind == ir::Scalar::Kind::integer || type.kind == ir::Scalar::Kind::boolean;
    if (field == Field::value && is_number) return {transfer_.number(value, type), 0};
    if (field == Field::pointer_is_null && facts.is_nonnull && value.symbol.kind != Symbol::Kind::none) {
        return {exactly(0), 0};
    }
    if (field == Field::pointer_is_null || field == Field::is_converted) return {truth_values, 0};
    if (field == Field::shadow_value || field == Field::shadow_pointer) {
        return {(facts.shadow & layer_) == 0 ? exactly(0) : truth_values, 0};
    }
    return {};
}

// The bit of the demand's layer is surely not set.
bool Terms::is_clear(Field field) const {
    const auto* call = std::get_if<ir::Call>(&operation_);
    if (call != nullptr && field == Field::shadow_value) {  // the union over all arguments
        return std::ranges::all_of(transfer_.arguments(*call),
                                   [this](const Facts& facts) { return (facts.shadow & layer_) == 0; }) &&
               call->arguments.size() == call->argument_types.size();
    }
    const std::optional<abstract::Value> value = shadowed(field);
    return value && (state_.facts(*value).shadow & layer_) == 0;
}

Term Terms::field(Field field, std::int64_t argument) const {
    if (argument == 0 && field == Field::stack_size) {
        const auto most = context_.deepest_stack;
        return {{0, most ? static_cast<Wide>(*most) : infinite}, 0};
    }
    if (argument == 0) argument = argument_;
    if (argument != 0) return this->argument(field, argument);
    if (field == Field::to_world) return {context_.assumption.is_internal ? exactly(0) : truth_values, 0};
    const bool is_shadow = (field >= Field::shadow_left && field <= Field::shadow_size) || field == Field::shadow_whole;
    if (field > Field::shadow_size && !is_shadow) return {};
    if (field == Field::size) return {size(), 0};
    if (const auto known = event_.field(field)) return {exactly(*known), 0};
    if (field == Field::left || field == Field::right) return operand(field);
    if (field >= Field::pointer_is_null && field <= Field::object_writable) return object(field);
    if (!is_shadow) return {{}, 0};
    return {is_clear(field) ? exactly(0) : truth_values, 0};
}

}  // namespace

bool surely_holds(const Context& context, const State& state, const Transfer& transfer, std::uint32_t index,
                  std::uint32_t which) {
    const shadow::Demand& demand = context.rules.table.demands[which];
    const ir::Instruction& instruction = context.function.code[index];
    bool is_raised = false;
    for (const shadow::StaticEvent& event : shadow::static_events(context.program, context.function, instruction)) {
        if (event.event != demand.event) continue;
        if (!shadow::concerns(demand.functions, context.function, event.event, event.callee)) continue;
        if (event.event == shadow::Event::called) return false;  // nothing is known of what comes back yet
        is_raised = true;
        Terms terms(context, state, transfer, instruction, event, demand);
        if (terms.truth(shadow::evaluate(demand.predicate, terms)) != std::optional(true)) return false;
    }
    // What a model demands is asked of its call.
    const auto* call = std::get_if<ir::Call>(&instruction.operation);
    const auto* callee = call != nullptr ? std::get_if<ir::FunctionId>(&call->callee) : nullptr;
    if (callee == nullptr || !context.program[*callee].is_model) return is_raised;
    return context.callees.meets(*call, transfer.arguments(*call), which);
}

}  // namespace gnomon::abstract
