// What assertions ask: of objects, which type they have, and of the shadows.
#include <algorithm>

#include "explore/stepper.h"
#include "ir/is_a.h"
#include "ir/returning.h"

namespace gnomon::explore {

namespace {

// Why there is no answer.
const std::string of_no_object = "the type of no object";
const std::string of_undeclared_memory = "the type of memory that nobody declared";
const std::string of_raw_memory = "the type of raw memory";
const std::string not_defined = "what only the domain `defined` follows";
const std::string not_tainted = "what only the domain `taint` follows";

}  // namespace

void Stepper::type_block(State& state, const Value& pointer, ir::TypeId type) {
    if (!is_made(pointer.object) || is_unknown(state, pointer.shadow)) return;
    const Object& block = state.memory.at(pointer.object);
    const bool is_start = pointer.bits->is_constant() && pointer.bits->constant == 0;
    const bool is_allocated = block.kind == shadow::ObjectKind::heap && block.base != Base::input;
    if (is_allocated && is_start && !block.type) state.memory.writable(pointer.object).type = type;
}

Value Stepper::is_a(State& state, const Value& pointer, ir::TypeId wanted) {
    const auto answer = [this](bool is_so) { return world_.plain(is_so ? 1 : 0, 64); };
    require_known(state, pointer.shadow);
    if (pointer.object == ObjectId::none && !decide(state, is_null(pointer))) return unknown(state, 64, of_no_object);
    if (!is_real(pointer.object)) return answer(false);
    if (is_function(pointer.object)) return unknown(state, 64, of_no_object);
    define_fixed(state, pointer.object);
    use(state, pointer);
    const Object& object = state.memory.at(pointer.object);
    if (!object.is_alive) return answer(false);
    if (!object.type) return unknown(state, 64, of_undeclared_memory);
    const ir::TypeId type = *object.type;
    const bool is_block = object.kind == shadow::ObjectKind::heap;
    if (!decide(state, expressions_.unsigned_less(pointer.bits, object.size))) return answer(false);
    const auto found = ir::is_a(world_.program.types, type, is_block, concrete(state, pointer.bits), wanted);
    return found ? answer(*found) : unknown(state, 64, of_raw_memory);
}

Value Stepper::shadow_of(State& state, const Value& value, const std::string& domain) {
    const auto& layers = world_.table.layers;
    const auto found = std::ranges::find(layers, domain, &shadow::Layer::name);
    if (found == layers.end()) return unknown(state, 64, domain == "taint" ? not_tainted : not_defined);
    require_known(state, value.shadow);
    const Expression bit = expressions_.extract(value.shadow, static_cast<unsigned>(found - layers.begin()), 1);
    return world_.plain(expressions_.zero_extend(bit, 64));
}

// Where nobody knows whether it holds, it stays open, and the path goes on.
bool Stepper::passes_open_assertion(State& state, const ir::Branch& branch, const Value& condition) {
    if (!is_unknown(state, condition.shadow)) return false;
    const auto assertion = ir::assertion_behind(*state.top().function, branch);
    if (!assertion) return false;
    for (Verdict& verdict : world_.verdicts) {
        if (verdict.obligation.site != ir::Site{state.top().id, assertion->fails}) continue;
        if (verdict.answer == Answer::undecided && verdict.reason.empty())
            verdict.reason = "not modelled: " + ir::unknown_reason(*state.unknown_from);
    }
    jump(state, assertion->holds);
    return true;
}

}  // namespace gnomon::explore
