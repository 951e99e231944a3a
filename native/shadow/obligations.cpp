#include "shadow/obligations.h"

#include <algorithm>
#include <map>
#include <set>

#include "shadow/partial.h"
#include "shadow/static_fields.h"
#include "shadow/unset.h"

namespace gnomon::shadow {

namespace {

bool is_known(const Expression& expression, const PartialAlgebra::Lookup& lookup, bool truth) {
    return decide(expression, lookup) == truth;
}

const ir::Function* called_model(const ir::Program& program, const ir::Instruction& instruction) {
    const auto* call = std::get_if<ir::Call>(&instruction.operation);
    const auto* direct = call ? std::get_if<ir::FunctionId>(&call->callee) : nullptr;
    if (!direct || !program[*direct].is_model || !program[*direct].has_body) return nullptr;
    return &program[*direct];
}

// A layer that only variables without a value start, and that memory does not carry: where it can be is known.
std::vector<bool> layers_of_variables(const Table& table) {
    std::vector<bool> found;
    for (const Layer& layer : table.layers) found.push_back(!layer.is_in_memory);
    for (const Update& update : table.updates)
        if (update.event != Event::allocate && update.target == Target::value) found[update.layer] = false;
    return found;
}

// The bits of such a layer, as far as the code alone tells.
class StaticShadow {
  public:
    StaticShadow(const UnsetRegisters& unset, std::uint32_t index, const ir::Operation& operation)
        : unset_(unset), index_(index), operation_(operation) {}

    std::optional<ir::Wide> field(Field field) const {
        if (const auto* binary = std::get_if<ir::Binary>(&operation_)) {
            if (field == Field::shadow_left) return may_be(binary->left);
            if (field == Field::shadow_right) return may_be(binary->right);
        }
        if (const auto* unary = std::get_if<ir::Unary>(&operation_)) {
            if (field == Field::shadow_left) return may_be(unary->value);
            if (field == Field::shadow_right) return 0;
        }
        if (const auto* move = std::get_if<ir::Move>(&operation_); move && field == Field::shadow_value)
            return may_be(move->value);
        if (const auto* back = std::get_if<ir::Return>(&operation_); back && field == Field::shadow_value)
            return back->value ? may_be(*back->value) : std::optional<ir::Wide>(0);
        if (const auto* call = std::get_if<ir::Call>(&operation_); call && field == Field::shadow_value) {
            const auto is_unset = [this](const ir::Operand& one) { return unset_.may_be_unset(index_, one); };
            return std::ranges::any_of(call->arguments, is_unset) ? std::nullopt : std::optional<ir::Wide>(0);
        }
        return std::nullopt;
    }

  private:
    std::optional<ir::Wide> may_be(const ir::Operand& operand) const {
        return unset_.may_be_unset(index_, operand) ? std::nullopt : std::optional<ir::Wide>(0);
    }

    const UnsetRegisters& unset_;
    std::uint32_t index_;
    const ir::Operation& operation_;
};

// The demands of a model's body and of the models it calls. Each model is visited once.
void add_model_demands(const ir::Program& program, const ir::Function& model, const Table& table,
                       std::set<const ir::Function*>& visited, std::set<std::uint32_t>& demands) {
    if (!visited.insert(&model).second) return;
    for (const auto& listed : demands_of(program, model, table)) demands.insert(listed.begin(), listed.end());
    for (const ir::Instruction& instruction : model.code) {
        if (const ir::Function* inner = called_model(program, instruction))
            add_model_demands(program, *inner, table, visited, demands);
    }
}

}  // namespace

std::vector<std::vector<std::uint32_t>> demands_of(const ir::Program& program, const ir::Function& function,
                                                   const Table& table) {
    std::vector<std::vector<std::uint32_t>> found(function.code.size());
    if (table.demands.empty()) return found;
    std::map<Event, std::vector<std::uint32_t>> by_event;
    for (std::uint32_t index = 0; index < table.demands.size(); ++index)
        by_event[table.demands[index].event].push_back(index);
    const std::vector<bool> is_of_variables = layers_of_variables(table);
    const UnsetRegisters unset(program, function);
    for (std::uint32_t at = 0; at < function.code.size(); ++at) {
        const ir::Instruction& instruction = function.code[at];
        const StaticShadow shadow(unset, at, instruction.operation);
        std::set<std::uint32_t> here;
        for (const StaticEvent& event : static_events(program, function, instruction)) {
            for (const std::uint32_t index : by_event[event.event]) {
                const Demand& demand = table.demands[index];
                if (!concerns(demand.functions, function, event.event, event.callee)) continue;
                const bool has_static_shadow = demand.layer < is_of_variables.size() && is_of_variables[demand.layer];
                const auto lookup = [&](Field field) {
                    const auto known = event.field(field);
                    return known || !has_static_shadow ? known : shadow.field(field);
                };
                if (!is_known(demand.guard, lookup, false) && !is_known(demand.predicate, lookup, true))
                    here.insert(index);
            }
        }
        found[at].assign(here.begin(), here.end());
    }
    return found;
}

std::vector<Obligation> obligations(const ir::Program& program, ir::FunctionId id, const Table& table) {
    return program[id].is_model ? std::vector<Obligation>() : raised(program, id, table);
}

std::vector<Obligation> raised(const ir::Program& program, ir::FunctionId id, const Table& table) {
    const ir::Function& function = program[id];
    std::vector<Obligation> found;
    const auto own = demands_of(program, function, table);
    std::map<const ir::Function*, std::set<std::uint32_t>> inside;  // of models, each looked at once
    for (std::uint32_t index = 0; index < function.code.size(); ++index) {
        std::set<std::uint32_t> demands(own[index].begin(), own[index].end());
        if (const ir::Function* model = called_model(program, function.code[index])) {
            const auto [known, is_new] = inside.try_emplace(model);
            std::set<const ir::Function*> visited;
            if (is_new) add_model_demands(program, *model, table, visited, known->second);
            demands.insert(known->second.begin(), known->second.end());
        }
        for (std::uint32_t demand : demands) found.push_back({{id, index}, demand});
    }
    return found;
}

}  // namespace gnomon::shadow
