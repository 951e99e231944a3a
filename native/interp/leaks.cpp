// What is left when an entry ends, or lost before: which blocks, and which numbers, nothing refers to any more.
#include <algorithm>
#include <cstring>
#include <map>

#include "interp/machine.h"
#include "ir/liveness.h"
#include "shadow/static_fields.h"

namespace gnomon::interp {

using memory::ObjectId;
using shadow::ObjectKind;

namespace {

constexpr std::uint64_t pointer_size = 8;

// Finds the object that an address lies in, its end included: a pointer past the last element still holds the block.
class AddressMap {
  public:
    void add(std::uint64_t begin, std::uint64_t size, ObjectId id) { objects_.emplace(begin, std::pair(size, id)); }
    std::optional<ObjectId> at(std::uint64_t address) const {
        auto next = objects_.upper_bound(address);
        if (next == objects_.begin()) return std::nullopt;
        const auto& [begin, object] = *--next;
        if (address - begin > object.first) return std::nullopt;
        return object.second;
    }

  private:
    std::map<std::uint64_t, std::pair<std::uint64_t, ObjectId>> objects_;
};

}  // namespace

// By what values remember, and by what their bits look like: whoever hides an address in bytes still has it. Roots are
// what the program did not make on its own heap, and what frames hold.
std::vector<bool> Machine::reachable_objects(Roots roots) const {
    std::vector<bool> is_reached(memory_.size());
    std::vector<ObjectId> pending;
    AddressMap addresses;
    const auto reach = [&](ObjectId id) {
        const std::size_t index = static_cast<std::uint32_t>(id) - memory::first_object;
        if (is_reached[index] || !memory_[id].is_alive) return;
        is_reached[index] = true;
        pending.push_back(id);
    };
    const auto refer = [&](const Value& value) {
        if (value.bits == 0 && !memory::is_real(value.object)) return;
        if (memory::is_real(value.object)) reach(value.object);
        if (const auto found = addresses.at(value.bits)) reach(*found);
    };
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const auto id = ObjectId{static_cast<std::uint32_t>(i) + memory::first_object};
        const memory::Object& object = memory_[id];
        if (object.is_alive) addresses.add(object.base, object.size, id);
    }
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const auto id = ObjectId{static_cast<std::uint32_t>(i) + memory::first_object};
        const memory::Object& object = memory_[id];
        if (object.is_kept || object.is_escaped || (object.is_counted && roots == Roots::with_counted) ||
            (object.kind != ObjectKind::heap && object.kind != ObjectKind::local))
            reach(id);
    }
    for (const ObjectId local : locals_)
        if (memory::is_real(local)) reach(local);
    for (std::size_t frame = 0; frame < frames_.size(); ++frame) each_live_register(frame, refer);
    while (!pending.empty()) {  // bounded: each object once
        const memory::Object& object = memory_[pending.back()];
        pending.pop_back();
        if (!object.bytes) continue;
        if (object.pointed)
            for (std::uint64_t at = 0; at < object.size; ++at)
                if (object.pointed[at] != 0) refer({0, ObjectId{object.pointed[at] / 8}, 0});
        for (std::uint64_t at = 0; at + pointer_size <= object.size; ++at) {
            Value word;
            std::memcpy(&word.bits, object.bytes.get() + at, pointer_size);
            refer(word);
        }
    }
    return is_reached;
}

// Variables hold what they hold until their function returns; what is computed on the way, until it is last read.
void Machine::each_live_register(std::size_t index, const std::function<void(const Value&)>& visit) const {
    const Frame& frame = frames_[index];
    const ir::Function& function = program_[frame.function];
    const bool is_innermost = index + 1 == frames_.size();
    const bool is_again = !is_innermost && frames_[index + 1].becoming != memory::no_object;  // what it does is to come
    std::vector<bool> is_live = ir::live_before(function, is_innermost ? pc_ : frame.pc + (is_again ? 0 : 1));
    // What a call gives back is set when it returns.
    if (!is_innermost && frames_[index + 1].result)
        is_live[static_cast<std::size_t>(*frames_[index + 1].result)] = false;
    // A harness is the program's world: it forgets nothing.
    const bool is_world = index == 0;
    for (std::uint32_t i = 0; i < function.registers.size(); ++i) {
        const bool is_held = is_world || !function.registers[i].name.empty() || is_live[i];
        if (is_held) visit(registers_[frame.registers + i]);
    }
}

void Machine::end_entry(const Value& result) {
    outcome_.ending = Ending::returned;
    outcome_.result = result.bits;
    is_running_ = false;
    next_ = pc_;
    if (!asks_at_end()) return;
    const std::vector<bool> is_reached = reachable_objects();
    check_blocks(is_reached, false);
    if (!has_left_main_) check_numbers(is_reached);
}

// Of a run that is cut short only what it has lost by now: that is lost for good.
void Machine::check_lost() {
    if (asks_at_end()) check_blocks(reachable_objects(), true);
}

