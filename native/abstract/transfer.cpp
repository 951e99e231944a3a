#include "abstract/transfer.h"

#include <algorithm>
#include <bit>

namespace gnomon::abstract {

using ir::BinaryOperator;

namespace {

std::uint8_t either(std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a | b); }

constexpr Range truth_values{0, 1};

// Of a comparison: both, or the one that the ranges leave.
Range compare(BinaryOperator op, Range a, Range b) {
    const auto known = [](bool always, bool never) { return always ? exactly(1) : never ? exactly(0) : truth_values; };
    const bool is_same = a.is_single() && a == b, is_apart = a.high < b.low || b.high < a.low;
    switch (op) {
        case BinaryOperator::equal:
            return known(is_same, is_apart);
        case BinaryOperator::not_equal:
            return known(is_apart, is_same);
        case BinaryOperator::less:
            return known(a.high < b.low, a.low >= b.high);
        case BinaryOperator::less_equal:
            return known(a.high <= b.low, a.low > b.high);
        case BinaryOperator::greater:
            return known(a.low > b.high, a.high <= b.low);
        default:
            return known(a.low >= b.high, a.high < b.low);
    }
}

Range divide(Range a, Range b) {
    if (b.low < 1) return {};
    const Wide ends[] = {a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high};
    return {*std::ranges::min_element(ends), *std::ranges::max_element(ends)};
}

Range remainder(Range a, Range b) {
    if (b.low < 1) return {};
    return {a.low < 0 ? std::max(a.low, 1 - b.high) : 0, a.high > 0 ? std::min(a.high, b.high - 1) : 0};
}

Range of_bits(BinaryOperator op, Range a, Range b) {
    if (op == BinaryOperator::bit_and) {
        if (a.low < 0 && b.low < 0) return {};
        if (a.low < 0) return {0, b.high};
        return {0, b.low < 0 ? a.high : std::min(a.high, b.high)};
    }
    const Wide most = std::max(a.high, b.high);
    if (a.low < 0 || b.low < 0 || most > UINT64_MAX) return {};
    const int width = std::bit_width(static_cast<std::uint64_t>(most));
    return {op == BinaryOperator::bit_or ? std::max(a.low, b.low) : 0, (Wide{1} << width) - 1};
}

Range shift(BinaryOperator op, Range a, Range count) {
    if (count.low < 0 || count.high > 63) return {};
    const auto power = [](Wide exponent) { return Wide{1} << static_cast<int>(exponent); };
    if (op == BinaryOperator::shift_left) return product(a, {power(count.low), power(count.high)});
    const Wide ends[] = {a.low >> static_cast<int>(count.low), a.low >> static_cast<int>(count.high),
                         a.high >> static_cast<int>(count.low), a.high >> static_cast<int>(count.high)};
    return {*std::ranges::min_element(ends), *std::ranges::max_element(ends)};
}

}  // namespace

// The mathematical result: whether it fits is the caller's to ask.
Range arithmetic(BinaryOperator op, Range a, Range b) {
    switch (op) {
        case BinaryOperator::add:
            return sum(a, b);
        case BinaryOperator::subtract:
            return difference(a, b);
        case BinaryOperator::multiply:
            return product(a, b);
        case BinaryOperator::divide:
            return divide(a, b);
        case BinaryOperator::remainder:
            return remainder(a, b);
        case BinaryOperator::shift_left:
        case BinaryOperator::shift_right:
            return shift(op, a, b);
        case BinaryOperator::bit_and:
        case BinaryOperator::bit_or:
        case BinaryOperator::bit_xor:
            return of_bits(op, a, b);
        default:
            return compare(op, a, b);
    }
}

