#include "shadow/obligations.h"

#include <algorithm>
#include <set>

#include "shadow/partial.h"
#include "shadow/static_fields.h"

namespace gnomon::shadow {

namespace {

bool is_known(const Expression& expression, const StaticEvent& event, bool truth) {
    return decide(expression, [&event](Field field) { return event.field(field); }) == truth;
}

const ir::Function* called_model(const ir::Program& program, const ir::Instruction& instruction) {
    const auto* call = std::get_if<ir::Call>(&instruction.operation);
    const auto* direct = call ? std::get_if<ir::FunctionId>(&call->callee) : nullptr;
    if (!direct || !program[*direct].is_model || !program[*direct].has_body) return nullptr;
    return &program[*direct];
}

// The demands of a model's body and of the models it calls. Each model is visited once.
void add_model_demands(const ir::Program& program, const ir::Function& model, const Table& table,
                       std::set<const ir::Function*>& visited, std::set<std::uint32_t>& demands) {
    if (!visited.insert(&model).second) return;
    for (const ir::Instruction& instruction : model.code) {
        for (std::uint32_t demand : demands_at(program, model, instruction, table)) demands.insert(demand);
        if (const ir::Function* inner = called_model(program, instruction))
            add_model_demands(program, *inner, table, visited, demands);
    }
}

}  // namespace

std::vector<std::uint32_t> demands_at(const ir::Program& program, const ir::Function&,
                                      const ir::Instruction& instruction, const Table& table) {
    const std::vector<StaticEvent> events = static_events(program, instruction);
    std::vector<std::uint32_t> found;
    if (events.empty()) return found;
    for (std::uint32_t index = 0; index < table.demands.size(); ++index) {
        const Demand& demand = table.demands[index];
        const bool arises = std::any_of(events.begin(), events.end(), [&demand](const StaticEvent& event) {
            return event.event == demand.event && !is_known(demand.guard, event, false) &&
                   !is_known(demand.predicate, event, true);
        });
        if (arises) found.push_back(index);
    }
    return found;
}

std::vector<Obligation> obligations(const ir::Program& program, ir::FunctionId id, const Table& table) {
    const ir::Function& function = program[id];
    std::vector<Obligation> found;
    if (function.is_model) return found;
    for (std::uint32_t index = 0; index < function.code.size(); ++index) {
        const ir::Instruction& instruction = function.code[index];
        std::set<std::uint32_t> demands;
        for (std::uint32_t demand : demands_at(program, function, instruction, table)) demands.insert(demand);
        if (const ir::Function* model = called_model(program, instruction)) {
            std::set<const ir::Function*> visited;
            add_model_demands(program, *model, table, visited, demands);
        }
        for (std::uint32_t demand : demands) found.push_back({{id, index}, demand});
    }
    return found;
}

}  // namespace gnomon::shadow
