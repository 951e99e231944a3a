#include "summary/callers.h"

#include "slice/hidden_code.h"

namespace gnomon::summary {

// Code in headers, and in sources that others include, may be called from files of which nothing else is known.
std::vector<bool> internal_functions(const ir::Program& program, const ir::AllMentions& mentions,
                                     const std::set<ir::FunctionId>& open, const std::set<std::string>& included) {
    std::vector<bool> is_called(program.functions.size()), is_addressed(program.functions.size());
    for (std::size_t i = 0; i < program.functions.size(); ++i) {
        for (const ir::FunctionId target : mentions[i].addressed) is_addressed[static_cast<std::size_t>(target)] = true;
        if (program.functions[i].is_harness) continue;  // the engine's own, which calls each function by itself
        for (const ir::FunctionId callee : mentions[i].called) is_called[static_cast<std::size_t>(callee)] = true;
    }
    for (const ir::Global& global : program.globals) {
        for (const ir::Relocation& relocation : global.relocations) {
            const auto* target = std::get_if<ir::FunctionId>(&relocation.target);
            if (target != nullptr) is_addressed[static_cast<std::size_t>(*target)] = true;
        }
    }
    const slice::HiddenCode hidden(program, mentions, included);
    std::vector<bool> is_internal(program.functions.size());
    for (std::size_t i = 0; i < is_internal.size(); ++i) {
        const ir::Function& function = program.functions[i];
        const bool is_own = function.has_body && function.is_static && !function.is_model && !function.is_harness;
        is_internal[i] = is_own && !function.has_argument_block && is_called[i] && !is_addressed[i] &&
                         hidden.is_source(function.place) && !hidden.is_beside(function.place) &&
                         !open.contains(static_cast<ir::FunctionId>(i));
    }
    return is_internal;
}

}  // namespace gnomon::summary
