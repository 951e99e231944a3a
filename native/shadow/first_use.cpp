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
    for (Code rest = behind(function, instruction); !rest.empty(); rest = rest.subspan(1)) {
        if (!reads(rest.front(), value)) continue;
        if (const auto target = assigned(function, rest.front())) {
            const bool is_discarded = *target == variable || is_overwritten(function, rest.subspan(1), *target);
            return is_discarded ? FirstUse::discarded : FirstUse::copied;
        }
        if (const auto* store = std::get_if<ir::Store>(&rest.front().operation)) {
            const bool is_stored = store->value.is_register() && store->value.as_register() == value;
            return is_stored ? FirstUse::copied : FirstUse::other;
        }
        const auto* cast = std::get_if<ir::Cast>(&rest.front().operation);
        if (cast == nullptr) return FirstUse::other;
        value = cast->result;
    }
    return FirstUse::other;
}

}  // namespace gnomon::shadow
