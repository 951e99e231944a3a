// Functions whose bodies nobody has: the run goes on behind them, but nothing may depend on what they gave or changed.
#include <algorithm>

#include "interp/machine.h"
#include "ir/returning.h"

namespace gnomon::interp {

using shadow::ObjectKind;
using shadow::unknown_bit;

void Machine::require_known(std::uint8_t shadow) const {
    if ((shadow & unknown_bit) != 0) not_modelled(ir::unknown_reason(unknown_from_));
}

memory::Value Machine::unknown(const std::string& from) {
    unknown_from_ = from;
    return {0, memory::no_object, unknown_bit};
}

// What the arguments lead to, all variables outside of functions, and everything that such a function could have kept
// a pointer to, or that the entry's caller holds, may be changed.
void Machine::call_unknown(const ir::Function& function, const ir::Call& call, const std::vector<Value>& arguments) {
    if (!ir::shows_return(*function_, pc_)) not_modelled("calls " + function.name);
    unknown_from_ = function.name;
    are_globals_forgotten_ = true;
    number_states_.clear();
    for (const Value& argument : arguments) escape(argument.object);
    const std::size_t held = frames_.size() > 1 ? frames_[1].registers : 0;
    for (std::size_t i = 0; i < held; ++i) escape(registers_[i].object);
    const std::size_t own = frames_.size() > 1 ? frames_[1].locals : 0;
    for (std::size_t i = 0; i < own; ++i) escape(locals_[i]);
    for (const ObjectId object : globals_) escape(object);
    for (std::size_t i = 0; i < escaped_.size(); ++i) {  // grows: what is reached escapes as well
        for (const ObjectId inside : memory_.pointed_from(escaped_[i])) escape(inside);
        forget(escaped_[i]);
    }
    if (call.result) set(*call.result, unknown(function.name));
}

void Machine::escape(ObjectId object) {
    if (!memory::is_real(object) || memory_[object].is_escaped || memory_[object].kind == ObjectKind::function) return;
    memory_[object].is_escaped = true;
    escaped_.push_back(object);
}

void Machine::forget(ObjectId id) {
    if (deferred_.contains(id)) not_modelled("calls " + unknown_from_);  // and it was known before it was made
    const memory::Object& object = memory_[id];
    if (!object.is_alive || !object.is_writable || object.kind == ObjectKind::opaque) return;
    const auto* global = std::get_if<ir::GlobalId>(&object.origin);
    if (global != nullptr && (program_[*global].is_model || !object.bytes)) return;  // or when it gets its contents
    memory_.cover(id, unknown_bit);
}

}  // namespace gnomon::interp
