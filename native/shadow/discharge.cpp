#include "shadow/discharge.h"

#include <algorithm>
#include <map>
#include <optional>

#include "shadow/partial.h"
#include "shadow/static_fields.h"

namespace gnomon::shadow {

namespace {

// An object of known size and a constant offset into it.
struct Known {
    std::uint64_t size = 0;
    std::int64_t offset = 0;
    ObjectKind kind{};
    bool is_writable = true;
    std::optional<ir::LocalId> local;
};

std::optional<ir::RegisterId> result_of(const ir::Operation& operation) {
    return std::visit(
        [](const auto& op) -> std::optional<ir::RegisterId> {
            if constexpr (requires { op.result; }) return op.result;
            return std::nullopt;
        },
        operation);
}

using Alive = std::vector<bool>;  // per local

class Discharger {
  public:
    Discharger(const ir::Program& program, const ir::Function& function) : program_(program), function_(function) {
        find_single_definitions();
        find_alive();
    }

    bool holds(const Obligation& obligation, const Table& table) const {
        const ir::Instruction& instruction = function_.code[obligation.site.index];
        const Demand& demand = table.demands[obligation.demand];
        if (std::holds_alternative<ir::Call>(instruction.operation)) return false;
        for (const StaticEvent& event : static_events(program_, function_, instruction)) {
            if (event.event != demand.event) continue;
            const auto known = event.pointer ? object_of(*event.pointer) : std::nullopt;
            if (!known || (known->local && !alive_at(obligation.site.index, *known->local))) return false;
            const auto lookup = [&](Field field) { return field_of(*known, event, field); };
            if (decide(demand.predicate, lookup) != true) return false;
        }
        return true;
    }

  private:
    void find_single_definitions() {
        std::vector<unsigned> counts(function_.registers.size(), 0);
        for (std::uint32_t i = 0; i < function_.parameter_count; ++i) counts[i] = 2;
        for (const ir::Instruction& instruction : function_.code) {
            if (const auto* input = std::get_if<ir::Input>(&instruction.operation))
                if (const auto* bytes = std::get_if<ir::BytesInput>(&input->choice); bytes && bytes->length_result)
                    counts[static_cast<std::size_t>(*bytes->length_result)] = 2;
            if (const auto result = result_of(instruction.operation)) ++counts[static_cast<std::size_t>(*result)];
        }
        for (const ir::Instruction& instruction : function_.code)
            if (const auto result = result_of(instruction.operation))
                if (counts[static_cast<std::size_t>(*result)] == 1) definitions_[*result] = &instruction;
    }

    // Which locals are surely in scope where a block begins: entered on every way there and not left since.
    void find_alive() {
        const std::size_t locals = function_.locals.size();
        alive_.assign(function_.blocks.size(), Alive(locals, true));
        if (alive_.empty()) return;
        alive_[0].assign(locals, false);
        for (bool changed = true; changed;) {  // bounded: bits only fall
            changed = false;
            for (std::size_t block = 0; block < function_.blocks.size(); ++block) {
                Alive state = alive_[block];
                for (std::uint32_t i = function_.blocks[block].begin; i < function_.blocks[block].end; ++i)
                    step(state, function_.code[i]);
                const ir::Instruction& last = function_.code[function_.blocks[block].end - 1];
                for (ir::BlockId next : successors(last))
                    changed |= meet(alive_[static_cast<std::size_t>(next)], state);
            }
        }
    }

    static void step(Alive& state, const ir::Instruction& instruction) {
        if (const auto* enter = std::get_if<ir::EnterLocal>(&instruction.operation))
            state[static_cast<std::size_t>(enter->local)] = true;
        if (const auto* leave = std::get_if<ir::LeaveLocal>(&instruction.operation))
            state[static_cast<std::size_t>(leave->local)] = false;
    }

    static bool meet(Alive& into, const Alive& state) {
        bool changed = false;
        for (std::size_t i = 0; i < into.size(); ++i)
            if (into[i] && !state[i]) {
                into[i] = false;
                changed = true;
            }
        return changed;
    }

