// Counted blocks: who answers for them, and whether their count says that nobody ever frees them.
#include <algorithm>

#include "explore/stepper.h"
#include "ir/returning.h"

namespace gnomon::explore {

using shadow::ObjectKind;

namespace {

constexpr unsigned count_size = 4;  // bytes, at the beginning; negative ones never change

// Whole pointers, by where they begin: into a block.
std::uint64_t pointers_in(const Object& holder, ObjectId block) {
    std::uint64_t found = 0;
    for (const auto& [index, page] : holder.pages)
        found += static_cast<std::uint64_t>(std::ranges::count_if(
            *page, [block](const Cell& cell) { return cell.object == block && cell.fragment == 0; }));
    return found;
}

}  // namespace

// What the harness made stays its own. Of what is only to come it can be said before it is there.
void Stepper::count_references(State& state, const Value& pointer) {
    require_known(state, pointer.shadow);
    if (!is_later(state, pointer)) examine(state, pointer);
    if (!is_real(pointer.object) || state.memory.at(pointer.object).is_counted) return;
    const ir::Site site = user_site(state);
    Object& object = state.memory.writable(pointer.object);
    object.is_counted = true;
    const bool is_of_harness = world_.program[object.made_at.function].is_harness;
    if (object.kind == ObjectKind::heap && !is_of_harness) object.made_at = site;
}

// From the holder, if no other block of the user's points there: else who owns it is not known.
std::uint64_t Stepper::references(const State& state, const Value& holder, const Value& block) {
    if (!is_real(holder.object) || !is_real(block.object)) return 0;
    for (std::uint32_t i = 1; i <= state.memory.made(); ++i) {
        const Object& other = state.memory.at(ObjectId{i});
        if (!other.is_alive || other.kind != ObjectKind::heap || world_.program[other.made_at.function].is_harness)
            continue;
        if (!other.symbolic_writes.empty() || other.base == Base::unknown) end_not_modelled("what refers to an object");
        if (ObjectId{i} != holder.object && pointers_in(other, block.object) != 0) return 0;
    }
    return pointers_in(state.memory.at(holder.object), block.object);
}

void Stepper::share(State& state, const Value& pointer, const Value& condition) {
    require_known(state, pointer.shadow);
    require_known(state, condition.shadow);
    if (is_made(pointer.object))
        state.memory.writable(pointer.object).is_shared = expressions_.is_nonzero(condition.bits);
}

void Stepper::answer_for(State& state, const Value& pointer) {
    require_known(state, pointer.shadow);
    if (!is_made(pointer.object)) return;
    const Object& object = state.memory.at(pointer.object);
    const bool is_open = object.is_counted && object.kind == ObjectKind::heap;
    if (!is_open || !world_.program[object.made_at.function].is_harness) return;
    const ir::Site site = user_site(state);
    state.memory.writable(pointer.object).made_at = site;
}

// The references that the collector takes off the count: from blocks that nothing refers to, its own among them.
std::uint64_t Stepper::references_to(const State& state, ObjectId block, const std::set<ObjectId>& reached) {
    std::uint64_t found = 0;
    for (std::uint32_t i = 1; i <= state.memory.made(); ++i) {
        const Object& holder = state.memory.at(ObjectId{i});
        const bool is_lost = holder.is_alive && holder.kind == ObjectKind::heap && !reached.contains(ObjectId{i});
        if (is_lost) found += pointers_in(holder, block);
    }
    return found;
}

Expression Stepper::is_leaked(State& state, ObjectId block, std::uint64_t references) {
    const Object& object = state.memory.at(block);
    const Expression never = expressions_.boolean(false);
    const bool is_of_user = object.is_counted && !world_.program[object.made_at.function].is_harness;
    if (!is_of_user) return never;
    const auto leave_open = [&](const std::string& reason) {
        world_.leave_open_here(object.made_at, "not modelled: " + reason);
        return never;
    };
    if (object.deferred != nullptr && object.size->is_false()) return expressions_.boolean(references == 0);
    const bool has_count = object.size->minimum >= count_size;
    if (!has_count || object.base == Base::unknown) return leave_open("a count that is not known");
    std::vector<Cell> cells;
    for (unsigned i = 0; i < count_size; ++i) cells.push_back(cell(state, block, i));
    const auto is_number = [](const Cell& cell) { return cell.object == ObjectId::none && cell.value != nullptr; };
    if (!std::ranges::all_of(cells, is_number)) return leave_open("a count that is not known");
    const Value count = assemble(cells);
    if (is_unknown(state, count.shadow)) return leave_open(ir::unknown_reason(*state.unknown_from));
    const Expression is_more = expressions_.signed_less(expressions_.constant(references, 8 * count_size), count.bits);
    return object.is_shared == nullptr ? is_more : expressions_.both(expressions_.bit_not(object.is_shared), is_more);
}

}  // namespace gnomon::explore
