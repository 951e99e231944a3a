// The engine as Python holds it: one program, and what is asked of it.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "bindings/bind.h"
#include "bindings/rules.h"
#include "explore/entry.h"
#include "explore/explorer.h"
#include "frontend/frontend.h"
#include "interp/interpreter.h"
#include "ir/initialiser.h"
#include "ir/kept_pointers.h"
#include "ir/mentions.h"
#include "ir/own_pointers.h"
#include "ir/print.h"
#include "shadow/obligations.h"
#include "shadow/operands.h"
#include "slice/call_graph.h"
#include "slice/digest.h"
#include "slice/slice.h"
#include "slice/written_globals.h"
#include "summary/summaries.h"

namespace gnomon::bindings {

inline constexpr std::uint32_t main_arguments = 2;
inline constexpr std::uint64_t main_argument_length = 4096;

struct PlaceFacts {
    std::string path;
    std::uint32_t line, column;
    std::string text;
};

struct FunctionRow {
    std::uint32_t id;
    std::string key, name, path;
    std::uint32_t line, end_line;
    bool is_static, is_model, has_body;
    std::string reason;
    std::vector<std::uint32_t> calls;  // directly, each once
};

struct TableFacts {
    std::string name, key, record, path;
    std::uint32_t line, column;
    std::uint64_t count;
    std::vector<ir::Cell> cells;
};

// A slicer with the program it looks at; the Python object keeps the engine alive.
struct EntrySlicer {
    EntrySlicer(const ir::Program& program, ir::FunctionId entry, const shadow::Table& table)
        : program(program), table(table), slicer(program, entry, &table), entry(entry) {}

    // The keys of the functions that it comes to, but for harnesses.
    std::vector<std::string> reached() const {
        std::vector<std::string> keys;
        for (std::uint32_t i = 0; i < program.functions.size(); ++i) {
            if (!program.functions[i].is_harness && slicer.reaches(numbered(i)))
                keys.push_back(program.functions[i].key);
        }
        return keys;
    }

    const ir::Program& program;
    const shadow::Table& table;
    slice::Slicer slicer;
    ir::FunctionId entry;
};

// The cheap proving pass over the program as it is; the Python object keeps the engine alive.
struct Discharger {
    const summary::Summaries& summaries;
};

class Engine {
  public:
    Engine(const std::string& libclang, const std::string& resources) : frontend_(libclang, resources) {}

    frontend::SourceReport update(const std::string& path, const std::vector<std::string>& arguments,
                                  const std::map<std::string, std::string>& unsaved, const std::string& use) {
        std::vector<frontend::UnsavedFile> files;
        for (const auto& [name, text] : unsaved) files.push_back({name, text});
        are_writes_old_ = true;
        const frontend::SourceReport report =
            frontend_.update(program_, path, arguments, files, named<frontend::Use>(use, {"once", "edited", "model"}));
        for (const std::string& name : report.includes)
            if (name.ends_with(".c")) included_sources_.insert(name);
        for (const frontend::FunctionFacts& function : report.functions) {
            const auto found = program_.functions_by_key.find(function.key);
            const bool is_new = function.is_changed && found != program_.functions_by_key.end();
            if (is_new) changed(found->second);
        }
        return report;
    }
    frontend::SourceReport declarations(const std::string& text, const std::vector<std::string>& arguments,
                                        const std::vector<std::string>& names) {
        return frontend_.declarations(text, arguments, names);
    }
    void forget(const std::string& path) {
        are_writes_old_ = true;
        frontend_.forget(program_, path);
    }

    // Names, whether the definitions differ, and the files.
    std::vector<std::tuple<std::string, bool, std::vector<std::string>>> defined_by_several() const {
        std::vector<std::tuple<std::string, bool, std::vector<std::string>>> rows;
        for (auto& [name, differs, paths] : frontend_.defined_by_several()) rows.emplace_back(name, differs, paths);
        return rows;
    }
    void link(const std::map<std::string, std::map<std::string, std::string>>& linked,
              const std::set<std::string>& apart) {
        are_writes_old_ = true;
        frontend_.link(program_, linked, apart);
    }