State first_state(const Context& context) {
    State state(context.program, context.function, context.flow);
    for (std::uint32_t i = 0; i < context.function.registers.size(); ++i) {
        const ir::Register& description = context.function.registers[i];
        const bool is_parameter = i < context.function.parameter_count;
        const Symbol symbol{is_parameter ? Symbol::Kind::parameter : Symbol::Kind::initial, i, 0};
        Facts facts;
        facts.number = whole_of(ir::scalar_of(context.program.types, description.type));
        if (is_parameter && i < context.assumption.parameters.size()) {
            const Range whole = facts.number;
            facts = context.assumption.parameters[i];
            if (!whole.contains(facts.number)) facts.number = whole;
        } else if (!is_parameter) {
            facts.shadow = description.starts_undefined ? either(context.rules.of_new(shadow::ObjectKind::local),
                                                                 context.rules.of_new(shadow::ObjectKind::variable))
                                                        : 0;
        }
        state.define(symbol, facts);
        state.set(i, value_of(symbol));
    }
    return state;
}

Transfer Transfer::on(State& state) const {
    Transfer copy(context_, state);
    copy.relations_ = relations_;
    return copy;
}

bool Transfer::execute(std::uint32_t index) {
    index_ = index;
    std::visit([this](const auto& operation) { execute(operation); }, context_.function.code[index].operation);
    return !is_over_;
}

Value Transfer::value(const ir::Operand& operand, ir::Scalar type) const {
    if (operand.is_register()) return state_.get(static_cast<std::uint32_t>(operand.as_register()));
    if (type.kind == ir::Scalar::Kind::floating || !type.is_supported()) return number_in({});
    return number_in(exactly(ir::exact(type, operand.bits())));
}

Range Transfer::number(const Value& value, ir::Scalar type) const { return read_as(state_.facts(value).number, type); }

void Transfer::define(ir::RegisterId result, const Facts& facts, Symbol::Kind kind) {
    const auto reg = static_cast<std::uint32_t>(result);
    if (facts.number.is_single() && facts.shadow == 0) return state_.set(reg, number_in(facts.number));
    const Symbol symbol{kind, index_, 0};
    std::erase_if(relations_, [symbol](const auto& relation) {
        return relation.first == symbol || relation.second.left.symbol == symbol ||
               relation.second.right.symbol == symbol;
    });
    state_.define(symbol, facts);
    state_.set(reg, value_of(symbol));
}

void Transfer::define(ir::RegisterId result, const Facts& facts, const Relation& relation) {
    const Symbol symbol{Symbol::Kind::result, index_, 0};
    const bool is_stale = relation.left.symbol == symbol || relation.right.symbol == symbol;
    define(result, facts);
    if (!is_stale) relations_[symbol] = relation;
}

Facts Transfer::integer(Range range, std::uint8_t shadow) const {
    Facts facts;
    facts.number = range;
    facts.is_nonnull = range.low > 0 || range.high < 0;
    facts.shadow = shadow;
    return facts;
}

void Transfer::execute(const ir::Move& move) {
    state_.set(static_cast<std::uint32_t>(move.result), value(move.value, scalar(move.type)));
}

void Transfer::execute(const ir::Unary& unary) {
    const ir::Scalar type = scalar(unary.type);
    const Value operand = value(unary.value, type);
    const Facts facts = state_.facts(operand);
    const Range range = number(operand, type);
    const ir::Operation* operation = &context_.function.code[index_].operation;
    Range result;
    if (unary.op == ir::UnaryOperator::logical_not) {
        const bool is_nonzero = facts.is_nonnull || range.low > 0 || range.high < 0;
        result = is_nonzero ? exactly(0) : range == exactly(0) ? exactly(1) : truth_values;
    } else if (type.kind != ir::Scalar::Kind::floating) {
        const Range negated{-range.high, -range.low};
        result = read_as(unary.op == ir::UnaryOperator::negate ? negated : difference(negated, exactly(1)), type);
    }
    const std::uint8_t shadow = context_.rules.after(shadow::Event::arithmetic, facts.shadow);
    define(unary.result, integer(result, shadow), {operation, operand, {}});
}

