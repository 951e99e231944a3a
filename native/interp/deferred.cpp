// Objects that become what they are when somebody first uses them: __gnomon_later.
//
// Until then an object has no bytes, or only its first ones, and a note says which function makes it. Whatever uses
// what is not there yet is left before it has done anything; that function runs, and the instruction is executed once
// more.
#include "interp/machine.h"

namespace gnomon::interp {

namespace {

constexpr std::uint64_t room = std::uint64_t{1} << 30;  // addresses that it may come to need

}  // namespace

void Machine::defer(const ir::Call& call) {
    const auto function = std::get<ir::FunctionId>(call.callee);
    const Value object = value(call.arguments[0]);
    called_[static_cast<std::size_t>(function)] = true;
    if (!program_[function].has_body) not_modelled("calls " + program_[function].name);
    check_call(program_[function], call);
    memory_.leave_room(room);
    deferred_[object.object] = {function, value(call.arguments[1])};
    set(*call.result, object);
}

void Machine::use(const Value& pointer) const {
    if (deferred_.empty() || !deferred_.contains(pointer.object)) return;
    const std::int64_t offset = memory_.offset_of(pointer);
    const bool is_there = offset >= 0 && static_cast<std::uint64_t>(offset) < memory_[pointer.object].size;
    if (!is_there) throw Becomes{pointer.object};
}

bool Machine::is_later(const Value& pointer) const {
    require_known(pointer.shadow);
    return deferred_.contains(pointer.object) && memory_[pointer.object].size == 0;
}

// Two objects that are not made yet may become one, and one of them a variable of the program or the library. One with
// a beginning stays what it is.
void Machine::use_to_compare(const Value& left, const Value& right) const {
    if (deferred_.empty() || left.object == right.object) return;
    const auto may_be_one = [this](const Value& other) {
        return memory::is_real(other.object) &&
               (is_later(other) || std::holds_alternative<ir::GlobalId>(memory_[other.object].origin));
    };
    if (is_later(left) && may_be_one(right)) throw Becomes{left.object};
    if (is_later(right) && may_be_one(left)) throw Becomes{right.object};
}

void Machine::begin_to_become(ObjectId object) {
    const auto note = deferred_.extract(object);
    enter(note.mapped().become, {memory_.pointer_to(object), note.mapped().number}, std::nullopt);
    frames_.back().becoming = object;
}

void Machine::end_becoming(ObjectId object, const Value& result) {
    require_known(result.shadow);
    if (!memory::is_real(result.object) || memory_.offset_of(result) != 0)
        not_modelled("an object that becomes no object");
    leave();
    next_ = pc_;
    if (result.object == object) return;
    const std::uint64_t distance = memory_[result.object].base - memory_[object].base;
    for (Value& held : registers_) {
        if (held.object != object) continue;
        held.object = result.object;
        held.bits += distance;
    }
    memory_.redirect(object, result.object);
    memory_.end_life(object);
}

void Machine::resize(const Value& pointer, const Value& size) {
    require_known(pointer.shadow);
    require_known(size.shadow);
    use(pointer);
    const bool is_block = memory::is_real(pointer.object) && memory_[pointer.object].is_alive &&
                          memory_[pointer.object].kind == shadow::ObjectKind::heap && memory_.offset_of(pointer) == 0;
    if (!is_block) not_modelled("resizes what is not the start of a heap block");
    if (!memory_.resize(pointer.object, size.bits)) not_modelled("a block without room to grow");
}

}  // namespace gnomon::interp
