// What is left when an entry ends, or lost before: which blocks nothing refers to any more.
#include <algorithm>
#include <cstring>
#include <map>

#include "interp/machine.h"
#include "ir/operands.h"

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

// Is what the register holds before that instruction read from there on, before it is set again?
bool is_read_from(const ir::Function& function, std::uint32_t begin, ir::RegisterId id) {
    std::vector<bool> seen(function.code.size());
    std::vector<std::uint32_t> pending{begin};
    while (!pending.empty()) {  // bounded: from each instruction once
        const std::uint32_t at = pending.back();
        pending.pop_back();
        if (seen[at]) continue;
        seen[at] = true;
        const ir::Operation& operation = function.code[at].operation;
        bool is_read = false, is_set = false;
        ir::each_read(operation, [&](const ir::Operand& operand) {
            is_read = is_read || (operand.is_register() && operand.as_register() == id);
        });
        if (is_read) return true;
        ir::each_result(operation, [&](ir::RegisterId result) { is_set = is_set || result == id; });
        if (is_set) continue;
        if (!ir::ends_block(operation)) pending.push_back(at + 1);
        for (const ir::BlockId block : ir::successors(operation))
            pending.push_back(function.blocks[static_cast<std::size_t>(block)].begin);
    }
    return false;
}

}  // namespace

// By what values remember, and by what their bits look like: whoever hides an address in bytes still has it. Roots are
// what the program did not make on its own heap, and what frames hold.
std::vector<bool> Machine::reachable_objects() const {
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
        if (object.is_kept || object.is_escaped ||
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
    const bool is_innermost = index + 1 == frames_.size();
    const std::uint32_t pc = is_innermost ? pc_ : frame.pc;
    const ir::Function& function = program_[frame.function];
    // A harness is the program's world: it forgets nothing.
    const bool is_world = index == 0;
    for (std::uint32_t i = 0; i < function.registers.size(); ++i) {
        const Value& value = registers_[frame.registers + i];
        if (value.bits == 0 && !memory::is_real(value.object)) continue;
        const bool is_held = is_world || !function.registers[i].name.empty();
        if (is_held || is_read_from(function, is_innermost ? pc : pc + 1, ir::RegisterId{i})) visit(value);
    }
}

void Machine::end_entry(const Value& result) {
    outcome_.ending = Ending::returned;
    outcome_.result = result.bits;
    is_running_ = false;
    next_ = pc_;
    check_blocks(false);
}

// Of a run that is cut short only what it has lost by now: that is lost for good.
void Machine::check_blocks(bool only_lost) {
    const auto is_about_ends = [](const shadow::Demand& demand) { return demand.event == shadow::Event::end_of_entry; };
    if (std::ranges::none_of(table_.demands, is_about_ends)) return;
    const std::vector<bool> is_reached = reachable_objects();
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const auto id = ObjectId{static_cast<std::uint32_t>(i) + memory::first_object};
        const memory::Object& object = memory_[id];
        if (!object.is_alive || object.kind != ObjectKind::heap || (only_lost && is_reached[i])) continue;
        check_left(id, is_reached[i]);
    }
}

// The first block that is left from each place is a failure of its own: the run is over anyway.
void Machine::check_left(ObjectId id, bool is_reachable) {
    const auto* site = std::get_if<ir::Site>(&memory_[id].origin);
    const auto is_from_here = [site](const Failure& failure) { return failure.site == *site; };
    if (site == nullptr || std::ranges::any_of(outcome_.left, is_from_here)) return;
    Facts facts = facts_of(shadow::Event::end_of_entry);
    facts.pointer = memory_.pointer_to(id);
    facts.is_reachable = is_reachable;
    facts.thread_states = thread_states_;
    for (std::uint32_t index = 0; index < table_.demands.size(); ++index) {
        const shadow::Demand& demand = table_.demands[index];
        if (demand.event != facts.event || holds(demand.predicate, facts, memory_, demand.layer)) continue;
        Failure failure = failure_of(index, facts);
        failure.site = *site;
        failure.stack = {*site};
        failure.block = static_cast<std::uint32_t>(id);
        outcome_.left.push_back(std::move(failure));
        return;
    }
}

Machine::Life Machine::life_of(ObjectId id) const {
    const std::size_t index = static_cast<std::uint32_t>(id) - memory::first_object;
    if (index >= memory_.size()) return Life::not_yet;
    return reachable_objects()[index] ? Life::owned : Life::lost;
}

// Once lost, lost for good: so the moment is found by halving. Each look runs the program again, up to there.
std::optional<ir::Site> last_owner(const ir::Program& program, ir::FunctionId entry,
                                   const std::vector<ChosenInput>& inputs, const Limits& limits, std::uint32_t block) {
    const shadow::Table no_rules;
    const auto after = [&](std::uint64_t instructions, std::optional<ir::Site>* next) {
        Limits shorter = limits;
        shorter.instructions = instructions;
        Machine machine(program, inputs, no_rules, shorter, false);
        const Outcome outcome = machine.run(entry);
        if (next != nullptr) *next = machine.user_site();
        const bool is_over = outcome.ending != Ending::out_of_budget && outcome.ending != Ending::returned;
        return is_over ? Machine::Life::not_yet : machine.life_of(ObjectId{block});
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
