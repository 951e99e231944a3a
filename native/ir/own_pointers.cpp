#include "ir/own_pointers.h"

#include <set>

namespace gnomon::ir {

namespace {

// Which registers may hold pointers of the function's own. Flow-insensitive.
class OwnPointers {
  public:
    explicit OwnPointers(const Function& function) : is_own_(function.registers.size()), is_global_(is_own_.size()) {
        do {
            is_new_ = false;
            for (const Instruction& instruction : function.code) std::visit(*this, instruction.operation);
        } while (is_new_);  // bounded: registers only become more
    }

    bool contains(const Operand& operand) const { return operand.is_constant() || holds(is_own_, operand); }

    template <class Other>
    void operator()(const Other&) {}
    void operator()(const AddressOfLocal& i) { note(is_own_, i.result); }
    void operator()(const AddressOfFunction& i) { note(is_own_, i.result); }
    void operator()(const AddressOfGlobal& i) {
        note(is_own_, i.result);
        note(is_global_, i.result);
    }
    void operator()(const Move& i) { copy(i.result, i.value); }
    void operator()(const Cast& i) { copy(i.result, i.value); }
    void operator()(const FieldAddress& i) { copy(i.result, i.base); }
    void operator()(const ElementAddress& i) { copy(i.result, i.base); }
    // What lies in a variable of the function may be its own; what globals hold is somebody else's.
    void operator()(const Load& i) {
        if (holds(is_own_, i.pointer) && !holds(is_global_, i.pointer)) note(is_own_, i.result);
    }
    void operator()(const Call& i) {
        if (i.result) note(is_own_, *i.result);
    }
    void operator()(const CallIntrinsic& i) {
        if (i.result) note(is_own_, *i.result);
    }

  private:
    static bool holds(const std::vector<bool>& registers, const Operand& operand) {
        return operand.is_register() && registers[static_cast<std::size_t>(operand.as_register())];
    }
    void note(std::vector<bool>& registers, RegisterId result) {
        is_new_ = is_new_ || !registers[static_cast<std::size_t>(result)];
        registers[static_cast<std::size_t>(result)] = true;
    }
    void copy(RegisterId result, const Operand& from) {
        if (from.is_constant() || holds(is_own_, from)) note(is_own_, result);
        if (holds(is_global_, from)) note(is_global_, result);
    }

    std::vector<bool> is_own_, is_global_;  // by register; global: somewhere in one, or it is not known which
    bool is_new_ = false;
};

}  // namespace

std::vector<FunctionId> given_own_pointers(const Program& program, FunctionId function) {
    const OwnPointers own(program[function]);
    const auto is_pointer = [&program](TypeId type) { return program.types.get_if<PointerType>(type) != nullptr; };
    std::set<FunctionId> given;
    for (const Instruction& instruction : program[function].code) {
        const auto* call = std::get_if<Call>(&instruction.operation);
        const auto* callee = call != nullptr ? std::get_if<FunctionId>(&call->callee) : nullptr;
        if (callee == nullptr) continue;
        bool has_pointers = false, has_own = false;
        for (std::size_t i = 0; i < call->arguments.size(); ++i) {
            if (!is_pointer(call->argument_types[i])) continue;
            has_pointers = true;
            has_own = has_own || own.contains(call->arguments[i]);
        }
        // Without pointers, what the callee expects is of what lies in globals.
        if (has_own || !has_pointers) given.insert(*callee);
    }
    return {given.begin(), given.end()};
}

}  // namespace gnomon::ir
