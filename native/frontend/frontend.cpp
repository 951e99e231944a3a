#include "frontend/frontend.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "frontend/facts.h"
#include "frontend/precompiled.h"
#include "frontend/type_facts.h"
#include "frontend/unit_lowering.h"

namespace gnomon::frontend {

namespace {

constexpr unsigned parse_options = 0x200;                        // KeepGoing
constexpr unsigned edit_options = parse_options | 0x04 | 0x100;  // PrecompiledPreamble, CreatePreambleOnFirstParse

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Preambles stay in memory: files of them would outlive a process that is killed.
CXIndex new_index(const ClangApi& api, bool lists_precompiled) {
    CXIndexOptions options{};
    options.Size = sizeof options;
    options.StorePreamblesInMemory = 1;
    options.ExcludeDeclarationsFromPCH = lists_precompiled ? 0 : 1;
    return api.createIndexWithOptions(&options);
}

}  // namespace

struct Frontend::Units {
    Units(const std::string& library, const std::string& resources)
        : api(library),
          resources(resources),
          index(new_index(api, false)),
          edited_index(new_index(api, true)),
          precompiled(api, index) {}
    ~Units() {
        for (auto& [path, unit] : units) dispose(unit);
        api.disposeIndex(edited_index);
        api.disposeIndex(index);
    }
    Units(const Units&) = delete;
    Units& operator=(const Units&) = delete;

    ClangApi api;
    std::string resources;
    CXIndex index;         // of units that do not list what is precompiled: no declaration of the project is
    CXIndex edited_index;  // of units that do: their preambles hold headers of the project, too
    PrecompiledBeginnings precompiled;
    frontend::Units units;

