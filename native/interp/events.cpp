// Events of a run against the shadow rules, and the steps that the run leaves behind.
#include <algorithm>

#include "interp/machine.h"
#include "shadow/operands.h"
#include "shadow/partial.h"
#include "shadow/static_fields.h"

namespace gnomon::interp {
namespace {

std::optional<ir::RegisterId> result_of(const ir::Operation& operation) {
    return std::visit(
        [](const auto& op) -> std::optional<ir::RegisterId> {
            if constexpr (requires { op.result; }) return op.result;
            return std::nullopt;
        },
        operation);
}

std::uint8_t unknown_operands(const Facts& facts) {
    const auto operand = [](std::uint8_t shadow, std::uint8_t which) {
        return (shadow & shadow::unknown_bit) != 0 ? which : std::uint8_t{0};
    };
    return static_cast<std::uint8_t>(
        operand(facts.left.shadow, shadow::of_left) | operand(facts.right.shadow, shadow::of_right) |
        operand(facts.value.shadow, shadow::of_value) | operand(facts.pointer.shadow, shadow::of_pointer) |
        operand(facts.size_shadow, shadow::of_size));
}

}  // namespace

Facts Machine::facts_of(shadow::Event event) const {
    Facts facts;
    facts.event = event;
    facts.stack_size = stack_size_;
    return facts;
}

bool Machine::rests_on_unknown(std::uint32_t demand, const Facts& facts) const {
    if ((operands_[demand] & unknown_operands(facts)) != 0) return true;
    if ((operands_[demand] & shadow::of_text) != 0 && (shadow_of_text(facts, memory_) & shadow::unknown_bit) != 0)
        return true;
    const std::uint64_t looked_at = shadow::arguments_of(table_.demands[demand].predicate);
    for (std::size_t i = 0; i < facts.arguments.size() && i < 64; ++i)
        if ((looked_at >> i & 1) != 0 && (facts.arguments[i].shadow & shadow::unknown_bit) != 0) return true;
    return false;
}

void Machine::check(const Facts& facts, const Facts& other) {
    check({demands_begin_, demands_end_}, *function_, facts, other);
}

// What looks at an operand that nobody knows, demands nothing.
void Machine::check(std::span<const std::uint32_t> demands, const ir::Function& function, const Facts& facts,
                    const Facts& other) {
    for (const std::uint32_t index : demands) {
        const shadow::Demand& demand = table_.demands[index];
        const Facts& meant = demand.event == facts.event ? facts : other;
        if (demand.event != meant.event || !shadow::concerns(demand.functions, function, meant.event, meant.callee))
            continue;
        if (shadow::is_open(demand.guard) && !holds(demand.guard, meant, memory_, demand.layer)) continue;
        if (demand.argument == 0) {
            if (rests_on_unknown(index, meant)) continue;
            if (!holds(demand.predicate, meant, memory_, demand.layer)) fail(index, meant);
        } else {
            const Facts focused = meant.focused(demand.argument);
            if (rests_on_unknown(index, focused)) continue;
            if (!holds(demand.predicate, focused, memory_, demand.layer)) fail(index, focused);
        }
    }
}

void Machine::fail(std::uint32_t demand, const Facts& facts) {
    outcome_.failure = failure_of(demand, facts);
    throw Stop{Ending::failed, {}};
}

Failure Machine::failure_of(std::uint32_t demand, const Facts& facts) {
    Failure failure;
    failure.stack = facts.blamed ? *facts.blamed : stack();
    failure.site = failure.stack.back();
    failure.demand = demand;
    failure.values = readable_fields(facts, memory_, table_.demands[demand].layer);
    if (facts.callee) failure.values.emplace_back("function", facts.callee->name);
    const memory::Value& pointer = facts.pointer;
    const bool has_object = memory::is_real(pointer.object) || pointer.is_null() || pointer.is_error();
    if (has_object) failure.values.emplace_back("object", describer_.object(facts.pointer));
    return failure;
}

std::uint8_t Machine::updated(const Facts& facts, std::uint8_t transferred) const {
    for (const shadow::Update& update : table_.updates) {
        if (update.event != facts.event || update.target != shadow::Target::value) continue;
        // Before the entry itself is entered, there is no function.
        const bool is_limited = !update.functions.empty();
        if (is_limited && !shadow::concerns(update.functions, *function_, facts.event, facts.callee)) continue;
        const Facts meant = facts.focused(update.argument);
        if (!holds(update.guard, meant, memory_, update.layer)) continue;
        const auto mask = static_cast<std::uint8_t>(1u << update.layer);
        const bool bit = holds(update.bit, meant, memory_, update.layer);
        transferred = static_cast<std::uint8_t>(bit ? transferred | mask : transferred & ~mask);
    }
    return transferred;
}

bool Machine::changes_states(shadow::Event event, std::optional<ir::FunctionId> callee) {
    const bool is_library_own = function_->is_model && !(callee && ir::is_marker(program_[*callee]));
    if (!updates_[static_cast<std::size_t>(event)] || is_library_own) return false;
    const auto [found, is_new] = changes_.try_emplace({event, callee});
    if (is_new) {
        const ir::Function* function = callee ? &program_[*callee] : nullptr;
        found->second = std::ranges::any_of(table_.updates, [&](const shadow::Update& update) {
            return update.event == event && shadow::concerns(update.functions, *function_, event, function);
        });
    }
    return found->second;
}

void Machine::change_states(const Facts& facts) {
    for (const shadow::Update& update : table_.updates) {
        if (update.event != facts.event || update.target == shadow::Target::value) continue;
        if (!shadow::concerns(update.functions, *function_, facts.event, facts.callee)) continue;
        const Facts meant = facts.focused(update.argument);
        if (!holds(update.guard, meant, memory_, update.layer)) continue;
        const auto state = static_cast<std::uint8_t>(number_of(update.bit, meant, memory_, update.layer));
        if (update.target == shadow::Target::thread) {
            thread_states_[update.layer] = state;
        } else if (update.target == shadow::Target::number) {
            const bool is_given = facts.event == shadow::Event::called && update.argument == 0;
            set_number_state({update.layer, ir::exact(meant.value_type, meant.value.bits)}, state, is_given);
        } else if (memory::is_real(meant.pointer.object)) {
            memory_[meant.pointer.object].states[update.layer] = state;
        }
    }
}

std::optional<std::uint8_t> Machine::shadow_by_kind(shadow::ObjectKind kind) const {
    const auto field = [kind](shadow::Field field) -> std::optional<ir::Wide> {
        return field == shadow::Field::object_kind ? std::optional<ir::Wide>(static_cast<int>(kind)) : std::nullopt;
    };
    unsigned shadow = 0;
    for (const shadow::Update& update : table_.updates) {
        if (update.event != shadow::Event::allocate || update.target != shadow::Target::value) continue;
        const auto applies = shadow::decide(update.guard, field), bit = shadow::decide(update.bit, field);
        if (!update.functions.empty() || !applies || !bit) return std::nullopt;
        const unsigned layer = 1u << update.layer;
        if (*applies) shadow = *bit ? shadow | layer : shadow & ~layer;
    }
    return static_cast<std::uint8_t>(shadow);
}

std::uint8_t Machine::shadow_of_new(shadow::ObjectKind kind, std::uint64_t size, std::uint8_t size_shadow) {
    if (const auto known = new_shadows_[static_cast<std::size_t>(kind)]) return *known;
    Facts facts = facts_of(shadow::Event::allocate);
    facts.size = size;
    facts.size_shadow = size_shadow;
    facts.new_object = kind;
    if (kind == shadow::ObjectKind::local) facts.stack_size += size;
    return updated(facts, 0);
}

void Machine::record(const std::string& name, const Value& value, ir::TypeId type) {
    if ((value.shadow & shadow::unknown_bit) != 0) return;
    steps_.add({site(), static_cast<std::uint32_t>(frames_.size() - 1), name, describer_.value(value, type)});
}

void Machine::execute_with_steps(const ir::Instruction& instruction) {
    const std::size_t depth = frames_.size();
    std::visit([this](const auto& operation) { execute(operation); }, instruction.operation);
    // Calls and returns record themselves, in the frame that they concern.
    if (is_running_ && frames_.size() == depth && !function_->is_model) record_step(instruction);
}

void Machine::record_step(const ir::Instruction& instruction) {
    if (const auto* store = std::get_if<ir::Store>(&instruction.operation)) {
        if (instruction.text.empty() || record_long_double(instruction)) return;
        return record(instruction.text, value(store->value), store->type);
    }
    if (const auto* branch = std::get_if<ir::Branch>(&instruction.operation)) {
        const bool is_taken = ir::is_true(scalar(branch->type), value(branch->condition).bits);
        const std::string& name = instruction.text.empty() ? "condition" : instruction.text;
        steps_.add({site(), static_cast<std::uint32_t>(frames_.size() - 1), name, is_taken ? "true" : "false"});
        return;
    }
    const auto result = result_of(instruction.operation);
    if (!result) return;
    const ir::Register& target = function_->registers[static_cast<std::size_t>(*result)];
    const auto* input = std::get_if<ir::Input>(&instruction.operation);
    const std::string& name = input ? input->name : target.name;
    if (!name.empty()) record(name, value(ir::Operand::of(*result)), target.type);
}

}  // namespace gnomon::interp
