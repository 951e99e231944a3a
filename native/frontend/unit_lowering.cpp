#include "frontend/unit_lowering.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "frontend/facts.h"
#include "frontend/lowering.h"
#include "frontend/type_facts.h"
#include "ir/mentions.h"
#include "ir/print.h"

namespace gnomon::frontend {

void drop_body(ir::Function& function) {
    function.has_body = false;
    function.code.clear();
    function.blocks.clear();
}

void leave_ambiguous(ir::Function& function) {
    function.why_no_body = "not modelled: several definitions of " + function.name;
    function.is_ambiguous = true;
}

namespace {

constexpr int extern_storage = 2;  // CX_SC_Extern

// The last option of those counts. Without any, signed overflow is undefined.
bool wraps(const std::vector<std::string>& arguments) {
    bool found = false;
    for (const std::string& argument : arguments) {
        if (argument == "-fwrapv" || argument == "-fno-strict-overflow") found = true;
        if (argument == "-fno-wrapv" || argument == "-fstrict-overflow") found = false;
    }
    return found;
}

// Whether it includes gnomon.h, which asks things; `precompiled` are headers that the reader's unit does not tell of.
bool asks(const Reader& reader, std::vector<std::string> headers) {
    std::ranges::move(includes_of(reader), std::back_inserter(headers));
    return std::ranges::any_of(headers, [](const std::string& path) { return path.ends_with("/gnomon.h"); });
}

// Lowers one parsed unit into the program.
class UnitLowering {
  public:
    UnitLowering(const Reader& reader, ir::Program& program, Unit& unit, const Units& units, const Linked& linked)
        : reader_(reader),
          types_(reader, program.types),
          symbols_(reader, types_, program, linked),
          program_(program),
          unit_(unit),
          units_(units),
          is_model_(unit.is_model),
          wraps_(wraps(unit.arguments)),
          asks_(!unit.is_model && asks(reader, unit.includes)) {}

    void run(SourceReport& report) {
        errors_ = diagnostics_of(reader_);
        std::erase_if(errors_, [](const Diagnostic& d) { return d.severity != "error" && d.severity != "fatal"; });
        const std::vector<CXCursor> top = own_declarations();
        find_broken_declaration(top);
        const std::size_t context = context_of(top);
        std::map<std::string, Lowered> before = std::move(unit_.functions);
        unit_.functions.clear();
        unit_.variables.clear();
        external_before_ = std::exchange(unit_.external, {});
        for (CXCursor cursor : top)
            if (cursor.kind == kind::variable) tentative(cursor);
        for (CXCursor cursor : top)
            if (cursor.kind == kind::variable && reader_.api.isCursorDefinition(cursor)) defined(cursor);
        TypeFactsTable type_facts(reader_, report.types);
        for (CXCursor cursor : top) {
            if (cursor.kind == kind::function) report.functions.push_back(function(cursor, context, before));
            if (is_model_) continue;
            add_uses(reader_, symbols_, type_facts, cursor, report);
            describe(cursor, type_facts, report);
        }
        lower_wanted();
        for (const auto& [key, gone] : before)
            if (!unit_.functions.contains(key) && !symbols_.linked().contains(key)) drop(key);
    }

  private:
    std::vector<CXCursor> own_declarations() const {
        std::vector<CXCursor> own;
        for (CXCursor cursor : reader_.children(reader_.api.getTranslationUnitCursor(reader_.unit)))
            if (!reader_.in_system_header(cursor)) own.push_back(cursor);
        return own;
    }

    // The type of a function or variable, and the types that a declaration makes.
    void describe(CXCursor cursor, TypeFactsTable& types, SourceReport& report) const {
        if (cursor.kind == kind::function) report.functions.back().type = types.add_function(cursor);
        if (makes_type(cursor)) report.records.push_back(types.add(reader_.api.getCursorType(cursor)));
        if (cursor.kind != kind::variable) return;
        if (auto facts = variable_facts(reader_, types, cursor)) report.variables.push_back(std::move(*facts));
    }

