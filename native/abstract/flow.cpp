#include "abstract/flow.h"

#include <algorithm>
#include <optional>

#include "ir/operands.h"

namespace gnomon::abstract {

namespace {

template <class Visit>
void each_register_read(const ir::Operation& operation, const Visit& visit) {
    const auto visit_operand = [&visit](const ir::Operand& operand) {
        if (operand.is_register()) visit(static_cast<std::uint32_t>(operand.as_register()));
    };
    ir::each_read(operation, visit_operand);
}

}  // namespace

Flow::Flow(const ir::Function& function) {
    find_order(function);
    find_live(function);
    find_private(function);
    for (const ir::Local& local : function.locals) sizes_.push_back(local.size);
}

// Depth first, without recursion. Bound: the edges between blocks.
void Flow::find_order(const ir::Function& function) {
    enum class Mark : std::uint8_t { unseen, open, done };
    struct Visit {
        std::uint32_t block;
        std::vector<ir::BlockId> next;
    };
    entering_.assign(function.blocks.size(), 0);
    is_loop_.assign(function.blocks.size(), false);
    std::vector<Mark> marks(function.blocks.size(), Mark::unseen);
    const auto visit_of = [&](std::uint32_t block) {
        marks[block] = Mark::open;
        return Visit{block, successors(function.code[function.blocks[block].end - 1].operation)};
    };
    std::vector<Visit> pending;
    pending.push_back(visit_of(0));
    ++entering_[0];
    while (!pending.empty()) {
        Visit& top = pending.back();
        if (top.next.empty()) {
            marks[top.block] = Mark::done;
            order_.push_back(top.block);
            pending.pop_back();
            continue;
        }
        const auto next = static_cast<std::uint32_t>(top.next.back());
        top.next.pop_back();
        ++entering_[next];
        if (marks[next] == Mark::open) is_loop_[next] = true;
        if (marks[next] == Mark::unseen) pending.push_back(visit_of(next));
    }
    std::ranges::reverse(order_);
    const auto is_unknown = [](const ir::Instruction& instruction) {
        return std::holds_alternative<ir::NotModelled>(instruction.operation);
    };
    has_unseen_edges_ = order_.size() < function.blocks.size() && std::ranges::any_of(function.code, is_unknown);
}

// Backwards until nothing changes: bits only rise.
void Flow::find_live(const ir::Function& function) {
    const std::size_t registers = function.registers.size();
    std::vector<std::vector<bool>> live(function.blocks.size(), std::vector<bool>(registers));
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (auto block = order_.rbegin(); block != order_.rend(); ++block) {
            const ir::Block& range = function.blocks[*block];
            std::vector<bool> now(registers);
            for (const ir::BlockId next : successors(function.code[range.end - 1].operation)) {
                const std::vector<bool>& after = live[static_cast<std::size_t>(next)];
                for (std::size_t i = 0; i < registers; ++i) now[i] = now[i] || after[i];
            }
            for (std::uint32_t i = range.end; i-- > range.begin;) {
                const ir::Operation& operation = function.code[i].operation;
                ir::each_result(operation, [&](ir::RegisterId id) { now[static_cast<std::size_t>(id)] = false; });
                each_register_read(operation, [&](std::uint32_t id) { now[id] = true; });
            }
            if (now == live[*block]) continue;
            live[*block] = std::move(now);
            has_changed = true;
        }
    }
    live_.resize(live.size());
    for (std::size_t block = 0; block < live.size(); ++block) {
        for (std::uint32_t i = 0; i < registers; ++i) {
            if (live[block][i]) live_[block].push_back(i);
        }
    }
}

// Follows the addresses of locals through fields and elements; any other use gives them away.
void Flow::find_private(const ir::Function& function) {
    is_private_.assign(function.locals.size(), true);
    std::vector<std::uint32_t> definitions(function.registers.size());
    for (const ir::Instruction& instruction : function.code) {
        ir::each_result(instruction.operation, [&](ir::RegisterId id) { ++definitions[static_cast<std::size_t>(id)]; });
    }
    std::vector<std::optional<ir::LocalId>> roots(function.registers.size());
    const auto root = [&](const ir::Operand& operand) {
        return operand.is_register() ? roots[static_cast<std::size_t>(operand.as_register())] : std::nullopt;
    };
    const auto give_away = [&](std::optional<ir::LocalId> local) {
        if (local) is_private_[static_cast<std::size_t>(*local)] = false;
    };
    bool has_changed = true;
    const auto derive = [&](ir::RegisterId result, std::optional<ir::LocalId> local) {
        std::optional<ir::LocalId>& known = roots[static_cast<std::size_t>(result)];
        if (!local || known == local) return;
        if (definitions[static_cast<std::size_t>(result)] != 1) return give_away(local);
        known = local;
        has_changed = true;
    };
    while (has_changed) {  // bounded: every register gets its root once
        has_changed = false;
        for (const ir::Instruction& instruction : function.code) {
            const ir::Operation& operation = instruction.operation;
            if (const auto* address = std::get_if<ir::AddressOfLocal>(&operation)) {
                derive(address->result, address->local);
            } else if (const auto* field = std::get_if<ir::FieldAddress>(&operation)) {
                derive(field->result, root(field->base));
            } else if (const auto* element = std::get_if<ir::ElementAddress>(&operation)) {
                derive(element->result, root(element->base));
            }
        }
    }
    for (const ir::Instruction& instruction : function.code) {
        const ir::Operation& operation = instruction.operation;
        if (const auto* store = std::get_if<ir::Store>(&operation)) {
            give_away(root(store->value));
            continue;
        }
        const bool is_harmless =
            std::holds_alternative<ir::Load>(operation) || std::holds_alternative<ir::FieldAddress>(operation) ||
            std::holds_alternative<ir::ElementAddress>(operation) || std::holds_alternative<ir::CopyBytes>(operation) ||
            std::holds_alternative<ir::FillBytes>(operation);
        if (is_harmless) continue;
        each_register_read(operation, [&](std::uint32_t id) { give_away(roots[id]); });
    }
}

}  // namespace gnomon::abstract
