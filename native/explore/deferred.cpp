// Objects that become what they are when somebody first uses them: __gnomon_later.
//
// Until then an object has no bytes, or only its first ones, and a note says which function makes it. Whatever uses
// what is not there yet is left before it has changed anything; that function runs, and the instruction is executed
// once more.
#include <algorithm>

#include "explore/stepper.h"

namespace gnomon::explore {

namespace {

constexpr std::uint64_t largest_growth = std::uint64_t{1} << 20;  // bytes written one by one

// What surely lies behind the end is gone.
void cut(Object& object) {
    const solver::Bits end = object.size->maximum;
    std::erase_if(object.pages, [end](const auto& page) { return page.first * page_size >= end; });
    if (object.pages.empty() || (object.pages.rbegin()->first + 1) * page_size <= end) return;
    const std::uint64_t last = (object.pages.rbegin()->first + 1) * page_size;
    for (auto at = static_cast<std::uint64_t>(end); at < last; ++at) Memory::write(object, at, {});
}

// Where it ends does not matter: what was never written is zero.
bool is_zero_beyond(const Object& object) { return object.base == Base::zero && object.symbolic_writes.empty(); }

}  // namespace

void Stepper::defer(State& state, const ir::Call& call) {
    const auto become = std::get<ir::FunctionId>(call.callee);
    const ir::Function& function = world_.program[become];
    world_.called.insert(become);
    if (!function.has_body) end_not_modelled("calls " + function.name);
    check_call(function, call);
    const Value object = operand(state, call.arguments[0], 64);
    if (!is_made(object.object)) end_not_modelled("an object that is made elsewhere");
    state.memory.writable(object.object).deferred =
        std::make_shared<const Deferred>(Deferred{become, operand(state, call.arguments[1], 64)});
    state.deferred.insert(become);
    set(state, *call.result, object);
}

void Stepper::use(const State& state, const Value& pointer) {
    if (!is_made(pointer.object) || state.memory.at(pointer.object).deferred == nullptr) return;
    const Object& object = state.memory.at(pointer.object);
    const bool is_there =
        pointer.bits->is_constant() && object.size->is_constant() && pointer.bits->constant < object.size->constant;
    if (!is_there) throw Becomes{pointer.object};
}

bool Stepper::is_later(const State& state, const Value& pointer) {
    if (!is_made(pointer.object)) return false;
    const Object& object = state.memory.at(pointer.object);
    return object.deferred != nullptr && object.size->is_false();
}

// Two objects that are not made yet may become one, and one of them a variable of the program or the library. One with
// a beginning stays what it is.
void Stepper::use_to_compare(const State& state, const Value& left, const Value& right) {
    if (left.object == right.object || state.deferred.empty()) return;
    const auto may_be_one = [&](const Value& other) {
        if (is_made(other.object)) return is_later(state, other);
        return is_real(other.object) && !is_function(other.object);
    };
    if (is_later(state, left) && may_be_one(right)) throw Becomes{left.object};
    if (is_later(state, right) && may_be_one(left)) throw Becomes{right.object};
}

void Stepper::begin_to_become(State& state, ObjectId object) {
    if (!state.passages.empty()) end_not_modelled("an object that is made in a loop");
    const Deferred note = *state.memory.at(object).deferred;
    if (world_.slice != nullptr && !world_.slice->functions.contains(note.become))
        end_not_modelled("an object that is made elsewhere");
    if (state.frames.size() >= ir::deepest_calls) throw PathEnds{PathEnds::Why::budget, "recursion"};
    state.memory.writable(object).deferred = nullptr;
    enter(state, note.become, {{world_.size_constant(0), world_.no_shadow(), object}, note.number});
    state.writable_top().becoming = object;
}

void Stepper::end_becoming(State& state, const Value& result) {
    require_known(state, result.shadow);
    const ObjectId object = state.top().becoming;
    const bool is_object = is_real(result.object) && !is_function(result.object);
    if (!is_object || !decide(state, expressions_.equal(result.bits, world_.size_constant(0))))
        end_not_modelled("an object that becomes no object");
    pop_frame(state);
    if (result.object == object) return;
    for (std::shared_ptr<Frame>& frame : state.frames) {
        const auto is_meant = [object](const Value& held) { return held.object == object; };
        if (std::ranges::none_of(frame->registers, is_meant)) continue;
        if (frame.use_count() > 1) frame = std::make_shared<Frame>(*frame);
        for (Value& held : frame->registers)
            if (is_meant(held)) held.object = result.object;
    }
    state.memory.redirect(object, result.object);
    state.memory.writable(object).is_alive = false;
}

void Stepper::resize(State& state, const Value& pointer, const Value& size) {
    require_known(state, pointer.shadow);
    require_known(state, size.shadow);
    if (size.object != ObjectId::none) end_not_modelled("the number that an address is");
    use(state, pointer);
    const bool is_made_here = is_made(pointer.object) && !state.memory.at(pointer.object).is_callers;
    const bool is_block = is_made_here && state.memory.at(pointer.object).is_alive &&
                          state.memory.at(pointer.object).kind == shadow::ObjectKind::heap;
    if (!is_block || !decide(state, expressions_.equal(pointer.bits, world_.size_constant(0))))
        end_not_modelled("resizes what is not the start of a heap block");
    const Expression before = state.memory.at(pointer.object).size;
    if (before->is_constant() && before->constant == 0) {
        Object& object = state.memory.writable(pointer.object);
        object.base = Base::zero;
        object.base_shadow = world_.no_shadow();
        object.pages.clear();
        object.symbolic_writes.clear();
        object.size = size.bits;
    } else if (is_zero_beyond(state.memory.at(pointer.object))) {
        Object& object = state.memory.writable(pointer.object);
        object.size = size.bits;
        cut(object);
    } else if (decide(state, expressions_.unsigned_less(before, size.bits))) {
        grow(state, pointer.object, size.bits);
    } else {
        Object& object = state.memory.writable(pointer.object);
        object.size = size.bits;
        cut(object);
    }
}

void Stepper::grow(State& state, ObjectId id, Expression size) {
    const std::uint64_t from = concrete(state, state.memory.at(id).size), to = concrete(state, size);
    if (to - from > largest_growth) end_not_modelled("a block that grows by more than a megabyte");
    state.instructions += (to - from) / 8;
    Object& object = state.memory.writable(id);
    for (std::uint64_t at = from; at < to; ++at)
        Memory::write(object, at, {expressions_.constant(0, 8), world_.no_shadow(), ObjectId::none, 0, 0});
    object.size = world_.size_constant(to);
}

}  // namespace gnomon::explore