    // Everything outside the bodies of functions, as text: a change there may change any of them.
    std::size_t context_of(const std::vector<CXCursor>& top) const {
        std::string text;
        for (const std::string& argument : unit_.arguments) text += argument + '\n';
        for (const auto& [name, key] : symbols_.linked()) text += name + ' ' + key + '\n';
        for (CXCursor cursor : top) {
            std::string written = reader_.source(cursor, 1 << 20);
            if (cursor.kind == kind::function)
                if (const auto body = written.find('{'); body != std::string::npos) written.erase(body);
            text += written + '\n';
        }
        return std::hash<std::string>{}(text);
    }

    // `static int table[4];` without initialiser is all zero, unless another declaration gives one.
    void tentative(CXCursor cursor) {
        if (reader_.api.Cursor_getStorageClass(cursor) == extern_storage) {
            symbols_.global(cursor);
        } else if (!reader_.api.isCursorDefinition(cursor)) {
            variable(cursor);
        }
    }

    // Others may name it; a variable without an initialiser may be somebody else's, which has one.
    void defined(CXCursor cursor) {
        variable(cursor);
        const ir::Global& global = program_[symbols_.global(cursor)];
        if (global.is_external)
            unit_.external[global.name] = {reader_.place(cursor).path, unit_.variables[global.key], is_weak(cursor)};
    }

    // Programs and libraries of one workspace may use a name for different things, and a header may mean something else
    // in each unit: as long as it is not known which one a use gets, nobody looks inside.
    void variable(CXCursor cursor) {
        const ir::GlobalId id = symbols_.global(cursor);
        lower_initialiser(reader_, types_, symbols_, program_, id, cursor);
        ir::Global& global = program_[id];
        global.is_model = is_model_;
        std::string contents =
            std::to_string(static_cast<std::uint32_t>(global.type)) + ':' + std::to_string(global.size) + ':';
        contents.append(global.bytes.begin(), global.bytes.end());
        for (const ir::Relocation& relocation : global.relocations)
            contents += ';' + std::to_string(relocation.offset) + ':' + std::to_string(relocation.target.index()) +
                        ':' +
                        std::visit([](auto target) { return std::to_string(static_cast<std::uint32_t>(target)); },
                                   relocation.target) +
                        ':' + std::to_string(relocation.addend);
        const std::size_t hash = std::hash<std::string>{}(contents);
        unit_.variables[global.key] = hash;
        for (const auto& [path, other] : units_) {
            const auto found = other.variables.find(global.key);
            if (other.is_model || found == other.variables.end() || found->second == hash) continue;
            global.is_defined = false;
            global.is_opaque = true;
        }
    }

    std::size_t hash_of(ir::FunctionId id) const {
        const ir::Function& function = program_[id];
        std::string text = ir::print(program_, id) + function.why_no_body;
        for (const ir::Local& local : function.locals) text += ';' + std::to_string(local.size);
        for (const ir::Register& known : function.registers)
            text += ';' + std::to_string(static_cast<std::uint32_t>(known.type));
        return std::hash<std::string>{}(text);
    }

    bool differs_elsewhere(const std::string& key, std::size_t body) const {
        return std::any_of(units_.begin(), units_.end(), [&](const auto& entry) {
            const auto found = entry.second.functions.find(key);
            return &entry.second != &unit_ && !entry.second.is_model && found != entry.second.functions.end() &&
                   found->second.body != body;
        });
    }