    void add_external(const std::string& name, const std::string& result, std::uint32_t argument,
                      bool keeps_arguments) {
        using Result = ir::External::Result;
        program_.externals[name] = {named<Result>(result, {"none", "opaque", "null", "zero", "argument", "refused"}),
                                    argument, keeps_arguments};
    }

    void add_demand(const std::string& code, const std::string& domain, const std::string& message,
                    const std::string& event, const std::vector<NodeRow>& guard, const std::vector<NodeRow>& predicate,
                    std::uint8_t layer, const std::vector<std::string>& functions, std::uint8_t argument) {
        table_.demands.push_back({code, domain, message, event_of(event), expression_of(guard),
                                  expression_of(predicate), layer, functions, argument});
    }
    void add_layer(const std::string& name, bool is_in_memory) {
        if (table_.layers.size() == shadow::most_layers)
            throw std::invalid_argument("at most 7 layers fit beside a value");
        table_.layers.push_back({name, is_in_memory});
    }
    void add_update(const std::string& event, std::uint8_t layer, const std::vector<NodeRow>& guard,
                    const std::vector<NodeRow>& bit, const std::string& target,
                    const std::vector<std::string>& functions, std::uint8_t argument) {
        table_.updates.push_back(
            {event_of(event), layer, expression_of(guard), expression_of(bit), target_of(target), functions, argument});
    }
    void clear_shadows() {
        table_ = {};
        summaries_.reset();
    }

    // That questions in the program's own code ask.
    std::set<std::string> asked_domains() const {
        std::set<std::string> asked;
        for (const ir::Function& function : program_.functions) {
            for (const ir::Instruction& instruction : function.code) {
                const auto* question = std::get_if<ir::CallIntrinsic>(&instruction.operation);
                if (question == nullptr) continue;
                if (question->intrinsic == ir::Intrinsic::is_undefined) asked.insert("defined");
                if (question->intrinsic == ir::Intrinsic::is_tainted) asked.insert("taint");
            }
        }
        return asked;
    }

    // In the order of their ids: functions that are new since this was asked last, or of which something else is said.
    std::vector<FunctionRow> changed_functions() {
        refresh_mentions();
        std::vector<FunctionRow> rows;
        for (std::uint32_t i = 0; i < program_.functions.size(); ++i) {
            const ir::Function& f = program_.functions[i];
            if (i < told_functions_.size() && is_told(told_functions_[i], f, mentions_[i].called)) continue;
            FunctionRow row{i,          f.key,       f.name,     path_of(f.place), f.place.line,
                            f.end_line, f.is_static, f.is_model, f.has_body,       f.why_no_body,
                            {}};
            for (const ir::FunctionId callee : mentions_[i].called) row.calls.push_back(number(callee));
            if (i == told_functions_.size()) told_functions_.emplace_back();
            rows.push_back(told_functions_[i] = std::move(row));
        }
        return rows;
    }

    std::optional<std::uint32_t> function_id(const std::string& key) const {
        const auto found = program_.functions_by_key.find(key);
        return found == program_.functions_by_key.end() ? std::nullopt : std::optional(number(found->second));
    }
    std::string function_key(std::uint32_t function) const { return program_[checked(function)].key; }

    PlaceFacts place(std::uint32_t function, std::uint32_t index) const {
        const ir::Instruction& instruction = instruction_at(function, index);
        return {path_of(instruction.place), instruction.place.line, instruction.place.column, instruction.text};
    }

