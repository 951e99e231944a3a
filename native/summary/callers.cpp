#include "summary/callers.h"

#include <algorithm>

namespace gnomon::summary {

namespace {

void add(std::vector<ir::FunctionId>& listed, ir::FunctionId function) {
    if (std::ranges::find(listed, function) == listed.end()) listed.push_back(function);
}

// Files of which some code is not known: what is static there may be called from it.
std::vector<bool> hiding_files(const ir::Program& program, const std::vector<Mentions>& mentions) {
    std::vector<bool> hiding(program.files.size());
    const auto hide = [&](const ir::Place& place) {
        if (place.line != 0) hiding[static_cast<std::size_t>(place.file)] = true;
    };
    for (std::size_t i = 0; i < program.functions.size(); ++i) {
        if (mentions[i].hides) hide(program.functions[i].place);
    }
    for (const ir::Global& global : program.globals) {
        if (!global.why_not_initialised.empty()) hide(global.place);
    }
    return hiding;
}

}  // namespace

Mentions mentions_of(const ir::Program& program, ir::FunctionId id) {
    const ir::Function& function = program[id];
    Mentions found;
    found.hides = !function.is_model && !function.has_body && !function.why_no_body.empty();
    for (std::uint32_t i = 0; i < function.code.size(); ++i) {
        const ir::Operation& operation = function.code[i].operation;
        if (const auto* address = std::get_if<ir::AddressOfFunction>(&operation))
            add(found.addressed, address->function);
        if (const auto* address = std::get_if<ir::AddressOfGlobal>(&operation))
            found.globals.push_back(address->global);
        if (std::holds_alternative<ir::NotModelled>(operation)) found.hides = !function.is_model;
        const auto* call = std::get_if<ir::Call>(&operation);
        if (call == nullptr) continue;
        found.calls.push_back(i);
        const auto* callee = std::get_if<ir::FunctionId>(&call->callee);
        if (callee == nullptr) continue;
        add(found.called, *callee);
        found.calls_itself = found.calls_itself || *callee == id;
    }
    return found;
}

// Code in headers, and in sources that others include, may be called from files of which nothing else is known.
std::vector<bool> internal_functions(const ir::Program& program, const std::vector<Mentions>& mentions,
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
    const std::vector<bool> hiding = hiding_files(program, mentions);
    std::vector<bool> is_source(program.files.size());
    for (std::size_t i = 0; i < is_source.size(); ++i) {
        is_source[i] = program.files[i].ends_with(".c") && !included.contains(program.files[i]) && !hiding[i];
    }
    std::vector<bool> is_internal(program.functions.size());
    for (std::size_t i = 0; i < is_internal.size(); ++i) {
        const ir::Function& function = program.functions[i];
        const bool is_own = function.has_body && function.is_static && !function.is_model && !function.is_harness;
        is_internal[i] = is_own && !function.has_argument_block && function.place.line != 0 && is_called[i] &&
                         !is_addressed[i] && is_source[static_cast<std::size_t>(function.place.file)] &&
                         !open.contains(static_cast<ir::FunctionId>(i));
    }
    return is_internal;
}

}  // namespace gnomon::summary
