// Objects coming and going, and every access to their bytes.
#include <algorithm>

#include "interp/machine.h"

namespace gnomon::interp {

using shadow::ObjectKind;

void Machine::execute(const ir::AddressOfLocal& address) {
    const auto index = static_cast<std::size_t>(address.local);
    ObjectId id = locals_[frames_.back().locals + index];
    if (id == memory::no_object) id = enter_local(address.local, function_->locals[index].size, 0);
    set(address.result, memory_.pointer_to(id));
}

void Machine::execute(const ir::AddressOfGlobal& address) {
    set(address.result, memory_.pointer_to(global_object(address.global)));
}

void Machine::execute(const ir::AddressOfFunction& address) {
    set(address.result, memory_.pointer_to(function_object(address.function)));
}

void Machine::execute(const ir::EnterLocal& enter) {
    const ir::Local& local = function_->locals[static_cast<std::size_t>(enter.local)];
    const Value size = enter.size ? value(*enter.size) : Value{local.size, memory::no_object, 0};
    require_known(size.shadow);
    ObjectId& slot = locals_[frames_.back().locals + static_cast<std::size_t>(enter.local)];
    if (enter.is_alloca) slot = memory::no_object;
    leave_local(enter.local);
    if (is_watched(shadow::Event::allocate)) {
        Facts facts = facts_of(shadow::Event::allocate);
        facts.size = size.bits;
        facts.size_shadow = size.shadow;
        facts.new_object = ObjectKind::local;
        facts.stack_size += size.bits;
        check(facts);
    }
    enter_local(enter.local, size.bits, size.shadow);
}

void Machine::execute(const ir::LeaveLocal& leave) {
    const ObjectId id = locals_[frames_.back().locals + static_cast<std::size_t>(leave.local)];
    if (demands_begin_ != demands_end_ && memory::is_real(id) && memory_[id].is_alive)
        check(access_facts(shadow::Event::scope_end, memory_.pointer_to(id), memory_[id].size));
    leave_local(leave.local);
}

void Machine::leave_local(ir::LocalId local) {
    const ObjectId id = locals_[frames_.back().locals + static_cast<std::size_t>(local)];
    if (!memory::is_real(id) || !memory_[id].is_alive) return;
    if (function_->has_frame()) stack_size_ -= memory_[id].size;
    memory_.end_life(id);
}

memory::ObjectId Machine::enter_local(ir::LocalId local, std::uint64_t size, std::uint8_t size_shadow) {
    ObjectId& slot = locals_[frames_.back().locals + static_cast<std::size_t>(local)];
    slot = memory_.create(ObjectKind::local, size, memory::LocalOrigin{frames_.back().function, local},
                          shadow_of_new(ObjectKind::local, size, size_shadow));
    if (function_->has_frame()) stack_size_ += size;
    return slot;
}

memory::ObjectId Machine::global_object(ir::GlobalId id) {
    ObjectId& known = globals_[static_cast<std::size_t>(id)];
    if (known != memory::no_object) return known;
    const ir::Global& global = program_[id];
    const ObjectKind kind = global.is_opaque           ? ObjectKind::opaque
                            : global.is_string_literal ? ObjectKind::literal
                                                       : ObjectKind::global;
    const ObjectId object = memory_.create(kind, global.size, id);
    memory_[object].is_writable = !global.is_constant && !global.is_string_literal;
    known = object;
    return object;
}

memory::ObjectId Machine::function_object(ir::FunctionId id) {
    ObjectId& known = functions_[static_cast<std::size_t>(id)];
    if (known == memory::no_object) known = memory_.create(ObjectKind::function, 0, id);
    return known;
}

void Machine::give_contents(ObjectId object, ir::GlobalId id) {
    const ir::Global& global = program_[id];
    if (!global.is_defined) not_modelled("the contents of `" + global.name + "` are unknown");
    if (!global.why_not_initialised.empty()) not_modelled(global.why_not_initialised);
    const auto bytes = memory_.bytes(object);
    std::copy_n(global.bytes.begin(), std::min(global.bytes.size(), bytes.size()), bytes.begin());
    for (const ir::Relocation& relocation : global.relocations) {
        const auto* other = std::get_if<ir::GlobalId>(&relocation.target);
        const ObjectId target =
            other ? global_object(*other) : function_object(std::get<ir::FunctionId>(relocation.target));
        Value pointer = memory_.pointer_to(target);
        pointer.bits += static_cast<std::uint64_t>(relocation.addend);
        memory_.store(object, relocation.offset, sizeof pointer.bits, pointer);
    }
    if (are_globals_forgotten_) forget(object);
}

void Machine::examine(const Value& pointer) {
    require_known(pointer.shadow);
    if (pointer.is_null() || pointer.is_error()) return;
    if (!memory::is_real(pointer.object)) not_modelled("access through a pointer that came from a number");
    use(pointer);
    const memory::Object& object = memory_[pointer.object];
    if (object.kind == ObjectKind::opaque) not_modelled("looks inside " + describer_.object(pointer));
    if (object.kind == ObjectKind::function) not_modelled("reads the code of " + describer_.object(pointer));
    const auto* global = std::get_if<ir::GlobalId>(&object.origin);
    if (global && !object.bytes) give_contents(pointer.object, *global);
}

std::uint64_t Machine::accessible(const Value& pointer, std::uint64_t size, bool for_writing) const {
    if (!memory::is_real(pointer.object)) not_modelled("invalid access: null");
    const memory::Object& object = memory_[pointer.object];
    const std::int64_t offset = memory_.offset_of(pointer);
    if (!object.is_alive) not_modelled("invalid access: the object is dead");
    if (!object.contains(offset, size)) not_modelled("invalid access: out of bounds");
    if (for_writing && !object.is_writable) not_modelled("invalid access: writes to a constant");
    return static_cast<std::uint64_t>(offset);
}

Facts Machine::access_facts(shadow::Event event, const Value& pointer, std::uint64_t size) const {
    Facts facts = facts_of(event);
    facts.pointer = pointer;
    facts.size = size;
    return facts;
}

void Machine::execute(const ir::Load& load) {
    const Value pointer = value(load.pointer);
    const ir::Scalar type = scalar(load.type);
    if (!type.is_supported()) not_modelled("reads a value of type " + program_.types.spelling(load.type));
    const std::uint32_t size = type.bits / 8u;
    examine(pointer);
    const bool watched = is_watched(shadow::Event::load);
    Facts facts;
    if (watched) {
        facts = access_facts(shadow::Event::load, pointer, size);
        facts.type = type;
        facts.view = load.view;
        facts.program = &program_;
        check(facts);
    }
    Value result = memory_.load(pointer.object, accessible(pointer, size, false), size);
    result.shadow &= in_memory_;
    if (watched) result.shadow = updated(facts, result.shadow);
    if (load.bits.width != 0) result.bits = ir::extract(type, load.bits, result.bits);
    set(load.result, result);
}

void Machine::execute(const ir::Store& store) {
    const Value pointer = value(store.pointer);
    Value stored = value(store.value);
    const ir::Scalar type = scalar(store.type);
    if (!type.is_supported()) not_modelled("writes a value of type " + program_.types.spelling(store.type));
    const std::uint32_t size = type.bits / 8u;
    examine(pointer);
    if (is_watched(shadow::Event::store)) {
        Facts facts = access_facts(shadow::Event::store, pointer, size);
        facts.type = facts.value_type = type;
        facts.value = stored;
        facts.view = store.view;
        facts.program = &program_;
        check(facts);
        stored.shadow = updated(facts, stored.shadow);
    }
    const std::uint64_t offset = accessible(pointer, size, true);
    if (store.bits.width != 0) {
        // A unit is shared by its bit fields: it keeps a shadow only while all of it has one. It is unknown as long as
        // any of it is.
        const Value unit = memory_.load(pointer.object, offset, size);
        const int unknown = (stored.shadow | unit.shadow) & shadow::unknown_bit;
        stored = {ir::insert(type, store.bits, unit.bits, stored.bits), memory::no_object,
                  static_cast<std::uint8_t>((stored.shadow & unit.shadow) | unknown)};
    }
    memory_.store(pointer.object, offset, size, stored);
}

void Machine::execute(const ir::CopyBytes& copy) {
    const Value to = value(copy.to);
    const Value from = value(copy.from);
    const Value size = value(copy.size);
    require_known(size.shadow);
    if (size.bits == 0) return;
    examine(from);
    examine(to);
    Facts stores;
    const bool watched = is_watched(shadow::Event::load) || is_watched(shadow::Event::store);
    if (watched) {
        Facts loads = access_facts(shadow::Event::load, from, size.bits);
        stores = access_facts(shadow::Event::store, to, size.bits);
        loads.size_shadow = stores.size_shadow = size.shadow;
        check(loads, stores);
    }
    const std::uint64_t source = accessible(from, size.bits, false);
    memory_.copy(to.object, accessible(to, size.bits, true), from.object, source, size.bits);
}

void Machine::execute(const ir::FillBytes& fill) {
    const Value to = value(fill.to);
    const Value byte = value(fill.byte);
    const Value size = value(fill.size);
    require_known(size.shadow);
    if (size.bits == 0) return;
    examine(to);
    std::uint8_t stored_shadow = byte.shadow;
    if (is_watched(shadow::Event::store)) {
        Facts facts = access_facts(shadow::Event::store, to, size.bits);
        facts.size_shadow = size.shadow;
        facts.value = byte;
        facts.value_type = {ir::Scalar::Kind::integer, 8, false};
        check(facts);
        stored_shadow = updated(facts, stored_shadow);
    }
    memory_.fill(to.object, accessible(to, size.bits, true), static_cast<std::uint8_t>(byte.bits), size.bits,
                 stored_shadow);
}

}  // namespace gnomon::interp