    // Of where the instructions of each function stand, in its own file counted from its name, and how they read.
    std::vector<std::uint64_t> place_digests(const std::vector<std::uint32_t>& functions) const {
        std::vector<std::uint64_t> digests;
        for (const std::uint32_t id : functions) {
            const ir::Function& function = program_[checked(id)];
            slice::Digest digest;
            for (const ir::Instruction& instruction : function.code) {
                const bool is_here = instruction.place.file == function.place.file;
                digest.number(static_cast<std::uint64_t>(instruction.place.file));
                digest.number(instruction.place.line - (is_here ? function.place.line : 0));
                digest.number(instruction.place.column);
                digest.text(instruction.text);
            }
            digests.push_back(digest.value());
        }
        return digests;
    }

    std::string print(std::uint32_t function) const { return ir::print(program_, checked(function)); }

    // Globals of those files whose types are among the records.
    std::vector<TableFacts> tables(const std::set<std::string>& records, const std::set<std::string>& paths) const {
        std::vector<TableFacts> found;
        std::vector<bool> is_wanted;
        for (const std::string& file : program_.files) is_wanted.push_back(paths.contains(file));
        for (const ir::Global& global : program_.globals) {
            if (global.place.line == 0 || !is_wanted[static_cast<std::size_t>(global.place.file)]) continue;
            const ir::RecordType* record = ir::record_of(program_, global);
            if (!record || !global.is_defined) continue;
            if (!records.contains(record->name)) continue;
            found.push_back({global.name, global.key, record->name, path_of(global.place), global.place.line,
                             global.place.column, ir::element_count(program_, global), ir::cells(program_, global)});
        }
        return found;
    }

    // Arguments are tuples whose first item names the kind, as analysis/checking/engine.py writes them.
    void build_entry(const std::string& name,
                     const std::vector<std::tuple<std::string, std::vector<nb::tuple>, bool, bool>>& steps) {
        std::vector<explore::EntryStep> built;
        for (const auto& [function, arguments, if_null, if_negative] : steps) {
            explore::EntryStep step{function, {}, if_null, if_negative};
            for (const nb::tuple& argument : arguments) step.arguments.push_back(argument_of(argument));
            built.push_back(std::move(step));
        }
        const ir::FunctionId entry = explore::build_entry(program_, name, built);
        refresh_writes();
        const auto first = built.empty() ? std::nullopt : function_id(built.front().function);
        const bool starts_module = first && slice::starts_module(program_[checked(*first)]);
        program_[entry].open_globals = starts_module ? set_by_loading_ : set_by_import_;
        enter(name, entry);
    }
    void build_main_entry(const std::string& name, const std::string& function) {
        const ir::FunctionId entry =
            explore::build_main_entry(program_, name, function, main_arguments, main_argument_length);
        refresh_writes();
        program_[entry].open_globals = set_by_loading_;
        enter(name, entry);
    }

    // A C function whose callers nobody knows.
    void build_function_entry(const std::string& name, const std::string& function, bool takes_anything) {
        refresh_writes();
        enter(name, explore::build_function_entry(program_, name, function, written_, takes_anything));
    }

    // Models stand for the functions and variables of these names, and are loaded when they are missed.
    void expect_models(const std::vector<std::string>& functions, const std::vector<std::string>& variables) {
        for (const std::string& name : functions) program_[program_.function(name, name)].is_model = true;
        for (const std::string& name : variables) program_[program_.global(name, name)].is_model = true;
    }

    // What some code refers to of that, and has not been loaded.
    std::set<std::string> missed() {
        refresh_mentions();
        std::set<std::string> names;
        const auto refer = [&](const auto id) {
            const auto& target = program_[id];
            const bool is_there = [&target] {
                if constexpr (requires { target.has_body; })
                    return target.has_body;
                else
                    return target.is_defined;
            }();
            if (target.is_model && !is_there) names.insert(target.name);
        };
        for (std::size_t i = 0; i < mentions_.size(); ++i) {
            std::ranges::for_each(mentions_[i].called, refer);
            std::ranges::for_each(mentions_[i].addressed, refer);
            std::ranges::for_each(mentions_[i].globals, refer);
        }
        for (const ir::Global& global : program_.globals) {
            for (const ir::Relocation& relocation : global.relocations) std::visit(refer, relocation.target);
        }
        return names;
    }