    FunctionFacts function(CXCursor cursor, std::size_t context, const std::map<std::string, Lowered>& before) {
        FunctionFacts facts = function_facts(reader_, symbols_, cursor);
        const ir::FunctionId id = symbols_.function(cursor);
        if (!facts.is_definition) {
            give_choice(program_, id);
            return facts;
        }
        ir::Function& known = program_[id];
        if (is_model_ && known.has_body) return facts;
        Lowered now{std::hash<std::string>{}(reader_.source(cursor, 1 << 20)), context, facts.begin_line};
        const auto old = before.find(facts.key);
        const Diagnostic* error = error_in(facts);
        const bool is_same = !error && old != before.end() && old->second.text == now.text &&
                             old->second.context == now.context && known.has_body == known.why_no_body.empty();
        if (is_same) {
            move_lines(known, static_cast<std::int64_t>(now.begin_line) - old->second.begin_line);
        } else if (error) {
            drop(facts.key);
            program_[id].why_no_body = "does not parse: " + error->message;
            program_[id].place = {program_.file(facts.path), facts.line, facts.column};
            facts.is_changed = true;
        } else {
            lower(cursor, id);
            facts.is_changed = true;
        }
        now.body = is_same ? old->second.body : hash_of(id);
        if (!error && !is_model_ && differs_elsewhere(facts.key, now.body)) {
            drop(facts.key);
            leave_ambiguous(program_[id]);
            facts.is_changed = true;
            now.text = 0;  // looked at again, as soon as this unit is
        }
        if (!error) unit_.functions[facts.key] = now;
        if (!facts.is_static) note_external(facts, cursor, error == nullptr, now.body);
        facts.is_lowered = program_[id].has_body;
        facts.reason = program_[id].why_no_body;
        return facts;
    }

    // With an error, it is still defined: as it was before.
    void note_external(const FunctionFacts& facts, CXCursor cursor, bool is_whole, std::size_t body) {
        const auto before = external_before_.find(facts.name);
        if (is_whole) {
            unit_.external[facts.name] = {facts.path, body, is_weak(cursor)};
        } else if (before != external_before_.end()) {
            unit_.external[facts.name] = before->second;
        }
    }

    // Clang tells of attributes only where it prints the declaration, before the body.
    bool is_weak(CXCursor cursor) const {
        if (reader_.api.Cursor_hasAttrs(cursor) == 0) return false;
        const std::string printed = reader_.api.text(reader_.api.getCursorPrettyPrinted(cursor, nullptr));
        return printed.substr(0, printed.find('{')).find("weak") != std::string::npos;
    }

    // An error outside of all bodies may have cost a field or a type: nothing that was lowered with it can be trusted.
    void find_broken_declaration(const std::vector<CXCursor>& top) {
        for (const Diagnostic& error : errors_) {
            const bool is_inside = std::any_of(top.begin(), top.end(), [&](CXCursor cursor) {
                return cursor.kind == kind::function && reader_.place(cursor).path == error.path &&
                       reader_.begin(cursor).line <= error.line && error.line <= reader_.end(cursor).line;
            });
            if (!is_inside) broken_declaration_ = &error;
            if (broken_declaration_) return;
        }
    }

    // Where clang recovered from an error, statements may be missing: such a body is no program.
    const Diagnostic* error_in(const FunctionFacts& facts) const {
        if (broken_declaration_) return broken_declaration_;
        const auto found = std::find_if(errors_.begin(), errors_.end(), [&facts](const Diagnostic& d) {
            return d.path == facts.path && facts.begin_line <= d.line && d.line <= facts.end_line;
        });
        return found == errors_.end() ? nullptr : &*found;
    }

    static void move_lines(ir::Function& function, std::int64_t by) {
        if (by == 0) return;
        const auto moved = [by](std::uint32_t line) { return static_cast<std::uint32_t>(line + by); };
        for (ir::Instruction& instruction : function.code)
            if (instruction.place.file == function.place.file) instruction.place.line = moved(instruction.place.line);
        function.place.line = moved(function.place.line);
        function.end_line = moved(function.end_line);
    }