    static std::vector<ir::BlockId> successors(const ir::Instruction& last) {
        if (const auto* jump = std::get_if<ir::Jump>(&last.operation)) return {jump->target};
        if (const auto* branch = std::get_if<ir::Branch>(&last.operation)) return {branch->if_true, branch->if_false};
        if (const auto* choice = std::get_if<ir::Switch>(&last.operation)) {
            std::vector<ir::BlockId> targets{choice->otherwise};
            for (const auto& [value, block] : choice->cases) targets.push_back(block);
            return targets;
        }
        return {};
    }

    bool alive_at(std::uint32_t index, ir::LocalId local) const {
        const auto block = std::find_if(function_.blocks.begin(), function_.blocks.end(),
                                        [index](const ir::Block& b) { return b.begin <= index && index < b.end; });
        Alive state = alive_[static_cast<std::size_t>(block - function_.blocks.begin())];
        for (std::uint32_t i = block->begin; i < index; ++i) step(state, function_.code[i]);
        return state[static_cast<std::size_t>(local)];
    }

    // Bounded: each register has one definition, made of earlier temporaries.
    std::optional<Known> object_of(const ir::Operand& pointer, unsigned depth = 0) const {
        constexpr unsigned maximum_depth = 64;
        if (!pointer.is_register() || depth > maximum_depth) return std::nullopt;
        const auto definition = definitions_.find(pointer.as_register());
        if (definition == definitions_.end()) return std::nullopt;
        const ir::Operation& operation = definition->second->operation;
        if (const auto* local = std::get_if<ir::AddressOfLocal>(&operation)) {
            const ir::Local& target = function_.locals[static_cast<std::size_t>(local->local)];
            if (target.size == 0) return std::nullopt;
            return Known{target.size, 0, ObjectKind::local, true, local->local};
        }
        if (const auto* global = std::get_if<ir::AddressOfGlobal>(&operation)) {
            const ir::Global& target = program_[global->global];
            if (!target.is_defined || target.is_opaque || target.size == 0) return std::nullopt;
            const ObjectKind kind = target.is_string_literal ? ObjectKind::literal : ObjectKind::global;
            return Known{target.size, 0, kind, !target.is_constant, std::nullopt};
        }
        if (const auto* field = std::get_if<ir::FieldAddress>(&operation))
            return moved(object_of(field->base, depth + 1), static_cast<std::int64_t>(field->byte_offset));
        if (const auto* element = std::get_if<ir::ElementAddress>(&operation)) {
            if (!element->index.is_constant()) return std::nullopt;
            const ir::Wide index = ir::exact(ir::scalar_of(program_.types, element->index_type), element->index.bits());
            const ir::Wide distance = index * static_cast<ir::Wide>(program_.types.size_of(element->element));
            if (distance > INT32_MAX || distance < INT32_MIN) return std::nullopt;
            return moved(object_of(element->base, depth + 1),
                         static_cast<std::int64_t>(element->is_negated ? -distance : distance));
        }
        return std::nullopt;
    }

    static std::optional<Known> moved(std::optional<Known> known, std::int64_t by) {
        if (known) known->offset += by;
        return known;
    }

    static std::optional<ir::Wide> field_of(const Known& known, const StaticEvent& event, Field field) {
        switch (field) {
            case Field::pointer_is_null:
                return 0;
            case Field::pointer_offset:
                return known.offset;
            case Field::object_size:
                return known.size;
            case Field::object_alive:
                return 1;
            case Field::object_kind:
                return static_cast<int>(known.kind);
            case Field::object_writable:
                return known.is_writable;
            case Field::shadow_pointer:
                return 0;
            default:
                return event.field(field);
        }
    }

    const ir::Program& program_;
    const ir::Function& function_;
    std::map<ir::RegisterId, const ir::Instruction*> definitions_;  // of registers that are written once
    std::vector<Alive> alive_;                                      // at the beginning of each block
};

}  // namespace

std::vector<Obligation> discharge(const ir::Program& program, ir::FunctionId id,
                                  const std::vector<Obligation>& obligations, const Table& table) {
    const Discharger discharger(program, program[id]);
    std::vector<Obligation> held;
    for (const Obligation& obligation : obligations)
        if (discharger.holds(obligation, table)) held.push_back(obligation);
    return held;
}

}  // namespace gnomon::shadow