    // By key: a digest of what each variable of the project holds before an entry is called, and of who may change it.
    std::map<std::string, std::size_t> variables() {
        refresh_writes();
        std::map<std::string, std::size_t> digests;
        for (std::size_t i = 0; i < program_.globals.size(); ++i) {
            const ir::Global& global = program_.globals[i];
            if (global.is_model || global.is_string_literal || global.place.line == 0) continue;
            const auto id = static_cast<ir::GlobalId>(i);
            std::string text(global.bytes.begin(), global.bytes.end());
            for (const ir::Relocation& relocation : global.relocations) {
                const auto key = [this](const auto target) { return program_[target].key; };
                text += std::to_string(relocation.offset) + std::visit(key, relocation.target) +
                        std::to_string(relocation.addend);
            }
            text += std::to_string(global.size) + global.why_not_initialised;
            text += {static_cast<char>('0' + global.is_constant), static_cast<char>('0' + global.is_defined),
                     static_cast<char>('0' + std::ranges::binary_search(written_, id)),
                     static_cast<char>('0' + std::ranges::binary_search(set_by_import_, id)),
                     static_cast<char>('0' + std::ranges::binary_search(set_by_loading_, id))};
            digests.emplace(global.key, std::hash<std::string>{}(text));
        }
        return digests;
    }

    std::vector<shadow::Obligation> obligations(std::uint32_t function) const {
        return shadow::obligations(program_, checked(function), table_);
    }
    // Of the program as it is now: not to be kept across updates. `open` are the keys of functions that may be called
    // with anything.
    std::unique_ptr<Discharger> discharger(const std::vector<std::string>& open) {
        refresh_mentions();
        if (!summaries_) summaries_ = std::make_unique<summary::Summaries>(program_, mentions_, table_);
        std::set<ir::FunctionId> functions;
        for (const std::string& key : open) {
            const auto found = program_.functions_by_key.find(key);
            if (found != program_.functions_by_key.end()) functions.insert(found->second);
        }
        summaries_->refresh(functions, included_sources_);
        return std::make_unique<Discharger>(Discharger{*summaries_});
    }

    // (parameter, key of a function that later calls what was stored there)
    std::vector<std::pair<std::uint32_t, std::string>> kept_callbacks(const std::string& key) const {
        std::vector<std::pair<std::uint32_t, std::string>> rows;
        const auto found = program_.functions_by_key.find(key);
        if (found == program_.functions_by_key.end()) return rows;
        for (const ir::KeptParameter& kept : ir::kept_and_called(program_, found->second))
            rows.emplace_back(kept.parameter, program_[kept.called_by].key);
        return rows;
    }

    // Functions that a call of one may come to, itself among them.
    std::vector<std::uint32_t> reached_from(std::uint32_t function) const {
        const slice::CallGraph graph(program_, checked(function));
        std::vector<std::uint32_t> found;
        for (std::uint32_t i = 0; i < program_.functions.size(); ++i)
            if (graph.reaches(numbered(i))) found.push_back(i);
        return found;
    }

    // Of those, the program's own; and whether the way leads through the models of Python's objects, so that nothing is
    // sliced.
    std::pair<std::vector<std::uint32_t>, bool> leads_to(std::uint32_t function) const {
        const slice::CallGraph graph(program_, checked(function));
        std::vector<std::uint32_t> found;
        for (std::uint32_t i = 0; i < program_.functions.size(); ++i)
            if (!program_.functions[i].is_model && graph.reaches(numbered(i))) found.push_back(i);
        return {std::move(found), graph.leads_to_objects()};
    }
    // Is it asked behind its place, when calls and entries end?
    bool is_asked_later(std::uint32_t demand) const { return shadow::is_asked_later(table_.demands.at(demand).event); }

    // The functions that it hands pointers of its own.
    std::vector<std::uint32_t> given_own_pointers(std::uint32_t function) const {
        std::vector<std::uint32_t> given;
        for (const ir::FunctionId callee : ir::given_own_pointers(program_, checked(function)))
            given.push_back(number(callee));
        return given;
    }

