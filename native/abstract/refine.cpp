// What branches taken, accesses and demands that went well tell of the values that they looked at, and of those that
// these were made of. Bound: chains of at most `deepest` instructions of one block.
#include <algorithm>

#include "abstract/transfer.h"
#include "shadow/obligations.h"
#include "shadow/partial.h"
#include "shadow/static_fields.h"

namespace gnomon::abstract {

using ir::BinaryOperator;

namespace {

constexpr unsigned deepest = 12;

BinaryOperator opposite(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::equal:
            return BinaryOperator::not_equal;
        case BinaryOperator::not_equal:
            return BinaryOperator::equal;
        case BinaryOperator::less:
            return BinaryOperator::greater_equal;
        case BinaryOperator::less_equal:
            return BinaryOperator::greater;
        case BinaryOperator::greater:
            return BinaryOperator::less_equal;
        default:
            return BinaryOperator::less;
    }
}

// The numbers that may stand on the left of `op` when the right one is in `other`.
Range left_of(BinaryOperator op, Range other) {
    switch (op) {
        case BinaryOperator::equal:
            return other;
        case BinaryOperator::less:
            return {-infinite, other.high - 1};
        case BinaryOperator::less_equal:
            return {-infinite, other.high};
        case BinaryOperator::greater:
            return {other.low + 1, infinite};
        case BinaryOperator::greater_equal:
            return {other.low, infinite};
        default:
            return {};
    }
}

BinaryOperator mirrored(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::less:
            return BinaryOperator::greater;
        case BinaryOperator::less_equal:
            return BinaryOperator::greater_equal;
        case BinaryOperator::greater:
            return BinaryOperator::less;
        case BinaryOperator::greater_equal:
            return BinaryOperator::less_equal;
        default:
            return op;
    }
}

// A range without one of its ends.
Range without(Range range, Range excluded) {
    if (!excluded.is_single()) return range;
    if (range.low == excluded.low) ++range.low;
    if (range.high == excluded.high) --range.high;
    return range;
}

}  // namespace

const Transfer::Relation* Transfer::relation_of(const Value& value) const {
    if (value.range != exactly(0)) return nullptr;
    const auto found = relations_.find(value.symbol);
    return found == relations_.end() ? nullptr : &found->second;
}

bool Transfer::learn_truth(const Value& value, ir::Scalar type, bool is_true, unsigned depth) {
    if (depth > deepest || type.kind == ir::Scalar::Kind::floating) return true;
    if (type.kind == ir::Scalar::Kind::pointer) return learn_nullness(value, is_true);
    const Range now = number(value, type);
    const Range wanted = is_true ? without(now, exactly(0)) : exactly(0);
    if (!learn_number(value, type, wanted, depth + 1)) return false;
    const Relation* relation = relation_of(value);
    if (relation == nullptr) return true;
    if (const auto* unary = std::get_if<ir::Unary>(relation->operation)) {
        if (unary->op != ir::UnaryOperator::logical_not) return true;
        return learn_truth(Value(relation->left), scalar(unary->type), !is_true, depth + 1);
    }
    if (const auto* cast = std::get_if<ir::Cast>(relation->operation)) {
        if (scalar(cast->to).kind != ir::Scalar::Kind::boolean) return true;
        return learn_truth(Value(relation->left), scalar(cast->from), is_true, depth + 1);
    }
    const auto* binary = std::get_if<ir::Binary>(relation->operation);
    if (binary == nullptr || !ir::is_comparison(binary->op)) return true;
    return learn_comparison(is_true ? binary->op : opposite(binary->op), Relation(*relation), scalar(binary->type),
                            depth + 1);
}

// Of most pointers nothing: what was computed from a null pointer, &null->field, is true and is null nonetheless.
bool Transfer::learn_nullness(const Value& value, bool is_nonnull) {
    Facts facts = state_.facts(value);
    if (is_nonnull ? facts.number == exactly(0) : facts.is_nonnull) return false;
    if (!facts.is_plain || value.range != exactly(0)) return true;
    facts.is_nonnull = is_nonnull;
    if (!is_nonnull) facts.number = exactly(0);
    state_.learn(value.symbol, facts);
    return true;
}