// What hangs on a counted block is freed with it.
void Machine::check_blocks(const std::vector<bool>& is_reached, bool only_lost) {
    const bool is_counting = has_counted_blocks();
    const std::vector<bool> is_owned = is_counting ? reachable_objects(Roots::with_counted) : is_reached;
    const auto references = is_counting ? lost_references(is_reached) : std::vector<std::uint64_t>(memory_.size());
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const auto id = ObjectId{static_cast<std::uint32_t>(i) + memory::first_object};
        const memory::Object& object = memory_[id];
        const auto* made_at = std::get_if<ir::Site>(&object.origin);
        if (!object.is_alive || object.kind != ObjectKind::heap || made_at == nullptr) continue;
        if (!object.is_counted && deferred_.contains(id)) continue;  // nobody has used it: there is nothing yet
        const bool is_reachable = object.is_counted ? is_reached[i] : is_owned[i];
        if (only_lost && is_reachable) continue;
        Facts facts = facts_of(shadow::Event::end_of_entry);
        facts.pointer = memory_.pointer_to(id);
        facts.is_reachable = is_reachable;
        facts.is_leaked = !is_reachable && is_leaked(id, references[i]);
        check_left(facts, *made_at, {static_cast<std::uint32_t>(id), 0, 0});
    }
}

bool Machine::asks_at_end() const {
    return std::ranges::any_of(table_.demands, [](const shadow::Demand& demand) {
        return demand.event == shadow::Event::end_of_entry || demand.event == shadow::Event::number_left;
    });
}

// The system closes the descriptors that `main` still has when it returns.
void Machine::leave_main() {
    const bool is_last =
        frames_.size() == 2 && function_->name == "main" && !program_[frames_[0].function].has_unknown_caller;
    if (!is_last || number_states_.empty()) return;
    has_left_main_ = true;
    check_numbers(reachable_objects());
}

// The first that is left from each place is a failure of its own.
void Machine::check_left(const Facts& facts, ir::Site made_at, const Left& left) {
    for (std::uint32_t index = 0; index < table_.demands.size(); ++index) {
        const shadow::Demand& demand = table_.demands[index];
        if (demand.event != facts.event || !shadow::concerns(demand.functions, *function_, facts.event, facts.callee))
            continue;
        if (left.block == 0 && demand.layer != left.layer) continue;
        if (holds(demand.predicate, facts, memory_, demand.layer)) continue;
        const auto is_same = [&](const Failure& known) { return known.site == made_at && known.demand == index; };
        if (std::ranges::any_of(outcome_.left, is_same)) return;
        Failure failure = failure_of(index, facts);
        failure.site = made_at;
        failure.stack = {made_at};
        failure.left = left;
        outcome_.left.push_back(std::move(failure));
        return;
    }
}

Machine::Life Machine::life_of(const Left& left) const {
    if (left.block == 0) {
        const NumberKey key{left.layer, left.number};
        if (!number_states_.contains(key)) return Life::not_yet;
        // What is computed from another number comes and goes.
        return is_held(key, reachable_objects(), Holder::itself) ? Life::owned : Life::lost;
    }
    const std::size_t index = left.block - memory::first_object;
    if (index >= memory_.size()) return Life::not_yet;
    if (memory_[ObjectId{left.block}].is_counted) return Life::owned;  // pointers come and go: the count tells
    return reachable_objects()[index] ? Life::owned : Life::lost;
}

// Once lost, lost for good: so the moment is found by halving. Each look runs the program again, up to there.
std::optional<ir::Site> last_owner(const ir::Program& program, ir::FunctionId entry,
                                   const std::vector<ChosenInput>& inputs, const shadow::Table& table,
                                   const Limits& limits, const Left& left) {
    const shadow::Table rules = left.block != 0 ? shadow::Table{} : shadow::Table{{}, table.layers, table.updates};
    const auto after = [&](std::uint64_t instructions, std::optional<ir::Site>* next) {
        Limits shorter = limits;
        shorter.instructions = instructions;
        Machine machine(program, inputs, rules, shorter, false);
        const Outcome outcome = machine.run(entry);
        if (next != nullptr) *next = machine.user_site();
        const bool is_over = outcome.ending != Ending::out_of_budget && outcome.ending != Ending::returned;
        return is_over ? Machine::Life::not_yet : machine.life_of(left);
    };
    std::uint64_t kept = 0, lost = limits.instructions;  // after so many instructions
    if (after(lost, nullptr) != Machine::Life::lost) return std::nullopt;
    while (lost - kept > 1) {
        const std::uint64_t middle = kept + (lost - kept) / 2;
        (after(middle, nullptr) == Machine::Life::lost ? lost : kept) = middle;
    }
    std::optional<ir::Site> site;
    after(kept, &site);
    return site;
}

}  // namespace gnomon::interp
