#include "slice/written_globals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "ir/operands.h"
#include "ir/semantics.h"
#include "slice/digest.h"

namespace gnomon::slice {

namespace {

using Set = std::vector<bool>;  // by GlobalId

// The registers of one function that hold addresses of globals, flow-insensitively.
class Addresses {
  public:
    explicit Addresses(const ir::Function& function) : held_(function.registers.size()) {
        for (bool is_new = true; is_new;) {  // bound: each register gets its first global once
            is_new = false;
            for (const ir::Instruction& instruction : function.code) is_new |= flow(instruction.operation);
        }
    }

    const std::vector<ir::GlobalId>& of(const ir::Operand& operand) const {
        static const std::vector<ir::GlobalId> nothing;
        return operand.is_register() ? held_[static_cast<std::size_t>(operand.as_register())] : nothing;
    }

  private:
    bool add(ir::RegisterId result, ir::GlobalId global) {
        std::vector<ir::GlobalId>& held = held_[static_cast<std::size_t>(result)];
        if (std::ranges::find(held, global) != held.end()) return false;
        held.push_back(global);
        return true;
    }
    bool add_all(ir::RegisterId result, const ir::Operand& from) {
        bool is_new = false;
        for (const ir::GlobalId global : std::vector(of(from))) is_new |= add(result, global);
        return is_new;
    }
    bool flow(const ir::Operation& operation) {
        if (const auto* address = std::get_if<ir::AddressOfGlobal>(&operation)) {
            return add(address->result, address->global);
        }
        if (const auto* field = std::get_if<ir::FieldAddress>(&operation)) return add_all(field->result, field->base);
        if (const auto* item = std::get_if<ir::ElementAddress>(&operation)) return add_all(item->result, item->base);
        if (const auto* move = std::get_if<ir::Move>(&operation)) return add_all(move->result, move->value);
        if (const auto* cast = std::get_if<ir::Cast>(&operation)) return add_all(cast->result, cast->value);
        return false;
    }

