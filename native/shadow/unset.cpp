#include "shadow/unset.h"

#include <algorithm>

#include "ir/operands.h"

namespace gnomon::shadow {

namespace {

bool join(std::vector<bool>& into, const std::vector<bool>& set) {
    bool is_changed = false;
    for (std::size_t i = 0; i < into.size(); ++i) {
        if (into[i] || !set[i]) continue;
        into[i] = true;
        is_changed = true;
    }
    return is_changed;
}

}  // namespace

UnsetRegisters::UnsetRegisters(const ir::Program& program, const ir::Function& function)
    : program_(program), function_(function) {
    Set first(function.registers.size());
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = function.registers[i].starts_undefined;
    const bool is_any_call_without_result = std::ranges::any_of(function.code, [this](const ir::Instruction& one) {
        const auto* call = std::get_if<ir::Call>(&one.operation);
        return call && may_lack_result(*call);
    });
    if (std::ranges::find(first, true) == first.end() && !is_any_call_without_result) return;
    std::vector<Set> blocks(function.blocks.size(), Set(first.size()));
    std::vector<bool> is_reached(function.blocks.size());
    if (blocks.empty()) return;
    blocks[0] = first;
    std::vector<std::size_t> pending{0};
    is_reached[0] = true;
    while (!pending.empty()) {  // bounded: bits only rise
        const std::size_t block = pending.back();
        pending.pop_back();
        Set unset = blocks[block];
        for (std::uint32_t i = function.blocks[block].begin; i < function.blocks[block].end; ++i) {
            step(unset, function.code[i].operation);
        }
        for (const ir::BlockId next : successors(function.code[function.blocks[block].end - 1].operation)) {
            const auto target = static_cast<std::size_t>(next);
            const bool is_changed = join(blocks[target], unset);
            if (!is_changed && is_reached[target]) continue;
            is_reached[target] = true;
            pending.push_back(target);
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
                if (op.result) unset[static_cast<std::size_t>(*op.result)] = is_unset;
            } else if constexpr (requires { op.result; }) {
                unset[static_cast<std::size_t>(op.result)] = is_unset;
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
