#include "slice/function_facts.h"

#include "ir/operands.h"

namespace gnomon::slice {

FunctionFacts::FunctionFacts(const ir::Function& function, const std::vector<bool>& may_end)
    : function_(function), definitions_(function), control_(function, may_end), scopes_(function.locals.size()) {
    for (std::uint32_t i = 0; i < function.code.size(); ++i) {
        const ir::Operation& operation = function.code[i].operation;
        begins_.push_back(static_cast<std::uint32_t>(sources_.size()));
        each_operand(operation, [&](const ir::Operand& operand) { add_sources(i, operand, sources_); });
        if (may_end[i]) ends_.push_back(i);
        if (const auto* enter = std::get_if<ir::EnterLocal>(&operation))
            scopes_[static_cast<std::size_t>(enter->local)].push_back(i);
        if (const auto* leave = std::get_if<ir::LeaveLocal>(&operation))
            scopes_[static_cast<std::size_t>(leave->local)].push_back(i);
        if (std::holds_alternative<ir::Return>(operation)) returns_.push_back(i);
        const bool is_branch =
            std::holds_alternative<ir::Branch>(operation) || std::holds_alternative<ir::Switch>(operation);
        if (is_branch && !control_.past(i)) unskippable_.push_back(i);
    }
    begins_.push_back(static_cast<std::uint32_t>(sources_.size()));
}

void FunctionFacts::add_sources(std::uint32_t index, const ir::Operand& operand, std::vector<Source>& found) const {
    if (operand.is_constant()) return;
    const Definitions::Found reaching = definitions_.reaching(index, operand.as_register());
    for (const std::uint32_t definition : reaching.instructions) found.push_back({definition, false});
    if (reaching.is_parameter) found.push_back({static_cast<std::uint32_t>(operand.as_register()), true});
}

std::vector<Source> FunctionFacts::argument_sources(std::uint32_t call, std::size_t argument) const {
    std::vector<Source> found;
    const std::vector<ir::Operand>& arguments = std::get<ir::Call>(function_.code[call].operation).arguments;
    if (argument < arguments.size()) add_sources(call, arguments[argument], found);
    return found;
}

}  // namespace gnomon::slice
