// Addresses, accesses and calls.
#include <algorithm>

#include "abstract/transfer.h"

namespace gnomon::abstract {

namespace {

constexpr ir::Scalar size_type{ir::Scalar::Kind::integer, 64, false};

Facts whole_object(Wide size, std::uint8_t shadow) { return {{}, true, true, 0, size, shadow, true, true}; }

}  // namespace

void Transfer::execute(const ir::AddressOfLocal& address) {
    const Symbol symbol{Symbol::Kind::local, static_cast<std::uint32_t>(address.local), 0};
    state_.set(static_cast<std::uint32_t>(address.result), value_of(symbol));
}

void Transfer::execute(const ir::AddressOfGlobal& address) {
    const ir::Global& global = context_.program[address.global];
    if (!global.is_defined || global.is_opaque) {
        Facts facts = integer({}, 0);
        facts.is_nonnull = true;
        return define(address.result, facts);
    }
    const Symbol symbol{Symbol::Kind::global, static_cast<std::uint32_t>(address.global), 0};
    state_.set(static_cast<std::uint32_t>(address.result), value_of(symbol));
}

void Transfer::execute(const ir::AddressOfFunction& address) {
    Facts facts = integer({}, 0);
    facts.is_nonnull = true;
    define(address.result, facts);
}

void Transfer::execute(const ir::FieldAddress& address) {
    Value base = value(address.base, {ir::Scalar::Kind::pointer, 64, false});
    if (base.symbol.kind == Symbol::Kind::none || base.symbol.kind == Symbol::Kind::unknown) {
        // What is computed from null stays null.
        Facts facts = integer({}, shadow(base));
        return define(address.result, facts);
    }
    base.range = sum(base.range, exactly(static_cast<Wide>(address.byte_offset)));
    state_.set(static_cast<std::uint32_t>(address.result), base);
}

void Transfer::execute(const ir::ElementAddress& address) {
    const ir::Scalar index_type = scalar(address.index_type);
    const Value base = value(address.base, {ir::Scalar::Kind::pointer, 64, false});
    const Value index = value(address.index, index_type);
    const ir::TypeTable& types = context_.program.types;
    const bool is_sizeless = types.get_if<ir::VoidType>(address.element) != nullptr ||
                             types.get_if<ir::FunctionType>(address.element) != nullptr;
    const Wide stride = is_sizeless ? 1 : static_cast<Wide>(types.size_of(address.element));
    Range by = product(number(index, index_type), exactly(stride));
    if (address.is_negated) by = {-by.high, -by.low};
    const std::uint8_t result_shadow = static_cast<std::uint8_t>(shadow(base) | shadow(index));
    const bool is_known = base.symbol.kind != Symbol::Kind::none && base.symbol.kind != Symbol::Kind::unknown;
    const bool is_fixed = base.symbol.kind == Symbol::Kind::local || base.symbol.kind == Symbol::Kind::global;
    if (is_known && result_shadow == shadow(base) && (is_fixed || by.is_single())) {
        return state_.set(static_cast<std::uint32_t>(address.result), {base.symbol, sum(base.range, by)});
    }
    Facts facts = is_known ? moved(state_.facts(base), by) : integer({}, 0);
    facts.shadow = result_shadow;
    state_.expose(base.symbol);
    define(address.result, facts, {&context_.function.code[index_].operation, base, index});
}

void Transfer::execute(const ir::PointerDifference& difference) {
    const ir::Scalar type{ir::Scalar::Kind::pointer, 64, false};
    const std::uint8_t shadows = shadow(value(difference.left, type)) | shadow(value(difference.right, type));
    define(difference.result, integer({INT64_MIN, INT64_MAX}, shadows));
}

void Transfer::execute(const ir::Load& load) {
    const ir::Scalar type = scalar(load.type);
    const std::uint64_t size = context_.program.types.size_of(load.type);
    const Value pointer = value(load.pointer, {ir::Scalar::Kind::pointer, 64, false});
    learn_access(pointer, exactly(static_cast<Wide>(size)));
    const bool is_whole = load.bits.width == 0;
    const Value* known = is_whole ? state_.find(pointer, size) : nullptr;
    if (known != nullptr && context_.rules.after(shadow::Event::load, 0) == 0) {
        return state_.set(static_cast<std::uint32_t>(load.result), *known);
    }
    Facts facts = integer(whole_of(type), 0xff);
    if (!is_whole && load.bits.width < type.bits) {
        const Wide half = Wide{1} << (load.bits.width - 1);
        facts.number = type.is_signed ? Range{-half, half - 1} : Range{0, 2 * half - 1};
    }
    if (type.kind == ir::Scalar::Kind::pointer) facts.number = {};
    define(load.result, facts);
    if (is_whole) state_.remember(pointer, size, state_.get(static_cast<std::uint32_t>(load.result)));
}

void Transfer::execute(const ir::Store& store) {
    const ir::Scalar type = scalar(store.type);
    const std::uint64_t size = context_.program.types.size_of(store.type);
    const Value pointer = value(store.pointer, {ir::Scalar::Kind::pointer, 64, false});
    const Value stored = value(store.value, type);
    learn_access(pointer, exactly(static_cast<Wide>(size)), true);
    state_.write(pointer, size);
    const bool is_number = type.kind == ir::Scalar::Kind::integer || type.kind == ir::Scalar::Kind::boolean;
    const bool fits = !is_number || whole_of(type).contains(state_.facts(stored).number);
    const bool keeps_shadow = context_.rules.after(shadow::Event::store, 0) == 0;
    if (store.bits.width == 0 && fits && keeps_shadow) state_.remember(pointer, size, stored);
}

void Transfer::execute(const ir::CopyBytes& copy) {
    const ir::Scalar pointer{ir::Scalar::Kind::pointer, 64, false};
    const Range size = number(value(copy.size, size_type), size_type);
    const Value to = value(copy.to, pointer);
    learn_access(value(copy.from, pointer), size);
    learn_access(to, size, true);
    state_.write(to, size.high <= INT64_MAX ? std::optional(static_cast<std::uint64_t>(size.high)) : std::nullopt);
}

void Transfer::execute(const ir::FillBytes& fill) {
    const Range size = number(value(fill.size, size_type), size_type);
    const Value to = value(fill.to, {ir::Scalar::Kind::pointer, 64, false});
    learn_access(to, size, true);
    state_.write(to, size.high <= INT64_MAX ? std::optional(static_cast<std::uint64_t>(size.high)) : std::nullopt);
}

void Transfer::execute(const ir::CallIntrinsic& call) {
    using ir::Intrinsic;
    Facts facts = integer({0, UINT64_MAX}, 0xff);
    switch (call.intrinsic) {
        case Intrinsic::allocate:
        case Intrinsic::allocate_zero:
            facts = whole_object(number(value(call.arguments[0], size_type), size_type).low, 0);
            break;
        case Intrinsic::new_opaque:
            facts = integer({}, 0);
            facts.is_nonnull = true;
            break;
        case Intrinsic::release:
            state_.forget_lives();
            break;
        case Intrinsic::resize:
            state_.forget_bytes();
            state_.forget_ends();
            break;
        case Intrinsic::extended:
            break;
        case Intrinsic::is_a:
        case Intrinsic::is_later:
        case Intrinsic::is_undefined:
        case Intrinsic::is_tainted:
            facts = integer({0, 1}, shadow::unknown_bit);
            break;
        default:
            if (may_write(call)) state_.forget_bytes();
            break;
    }
    if (call.result) define(*call.result, facts);
}

std::vector<Facts> Transfer::arguments(const ir::Call& call) const {
    std::vector<Facts> known;
    for (std::size_t i = 0; i < call.arguments.size() && i < call.argument_types.size(); ++i) {
        const ir::Scalar type = scalar(call.argument_types[i]);
        known.push_back(handed_over(value(call.arguments[i], type), type));
        known.back().shadow = context_.rules.after(shadow::Event::call, known.back().shadow);
    }
    return known;
}

Facts Transfer::given_back(const ir::Operand& operand, ir::TypeId id) const {
    const ir::Scalar type = scalar(id);
    Facts facts = handed_over(value(operand, type), type);
    facts.shadow = context_.rules.after(shadow::Event::back, facts.shadow);
    return facts;
}

Facts Transfer::handed_over(const Value& value, ir::Scalar type) const {
    Facts facts = state_.facts(value);
    const bool is_null = facts.number == exactly(0);
    if (type.kind != ir::Scalar::Kind::pointer) {
        facts.number = number(value, type);
    } else if (!is_null) {
        facts.number = {};
    }
    return facts;
}

void Transfer::execute(const ir::Call& call) {
    const Outcome outcome = context_.callees.outcome(call, arguments(call));
    const Effect effect = context_.callees.effect(call);
    if (effect.writes || effect.releases || effect.resizes) state_.forget_bytes();
    if (effect.releases) state_.forget_lives();
    if (effect.resizes) state_.forget_ends();
    is_over_ = !outcome.returns || !learn_from_call(call, outcome);
    if (!call.result || is_over_) return;
    const ir::Scalar type = scalar(call.result_type);
    const auto* callee = std::get_if<ir::FunctionId>(&call.callee);
    const std::uint8_t added = context_.rules.of_result(callee != nullptr ? &context_.program[*callee] : nullptr);
    if (outcome.argument && *outcome.argument < call.arguments.size()) {
        const ir::Scalar given = scalar(call.argument_types[*outcome.argument]);
        const std::uint8_t on_the_way = static_cast<std::uint8_t>(
            added | context_.rules.after(shadow::Event::call, context_.rules.after(shadow::Event::back, 0)));
        if (given == type && on_the_way == 0) {
            const Value same = value(call.arguments[*outcome.argument], given);
            return state_.set(static_cast<std::uint32_t>(*call.result), same);
        }
    }
    Facts facts = outcome.result;
    const bool is_null = facts.number == exactly(0);
    if (type.kind == ir::Scalar::Kind::pointer) {
        facts.number = is_null ? exactly(0) : Range{};
    } else {
        facts.number = read_as(facts.number, type);
        facts.is_nonnull = facts.is_nonnull || facts.number.low > 0 || facts.number.high < 0;
    }
    facts.shadow = static_cast<std::uint8_t>(facts.shadow | added);
    define(*call.result, facts);
}

}  // namespace gnomon::abstract
