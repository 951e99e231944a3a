#include "shadow/unset.h"

#include <algorithm>
#include <set>

#include "ir/operands.h"

namespace gnomon::shadow {

UnsetRegisters::UnsetRegisters(const ir::Program& program, const ir::Function& function)
    : program_(program), function_(function) {
    Set first(function.registers.size());
    bool is_any_unset = false;
    for (std::size_t i = 0; i < function.registers.size(); ++i) {
        first.assign(i, function.registers[i].starts_undefined);
        is_any_unset = is_any_unset || function.registers[i].starts_undefined;
    }
    const bool is_any_call_without_result = std::ranges::any_of(function.code, [this](const ir::Instruction& one) {
        const auto* call = std::get_if<ir::Call>(&one.operation);
        return call && may_lack_result(*call);
    });
    if (!is_any_unset && !is_any_call_without_result) return;
    std::vector<Set> blocks(function.blocks.size(), Set(function.registers.size()));
    std::vector<bool> is_reached(function.blocks.size());
    if (blocks.empty()) return;
    blocks[0] = first;
    std::set<std::size_t> pending{0};  // the first ones first: they mostly lead to the others
    is_reached[0] = true;
    while (!pending.empty()) {  // bounded: bits only rise
        const std::size_t block = *pending.begin();
        pending.erase(pending.begin());
        Set unset = blocks[block];
        for (std::uint32_t i = function.blocks[block].begin; i < function.blocks[block].end; ++i) {
            step(unset, function.code[i].operation);
        }
        for (const ir::BlockId next : successors(function.code[function.blocks[block].end - 1].operation)) {
            const auto target = static_cast<std::size_t>(next);
            const bool is_changed = blocks[target].join(unset);
            if (!is_changed && is_reached[target]) continue;
            is_reached[target] = true;
            pending.insert(target);
        }
    }
    read_unset_.resize(function.code.size());
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        if (!is_reached[block]) continue;
        for (std::uint32_t i = function.blocks[block].begin; i < function.blocks[block].end; ++i) {
            note_reads(blocks[block], i);
            step(blocks[block], function.code[i].operation);
        }
    }
}

void UnsetRegisters::note_reads(const Set& unset, std::uint32_t index) {
    ir::each_read(function_.code[index].operation, [&](const ir::Operand& operand) {
        if (operand.is_register() && unset[static_cast<std::size_t>(operand.as_register())])
            read_unset_[index].push_back(operand.as_register());
    });
}

bool UnsetRegisters::may_be_unset(std::uint32_t index, const ir::Operand& operand) const {
    if (!operand.is_register() || read_unset_.empty()) return false;
    return std::ranges::find(read_unset_[index], operand.as_register()) != read_unset_[index].end();
}

void UnsetRegisters::step(Set& unset, const ir::Operation& operation) const {
    const bool is_unset = reads_unset(unset, operation);
    std::visit(
        [&](const auto& op) {
            using Given = std::remove_cvref_t<decltype(op)>;
            if constexpr (std::is_same_v<Given, ir::Call> || std::is_same_v<Given, ir::CallIntrinsic>) {
                if (op.result) unset.assign(static_cast<std::size_t>(*op.result), is_unset);
            } else if constexpr (requires { op.result; }) {
                unset.assign(static_cast<std::size_t>(op.result), is_unset);
            }
        },
        operation);
}

bool UnsetRegisters::reads_unset(const Set& unset, const ir::Operation& operation) const {
    const auto is = [&unset](const ir::Operand& operand) {
        return operand.is_register() && unset[static_cast<std::size_t>(operand.as_register())];
    };
    if (const auto* move = std::get_if<ir::Move>(&operation)) return is(move->value);
    if (const auto* unary = std::get_if<ir::Unary>(&operation)) return is(unary->value);
    if (const auto* cast = std::get_if<ir::Cast>(&operation)) return is(cast->value);
    if (const auto* binary = std::get_if<ir::Binary>(&operation)) return is(binary->left) || is(binary->right);
    if (const auto* field = std::get_if<ir::FieldAddress>(&operation)) return is(field->base);
    if (const auto* element = std::get_if<ir::ElementAddress>(&operation))
        return is(element->base) || is(element->index);
    if (const auto* difference = std::get_if<ir::PointerDifference>(&operation))
        return is(difference->left) || is(difference->right);
    if (const auto* call = std::get_if<ir::Call>(&operation)) return may_lack_result(*call);
    return false;
}

bool UnsetRegisters::may_lack_result(const ir::Call& call) const {
    const auto* direct = std::get_if<ir::FunctionId>(&call.callee);
    if (!direct || !call.result || !program_[*direct].has_body) return false;
    return std::ranges::any_of(program_[*direct].code, [](const ir::Instruction& one) {
        const auto* back = std::get_if<ir::Return>(&one.operation);
        return back && !back->value;
    });
}

}  // namespace gnomon::shadow
