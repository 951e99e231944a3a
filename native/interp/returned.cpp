// What functions give back to Python, when it looks at that: a failure belongs to the Return, which was before.
#include <utility>

#include "interp/machine.h"

namespace gnomon::interp {

void Machine::note_return() {
    if (function_->is_model) return;
    const ir::Function& caller = program_[frames_[frames_.size() - 2].function];
    if (caller.is_model || caller.is_harness) last_return_ = stack();
}

void Machine::look_at_returned(const std::vector<Value>& arguments) {
    const std::vector<ir::Site> blamed = std::exchange(last_return_, {});
    if (blamed.empty()) return;
    const ir::Scalar pointer{ir::Scalar::Kind::pointer, 64, false}, integer{ir::Scalar::Kind::integer, 32, true};
    Facts facts = facts_of(shadow::Event::returned);
    facts.value = facts.pointer = arguments[0];
    facts.value_type = pointer;
    facts.arguments = arguments;
    facts.argument_types = {pointer, integer, integer, integer, integer, integer};
    facts.blamed = &blamed;
    const ir::Site last = blamed.back();
    const Prepared& there = prepared(last.function);
    const std::uint32_t begin = there.first[last.index], end = there.first[last.index + 1];
    check(std::span(there.demands).subspan(begin, end - begin), program_[last.function], facts, facts);
}

}  // namespace gnomon::interp