    void lower(CXCursor cursor, ir::FunctionId id) {
        const Spot at = reader_.place(cursor);
        ir::Function fresh;
        fresh.name = program_[id].name;
        fresh.key = program_[id].key;
        fresh.type = types_.of(cursor);
        fresh.is_static = program_[id].is_static;
        fresh.is_model = is_model_;
        fresh.place = {program_.file(at.path), at.line, at.column};
        try {
            FunctionLowering(reader_, types_, symbols_, program_, fresh, wraps_, asks_).lower(cursor);
        } catch (const Unmodelled& reason) {
            fresh.why_no_body = "not modelled: " + reason.what;
            fresh.has_body = false;
            fresh.code.clear();
            fresh.blocks.clear();
        }
        program_[id] = std::move(fresh);
        collect_wanted(cursor);
    }

    // Inline functions of system headers, unless a model or a row stands for them: they are models themselves.
    void collect_wanted(CXCursor body) {
        struct Client {
            UnitLowering& self;
        } client{*this};
        const CXCursorVisitor visit = [](CXCursor cursor, CXCursor, void* data) {
            UnitLowering& self = static_cast<Client*>(data)->self;
            if (cursor.kind == kind::declaration_reference) {
                const CXCursor target = self.reader_.api.getCursorReferenced(cursor);
                if (target.kind == kind::function && self.reader_.in_system_header(target)) self.want(target);
            }
            return 2;  // CXChildVisit_Recurse
        };
        reader_.api.visitChildren(body, visit, &client);
    }

    void want(CXCursor target) {
        const CXCursor definition = reader_.api.getCursorDefinition(target);
        if (definition.kind != kind::function) return;
        const std::string name = reader_.spelling(definition);
        if (program_.externals.contains(name) || symbols_.inline_model(definition)) return;
        const auto model = program_.functions_by_key.find(name);
        if (model != program_.functions_by_key.end() && program_[model->second].is_model) return;
        if (seen_.insert(definition.data[0]).second) wanted_.push_back(definition);
    }

    // Bounded: each definition is lowered once.
    void lower_wanted() {
        while (!wanted_.empty()) {
            const CXCursor definition = wanted_.back();
            wanted_.pop_back();
            const ir::FunctionId id = symbols_.function(definition);
            if (program_[id].has_body) continue;
            lower(definition, id);
            program_[id].is_model = is_model_ || is_like_model(program_[id], definition);
        }
    }

    // What it does wrong is the doing of who calls it, where all that it does is known. Models take the block of their
    // variable arguments, which callers of a header's function do not make.
    bool is_like_model(const ir::Function& function, CXCursor definition) const {
        const bool is_whole = function.has_body && !ir::hides_code(function);
        const bool calls_any = std::ranges::any_of(function.code, [](const ir::Instruction& instruction) {
            const auto* call = std::get_if<ir::Call>(&instruction.operation);
            return call != nullptr && std::holds_alternative<ir::Operand>(call->callee);
        });
        return is_whole && !calls_any && !reader_.api.isFunctionTypeVariadic(reader_.type(definition));
    }

    void drop(const std::string& key) {
        const auto found = program_.functions_by_key.find(key);
        if (found == program_.functions_by_key.end()) return;
        drop_body(program_[found->second]);
        program_[found->second].why_no_body.clear();
        program_[found->second].is_ambiguous = false;
    }

    const Reader& reader_;
    TypeLowering types_;
    Symbols symbols_;
    ir::Program& program_;
    Unit& unit_;
    std::map<std::string, Definition> external_before_;  // of the unit, when it was lowered last
    const Units& units_;
    bool is_model_, wraps_, asks_;
    std::vector<Diagnostic> errors_;
    const Diagnostic* broken_declaration_ = nullptr;  // in errors_
    std::vector<CXCursor> wanted_;
    std::set<const void*> seen_;
};

}  // namespace

void lower_unit(const Reader& reader, ir::Program& program, Unit& unit, const Units& units, const Linked& linked,
                SourceReport& report) {
    UnitLowering(reader, program, unit, units, linked).run(report);
}

}  // namespace gnomon::frontend