    // The functions that pointers may lead to.
    std::set<std::uint32_t> addressed() {
        refresh_mentions();
        std::set<std::uint32_t> found;
        const auto note = [&found](const auto target) {
            if constexpr (std::is_same_v<decltype(target), const ir::FunctionId>)
                found.insert(static_cast<std::uint32_t>(target));
        };
        for (std::size_t i = 0; i < mentions_.size(); ++i) std::ranges::for_each(mentions_[i].addressed, note);
        for (const ir::Global& global : program_.globals) {
            for (const ir::Relocation& relocation : global.relocations) std::visit(note, relocation.target);
        }
        return found;
    }

    std::unique_ptr<EntrySlicer> slicer(const std::string& entry) const {
        return std::make_unique<EntrySlicer>(program_, entry_of(entry), table_);
    }

    std::string key(const EntrySlicer& slicer, const slice::Slice& slice, const shadow::Obligation& obligation,
                    const std::string& settings) const {
        return slice::key(program_, slicer.entry, slice, obligation, table_, settings);
    }

    std::string key_of_whole(const std::string& entry, const std::vector<std::uint32_t>& functions,
                             const std::string& settings) const {
        std::vector<ir::FunctionId> ids;
        for (const std::uint32_t function : functions) ids.push_back(checked(function));
        return slice::key_of_whole(program_, entry_of(entry), ids, table_, settings);
    }

    explore::Exploration explore(const std::string& entry, const slice::Slice* slice,
                                 const std::vector<shadow::Obligation>& obligations, const explore::Budget& budget) {
        return explore::explore(program_, entry_of(entry), slice, obligations, table_, budget, backend_, cancelled_);
    }
    interp::Outcome run(const std::string& entry, const std::vector<interp::ChosenInput>& inputs, bool with_steps,
                        std::uint64_t instructions) const {
        interp::Limits limits;
        limits.instructions = instructions;
        return interp::run(program_, entry_of(entry), inputs, table_, limits, with_steps);
    }

    // The function and the instruction that gave up the last reference to what a failure says is left.
    std::optional<std::pair<std::uint32_t, std::uint32_t>> last_owner(const std::string& entry,
                                                                      const std::vector<interp::ChosenInput>& inputs,
                                                                      const interp::Failure& failure,
                                                                      std::uint64_t instructions) const {
        if (!failure.left) return std::nullopt;
        interp::Limits limits;
        limits.instructions = instructions;
        const auto site = interp::last_owner(program_, entry_of(entry), inputs, table_, limits, *failure.left);
        return site ? std::optional(pair_of(*site)) : std::nullopt;
    }

    // ("integer", bits, is_signed) | ("float", bits, true) | ("long double", 80, true): bytes | ("bytes", 8, false) |
    // ("opaque", 0, false)
    std::tuple<std::string, unsigned, bool> input_kind(std::uint32_t function, std::uint32_t index) const {
        const auto* input = std::get_if<ir::Input>(&instruction_at(function, index).operation);
        if (!input) throw std::invalid_argument("not an input");
        if (const auto* integer = std::get_if<ir::IntegerInput>(&input->choice))
            return {"integer", program_.types.bits_of(integer->type), program_.types.is_signed(integer->type)};
        if (const auto* floating = std::get_if<ir::FloatInput>(&input->choice))
            return {"float", program_.types.bits_of(floating->type), true};
        const ir::TypeId held = program_[checked(function)].registers[static_cast<std::size_t>(input->result)].type;
        const auto* pointer = program_.types.get_if<ir::PointerType>(held);
        if (pointer != nullptr && program_.types.is_long_double(pointer->pointee)) return {"long double", 80, true};
        if (std::holds_alternative<ir::BytesInput>(input->choice)) return {"bytes", 8, false};
        return {"opaque", 0, false};
    }
    std::vector<std::uint32_t> input_indices(std::uint32_t function) const {
        std::vector<std::uint32_t> indices;
        const auto& code = program_[checked(function)].code;
        for (std::uint32_t i = 0; i < code.size(); ++i)
            if (std::holds_alternative<ir::Input>(code[i].operation)) indices.push_back(i);
        return indices;
    }

