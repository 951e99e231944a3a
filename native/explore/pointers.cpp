// Addresses, and instructions that touch memory.
#include "explore/stepper.h"

namespace gnomon::explore {

using solver::Kind;

// An address inside an object; what is computed from null stays null, whatever its bits.
Value Stepper::moved(State& state, const Value& base, Expression distance) {
    ObjectId object = base.object;
    if (object == ObjectId::none && decide(state, is_null(base))) object = ObjectId::null;
    return {expressions_.add(base.bits, distance), base.shadow, object};
}

std::uint64_t Stepper::stride(ir::TypeId element) const {
    const ir::TypeTable& types = world_.program.types;
    const bool is_sizeless =
        types.get_if<ir::VoidType>(element) != nullptr || types.get_if<ir::FunctionType>(element) != nullptr;
    return is_sizeless ? 1 : types.size_of(element);
}

void Stepper::execute(State& state, const ir::AddressOfLocal& address) {
    ObjectId object = state.top().locals[static_cast<std::size_t>(address.local)];
    if (object == ObjectId::none) {
        const ir::Local& local = state.top().function->locals[static_cast<std::size_t>(address.local)];
        object = enter_local(state, address.local, world_.plain(local.size, 64));
    }
    set(state, address.result, {world_.size_constant(0), nullptr, object});
}

void Stepper::execute(State& state, const ir::AddressOfGlobal& address) {
    set(state, address.result, {world_.size_constant(0), nullptr, object_of(address.global)});
}

void Stepper::execute(State& state, const ir::AddressOfFunction& address) {
    set(state, address.result, {world_.size_constant(0), nullptr, object_of(address.function)});
}

void Stepper::execute(State& state, const ir::FieldAddress& address) {
    const Value base = operand(state, address.base, 64);
    set(state, address.result, moved(state, base, world_.size_constant(address.byte_offset)));
}

void Stepper::execute(State& state, const ir::ElementAddress& address) {
    const Value base = operand(state, address.base, 64);
    const ir::Scalar index_type = scalar(address.index_type);
    const Value index = operand(state, address.index, index_type.bits);
    if (is_real(index.object)) end_not_modelled("arithmetic on the number that an address is");
    keep_numbers(state, index);  // what is kept at a place of its own is found by it
    const Expression extended =
        index_type.is_signed ? expressions_.sign_extend(index.bits, 64) : expressions_.zero_extend(index.bits, 64);
    Expression distance = expressions_.multiply(extended, world_.size_constant(stride(address.element)));
    if (address.is_negated) distance = expressions_.negate(distance);
    Value result = moved(state, base, distance);
    result.shadow = expressions_.either(base.shadow, index.shadow);
    set(state, address.result, result);
}

void Stepper::execute(State& state, const ir::PointerDifference& difference) {
    const Value left = operand(state, difference.left, 64);
    const Value right = operand(state, difference.right, 64);
    for (const Value& end : {left, right}) require_known(state, end.shadow);
    if (left.object != right.object) end_not_modelled("the difference of pointers into different objects");
    const std::uint64_t size = stride(difference.element);
    if (size == 0) end_not_modelled("the difference of pointers to elements without size");
    const Expression bytes = expressions_.subtract(left.bits, right.bits);
    const Expression count = expressions_.binary(Kind::signed_divide, bytes, world_.size_constant(size));
    set(state, difference.result, {count, expressions_.either(left.shadow, right.shadow), ObjectId::none});
}

ObjectId Stepper::enter_local(State& state, ir::LocalId local, const Value& size) {
    const auto index = static_cast<std::size_t>(local);
    Object object;
    object.kind = shadow::ObjectKind::local;
    object.base = Base::undefined;
    object.type = state.top().function->locals[index].type;
    object.size = size.bits;
    object.base_shadow = new_object_shadow(state, object.kind, size);
    const ObjectId id = state.memory.create(std::move(object));
    state.writable_top().locals[index] = id;
    sum_stack(state);
    return id;
}

void Stepper::leave_local(State& state, ir::LocalId local) {
    const ObjectId object = state.top().locals[static_cast<std::size_t>(local)];
    if (object == ObjectId::none || !state.memory.at(object).is_alive) return;
    state.memory.writable(object).is_alive = false;
    sum_stack(state);
}

// Another block takes its place, and it lives on until the function returns.
void Stepper::keep_to_return(State& state, ir::LocalId local) {
    Frame& frame = state.writable_top();
    ObjectId& object = frame.locals[static_cast<std::size_t>(local)];
    if (object != ObjectId::none && frame.function->has_frame())
        frame.stack_size = expressions_.add(frame.stack_size, state.memory.at(object).size);
    object = ObjectId::none;
}

// In the order of the locals, so that it is the same expression whenever the same ones are there.
void Stepper::sum_stack(State& state) {
    const Frame& frame = state.top();
    state.stack_size = frame.stack_size;
    if (!frame.function->has_frame()) return;
    for (const ObjectId object : frame.locals) {
        if (object == ObjectId::none || !state.memory.at(object).is_alive) continue;
        state.stack_size = expressions_.add(state.stack_size, state.memory.at(object).size);
    }
}

void Stepper::execute(State& state, const ir::EnterLocal& enter) {
    const ir::Local& local = state.top().function->locals[static_cast<std::size_t>(enter.local)];
    const Value size = enter.size ? operand(state, *enter.size, 64) : world_.plain(local.size, 64);
    require_known(state, size.shadow);
    enter.is_alloca ? keep_to_return(state, enter.local) : leave_local(state, enter.local);
    Event event;
    event.kind = shadow::Event::allocate;
    event.size = size.bits;
    event.size_shadow = size.shadow;
    event.new_object = shadow::ObjectKind::local;
    check_demands(state, event);
    enter_local(state, enter.local, size);
}

void Stepper::execute(State& state, const ir::LeaveLocal& leave) {
    const ObjectId object = state.top().locals[static_cast<std::size_t>(leave.local)];
    if (object != ObjectId::none && state.memory.at(object).is_alive) {
        Event event;
        event.kind = shadow::Event::scope_end;
        event.pointer = {world_.size_constant(0), world_.no_shadow(), object};
        event.size = state.memory.at(object).size;
        check_demands(state, event);
    }
    leave_local(state, leave.local);
}

void Stepper::execute(State& state, const ir::Load& load) {
    const ir::Scalar type = scalar(load.type);
    Event event;
    event.kind = shadow::Event::load;
    event.pointer = operand(state, load.pointer, 64);
    event.type = type;
    event.size = world_.size_constant(type.bits / 8u);
    event.view = load.view;
    examine(state, event.pointer);
    check_demands(state, event);
    const Access at = access(state, event.pointer, event.size, false);
    Value value = read(state, at, type.bits / 8u);
    const Expression carried = expressions_.constant(world_.layers_in_memory(), 8);
    value.shadow = updated_shadow(state, event, expressions_.both(value.shadow, carried));
    if (load.bits.width != 0) {
        if (value.object != ObjectId::none) end_not_modelled("a part of a pointer as a number");
        const Expression part = expressions_.extract(value.bits, load.bits.offset, load.bits.width);
        value.bits =
            type.is_signed ? expressions_.sign_extend(part, type.bits) : expressions_.zero_extend(part, type.bits);
    }
    set(state, load.result, value);
}

void Stepper::execute(State& state, const ir::Store& store) {
    const ir::Scalar type = scalar(store.type);
    const unsigned size = type.bits / 8u;
    Event event;
    event.kind = shadow::Event::store;
    event.pointer = operand(state, store.pointer, 64);
    event.value = operand(state, store.value, type.bits);
    event.type = event.value_type = type;
    event.size = world_.size_constant(size);
    event.view = store.view;
    examine(state, event.pointer);
    check_demands(state, event);
    const Access at = access(state, event.pointer, event.size, true);
    Value value = event.value;
    value.shadow = updated_shadow(state, event, value.shadow);
    if (store.bits.width != 0) {
        const Value unit = read(state, at, size);
        if (value.object != ObjectId::none || unit.object != ObjectId::none) {
            end_not_modelled("a part of a pointer as a number");
        }
        const solver::Bits part = solver::mask(store.bits.width) << store.bits.offset;
        const Expression kept = expressions_.binary(Kind::bit_and, unit.bits, expressions_.constant(~part, type.bits));
        const Expression moved_bits =
            expressions_.binary(Kind::shift_left, value.bits, expressions_.constant(store.bits.offset, type.bits));
        const Expression set_bits =
            expressions_.binary(Kind::bit_and, moved_bits, expressions_.constant(part, type.bits));
        value.bits = expressions_.either(kept, set_bits);
        // A unit is shared by its bit fields: it keeps a shadow only while all of it has one. It is unknown as long as
        // any of it is.
        const Expression unknown = expressions_.both(expressions_.either(value.shadow, unit.shadow),
                                                     expressions_.constant(shadow::unknown_bit, 8));
        value.shadow = expressions_.either(expressions_.both(value.shadow, unit.shadow), unknown);
    }
    write(state, at, value, size);
}

void Stepper::execute(State& state, const ir::CopyBytes& copy) {
    const Value size = operand(state, copy.size, 64);
    require_known(state, size.shadow);
    if (is_real(size.object)) end_not_modelled("the number that an address is");
    if (decide(state, expressions_.equal(size.bits, world_.size_constant(0)))) return;
    Event source, target;
    source.kind = shadow::Event::load;
    source.pointer = operand(state, copy.from, 64);
    target.kind = shadow::Event::store;
    target.pointer = operand(state, copy.to, 64);
    source.size = target.size = size.bits;
    source.size_shadow = target.size_shadow = size.shadow;
    examine(state, source.pointer);
    examine(state, target.pointer);
    check_demands(state, source, &target);
    const Access from = access(state, source.pointer, size.bits, false);
    const Access to = access(state, target.pointer, size.bits, true);
    this->copy(state, to, from, size.bits);
}

void Stepper::execute(State& state, const ir::FillBytes& fill) {
    const Value size = operand(state, fill.size, 64);
    require_known(state, size.shadow);
    if (is_real(size.object)) end_not_modelled("the number that an address is");
    if (decide(state, expressions_.equal(size.bits, world_.size_constant(0)))) return;
    Event event;
    event.kind = shadow::Event::store;
    event.pointer = operand(state, fill.to, 64);
    event.value = operand(state, fill.byte, 8);
    event.value_type = {ir::Scalar::Kind::integer, 8, false};
    event.size = size.bits;
    event.size_shadow = size.shadow;
    examine(state, event.pointer);
    check_demands(state, event);
    const Access to = access(state, event.pointer, size.bits, true);
    this->fill(state, to, event.value.bits, updated_shadow(state, event, event.value.shadow), size.bits);
}

}  // namespace gnomon::explore
