#include "shadow/first_use.h"

#include <algorithm>
#include <span>

#include "ir/operands.h"

namespace gnomon::shadow {

namespace {

using Code = std::span<const ir::Instruction>;

bool reads(const ir::Instruction& instruction, ir::RegisterId id) {
    bool found = false;
    ir::each_read(instruction.operation,
                  [&](const ir::Operand& operand) { found |= operand.is_register() && operand.as_register() == id; });
    return found;
}

// The variable that the instruction assigns.
std::optional<ir::RegisterId> assigned(const ir::Function& function, const ir::Instruction& instruction) {
    const auto* move = std::get_if<ir::Move>(&instruction.operation);
    if (move == nullptr || function.registers[static_cast<std::size_t>(move->result)].name.empty()) return std::nullopt;
    return move->result;
}

// The result of an instruction that computes, or converts.
std::optional<ir::RegisterId> computed(const ir::Operation& operation) {
    if (const auto* cast = std::get_if<ir::Cast>(&operation)) return cast->result;
    if (const auto* unary = std::get_if<ir::Unary>(&operation)) return unary->result;
    if (const auto* binary = std::get_if<ir::Binary>(&operation)) return binary->result;
    return std::nullopt;
}

bool is_overwritten(const ir::Function& function, Code code, ir::RegisterId variable) {
    const auto touches = [&](const ir::Instruction& instruction) {
        return reads(instruction, variable) || assigned(function, instruction) == variable;
    };
    const auto found = std::ranges::find_if(code, touches);
    return found != code.end() && !reads(*found, variable);
}

// The rest of the block, behind the instruction.
Code behind(const ir::Function& function, const ir::Instruction& instruction) {
    const Code all = function.code;
    const Code rest = all.subspan(static_cast<std::size_t>(&instruction - all.data()) + 1);
    const auto end = std::ranges::find_if(rest, [](const auto& one) { return ir::ends_block(one.operation); });
    return rest.first(static_cast<std::size_t>(end - rest.begin()));
}

}  // namespace

FirstUse first_use(const ir::Function& function, const ir::Instruction& instruction, ir::RegisterId value,
                   ir::RegisterId variable) {
    bool is_computed_with = false;
    for (Code rest = behind(function, instruction); !rest.empty(); rest = rest.subspan(1)) {
        if (!reads(rest.front(), value)) continue;
        const ir::Operation& operation = rest.front().operation;
        if (const auto* question = std::get_if<ir::CallIntrinsic>(&operation)) {
            return question->intrinsic == ir::Intrinsic::is_undefined ? FirstUse::discarded : FirstUse::other;
        }
        if (const auto result = computed(operation)) {
            is_computed_with |= !std::holds_alternative<ir::Cast>(operation);
            value = *result;
            continue;
        }
        if (is_computed_with) return FirstUse::other;
        if (const auto target = assigned(function, rest.front())) {
            const bool is_discarded = *target == variable || is_overwritten(function, rest.subspan(1), *target);
            return is_discarded ? FirstUse::discarded : FirstUse::copied;
        }
        const auto* store = std::get_if<ir::Store>(&operation);
        const bool is_stored = store != nullptr && store->value.is_register() && store->value.as_register() == value;
        return is_stored ? FirstUse::copied : FirstUse::other;
    }
    return FirstUse::other;
}

}  // namespace gnomon::shadow