void Transfer::execute(const ir::Binary& binary) {
    const bool is_shift = binary.op == BinaryOperator::shift_left || binary.op == BinaryOperator::shift_right;
    const ir::Scalar type = scalar(binary.type), right_type = is_shift ? scalar(binary.right_type) : type;
    const Value left = value(binary.left, type), right = value(binary.right, right_type);
    std::uint8_t shadow = either(this->shadow(left), this->shadow(right));
    Range range{};
    if (type.kind == ir::Scalar::Kind::floating || type.kind == ir::Scalar::Kind::pointer) {
        if (ir::is_comparison(binary.op)) range = truth_values;
        const Range zero = exactly(0);
        const bool is_null_known = (state_.facts(left).is_nonnull && state_.facts(right).number == zero) ||
                                   (state_.facts(right).is_nonnull && state_.facts(left).number == zero);
        const bool is_pointer = type.kind == ir::Scalar::Kind::pointer;
        if (is_pointer && is_null_known && binary.op == BinaryOperator::equal) range = exactly(0);
        if (is_pointer && is_null_known && binary.op == BinaryOperator::not_equal) range = exactly(1);
    } else {
        shadow = context_.rules.after(shadow::Event::arithmetic, shadow);
        range = arithmetic(binary.op, number(left, type), number(right, right_type));
        if (!ir::is_comparison(binary.op)) {
            const bool never_wraps = type.is_signed && context_.rules.forbids_wrap(binary.op);
            const Range fitting = intersection(range, whole_of(type));
            range = never_wraps && fitting.low <= fitting.high ? fitting : read_as(range, type);
        }
    }
    define(binary.result, integer(range, shadow), {&context_.function.code[index_].operation, left, right});
}

void Transfer::execute(const ir::Cast& cast) {
    const ir::Scalar from = scalar(cast.from), to = scalar(cast.to);
    const Value operand = value(cast.value, from);
    const Facts facts = state_.facts(operand);
    const std::uint8_t shadow = context_.rules.after(shadow::Event::cast, facts.shadow);
    const bool is_float = from.kind == ir::Scalar::Kind::floating || to.kind == ir::Scalar::Kind::floating;
    const bool are_pointers = from.kind == ir::Scalar::Kind::pointer && to.kind == ir::Scalar::Kind::pointer;
    const bool is_same_number = !is_float && to.kind != ir::Scalar::Kind::boolean &&
                                whole_of(from).contains(facts.number) && whole_of(to).contains(facts.number);
    if ((are_pointers || is_same_number) && shadow == facts.shadow) {
        return state_.set(static_cast<std::uint32_t>(cast.result), operand);
    }
    Range range = whole_of(to);
    if (to.kind == ir::Scalar::Kind::boolean) {
        const Range number = is_float ? Range{} : this->number(operand, from);
        range = number == exactly(0) ? exactly(0) : number.low > 0 || number.high < 0 ? exactly(1) : truth_values;
    } else if (!is_float) {
        range = read_as(number(operand, from), to);
    }
    Facts result = integer(range, shadow);
    // A number as wide as a pointer keeps what the pointer is.
    if (!is_float && from.bits == 64 && to.bits == 64) {
        result = facts;
        result.number = range;
        result.shadow = shadow;
    }
    define(cast.result, result, {&context_.function.code[index_].operation, operand, {}});
}

void Transfer::execute(const ir::Input& input) {
    const std::uint8_t shadow = context_.rules.after(shadow::Event::input, 0);
    Facts facts = integer({}, shadow);
    if (const auto* choice = std::get_if<ir::IntegerInput>(&input.choice)) {
        const ir::Scalar type = scalar(choice->type);
        const bool is_limited = type.is_signed && choice->minimum <= choice->maximum;
        facts.number = is_limited ? Range{choice->minimum, choice->maximum} : whole_of(type);
    } else if (const auto* bytes = std::get_if<ir::BytesInput>(&input.choice)) {
        facts.is_nonnull = !bytes->may_be_null;
        if (bytes->length_result) define(*bytes->length_result, integer({0, UINT64_MAX}, shadow), Symbol::Kind::length);
    }
    define(input.result, facts);
}

}  // namespace gnomon::abstract
