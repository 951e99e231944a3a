#include "abstract/state.h"

#include <algorithm>

namespace gnomon::abstract {

namespace {

constexpr std::size_t most_cells = 256;
constexpr Symbol first_parameter{Symbol::Kind::parameter, 0, 0};

bool is_object(Symbol symbol) { return symbol.kind == Symbol::Kind::local || symbol.kind == Symbol::Kind::global; }

Range union_of_ranges(Range before, Range now, bool is_widened) {
    Range result = hull(before, now);
    if (!is_widened) return result;
    if (result.low < before.low) result.low = -infinite;
    if (result.high > before.high) result.high = infinite;
    return result;
}

}  // namespace

Value State::get(std::uint32_t reg) const {
    const auto found = registers_.find(reg);
    return found == registers_.end() ? unknown_value() : found->second;
}

Facts State::facts(Symbol symbol) const {
    if (symbol.kind == Symbol::Kind::local || symbol.kind == Symbol::Kind::global) {
        Facts facts{{}, true, true, 0, 0, 0, true, true};
        if (symbol.kind == Symbol::Kind::local) {
            facts.is_alive = is_alive_[symbol.number];
            facts.back = static_cast<Wide>(flow_->local_size(static_cast<ir::LocalId>(symbol.number)));
        } else {
            const ir::Global& global = (*program_)[static_cast<ir::GlobalId>(symbol.number)];
            facts.is_writable = !global.is_constant && !global.is_string_literal;
            facts.back = static_cast<Wide>(global.size);
        }
        return facts;
    }
    const auto found = facts_.find(symbol);
    return found == facts_.end() ? Facts{} : found->second;
}

Facts State::facts(const Value& value) const {
    if (value.symbol.kind == Symbol::Kind::none) {
        Facts facts;
        facts.number = value.range;
        facts.is_nonnull = value.range.low > 0 || value.range.high < 0;
        facts.shadow = 0;
        return facts;
    }
    const Facts base = facts(value.symbol);
    return value.range == exactly(0) ? base : moved(base, value.range);
}

void State::learn(Symbol symbol, const Facts& facts) {
    if (symbol.kind == Symbol::Kind::none || symbol.kind == Symbol::Kind::unknown || is_object(symbol)) return;
    facts_[symbol] = facts;
}

void State::define(Symbol symbol, const Facts& facts) {
    if (facts_.contains(symbol)) replace(symbol);
    facts_[symbol] = facts;
}

void State::replace(Symbol symbol) {
    for (auto& [reg, value] : registers_) {
        if (value.symbol == symbol) value = unknown_value();
    }
    std::erase_if(cells_, [symbol](const auto& cell) {
        return cell.first.symbol == symbol || cell.second.value.symbol == symbol;
    });
    facts_.erase(symbol);
}

void State::enter(ir::LocalId local) {
    replace({Symbol::Kind::local, static_cast<std::uint32_t>(local), 0});
    is_alive_[static_cast<std::size_t>(local)] = true;
}

void State::leave(ir::LocalId local) {
    is_alive_[static_cast<std::size_t>(local)] = false;
    const bool is_pointed_to = !is_private({Symbol::Kind::local, static_cast<std::uint32_t>(local), 0});
    if (is_pointed_to) forget_lives();
}

void State::expose(Symbol symbol) {
    if (symbol.kind == Symbol::Kind::local) is_exposed_[symbol.number] = true;
}

bool State::is_private(Symbol symbol) const {
    return symbol.kind == Symbol::Kind::local && !is_exposed_[symbol.number] &&
           flow_->is_private(static_cast<ir::LocalId>(symbol.number));
}

const Value* State::find(const Value& pointer, std::uint64_t size) const {
    if (pointer.symbol.kind == Symbol::Kind::none || !pointer.range.is_single()) return nullptr;
    const auto found = cells_.find({pointer.symbol, pointer.range.low});
    return found == cells_.end() || found->second.size != size ? nullptr : &found->second.value;
}

bool State::may_overlap(const Place& place, std::uint64_t size, const Value& pointer,
                        std::optional<std::uint64_t> other) const {
    if (place.symbol == pointer.symbol && pointer.symbol.kind != Symbol::Kind::unknown) {
        const Wide end = other ? sum(pointer.range, exactly(static_cast<Wide>(*other))).high : infinite;
        return place.offset < end && pointer.range.low < place.offset + static_cast<Wide>(size);
    }
    if (is_object(place.symbol) && is_object(pointer.symbol)) return false;
    return !is_private(place.symbol) && !is_private(pointer.symbol);
}

void State::write(const Value& pointer, std::optional<std::uint64_t> size) {
    std::erase_if(cells_, [&](const auto& cell) { return may_overlap(cell.first, cell.second.size, pointer, size); });
}

void State::remember(const Value& pointer, std::uint64_t size, Value value) {
    const bool is_place = pointer.symbol.kind != Symbol::Kind::none && pointer.symbol.kind != Symbol::Kind::unknown &&
                          pointer.range.is_single();
    if (!is_place || value.symbol.kind == Symbol::Kind::unknown) return;
    const Place place{pointer.symbol, pointer.range.low};
    if (cells_.size() >= most_cells && !cells_.contains(place)) return;
    cells_[place] = {size, value};
}

void State::forget_bytes() {
    std::erase_if(cells_, [this](const auto& cell) { return !is_private(cell.first.symbol); });
}

void State::forget_lives() {
    for (auto& [symbol, facts] : facts_) facts.is_alive = false;
}

void State::forget_ends() {
    for (auto& [symbol, facts] : facts_) facts.back = -infinite;
}

// What both ways agree on stays the same symbol; anything else becomes a new one, of which both sides' facts hold.
Value State::joined(const Value& mine, const State& other, const Value& theirs, Symbol join, Range type,
                    bool is_widened, State& result) const {
    const auto is_of_this_join = [&join](Symbol symbol) {
        return symbol.kind == Symbol::Kind::joined && symbol.block == join.block;
    };
    const bool is_same = mine.symbol == theirs.symbol && mine.symbol.kind != Symbol::Kind::none;
    if (is_same && !is_of_this_join(mine.symbol)) {
        if (mine.symbol.kind == Symbol::Kind::unknown) return mine;
        if (!is_object(mine.symbol)) {
            const Facts before = this->facts(mine.symbol), now = weaker(before, other.facts(mine.symbol));
            result.facts_[mine.symbol] = is_widened ? widened(before, now, type) : now;
        }
        return {mine.symbol, union_of_ranges(mine.range, theirs.range, is_widened)};
    }
    if (mine == theirs && mine.symbol.kind == Symbol::Kind::none) return mine;
    const Facts before = this->facts(mine), now = weaker(before, other.facts(theirs));
    result.facts_[join] = is_widened ? widened(before, now, type) : now;
    result.expose(mine.symbol);
    result.expose(theirs.symbol);
    return value_of(join);
}

// Of parameters all is kept: it is what a call shows to its caller.
bool State::is_parameter(AllFacts::const_iterator known) const {
    return known != facts_.end() && known->first.kind == Symbol::Kind::parameter;
}

bool State::join(const State& other, std::uint32_t block, bool is_widened, const ir::Function& function) {
    State result = *this;
    result.registers_.clear();
    result.facts_.clear();
    result.cells_.clear();
    for (const std::uint32_t reg : flow_->live(block)) {
        const ir::Scalar scalar = ir::scalar_of(program_->types, function.registers[reg].type);
        const Symbol symbol{Symbol::Kind::joined, reg, block};
        result.registers_[reg] = joined(get(reg), other, other.get(reg), symbol, whole_of(scalar), is_widened, result);
    }
    for (const auto& [place, cell] : cells_) {
        const auto theirs = other.cells_.find(place);
        const bool is_stable = place.symbol.kind != Symbol::Kind::joined || place.symbol.block != block;
        if (!is_stable || theirs == other.cells_.end() || theirs->second.size != cell.size) continue;
        const Value mine = cell.value, yours = theirs->second.value;
        const bool is_held = mine.symbol.kind != Symbol::Kind::joined || mine.symbol.block != block;
        if (mine.symbol != yours.symbol || !is_held) continue;
        const Range range = union_of_ranges(mine.range, yours.range, is_widened);
        result.cells_[place] = {cell.size, {mine.symbol, range}};
        for (const Symbol held : {place.symbol, mine.symbol}) {
            if (held.kind == Symbol::Kind::none || is_object(held) || result.facts_.contains(held)) continue;
            const Facts before = facts(held), now = weaker(before, other.facts(held));
            result.facts_[held] = is_widened ? widened(before, now, {}) : now;
        }
    }
    for (auto known = facts_.lower_bound(first_parameter); is_parameter(known); ++known) {
        const auto& [symbol, before] = *known;
        if (result.facts_.contains(symbol)) continue;
        const Facts now = weaker(before, other.facts(symbol));
        result.facts_[symbol] = is_widened ? widened(before, now, {}) : now;
    }
    for (std::size_t i = 0; i < is_alive_.size(); ++i) {
        result.is_alive_[i] = is_alive_[i] && other.is_alive_[i];
        result.is_exposed_[i] = result.is_exposed_[i] || other.is_exposed_[i];
    }
    if (result == *this) return false;
    *this = std::move(result);
    return true;
}

State State::entering(std::uint32_t block) const {
    State result = *this;
    result.registers_.clear();
    result.facts_.clear();
    const auto keep = [&](Symbol symbol) {
        if (const auto found = facts_.find(symbol); found != facts_.end()) result.facts_.insert(*found);
    };
    const bool is_join = flow_->is_join(block);
    const auto is_of_block = [&](Symbol symbol) {
        return is_join && symbol.kind == Symbol::Kind::joined && symbol.block == block;
    };
    // A symbol of this join that comes round again is another one from now on.
    for (const std::uint32_t reg : flow_->live(block)) {
        const Value value = get(reg);
        result.registers_[reg] = value;
        if (!is_of_block(value.symbol)) keep(value.symbol);
    }
    for (auto& [reg, value] : result.registers_) {
        if (!is_of_block(value.symbol)) continue;
        const Symbol fresh{Symbol::Kind::joined, reg, block};
        result.facts_[fresh] = facts(value);
        value = value_of(fresh);
    }
    std::erase_if(result.cells_, [&](const auto& cell) {
        return is_of_block(cell.first.symbol) || is_of_block(cell.second.value.symbol);
    });
    for (auto known = facts_.lower_bound(first_parameter); is_parameter(known); ++known) result.facts_.insert(*known);
    for (const auto& [place, cell] : result.cells_) {
        keep(place.symbol);
        keep(cell.value.symbol);
    }
    return result;
}

}  // namespace gnomon::abstract