bool Transfer::learn_comparison(BinaryOperator op, const Relation& relation, ir::Scalar type, unsigned depth) {
    if (type.kind == ir::Scalar::Kind::floating) return true;
    if (type.kind == ir::Scalar::Kind::pointer) {
        const bool is_equality = op == BinaryOperator::equal || op == BinaryOperator::not_equal;
        if (!is_equality) return true;
        for (const auto& [one, other] : {std::pair(relation.left, relation.right), {relation.right, relation.left}}) {
            if (state_.facts(other).number != exactly(0)) continue;
            if (!learn_truth(one, type, op == BinaryOperator::not_equal, depth + 1)) return false;
        }
        return true;
    }
    const Range left = number(relation.left, type), right = number(relation.right, type);
    if (op == BinaryOperator::not_equal) {
        return learn_number(relation.left, type, without(left, right), depth + 1) &&
               learn_number(relation.right, type, without(right, left), depth + 1);
    }
    return learn_number(relation.left, type, left_of(op, right), depth + 1) &&
           learn_number(relation.right, type, left_of(mirrored(op), left), depth + 1);
}

// The value, read in the type, is in the range.
bool Transfer::learn_number(const Value& value, ir::Scalar type, Range range, unsigned depth) {
    Facts facts = state_.facts(value);
    const Range now = intersection(number(value, type), range);
    if (now.low > now.high) return false;
    // What is read in another type than it was made for is another number.
    const bool is_read_exactly = whole_of(type).contains(facts.number);
    if (!is_read_exactly || value.symbol.kind == Symbol::Kind::none || value.range != exactly(0)) return true;
    facts.number = now;
    facts.is_nonnull = facts.is_nonnull || now.low > 0 || now.high < 0;
    state_.learn(value.symbol, facts);
    if (depth > deepest) return true;
    const Relation* relation = relation_of(value);
    return relation == nullptr || learn_through(Relation(*relation), now, depth + 1);
}

// The result of an operation is in the range: so what of its operands?
bool Transfer::learn_through(const Relation& relation, Range range, unsigned depth) {
    if (const auto* cast = std::get_if<ir::Cast>(relation.operation)) {
        const ir::Scalar from = scalar(cast->from), to = scalar(cast->to);
        const bool keeps_bits =
            from.kind == ir::Scalar::Kind::integer && to.kind == ir::Scalar::Kind::integer && to.bits >= from.bits;
        if (!keeps_bits || !whole_of(from).contains(range)) return true;
        // A negative number became a large one, which is not in the range.
        const bool is_reread = from.is_signed && !to.is_signed;
        if (is_reread && range.low < 0) return true;
        return learn_number(relation.left, from, range, depth);
    }
    const auto* binary = std::get_if<ir::Binary>(relation.operation);
    if (binary == nullptr) return true;
    const ir::Scalar type = scalar(binary->type);
    const bool is_sum = binary->op == BinaryOperator::add, is_difference = binary->op == BinaryOperator::subtract;
    if ((!is_sum && !is_difference) || type.kind != ir::Scalar::Kind::integer) return true;
    const Range left = number(relation.left, type), right = number(relation.right, type);
    const bool never_wraps = (type.is_signed && context_.rules.forbids_wrap(binary->op)) ||
                             whole_of(type).contains(is_sum ? sum(left, right) : difference(left, right));
    if (!never_wraps) return true;
    return learn_number(relation.left, type, is_sum ? difference(range, right) : sum(range, right), depth) &&
           learn_number(relation.right, type, is_sum ? difference(range, left) : difference(left, range), depth);
}

// An access of that many bytes went well.
void Transfer::learn_access(const Value& pointer, Range size, bool is_write, unsigned depth) {
    if (size.low < 1 || pointer.symbol.kind == Symbol::Kind::none || depth > deepest) return;
    const Relation* relation = relation_of(pointer);
    Facts facts = state_.facts(pointer.symbol);
    facts.is_nonnull = facts.is_alive = facts.is_plain = true;
    facts.is_writable = facts.is_writable || is_write;
    facts.front = std::min(facts.front, pointer.range.high);
    facts.back = std::max(facts.back, sum(exactly(pointer.range.low), exactly(size.low)).low);
    state_.learn(pointer.symbol, facts);
    if (relation == nullptr) return;
    if (const auto* element = std::get_if<ir::ElementAddress>(relation->operation); element != nullptr) {
        // Into the same object, nobody knows where.
        learn_access({relation->left.symbol, {}}, size, is_write, depth + 1);
    }
}

// A call came back. False: with these arguments it never does.
bool Transfer::learn_from_call(const ir::Call& call, const Outcome& outcome) {
    const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
    if (callee == nullptr) return true;
    const ir::Function& called = context_.program[*callee];
    for (std::size_t i = 0; i < outcome.arguments.size() && i < call.arguments.size(); ++i) {
        const ir::Scalar given = scalar(call.argument_types[i]), taken = scalar(called.registers[i].type);
        const Value argument = value(call.arguments[i], given);
        const Facts& shown = outcome.arguments[i];
        learn_clear(argument, static_cast<std::uint8_t>(~shown.shadow));
        if (given.kind == ir::Scalar::Kind::pointer) {
            learn_of_object(argument, shown);
        } else if (given == taken && given.kind != ir::Scalar::Kind::floating) {
            if (!learn_number(argument, given, shown.number, 0)) return false;
        }
    }
    return true;
}

