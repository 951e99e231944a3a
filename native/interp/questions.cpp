// What assertions ask: of objects, which type they have, and of the shadows.
#include <algorithm>

#include "interp/machine.h"
#include "ir/is_a.h"
#include "ir/returning.h"

namespace gnomon::interp {

using shadow::ObjectKind;

void Machine::type_block(const Value& pointer, ir::TypeId type) {
    if (!memory::is_real(pointer.object) || (pointer.shadow & shadow::unknown_bit) != 0) return;
    memory::Object& block = memory_[pointer.object];
    const bool is_allocated = block.kind == ObjectKind::heap && std::holds_alternative<ir::Site>(block.origin);
    if (is_allocated && memory_.offset_of(pointer) == 0 && !block.type) block.type = type;
}

std::optional<ir::TypeId> Machine::type_of(const memory::Object& object) const {
    if (object.kind == ObjectKind::opaque) return std::nullopt;
    if (const auto* global = std::get_if<ir::GlobalId>(&object.origin)) return program_[*global].type;
    if (const auto* at = std::get_if<memory::LocalOrigin>(&object.origin))
        return program_[at->function].locals[static_cast<std::size_t>(at->local)].type;
    return object.type;
}

memory::Value Machine::is_a(const Value& pointer, ir::TypeId wanted) {
    const auto answer = [](bool is_so) { return Value{is_so ? 1u : 0u, memory::no_object, 0}; };
    require_known(pointer.shadow);
    if (pointer.is_null()) return answer(false);
    if (!memory::is_real(pointer.object)) return unknown("the type of no object");
    use(pointer);
    const memory::Object& object = memory_[pointer.object];
    if (object.kind == ObjectKind::function) return unknown("the type of no object");
    if (!object.is_alive) return answer(false);
    const auto type = type_of(object);
    if (!type) return unknown("the type of memory that nobody declared");
    const std::int64_t offset = memory_.offset_of(pointer);
    if (offset < 0 || static_cast<std::uint64_t>(offset) >= object.size) return answer(false);
    const bool is_block = object.kind == ObjectKind::heap;
    const auto found = ir::is_a(program_.types, *type, is_block, static_cast<std::uint64_t>(offset), wanted);
    return found ? answer(*found) : unknown("the type of raw memory");
}

memory::Value Machine::shadow_of(const Value& value, const std::string& domain) {
    const auto found = std::ranges::find(table_.layers, domain, &shadow::Layer::name);
    if (found == table_.layers.end()) return unknown("what only the domain `" + domain + "` follows");
    require_known(value.shadow);
    return {static_cast<std::uint64_t>(value.shadow >> (found - table_.layers.begin()) & 1), memory::no_object, 0};
}

// Where nobody knows whether it holds, the run goes on.
bool Machine::passes_open_assertion(const ir::Branch& branch, const Value& condition) {
    if ((condition.shadow & shadow::unknown_bit) == 0) return false;
    const auto assertion = ir::assertion_behind(*function_, branch);
    if (assertion) jump(assertion->holds);
    return assertion.has_value();
}

}  // namespace gnomon::interp
