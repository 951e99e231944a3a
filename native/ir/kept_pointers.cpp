#include "ir/kept_pointers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gnomon::ir {

namespace {

constexpr unsigned deepest = 8;  // calls that hand a parameter on

// What registers are certain to hold, where only one instruction defines them.
class Definitions {
  public:
    explicit Definitions(const Function& function) : function_(function), by_register_(function.registers.size()) {
        for (const Instruction& instruction : function.code) {
            std::visit(
                [&](const auto& op) {
                    if constexpr (requires { op.result; }) note(op.result, instruction.operation);
                },
                instruction.operation);
        }
    }

    // Through moves and casts: the parameter whose value an operand is.
    std::optional<std::uint32_t> parameter(const Operand& operand) const {
        const std::optional<RegisterId> source = root(operand);
        if (!source || static_cast<std::uint32_t>(*source) >= function_.parameter_count) return std::nullopt;
        return static_cast<std::uint32_t>(*source);
    }

    std::optional<KeptPlace> place(const Operand& pointer) const {
        const std::optional<RegisterId> source = root(pointer);
        const Operation* made = source ? definition(*source) : nullptr;
        if (made == nullptr) return std::nullopt;
        if (const auto* global = std::get_if<AddressOfGlobal>(made)) return KeptPlace{global->global, {}, 0};
        const auto* field = std::get_if<FieldAddress>(made);
        if (field == nullptr) return std::nullopt;
        if (const auto outer = place(field->base)) {
            if (outer->global) return KeptPlace{outer->global, {}, outer->offset + field->byte_offset};
        }
        if (is_local(field->base)) return std::nullopt;
        return KeptPlace{std::nullopt, field->record, field->byte_offset};
    }

    const Operation* definition(RegisterId reg) const {
        const Known& known = by_register_[static_cast<std::size_t>(reg)];
        return known.count == 1 ? known.operation : nullptr;
    }

    std::optional<RegisterId> root(const Operand& operand) const {
        if (operand.is_constant()) return std::nullopt;
        RegisterId reg = operand.as_register();
        for (std::size_t steps = 0; steps <= function_.code.size(); ++steps) {
            const bool is_parameter = static_cast<std::uint32_t>(reg) < function_.parameter_count;
            if (is_parameter && by_register_[static_cast<std::size_t>(reg)].count > 0) return std::nullopt;
            const Operation* made = definition(reg);
            const Operand* from = nullptr;
            if (made != nullptr) {
                if (const auto* move = std::get_if<Move>(made)) from = &move->value;
                if (const auto* cast = std::get_if<Cast>(made)) from = &cast->value;
            }
            if (from == nullptr) return reg;
            if (from->is_constant()) return std::nullopt;
            reg = from->as_register();
        }
        return std::nullopt;
    }

  private:
    struct Known {
        const Operation* operation = nullptr;
        unsigned count = 0;
    };

    void note(RegisterId reg, const Operation& operation) {
        Known& known = by_register_[static_cast<std::size_t>(reg)];
        known = {&operation, known.count + 1};
    }
    void note(const std::optional<RegisterId>& reg, const Operation& operation) {
        if (reg) note(*reg, operation);
    }
    bool is_local(const Operand& base) const {
        const std::optional<RegisterId> source = root(base);
        const Operation* made = source ? definition(*source) : nullptr;
        return made != nullptr &&
               (std::holds_alternative<AddressOfLocal>(*made) ||
                (std::holds_alternative<FieldAddress>(*made) && is_local(std::get<FieldAddress>(*made).base)));
    }

    const Function& function_;
    std::vector<Known> by_register_;
};

using Kept = std::vector<std::pair<std::uint32_t, KeptPlace>>;  // parameter, place

Kept kept_by(const Program& program, FunctionId id, unsigned depth, std::set<FunctionId>& visited) {
    Kept found;
    const Function& function = program[id];
    if (!function.has_body || depth > deepest || !visited.insert(id).second) return found;
    const Definitions definitions(function);
    std::set<KeptPlace> cleared;  // for the time of the call only
    for (const Instruction& instruction : function.code) {
        if (const auto* store = std::get_if<Store>(&instruction.operation)) {
            const auto parameter = definitions.parameter(store->value);
            const auto place = definitions.place(store->pointer);
            if (parameter && place) found.emplace_back(*parameter, *place);
            if (store->value.is_constant() && place) cleared.insert(*place);
        }
        const auto* call = std::get_if<Call>(&instruction.operation);
        const auto* callee = call != nullptr ? std::get_if<FunctionId>(&call->callee) : nullptr;
        if (callee == nullptr) continue;
        for (const auto& [inner, place] : kept_by(program, *callee, depth + 1, visited)) {
            if (inner >= call->arguments.size()) continue;
            if (const auto parameter = definitions.parameter(call->arguments[inner]))
                found.emplace_back(*parameter, place);
        }
    }
    std::erase_if(found, [&cleared](const auto& kept) { return cleared.contains(kept.second); });
    return found;
}

// The places from which a function takes a pointer that it calls.
std::set<KeptPlace> called_in(const Function& function) {
    std::set<KeptPlace> places;
    const Definitions definitions(function);
    for (const Instruction& instruction : function.code) {
        const auto* call = std::get_if<Call>(&instruction.operation);
        const auto* pointer = call != nullptr ? std::get_if<Operand>(&call->callee) : nullptr;
        const auto source = pointer != nullptr ? definitions.root(*pointer) : std::nullopt;
        const Operation* made = source ? definitions.definition(*source) : nullptr;
        const auto* load = made != nullptr ? std::get_if<Load>(made) : nullptr;
        if (load == nullptr) continue;
        if (const auto place = definitions.place(load->pointer)) places.insert(*place);
    }
    return places;
}

}  // namespace

std::vector<KeptParameter> kept_and_called(const Program& program, FunctionId function) {
    std::set<FunctionId> visited;
    const Kept kept = kept_by(program, function, 0, visited);
    std::map<std::uint32_t, FunctionId> found;
    if (kept.empty()) return {};
    for (std::uint32_t other = 0; other < program.functions.size(); ++other) {
        const auto id = static_cast<FunctionId>(other);
        if (visited.contains(id) || !program[id].has_body || program[id].is_model) continue;
        const std::set<KeptPlace> called = called_in(program[id]);
        for (const auto& [parameter, place] : kept)
            if (called.contains(place)) found.try_emplace(parameter, id);
    }
    std::vector<KeptParameter> rows;
    for (const auto& [parameter, caller] : found) rows.push_back({parameter, caller});
    return rows;
}

}  // namespace gnomon::ir
