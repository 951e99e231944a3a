// Counted blocks: who answers for them, and whether their count says that nobody ever frees them.
#include <algorithm>
#include <cstring>

#include "interp/machine.h"

namespace gnomon::interp {

using shadow::ObjectKind;

// What the harness made stays its own. Of what is only to come it can be said before it is there.
void Machine::count_references(const Value& pointer) {
    if (!is_later(pointer)) examine(pointer);
    if (!memory::is_real(pointer.object)) return;
    memory::Object& object = memory_[pointer.object];
    if (object.is_counted) return;
    object.is_counted = true;
    const auto* made_at = std::get_if<ir::Site>(&object.origin);
    const bool is_of_harness = made_at != nullptr && program_[made_at->function].is_harness;
    if (object.kind == ObjectKind::heap && !is_of_harness) object.origin = user_site();
}

void Machine::share(const Value& pointer, const Value& condition) {
    require_known(pointer.shadow);
    require_known(condition.shadow);
    if (memory::is_real(pointer.object)) memory_[pointer.object].is_shared = condition.bits != 0;
}

void Machine::answer_for(const Value& pointer) {
    require_known(pointer.shadow);
    if (!memory::is_real(pointer.object)) return;
    memory::Object& object = memory_[pointer.object];
    const auto* made_at = std::get_if<ir::Site>(&object.origin);
    const bool is_open = object.is_counted && object.kind == ObjectKind::heap && made_at != nullptr;
    if (!is_open || !program_[made_at->function].is_harness) return;
    object.origin = user_site();
}

// From the holder, if no other block of the user's points there: else who owns it is not known.
std::uint64_t Machine::references(const Value& holder, const Value& block) const {
    if (!memory::is_real(holder.object) || !memory::is_real(block.object)) return 0;
    const auto pointers_in = [&](ObjectId id) {
        return static_cast<std::uint64_t>(std::ranges::count(memory_.pointed_from(id), block.object));
    };
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const auto id = ObjectId{static_cast<std::uint32_t>(i) + memory::first_object};
        const auto* made_at = std::get_if<ir::Site>(&memory_[id].origin);
        const bool is_of_user = made_at != nullptr && !program_[made_at->function].is_harness;
        const bool is_block = memory_[id].is_alive && memory_[id].kind == ObjectKind::heap && is_of_user;
        if (is_block && id != holder.object && pointers_in(id) != 0) return 0;
    }
    return pointers_in(holder.object);
}

bool Machine::has_counted_blocks() const {
    for (std::size_t i = 0; program_.has_counted_blocks && i < memory_.size(); ++i)
        if (memory_[ObjectId{static_cast<std::uint32_t>(i) + memory::first_object}].is_counted) return true;
    return false;
}

// By object: how many pointers to it are stored in blocks that nothing refers to, its own among them. They are the
// references that the collector takes off the count.
std::vector<std::uint64_t> Machine::lost_references(const std::vector<bool>& is_reached) const {
    std::vector<std::uint64_t> references(memory_.size());
    for (std::size_t i = 0; i < memory_.size(); ++i) {
        const auto id = ObjectId{static_cast<std::uint32_t>(i) + memory::first_object};
        if (is_reached[i] || !memory_[id].is_alive || memory_[id].kind != ObjectKind::heap) continue;
        for (const ObjectId target : memory_.pointed_from(id))
            if (memory::is_real(target)) ++references[static_cast<std::uint32_t>(target) - memory::first_object];
    }
    return references;
}

// The count is a number of 32 bits at the beginning; negative ones never change. What nobody has used yet has one
// reference.
bool Machine::is_leaked(ObjectId id, std::uint64_t references) const {
    const memory::Object& object = memory_[id];
    const auto* made_at = std::get_if<ir::Site>(&object.origin);
    std::int32_t count = 0;
    if (!object.is_counted || made_at == nullptr || program_[made_at->function].is_harness) return false;
    if (object.is_shared) return false;
    if (object.size == 0 && deferred_.contains(id)) return references == 0;
    if (object.size < sizeof count || !object.bytes) return false;
    if ((memory_.shadow(id, 0, sizeof count) & shadow::unknown_bit) != 0) return false;
    std::memcpy(&count, object.bytes.get(), sizeof count);
    return count > 0 && static_cast<std::uint64_t>(count) > references;
}

}  // namespace gnomon::interp
