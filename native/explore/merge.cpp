// Two paths as one.
//
// Where the sides of a branch come together and differ in few numbers, these become choices over the condition, and
// what was assumed on one side holds under it. Nothing is lost and nothing is added: the one path stands for the runs
// of both. Pointers to different places, objects, inputs and states of rules stay apart, since the engine wants them
// plain.
#include <algorithm>

#include "explore/stepper.h"

namespace gnomon::explore {

namespace {

constexpr std::size_t most_registers = 8, most_bytes = 32, most_assumptions = 4;
constexpr unsigned unknown_layer = 7;  // of shadow::unknown_bit

bool is_same_input(const TakenInput& one, const TakenInput& other) {
    return one.site == other.site && one.occurrence == other.occurrence && one.is_null == other.is_null &&
           one.bits == other.bits && one.bytes == other.bytes;
}

bool is_same_run(const LoopRun& one, const LoopRun& other) {
    return one.passage == other.passage && one.loop == other.loop && one.depth == other.depth && one.turn == other.turn;
}

bool is_same_but_for_values(const State& one, const State& other) {
    return one.are_globals_forgotten == other.are_globals_forgotten && one.thread_states == other.thread_states &&
           one.last_return == other.last_return && one.number_states == other.number_states &&
           one.stack_size == other.stack_size && one.occurrences == other.occurrences &&
           one.deferred == other.deferred && one.judges_callers_null == other.judges_callers_null &&
           one.compares_callers_blocks == other.compares_callers_blocks && one.passages == other.passages &&
           one.decimals.size() == other.decimals.size() && one.has_any_bytes == other.has_any_bytes &&
           std::ranges::equal(one.inputs, other.inputs, is_same_input) &&
           std::ranges::equal(one.runs, other.runs, is_same_run);
}

bool is_same_but_for_contents(const Object& one, const Object& other) {
    return one.kind == other.kind && one.base == other.base && one.size == other.size &&
           one.is_alive == other.is_alive && one.is_writable == other.is_writable &&
           one.is_callers == other.is_callers && one.is_escaped == other.is_escaped && one.is_kept == other.is_kept &&
           one.is_counted == other.is_counted && one.is_shared == other.is_shared && one.is_chosen == other.is_chosen &&
           one.states == other.states && one.base_shadow == other.base_shadow && one.type == other.type &&
           one.made_at == other.made_at && one.input == other.input && one.deferred == other.deferred &&
           one.symbolic_writes == other.symbolic_writes;
}

bool is_same(const Value& one, const Value& other) {
    return one.bits == other.bits && one.shadow == other.shadow && one.object == other.object;
}

bool is_same(const Cell& one, const Cell& other) {
    return one.value == other.value && one.shadow == other.shadow && one.object == other.object &&
           one.fragment == other.fragment && one.age == other.age;
}

// What was made on a side is gone.
bool are_dead_behind(const Memory& memory, std::size_t made_on_both) {
    for (std::size_t i = made_on_both + 1; i <= memory.made(); ++i)
        if (memory.at(static_cast<ObjectId>(i)).is_alive) return false;
    return true;
}

bool contains(const std::vector<Expression>& path, Expression constraint) {
    return std::ranges::find(path, constraint) != path.end();
}

// Whether it is one of what has to hold together for `condition`.
bool is_part_of(Expression condition, Expression part) {
    if (condition == part) return true;
    return condition->kind == solver::Kind::bit_and &&
           (is_part_of(condition->children[0], part) || is_part_of(condition->children[1], part));
}

}  // namespace

std::optional<State> Stepper::merged(State& went_on, State& other, const Parting& parting, const Join& join) {
    if (!is_same_but_for_values(went_on, other)) return std::nullopt;
    State merged = went_on;
    if (!merge_registers(merged, other, parting, join) || !merge_memory(merged, other, parting)) return std::nullopt;
    if (!merge_paths(merged, other, parting)) return std::nullopt;
    merged.instructions = std::max(merged.instructions, other.instructions);
    if (merged.unknown_from == nullptr) merged.unknown_from = other.unknown_from;
    return merged;
}

// Nothing where they stay apart. A choice must not make a failure depend on a caller that only one side asks.
std::optional<Value> Stepper::either(const Value& one, const Value& other, Expression condition) {
    if (one.object != other.object || one.bits->width != other.bits->width) return std::nullopt;
    if (one.object != ObjectId::none && one.bits != other.bits) return std::nullopt;
    const auto is_unknown = [&](const Value& value) { return expressions_.extract(value.shadow, unknown_layer, 1); };
    if (is_unknown(one) != is_unknown(other)) return std::nullopt;
    const auto is_alike = [&](Expression ours, Expression theirs) {
        return world_.depends_on_caller(ours) == world_.depends_on_caller(theirs);
    };
    const bool is_callers_alike =
        world_.depends_on_caller(condition) || (is_alike(one.bits, other.bits) && is_alike(one.shadow, other.shadow));
    if (!is_callers_alike) return std::nullopt;
    return Value{expressions_.choose(condition, one.bits, other.bits),
                 expressions_.choose(condition, one.shadow, other.shadow), one.object};
}

bool Stepper::merge_registers(State& merged, const State& other, const Parting& parting, const Join& join) {
    const auto is_same_frame = [](const auto& one, const auto& two) { return one == two; };
    const std::size_t below = merged.frames.size() - 1;
    if (!std::equal(merged.frames.begin(), merged.frames.begin() + static_cast<std::ptrdiff_t>(below),
                    other.frames.begin(), is_same_frame)) {
        return false;
    }
    const Frame& theirs = other.top();
    if (merged.top().locals != theirs.locals || merged.top().stack_size != theirs.stack_size) return false;
    std::size_t different = 0;
    for (std::size_t i = 0; i < theirs.registers.size(); ++i) {
        const Value& ours = merged.top().registers[i];
        const auto id = static_cast<ir::RegisterId>(i);
        if (is_same(ours, theirs.registers[i]) || std::ranges::binary_search(join.unread, id)) continue;
        if (std::ranges::binary_search(join.plain, id)) return false;
        const auto value = either(ours, theirs.registers[i], parting.condition);
        if (!value || ++different > most_registers) return false;
        merged.writable_top().registers[i] = *value;
    }
    return true;
}

bool Stepper::merge_memory(State& merged, State& other, const Parting& parting) {
    const std::size_t made = std::min(merged.memory.made(), other.memory.made());
    std::vector<ObjectId> shared;
    for (std::size_t i = 1; i <= made; ++i) shared.push_back(static_cast<ObjectId>(i));
    // What one side has not used yet is there as it was at first.
    for (const ObjectId id : merged.memory.globals()) define_fixed(other, id);
    for (const ObjectId id : other.memory.globals()) {
        define_fixed(merged, id);
        shared.push_back(id);
    }
    std::size_t bytes = 0;
    const auto merge = [&](ObjectId id) { return merge_contents(merged, other, id, parting, bytes); };
    return are_dead_behind(merged.memory, made) && are_dead_behind(other.memory, made) &&
           std::ranges::all_of(shared, merge);
}

bool Stepper::merge_contents(State& merged, State& other, ObjectId id, const Parting& parting, std::size_t& bytes) {
    const Object& theirs = other.memory.at(id);
    if (&merged.memory.at(id) == &theirs) return true;
    if (!is_same_but_for_contents(merged.memory.at(id), theirs)) return false;
    const auto pages_before = merged.memory.at(id).pages;  // shared, not copied
    std::set<std::uint64_t> pages;
    for (const auto& [index, page] : pages_before) pages.insert(index);
    for (const auto& [index, page] : theirs.pages) pages.insert(index);
    constexpr Cell unwritten;
    for (const std::uint64_t page : pages) {
        const auto ours = pages_before.find(page), its = theirs.pages.find(page);
        const bool is_shared = ours != pages_before.end() && its != theirs.pages.end() && ours->second == its->second;
        for (std::uint64_t i = page * page_size; !is_shared && i < (page + 1) * page_size; ++i) {
            const Cell* one = Memory::find(merged.memory.at(id), i);
            const Cell* two = Memory::find(theirs, i);
            if (is_same(one == nullptr ? unwritten : *one, two == nullptr ? unwritten : *two)) continue;
            if (!theirs.symbolic_writes.empty()) return false;
            const Cell before = written_or_base(merged.memory.at(id), i), now = written_or_base(theirs, i);
            if (is_same(before, now)) continue;
            const auto value = either({before.value, before.shadow, before.object}, {now.value, now.shadow, now.object},
                                      parting.condition);
            if (!value || before.fragment != now.fragment || ++bytes > most_bytes) return false;
            Memory::write(merged.memory.writable(id), i, {value->bits, value->shadow, value->object, now.fragment, 0});
        }
    }
    return true;
}

// What held before holds, and what a side has assumed since does where the condition is its own.
bool Stepper::merge_paths(State& merged, const State& other, const Parting& parting) {
    std::vector<Expression> assumed;
    const auto collect = [&](const std::vector<Expression>& path, Expression condition) {
        const Expression is_elsewhere = expressions_.bit_not(condition);
        for (const Expression constraint : path) {
            if (contains(parting.path, constraint) || is_part_of(condition, constraint)) continue;
            assumed.push_back(expressions_.either(is_elsewhere, constraint));
        }
    };
    collect(merged.path, parting.condition);
    collect(other.path, expressions_.bit_not(parting.condition));
    const auto depends = [this](Expression constraint) { return world_.depends_on_caller(constraint); };
    const bool is_of_caller = std::ranges::any_of(assumed, depends) && !depends(parting.condition);
    if (assumed.size() > most_assumptions || is_of_caller) return false;
    merged.path = parting.path;
    for (const Expression constraint : assumed) assume(merged, constraint, merged.model);
    return true;
}

}  // namespace gnomon::explore