// What was shown of a pointer, of the symbol that it is some bytes behind.
void Transfer::learn_of_object(const Value& pointer, const Facts& shown) {
    if (pointer.symbol.kind == Symbol::Kind::none) return;
    Facts facts = state_.facts(pointer.symbol);
    facts.is_nonnull = facts.is_nonnull || shown.is_nonnull;
    facts.is_alive = facts.is_alive || shown.is_alive;
    facts.is_writable = facts.is_writable || shown.is_writable;
    if (shown.front < infinite) facts.front = std::min(facts.front, sum(pointer.range, exactly(shown.front)).high);
    if (shown.back > -infinite) facts.back = std::max(facts.back, sum(pointer.range, exactly(shown.back)).low);
    state_.learn(pointer.symbol, facts);
}

void Transfer::learn_clear(const Value& value, std::uint8_t layers, unsigned depth) {
    if (value.symbol.kind == Symbol::Kind::none || depth > deepest) return;
    Facts facts = state_.facts(value.symbol);
    facts.shadow = static_cast<std::uint8_t>(facts.shadow & ~layers);
    state_.learn(value.symbol, facts);
    const auto found = relations_.find(value.symbol);
    if (found == relations_.end()) return;
    // Results have the union of their operands' bits, where no rule says otherwise.
    const Relation relation = found->second;
    const bool is_cast = std::holds_alternative<ir::Cast>(*relation.operation);
    const shadow::Event event = is_cast ? shadow::Event::cast : shadow::Event::arithmetic;
    if ((context_.rules.after(event, 0) & layers) != 0) return;
    learn_clear(relation.left, layers, depth + 1);
    learn_clear(relation.right, layers, depth + 1);
}

void Transfer::pass_demands(std::uint32_t index) {
    const ir::Instruction& instruction = context_.function.code[index];
    const auto field = [](const shadow::StaticEvent& event) {
        return [&event](shadow::Field field) { return event.field(field); };
    };
    for (const shadow::StaticEvent& event : shadow::static_events(context_.program, context_.function, instruction)) {
        for (const shadow::Demand& demand : context_.rules.table.demands) {
            if (demand.event != event.event || !demand.functions.empty()) continue;
            const std::optional<shadow::Field> cleared = cleared_field(demand.predicate);
            if (!cleared || shadow::decide(demand.guard, field(event)) != true) continue;
            const auto layer = static_cast<std::uint8_t>(1u << demand.layer);
            if (*cleared == shadow::Field::shadow_pointer && event.pointer) {
                learn_clear(value(*event.pointer, {ir::Scalar::Kind::pointer, 64, false}), layer);
            } else if (const auto* branch = std::get_if<ir::Branch>(&instruction.operation)) {
                if (*cleared == shadow::Field::shadow_condition)
                    learn_clear(value(branch->condition, scalar(branch->type)), layer);
            } else if (const auto* choice = std::get_if<ir::Switch>(&instruction.operation)) {
                if (*cleared == shadow::Field::shadow_condition)
                    learn_clear(value(choice->value, scalar(choice->type)), layer);
            } else if (const auto* binary = std::get_if<ir::Binary>(&instruction.operation)) {
                if (*cleared == shadow::Field::shadow_right)
                    learn_clear(value(binary->right, scalar(binary->right_type)), layer);
                if (*cleared == shadow::Field::shadow_left)
                    learn_clear(value(binary->left, scalar(binary->type)), layer);
            }
        }
    }
}

bool Transfer::take(std::uint32_t index, std::size_t edge) {
    const ir::Operation& operation = context_.function.code[index].operation;
    if (const auto* branch = std::get_if<ir::Branch>(&operation)) {
        const ir::Scalar type = scalar(branch->type);
        return learn_truth(value(branch->condition, type), type, edge == 0);
    }
    const auto* choice = std::get_if<ir::Switch>(&operation);
    if (choice == nullptr || edge >= choice->cases.size()) return true;
    const ir::Scalar type = scalar(choice->type);
    if (type.kind == ir::Scalar::Kind::pointer) return true;
    return learn_number(value(choice->value, type), type, exactly(ir::exact(type, choice->cases[edge].first)), 0);
}

}  // namespace gnomon::abstract