    void cancel() { cancelled_ = true; }
    void resume() { cancelled_ = false; }

  private:
    ir::FunctionId checked(std::uint32_t function) const {
        if (function >= program_.functions.size()) throw std::out_of_range("no such function");
        return numbered(function);
    }
    const ir::Instruction& instruction_at(std::uint32_t function, std::uint32_t index) const {
        const auto& code = program_[checked(function)].code;
        if (index >= code.size()) throw std::out_of_range("no such instruction");
        return code[index];
    }
    ir::FunctionId entry_of(const std::string& name) const {
        auto found = entries_.find(name);
        if (found == entries_.end()) throw std::invalid_argument("no entry " + name);
        return found->second;
    }
    std::string path_of(const ir::Place& place) const {
        return place.line == 0 ? std::string() : program_.files[static_cast<std::size_t>(place.file)];
    }
    ir::TypeId record_named(const std::string& name) const {
        for (std::size_t i = 0; i < program_.types.size(); ++i) {
            const auto id = static_cast<ir::TypeId>(i);
            const auto* record = program_.types.get_if<ir::RecordType>(id);
            if (record && record->is_complete && record->name == name) return id;
        }
        throw std::invalid_argument("no complete structure " + name);
    }
    explore::Argument argument_of(const nb::tuple& row);

    // Who writes which variables; looked at whole only when an answer may be another.
    void refresh_writes() {
        if (!are_writes_old_) return;
        are_writes_old_ = false;
        refresh_mentions();
        const std::uint64_t digest = writes_digest_.of(program_, included_sources_);
        if (writes_ == digest) return;
        writes_ = digest;
        written_ = slice::written_globals(program_, slice::HiddenCode(program_, mentions_, included_sources_));
        set_by_import_ = slice::globals_set_by_import(program_);
        set_by_loading_ = slice::globals_set_by_loading(program_);
    }

    // Without making the row: nearly always it is.
    bool is_told(const FunctionRow& row, const ir::Function& f, const std::vector<ir::FunctionId>& called) const {
        const bool is_same = row.key == f.key && row.name == f.name && row.path == path_of(f.place) &&
                             row.line == f.place.line && row.end_line == f.end_line && row.is_static == f.is_static &&
                             row.is_model == f.is_model && row.has_body == f.has_body && row.reason == f.why_no_body;
        return is_same && std::ranges::equal(row.calls, called, {}, {}, number);
    }
    // The function has other code.
    void changed(ir::FunctionId function) {
        mentions_.changed(function);
        writes_digest_.changed(function);
        if (summaries_) summaries_->changed(function);
    }
    void enter(const std::string& name, ir::FunctionId harness) {
        changed(harness);
        entries_[name] = harness;
    }
    void refresh_mentions() {
        mentions_.refresh(program_, [this](ir::FunctionId f) { return ir::mentions_of(program_, f); });
    }

    ir::Program program_;
    frontend::Frontend frontend_;
    shadow::Table table_;
    ir::AllMentions mentions_;
    std::unique_ptr<summary::Summaries> summaries_;  // made when it is asked for; dropped when the rules change
    std::set<std::string> included_sources_;         // C files that others include, ever
    std::map<std::string, ir::FunctionId> entries_;
    solver::Backend backend_;
    std::atomic<bool> cancelled_{false};
    std::vector<FunctionRow> told_functions_;  // as changed_functions() gave them, by id
    std::vector<ir::GlobalId> written_, set_by_import_, set_by_loading_;
    slice::WritesDigest writes_digest_;
    std::optional<std::uint64_t> writes_;  // the digest that they are of
    bool are_writes_old_ = true;           // the program has changed since
};

}  // namespace gnomon::bindings
