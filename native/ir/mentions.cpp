#include "ir/mentions.h"

#include <algorithm>

namespace gnomon::ir {

namespace {

template <class Named>
void add(std::vector<Named>& listed, Named one) {
    if (std::ranges::find(listed, one) == listed.end()) listed.push_back(one);
}

}  // namespace

Mentions mentions_of(const Program& program, FunctionId id) {
    const Function& function = program[id];
    Mentions found;
    found.hides = !function.is_model && !function.has_body && !function.why_no_body.empty();
    for (std::uint32_t i = 0; i < function.code.size(); ++i) {
        const Operation& operation = function.code[i].operation;
        if (const auto* address = std::get_if<AddressOfFunction>(&operation)) add(found.addressed, address->function);
        if (const auto* address = std::get_if<AddressOfGlobal>(&operation)) add(found.globals, address->global);
        if (std::holds_alternative<NotModelled>(operation)) found.hides = !function.is_model;
        const auto* call = std::get_if<Call>(&operation);
        if (call == nullptr) continue;
        const auto* callee = std::get_if<FunctionId>(&call->callee);
        if (callee == nullptr) {
            found.indirect_calls.push_back(i);
            continue;
        }
        add(found.called, *callee);
        found.calls_itself = found.calls_itself || *callee == id;
    }
    return found;
}

}  // namespace gnomon::ir