    std::vector<std::vector<ir::GlobalId>> held_;
};

bool only_moves_addresses(const ir::Operation& operation) {
    return std::holds_alternative<ir::FieldAddress>(operation) ||
           std::holds_alternative<ir::ElementAddress>(operation) || std::holds_alternative<ir::Move>(operation) ||
           std::holds_alternative<ir::Cast>(operation) || std::holds_alternative<ir::Load>(operation) ||
           std::holds_alternative<ir::PointerDifference>(operation) || std::holds_alternative<ir::Branch>(operation);
}

void note_writes(const ir::Function& function, Set& written) {
    const Addresses addresses(function);
    const auto note = [&](const ir::Operand& operand) {
        for (const ir::GlobalId global : addresses.of(operand)) written[static_cast<std::size_t>(global)] = true;
    };
    for (const ir::Instruction& instruction : function.code) {
        const ir::Operation& operation = instruction.operation;
        if (only_moves_addresses(operation)) continue;
        if (const auto* binary = std::get_if<ir::Binary>(&operation); binary && ir::is_comparison(binary->op)) continue;
        if (const auto* copy = std::get_if<ir::CopyBytes>(&operation)) {  // reads `from`
            note(copy->to);
            continue;
        }
        each_operand(operation, note);
        if (const auto* call = std::get_if<ir::Call>(&operation)) std::ranges::for_each(call->arguments, note);
    }
}

// What Python is told of modules and types. Of the addresses that it gets, it writes through none but to fill in.
bool is_table(const ir::Program& program, const ir::Global& global) {
    static constexpr std::array<std::string_view, 9> tables{
        "struct _typeobject", "struct PyModuleDef", "struct PyModuleDef_Slot",
        "PyType_Spec",        "PyType_Slot",        "struct PyMethodDef",
        "struct PyGetSetDef", "struct PyMemberDef", "struct PyStructSequence_Desc"};
    const auto* array = program.types.get_if<ir::ArrayType>(global.type);
    const auto* record = program.types.get_if<ir::RecordType>(array != nullptr ? array->element : global.type);
    return record != nullptr && std::ranges::find(tables, record->name) != tables.end();
}

// Functions of C files that take nothing, and that nothing names and nobody else can: they run when the program is
// loaded
// (`__attribute__((constructor))`), or never.
std::vector<ir::FunctionId> run_by_loading(const ir::Program& program) {
    std::vector<bool> is_named(program.functions.size(), false);
    const auto name = [&](const auto target) {
        if constexpr (std::is_same_v<decltype(target), const ir::FunctionId>) {
            is_named[static_cast<std::size_t>(target)] = true;
        }
    };
    for (const ir::Function& function : program.functions) {
        if (function.has_unknown_caller) continue;  // a harness
        for (const ir::Instruction& instruction : function.code) ir::each_named(instruction.operation, name);
    }
    for (const ir::Global& global : program.globals) {
        for (const ir::Relocation& relocation : global.relocations) std::visit(name, relocation.target);
    }
    std::vector<ir::FunctionId> found;
    for (std::size_t i = 0; i < program.functions.size(); ++i) {
        const ir::Function& function = program.functions[i];
        const bool is_there = !function.is_model && (function.has_body || !function.why_no_body.empty());
        const auto* type = program.types.get_if<ir::FunctionType>(function.type);
        const bool is_unnamed = function.is_static && !is_named[i] && type != nullptr && type->parameters.empty();
        if (is_there && is_unnamed && program.files[static_cast<std::size_t>(function.place.file)].ends_with(".c")) {
            found.push_back(static_cast<ir::FunctionId>(i));
        }
    }
    return found;
}

// Init functions, and what their slots name for the second phase.
std::vector<ir::FunctionId> run_by_import(const ir::Program& program) {
    std::vector<ir::FunctionId> found = run_by_loading(program);
    for (std::size_t i = 0; i < program.functions.size(); ++i) {
        if (starts_module(program.functions[i])) found.push_back(static_cast<ir::FunctionId>(i));
    }
    for (const ir::Global& global : program.globals) {
        const auto* array = program.types.get_if<ir::ArrayType>(global.type);
        const auto* record = array ? program.types.get_if<ir::RecordType>(array->element) : nullptr;
        if (record == nullptr || record->name != "struct PyModuleDef_Slot") continue;
        for (const ir::Relocation& relocation : global.relocations) {
            if (const auto* target = std::get_if<ir::FunctionId>(&relocation.target)) found.push_back(*target);
        }
    }
    return found;
}

bool calls_through_pointer(const ir::Function& function) {
    return std::ranges::any_of(function.code, [](const ir::Instruction& instruction) {
        const auto* call = std::get_if<ir::Call>(&instruction.operation);
        return call != nullptr && std::holds_alternative<ir::Operand>(call->callee);
    });
}

template <class Is>
std::vector<ir::GlobalId> globals_that(const ir::Program& program, const Is& is) {
    std::vector<ir::GlobalId> found;
    for (std::size_t i = 0; i < program.globals.size(); ++i) {
        const ir::Global& global = program.globals[i];
        const bool is_fixed = global.is_constant || global.is_string_literal || global.is_model || global.is_opaque;
        if (!is_fixed && is(static_cast<ir::GlobalId>(i), global)) found.push_back(static_cast<ir::GlobalId>(i));
    }
    return found;
}

// By functions, and by what these call.
std::vector<ir::GlobalId> globals_set_by(const ir::Program& program, std::vector<ir::FunctionId> pending) {
    std::vector<bool> seen(program.functions.size(), false);
    Set written(program.globals.size(), false);
    while (!pending.empty()) {  // bound: each function once
        const ir::FunctionId id = pending.back();
        pending.pop_back();
        if (seen[static_cast<std::size_t>(id)]) continue;
        seen[static_cast<std::size_t>(id)] = true;
        const ir::Function& function = program[id];
        if (ir::hides_code(function) || (!function.is_model && calls_through_pointer(function))) {
            return globals_that(program,
                                [&](ir::GlobalId, const ir::Global& global) { return !is_table(program, global); });
        }
        note_writes(function, written);
        // What is handed on as a callback may be called before the import ends.
        const auto reach = [&](const auto target) {
            if constexpr (std::is_same_v<decltype(target), const ir::FunctionId>) pending.push_back(target);
        };
        for (const ir::Instruction& instruction : function.code) ir::each_named(instruction.operation, reach);
    }
    return globals_that(program, [&](ir::GlobalId id, const ir::Global& global) {
        return written[static_cast<std::size_t>(id)] && !is_table(program, global);
    });
}

}  // namespace

bool starts_module(const ir::Function& function) { return function.name.starts_with("PyInit_"); }

std::vector<ir::GlobalId> globals_set_by_loading(const ir::Program& program) {
    return globals_set_by(program, run_by_loading(program));
}

std::vector<ir::GlobalId> globals_set_by_import(const ir::Program& program) {
    return globals_set_by(program, run_by_import(program));
}

std::vector<ir::GlobalId> written_globals(const ir::Program& program, const HiddenCode& hidden) {
    const auto may_hidden_write = [&hidden](const ir::Place& place) {
        if (!hidden.is_source(place)) return hidden.is_somewhere();
        return hidden.is_beside(place) || hidden.is_included();
    };
    Set written(program.globals.size(), false);
    for (const ir::Function& function : program.functions) {
        if (function.has_body) note_writes(function, written);
    }
    for (const ir::Global& global : program.globals) {
        for (const ir::Relocation& relocation : global.relocations) {
            const auto* target = std::get_if<ir::GlobalId>(&relocation.target);
            if (target != nullptr) written[static_cast<std::size_t>(*target)] = true;
        }
    }
    return globals_that(program, [&](ir::GlobalId id, const ir::Global& global) {
        return written[static_cast<std::size_t>(id)] || global.is_external || may_hidden_write(global.place);
    });
}

namespace {

std::uint64_t digest_of(const ir::Program& program, const ir::Function& function) {
    Digest digest;
    for (const bool is : {function.is_model, function.is_static, function.has_unknown_caller, ir::hides_code(function),
                          calls_through_pointer(function), function.has_body, function.why_no_body.empty(),
                          function.is_ambiguous, function.place.line != 0}) {
        digest.number(is);
    }
    digest.number(static_cast<std::uint64_t>(function.type));
    digest.number(static_cast<std::uint64_t>(function.place.file));
    Set written(program.globals.size(), false);
    if (function.has_body) note_writes(function, written);
    for (std::size_t global = 0; global < written.size(); ++global)
        if (written[global]) digest.number(global);
    const auto name = [&digest](const auto target) {
        digest.number(std::is_same_v<decltype(target), const ir::FunctionId>);
        digest.number(static_cast<std::uint64_t>(target));
    };
    for (const ir::Instruction& instruction : function.code) ir::each_named(instruction.operation, name);
    return digest.value();
}

void add(Digest& digest, const ir::Global& global) {
    for (const bool is : {global.is_constant, global.is_string_literal, global.is_model, global.is_opaque,
                          global.is_external, global.why_not_initialised.empty(), global.place.line != 0}) {
        digest.number(is);
    }
    digest.number(static_cast<std::uint64_t>(global.place.file));
    digest.number(static_cast<std::uint64_t>(global.type));
    digest.number(global.relocations.size());
    for (const ir::Relocation& relocation : global.relocations) {
        digest.number(relocation.target.index());
        digest.number(std::visit([](const auto id) { return static_cast<std::uint64_t>(id); }, relocation.target));
    }
}

}  // namespace

std::uint64_t WritesDigest::of(const ir::Program& program, const std::set<std::string>& included) {
    by_function_.refresh(program, [&program](ir::FunctionId f) { return digest_of(program, program[f]); });
    Digest digest;
    for (const std::string& file : included) digest.text(file);
    digest.number(program.functions.size());
    for (std::size_t i = 0; i < by_function_.size(); ++i) digest.number(by_function_[i]);
    for (const ir::Global& global : program.globals) add(digest, global);
    return digest.value();
}

}  // namespace gnomon::slice