    bool parse(const std::string& path, Unit& unit, const std::vector<std::string>& arguments,
               std::vector<CXUnsavedFile>& unsaved, bool is_edited);
    std::vector<const char*> command(const std::vector<std::string>& arguments) const {
        std::vector<const char*> words{
            "-x", "c", "-std=gnu11", "-w", "-fparse-all-comments", "-resource-dir", resources.c_str()};
        // Errors of clang's that gcc long took, and that leave the program whole.
        words.insert(words.end(), {"-Wno-error=incompatible-pointer-types",
                                   "-Wno-error=incompatible-function-pointer-types", "-Wno-error=int-conversion"});
        for (const std::string& argument : arguments) words.push_back(argument.c_str());
        return words;
    }
    bool parse_precompiled(const std::string& path, Unit& unit, std::vector<const char*> words,
                           std::vector<CXUnsavedFile> unsaved);
    bool parse(CXIndex in, const std::string& path, Unit& unit, const std::vector<const char*>& words,
               std::vector<CXUnsavedFile>& unsaved, unsigned options) const {
        return api.parseTranslationUnit2(in, path.c_str(), words.data(), static_cast<int>(words.size()), unsaved.data(),
                                         static_cast<unsigned>(unsaved.size()), options, &unit.handle) == 0 &&
               unit.handle;
    }
    void dispose(Unit& unit) const {
        if (unit.handle) api.disposeTranslationUnit(unit.handle);
        unit.handle = nullptr;
    }
};

bool Frontend::Units::parse(const std::string& path, Unit& unit, const std::vector<std::string>& arguments,
                            std::vector<CXUnsavedFile>& unsaved, bool is_edited) {
    if (unit.handle && is_edited && unit.arguments == arguments) {
        const auto count = static_cast<unsigned>(unsaved.size());
        if (api.reparseTranslationUnit(unit.handle, count, unsaved.data(), edit_options) == 0) return true;
    }
    dispose(unit);
    unit.arguments = arguments;
    unit.includes.clear();
    const std::vector<const char*> words = command(unit.arguments);
    if (is_edited) return parse(edited_index, path, unit, words, unsaved, edit_options);
    return parse_precompiled(path, unit, words, unsaved) || parse(index, path, unit, words, unsaved, parse_options);
}

// False also when what is precompiled cannot be used: it is older than its headers.
bool Frontend::Units::parse_precompiled(const std::string& path, Unit& unit, std::vector<const char*> words,
                                        std::vector<CXUnsavedFile> unsaved) {
    const auto found = precompiled.find(path, unit.arguments, words, unsaved);
    if (!found) return false;
    const std::string file = found->precompiled->file.path();
    words.insert(words.end(), {"-include-pch", file.c_str()});
    std::erase_if(unsaved, [&path](const CXUnsavedFile& other) { return other.Filename == path; });
    unsaved.push_back({path.c_str(), found->text.c_str(), found->text.size()});
    if (parse(index, path, unit, words, unsaved, parse_options) && is_loaded(Reader(api, unit.handle))) {
        unit.includes = found->precompiled->includes;
        return true;
    }
    dispose(unit);
    return false;
}

Frontend::Frontend(const std::string& libclang_path, const std::string& resource_directory)
    : units_(std::make_unique<Units>(libclang_path, resource_directory)) {}

Frontend::~Frontend() = default;

SourceReport Frontend::update(ir::Program& program, const std::string& path, const std::vector<std::string>& arguments,
                              std::span<const UnsavedFile> unsaved, Use use) {
    SourceReport report;
    Unit& unit = units_->units[path];
    unit.is_model = use == Use::model;
    std::vector<CXUnsavedFile> files;
    for (const UnsavedFile& file : unsaved) files.push_back({file.path.c_str(), file.text.c_str(), file.text.size()});
    const auto start = std::chrono::steady_clock::now();
    if (!units_->parse(path, unit, arguments, files, use == Use::edited)) {
        report.diagnostics.push_back({"fatal", path, 1, 1, "cannot be read or parsed"});
        return report;
    }
    report.parse_seconds = seconds_since(start);
    const auto parsed = std::chrono::steady_clock::now();
    const Reader reader(units_->api, unit.handle);
    lower_unit(reader, program, unit, units_->units, linked_[path], report);
    report.diagnostics = diagnostics_of(reader);
    report.includes = std::move(unit.includes);
    std::ranges::move(includes_of(reader), std::back_inserter(report.includes));
    report.lower_seconds = seconds_since(parsed);
    if (use != Use::edited) units_->dispose(unit);
    return report;
}

SourceReport Frontend::declarations(const std::string& text, const std::vector<std::string>& arguments,
                                    const std::vector<std::string>& names) {
    const std::string path = "declarations.c";
    SourceReport report;
    Unit unit;
    std::vector<CXUnsavedFile> files{{path.c_str(), text.c_str(), text.size()}};
    // Without what is precompiled: that is not among the declarations of the text.
    if (!units_->parse(units_->index, path, unit, units_->command(arguments), files, parse_options)) return report;
    {
        const Reader reader(units_->api, unit.handle);
        ir::Program scratch;
        TypeLowering types(reader, scratch.types);
        const Symbols symbols(reader, types, scratch);
        TypeFactsTable type_facts(reader, report.types);
        const std::set<std::string> wanted(names.begin(), names.end());
        std::set<std::string> functions;  // each once, by its first declaration
        for (CXCursor cursor : reader.children(reader.api.getTranslationUnitCursor(unit.handle))) {
            const std::string name = reader.spelling(cursor);
            if (!wanted.contains(name) && reader.place(cursor).path != path) continue;
            if (makes_type(cursor)) report.records.push_back(type_facts.add(reader.api.getCursorType(cursor)));
            if (cursor.kind == kind::variable)
                if (auto facts = variable_facts(reader, type_facts, cursor)) report.variables.push_back(*facts);
            if (cursor.kind != kind::function || !functions.insert(name).second) continue;
            report.functions.push_back(function_facts(reader, symbols, cursor));
            report.functions.back().type = type_facts.add_function(cursor);
        }
        report.diagnostics = diagnostics_of(reader);
    }
    units_->dispose(unit);
    return report;
}

std::vector<Frontend::Several> Frontend::defined_by_several() const {
    std::map<std::string, std::vector<std::pair<std::string, Definition>>> definitions;  // with their units, by name
    for (const auto& [path, unit] : units_->units) {
        if (unit.is_model) continue;
        for (const auto& [name, definition] : unit.external) definitions[name].emplace_back(path, definition);
    }
    std::vector<Several> found;
    for (const auto& [name, listed] : definitions) {
        const bool may_be_others = std::ranges::any_of(listed, [](const auto& row) { return row.second.is_weak; });
        if (listed.size() < 2 || may_be_others) continue;
        Several& several = found.emplace_back(name);
        for (const auto& [path, definition] : listed) {
            several.paths.push_back(path);
            several.differs = several.differs || definition != listed.front().second;
        }
    }
    return found;
}

void Frontend::link(ir::Program& program, const std::map<std::string, std::map<std::string, std::string>>& linked,
                    const std::set<std::string>& apart) {
    linked_ = linked;
    for (const std::string& name : apart_) {
        if (apart.contains(name)) continue;
        const auto function = program.functions_by_key.find(name);
        if (function != program.functions_by_key.end()) program[function->second].why_no_body.clear();
        if (function != program.functions_by_key.end()) program[function->second].is_ambiguous = false;
        const auto global = program.globals_by_key.find(name);
        if (global != program.globals_by_key.end()) program[global->second].is_opaque = false;
    }
    for (const std::string& name : apart) {
        const auto function = program.functions_by_key.find(name);
        if (function != program.functions_by_key.end()) {
            drop_body(program[function->second]);
            leave_ambiguous(program[function->second]);
        }
        const auto global = program.globals_by_key.find(name);
        if (global == program.globals_by_key.end()) continue;
        program[global->second].is_defined = false;
        program[global->second].is_opaque = true;
    }
    apart_ = apart;
}

void Frontend::forget(ir::Program& program, const std::string& path) {
    const auto found = units_->units.find(path);
    if (found == units_->units.end()) return;
    for (const auto& [key, lowered] : found->second.functions) {
        const auto function = program.functions_by_key.find(key);
        if (function == program.functions_by_key.end()) continue;
        drop_body(program[function->second]);
    }
    units_->dispose(found->second);
    units_->units.erase(found);
}

}  // namespace gnomon::frontend
