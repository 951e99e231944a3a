#include "ir/mentions.h"

#include <algorithm>
#include <set>

namespace gnomon::ir {

namespace {

// Each once, in the order of the first mentions.
template <class Named>
class Listed {
  public:
    explicit Listed(std::vector<Named>& listed) : listed_(listed) {}
    void add(Named one) {
        if (seen_.insert(one).second) listed_.push_back(one);
    }

  private:
    std::vector<Named>& listed_;
    std::set<Named> seen_;
};

}  // namespace

bool hides_code(const Function& function) {
    if (function.is_model) return false;
    if (!function.has_body) return !function.why_no_body.empty();
    return std::ranges::any_of(function.code, [](const Instruction& instruction) {
        return std::holds_alternative<NotModelled>(instruction.operation);
    });
}

Mentions mentions_of(const Program& program, FunctionId id) {
    const Function& function = program[id];
    Mentions found;
    found.hides = hides_code(function);
    Listed called(found.called), addressed(found.addressed);
    Listed globals(found.globals);
    for (std::uint32_t i = 0; i < function.code.size(); ++i) {
        const Operation& operation = function.code[i].operation;
        if (const auto* address = std::get_if<AddressOfFunction>(&operation)) addressed.add(address->function);
        if (const auto* address = std::get_if<AddressOfGlobal>(&operation)) globals.add(address->global);
        const auto* call = std::get_if<Call>(&operation);
        if (call == nullptr) continue;
        if (const auto* callee = std::get_if<FunctionId>(&call->callee)) {
            called.add(*callee);
        } else {
            found.indirect_calls.push_back(i);
        }
    }
    return found;
}

}  // namespace gnomon::ir
