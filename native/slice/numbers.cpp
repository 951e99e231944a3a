// Who may hold a number that a call gave, when the entry ends: what is computed from it, where that is put, and what
// takes its place there.
#include <algorithm>

#include "ir/operands.h"
#include "slice/walk.h"

namespace gnomon::slice {

void Walk::need_holders(Node call) {
    constexpr InstanceId harness = 0;
    const ir::FunctionId function = function_of(call.instance);
    const auto& given = std::get<ir::Call>(operation(function, call.index));
    if (!given.result) return;
    need(function, {call.index, false});
    hold(function, *given.result);
    need_ends(function_of(harness));
}

// Models hand on what they are given, and hold nothing.
void Walk::hold(ir::FunctionId id, ir::RegisterId holder) {
    const ir::Function& function = facts_.program[id];
    if (function.is_model || !holders_.emplace(id, holder).second) return;
    for (std::uint32_t index = 0; index < function.code.size(); ++index) {
        const ir::Operation& operation = function.code[index].operation;
        bool is_set = false, is_read = false;
        ir::each_result(operation, [&](ir::RegisterId result) { is_set = is_set || result == holder; });
        ir::each_read(operation, [&](const ir::Operand& operand) {
            is_read = is_read || (operand.is_register() && operand.as_register() == holder);
        });
        if (is_set) need(id, {index, false});
        if (is_read) hand_on(id, index, holder);
    }
}

void Walk::hand_on(ir::FunctionId id, std::uint32_t index, ir::RegisterId holder) {
    const ir::Operation& operation = this->operation(id, index);
    const auto is_holder = [holder](const ir::Operand& operand) {
        return operand.is_register() && operand.as_register() == holder;
    };
    if (const auto* call = std::get_if<ir::Call>(&operation)) {
        for (std::size_t i = 0; i < call->arguments.size(); ++i)
            if (is_holder(call->arguments[i])) hand_to_callees(id, index, i);
    } else if (const auto* store = std::get_if<ir::Store>(&operation)) {
        if (!is_holder(store->value)) return;
        keep(id, index);
        each_instance(id, [&](InstanceId instance) { hold_at(instance, store->pointer); });
    } else if (std::holds_alternative<ir::Return>(operation)) {
        keep(id, index);
        each_instance(id, [&](InstanceId instance) {
            for (const Node& caller : facts_.graph.instances()[instance].callers) {
                const ir::FunctionId other = function_of(caller.instance);
                const auto& call = std::get<ir::Call>(this->operation(other, caller.index));
                if (call.result) hold(other, *call.result);
            }
        });
    } else if (!std::holds_alternative<ir::Load>(operation)) {
        ir::each_result(operation, [&](ir::RegisterId result) { hold(id, result); });
    }
}

void Walk::hand_to_callees(ir::FunctionId id, std::uint32_t index, std::size_t argument) {
    each_instance(id, [&](InstanceId instance) {
        each_callee({instance, index}, [&](InstanceId callee) {
            const ir::FunctionId called = function_of(callee);
            if (argument < facts_.program[called].parameter_count) hold(called, static_cast<ir::RegisterId>(argument));
        });
    });
    const auto* callee = std::get_if<ir::FunctionId>(&std::get<ir::Call>(operation(id, index)).callee);
    if (callee != nullptr && !facts_.program[*callee].has_body) keep(id, index);
}

// In memory: whoever reads it may hold it, too.
void Walk::hold_at(InstanceId instance, const ir::Operand& pointer) {
    for (const LocationIndex place : facts_.points_to.of(instance, pointer)) {
        const ObjectIndex object = facts_.points_to.locations()[place].object;
        if (!holding_objects_.insert(object).second) continue;
        need_contents(facts_.points_to.locations()[place], std::nullopt);
        need_bytes(object, all_bytes);
        need_owners(object);
        for (InstanceId reader = 0; reader < facts_.graph.instances().size(); ++reader)
            if (facts_.points_to.is_reached(reader)) read_number(reader, object);
    }
}

void Walk::read_number(InstanceId instance, ObjectIndex object) {
    const ir::FunctionId id = function_of(instance);
    const ir::Function& function = facts_.program[id];
    for (std::uint32_t index = 0; index < function.code.size() && !function.is_model; ++index) {
        const ir::Operation& operation = function.code[index].operation;
        const ir::Access access = access_of(operation, facts_.program.types);
        if (!access.read) continue;
        const auto places = facts_.points_to.of(instance, *access.read);
        const bool is_read = std::ranges::any_of(
            places, [&](LocationIndex place) { return facts_.points_to.locations()[place].object == object; });
        if (!is_read) continue;
        if (const auto* load = std::get_if<ir::Load>(&operation)) hold(id, load->result);
        if (!access.written) continue;
        keep({instance, index});
        hold_at(instance, *access.written);
    }
}

}  // namespace gnomon::slice
