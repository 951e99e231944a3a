// The Python face of the engine: the only file that knows nanobind. It converts and forwards; it decides nothing.
#include <nanobind/nanobind.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>

#include "explore/entry.h"
#include "explore/explorer.h"
#include "frontend/frontend.h"
#include "interp/interpreter.h"
#include "ir/initialiser.h"
#include "ir/print.h"
#include "shadow/discharge.h"
#include "shadow/obligations.h"
#include "slice/call_graph.h"
#include "slice/slice.h"

namespace nb = nanobind;
using namespace nb::literals;
using namespace gnomon;

namespace {

constexpr std::uint32_t main_arguments = 2;
constexpr std::uint64_t main_argument_length = 64;

std::uint32_t number(ir::FunctionId id) { return static_cast<std::uint32_t>(id); }
ir::FunctionId numbered(std::uint32_t id) { return static_cast<ir::FunctionId>(id); }

// Names of enumerators as analysis/shadows/staging.py spells them; the order is that of shadow/table.h.
template <class Enum>
Enum named(const std::string& name, std::initializer_list<const char*> names) {
    std::uint8_t value = 0;
    for (const char* candidate : names) {
        if (name == candidate) return static_cast<Enum>(value);
        ++value;
    }
    throw std::invalid_argument("unknown name in a shadow rule: " + name);
}

shadow::Event event_of(const std::string& name) {
    return named<shadow::Event>(name, {"load", "store", "arithmetic", "cast", "branch", "call", "release", "allocate",
                                       "assertion", "end_of_entry"});
}

shadow::Field field_of(const std::string& name) {
    return named<shadow::Field>(name, {"size",
                                       "operator_",
                                       "bits",
                                       "is_signed",
                                       "is_float",
                                       "type_minimum",
                                       "type_maximum",
                                       "right_constant_known",
                                       "left",
                                       "right",
                                       "condition",
                                       "value",
                                       "pointer_is_null",
                                       "pointer_offset",
                                       "object_size",
                                       "object_alive",
                                       "object_kind",
                                       "object_writable",
                                       "shadow_left",
                                       "shadow_right",
                                       "shadow_condition",
                                       "shadow_pointer",
                                       "shadow_value",
                                       "shadow_bytes",
                                       "shadow_size"});
}

shadow::Operator operator_of(const std::string& name) {
    return named<shadow::Operator>(
        name, {"constant", "field", "add", "subtract", "multiply", "negate", "shift_left", "equal", "not_equal", "less",
               "less_equal", "logical_and", "logical_or", "logical_not"});
}

// (operator, number, field or "", left, right)
using NodeRow = std::tuple<std::string, std::int64_t, std::string, std::uint32_t, std::uint32_t>;

shadow::Expression expression_of(const std::vector<NodeRow>& rows) {
    shadow::Expression expression;
    for (const auto& [op, constant, field, left, right] : rows) {
        if (left >= rows.size() || right >= rows.size()) throw std::invalid_argument("a node's child is out of range");
        expression.nodes.push_back(
            {operator_of(op), constant, field.empty() ? shadow::Field{} : field_of(field), left, right});
    }
    return expression;
}

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
};

struct TableFacts {
    std::string name, key, record, path;
    std::uint32_t line, column;
    std::uint64_t count;
    std::vector<ir::Cell> cells;
};

// A slicer with the program it looks at; the Python object keeps the engine alive.
struct EntrySlicer {
    EntrySlicer(const ir::Program& program, ir::FunctionId entry) : slicer(program, entry), entry(entry) {}
    slice::Slicer slicer;
    ir::FunctionId entry;
};

class Engine {
  public:
    Engine(const std::string& libclang, const std::string& resources) : frontend_(libclang, resources) {}

    frontend::SourceReport update(const std::string& path, const std::vector<std::string>& arguments,
                                  const std::map<std::string, std::string>& unsaved, bool is_model) {
        std::vector<frontend::UnsavedFile> files;
        for (const auto& [name, text] : unsaved) files.push_back({name, text});
        return frontend_.update(program_, path, arguments, files, is_model);
    }
    void forget(const std::string& path) { frontend_.forget(program_, path); }

    void add_external(const std::string& name, const std::string& result, std::uint32_t argument) {
        using Result = ir::External::Result;
        program_.externals[name] = {named<Result>(result, {"none", "opaque", "null", "zero", "argument"}), argument};
    }

    void add_demand(const std::string& code, const std::string& domain, const std::string& message,
                    const std::string& event, const std::vector<NodeRow>& guard, const std::vector<NodeRow>& predicate,
                    std::uint8_t layer) {
        table_.demands.push_back(
            {code, domain, message, event_of(event), expression_of(guard), expression_of(predicate), layer});
    }
    void add_layer(const std::string& name) {
        if (table_.layers.size() == 8) throw std::invalid_argument("at most 8 layers fit beside a value");
        table_.layers.push_back({name});
    }
    void add_update(const std::string& event, std::uint8_t layer, const std::vector<NodeRow>& guard,
                    const std::vector<NodeRow>& bit) {
        table_.updates.push_back({event_of(event), layer, expression_of(guard), expression_of(bit)});
    }
    void clear_shadows() { table_ = {}; }

    std::vector<FunctionRow> functions() const {
        std::vector<FunctionRow> rows;
        for (std::uint32_t i = 0; i < program_.functions.size(); ++i) {
            const ir::Function& f = program_.functions[i];
            rows.push_back({i, f.key, f.name, path_of(f.place), f.place.line, f.end_line, f.is_static, f.is_model,
                            f.has_body, f.why_no_body});
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

    std::string print(std::uint32_t function) const { return ir::print(program_, checked(function)); }

    std::vector<TableFacts> tables(const std::vector<std::string>& records) const {
        std::vector<TableFacts> found;
        for (const ir::Global& global : program_.globals) {
            const ir::RecordType* record = ir::record_of(program_, global);
            if (!record || !global.is_defined) continue;
            if (std::find(records.begin(), records.end(), record->name) == records.end()) continue;
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
        entries_[name] = explore::build_entry(program_, name, built);
    }
    void build_main_entry(const std::string& name, const std::string& function) {
        entries_[name] = explore::build_main_entry(program_, name, function, main_arguments, main_argument_length);
    }

    std::vector<shadow::Obligation> obligations(std::uint32_t function) const {
        return shadow::obligations(program_, checked(function), table_);
    }
    std::vector<shadow::Obligation> discharged(std::uint32_t function,
                                               const std::vector<shadow::Obligation>& obligations) const {
        return shadow::discharge(program_, checked(function), obligations, table_);
    }

    // Functions that a call of one may come to, itself among them.
    std::vector<std::uint32_t> reached_from(std::uint32_t function) const {
        const slice::CallGraph graph(program_, checked(function));
        std::vector<std::uint32_t> found;
        for (std::uint32_t i = 0; i < program_.functions.size(); ++i)
            if (graph.reaches(numbered(i))) found.push_back(i);
        return found;
    }

    std::unique_ptr<EntrySlicer> slicer(const std::string& entry) const {
        return std::make_unique<EntrySlicer>(program_, entry_of(entry));
    }

    std::string key(const EntrySlicer& slicer, const slice::Slice& slice, const shadow::Obligation& obligation,
                    const std::string& settings) const {
        return slice::key(program_, slicer.entry, slice, obligation, table_, settings);
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

    // ("integer", bits, is_signed) | ("float", bits, true) | ("bytes", 8, false) | ("opaque", 0, false)
    std::tuple<std::string, unsigned, bool> input_kind(std::uint32_t function, std::uint32_t index) const {
        const auto* input = std::get_if<ir::Input>(&instruction_at(function, index).operation);
        if (!input) throw std::invalid_argument("not an input");
        if (const auto* integer = std::get_if<ir::IntegerInput>(&input->choice))
            return {"integer", program_.types.bits_of(integer->type), program_.types.is_signed(integer->type)};
        if (const auto* floating = std::get_if<ir::FloatInput>(&input->choice))
            return {"float", program_.types.bits_of(floating->type), true};
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

    ir::Program program_;
    frontend::Frontend frontend_;
    shadow::Table table_;
    std::map<std::string, ir::FunctionId> entries_;
    solver::Backend backend_;
    std::atomic<bool> cancelled_{false};
};

explore::Argument Engine::argument_of(const nb::tuple& row) {
    const auto kind = nb::cast<std::string>(row[0]);
    const auto input = [](std::string name, auto choice) {
        return ir::Input{ir::RegisterId{0}, std::move(name), std::move(choice)};
    };
    if (kind == "integer")
        return input(nb::cast<std::string>(row[1]),
                     ir::IntegerInput{program_.types.integer(nb::cast<std::uint16_t>(row[2]), nb::cast<bool>(row[3])),
                                      nb::cast<std::int64_t>(row[4]), nb::cast<std::int64_t>(row[5])});
    if (kind == "float")
        return input(nb::cast<std::string>(row[1]),
                     ir::FloatInput{program_.types.floating(nb::cast<std::uint16_t>(row[2]))});
    if (kind == "bytes") {
        ir::BytesInput bytes;
        bytes.maximum = nb::cast<std::uint64_t>(row[2]);
        bytes.may_be_null = nb::cast<bool>(row[3]);
        return input(nb::cast<std::string>(row[1]), bytes);
    }
    if (kind == "opaque") return input(nb::cast<std::string>(row[1]), ir::OpaqueInput{});
    if (kind == "result") return explore::ResultOf{nb::cast<std::uint32_t>(row[1])};
    if (kind == "structure") return explore::StructureArgument{record_named(nb::cast<std::string>(row[2])), {}};
    if (kind == "instance")
        return explore::InstanceArgument{nb::cast<std::string>(row[1]), nb::cast<std::uint64_t>(row[2])};
    if (kind == "address") return explore::AddressOf{nb::cast<std::string>(row[1])};
    if (kind == "null") return explore::ConstantArgument{0};
    throw std::invalid_argument("unknown kind of argument: " + kind);
}

// int for bits, bytes for buffers, None for null
nb::object python_value(const interp::InputValue& value) {
    if (const auto* bits = std::get_if<std::uint64_t>(&value)) return nb::int_(*bits);
    if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&value))
        return nb::bytes(bytes->data(), bytes->size());
    return nb::none();
}

interp::InputValue native_value(const nb::object& value) {
    if (value.is_none()) return interp::NullChoice{};
    if (nb::isinstance<nb::bytes>(value)) {
        const auto bytes = nb::cast<nb::bytes>(value);
        const auto* begin = static_cast<const std::uint8_t*>(bytes.data());
        return std::vector<std::uint8_t>(begin, begin + bytes.size());
    }
    return nb::cast<std::uint64_t>(value);
}

std::pair<std::uint32_t, std::uint32_t> pair_of(const ir::Site& site) { return {number(site.function), site.index}; }

const char* name_of(interp::Ending ending) {
    constexpr const char* names[] = {"returned", "exited", "failed", "not_modelled", "out_of_budget"};
    return names[static_cast<std::size_t>(ending)];
}

const char* name_of(explore::Answer answer) {
    constexpr const char* names[] = {"proved", "refuted", "undecided"};
    return names[static_cast<std::size_t>(answer)];
}

void bind_facts(nb::module_& m) {
    using frontend::Diagnostic, frontend::FunctionFacts, frontend::ReferenceFacts, frontend::SourceReport;
    nb::class_<Diagnostic>(m, "Diagnostic")
        .def_ro("severity", &Diagnostic::severity)
        .def_ro("path", &Diagnostic::path)
        .def_ro("line", &Diagnostic::line)
        .def_ro("column", &Diagnostic::column)
        .def_ro("message", &Diagnostic::message);
    nb::class_<FunctionFacts>(m, "FunctionFacts")
        .def_ro("name", &FunctionFacts::name)
        .def_ro("key", &FunctionFacts::key)
        .def_ro("path", &FunctionFacts::path)
        .def_ro("line", &FunctionFacts::line)
        .def_ro("column", &FunctionFacts::column)
        .def_ro("begin_line", &FunctionFacts::begin_line)
        .def_ro("end_line", &FunctionFacts::end_line)
        .def_ro("signature", &FunctionFacts::signature)
        .def_ro("comment", &FunctionFacts::comment)
        .def_ro("is_static", &FunctionFacts::is_static)
        .def_ro("is_definition", &FunctionFacts::is_definition)
        .def_ro("is_lowered", &FunctionFacts::is_lowered)
        .def_ro("reason", &FunctionFacts::reason)
        .def_ro("is_changed", &FunctionFacts::is_changed);
    nb::class_<ReferenceFacts>(m, "ReferenceFacts")
        .def_ro("name", &ReferenceFacts::name)
        .def_ro("key", &ReferenceFacts::key)
        .def_ro("path", &ReferenceFacts::path)
        .def_ro("line", &ReferenceFacts::line)
        .def_ro("column", &ReferenceFacts::column)
        .def_ro("function", &ReferenceFacts::function)
        .def_ro("is_call", &ReferenceFacts::is_call);
    nb::class_<SourceReport>(m, "SourceReport")
        .def_ro("diagnostics", &SourceReport::diagnostics)
        .def_ro("functions", &SourceReport::functions)
        .def_ro("references", &SourceReport::references)
        .def_ro("includes", &SourceReport::includes)
        .def_ro("parse_seconds", &SourceReport::parse_seconds)
        .def_ro("lower_seconds", &SourceReport::lower_seconds);
    nb::class_<ir::Cell>(m, "Cell")
        .def_ro("index", &ir::Cell::index)
        .def_ro("field", &ir::Cell::field)
        .def_ro("bits", &ir::Cell::bits)
        .def_prop_ro("text",
                     [](const ir::Cell& cell) -> std::optional<nb::bytes> {
                         const auto* text = std::get_if<ir::Cell::Text>(&cell.target);
                         if (!text) return std::nullopt;
                         return nb::bytes(text->text.data(), text->text.size());
                     })
        .def_prop_ro("function",
                     [](const ir::Cell& cell) {
                         const auto* target = std::get_if<ir::Cell::FunctionKey>(&cell.target);
                         return target ? target->key : std::string();
                     })
        .def_prop_ro("global_key", [](const ir::Cell& cell) {
            const auto* target = std::get_if<ir::Cell::GlobalKey>(&cell.target);
            return target ? target->key : std::string();
        });
    nb::class_<TableFacts>(m, "TableFacts")
        .def_ro("name", &TableFacts::name)
        .def_ro("key", &TableFacts::key)
        .def_ro("record", &TableFacts::record)
        .def_ro("path", &TableFacts::path)
        .def_ro("line", &TableFacts::line)
        .def_ro("column", &TableFacts::column)
        .def_ro("count", &TableFacts::count)
        .def_ro("cells", &TableFacts::cells);
}

void bind_program(nb::module_& m) {
    nb::class_<FunctionRow>(m, "FunctionRow")
        .def_ro("id", &FunctionRow::id)
        .def_ro("key", &FunctionRow::key)
        .def_ro("name", &FunctionRow::name)
        .def_ro("path", &FunctionRow::path)
        .def_ro("line", &FunctionRow::line)
        .def_ro("end_line", &FunctionRow::end_line)
        .def_ro("is_static", &FunctionRow::is_static)
        .def_ro("is_model", &FunctionRow::is_model)
        .def_ro("has_body", &FunctionRow::has_body)
        .def_ro("reason", &FunctionRow::reason);
    nb::class_<PlaceFacts>(m, "PlaceFacts")
        .def_ro("path", &PlaceFacts::path)
        .def_ro("line", &PlaceFacts::line)
        .def_ro("column", &PlaceFacts::column)
        .def_ro("text", &PlaceFacts::text);
    nb::class_<shadow::Obligation>(m, "Obligation")
        .def_prop_ro("site", [](const shadow::Obligation& o) { return pair_of(o.site); })
        .def_ro("demand", &shadow::Obligation::demand);
}

void bind_checking(nb::module_& m) {
    using explore::Budget, explore::Exploration, explore::Statistics, explore::Verdict;
    nb::class_<slice::Slice>(m, "Slice")
        .def(nb::init<>())
        .def_prop_ro("size", &slice::Slice::instruction_count)
        .def("contains", &slice::Slice::contains)
        .def("add", &slice::Slice::add);
    nb::class_<EntrySlicer>(m, "EntrySlicer")
        .def("reaches", [](const EntrySlicer& s, std::uint32_t f) { return s.slicer.reaches(numbered(f)); })
        .def("last_call_changes_memory", [](const EntrySlicer& s) { return s.slicer.last_call_changes_memory(); })
        .def("backward", [](const EntrySlicer& s, const std::vector<shadow::Obligation>& criteria) {
            std::vector<ir::Site> sites;
            for (const auto& obligation : criteria) sites.push_back(obligation.site);
            return s.slicer.backward(sites);
        });
    nb::class_<Budget>(m, "Budget")
        .def(nb::init<>())
        .def_rw("seconds", &Budget::seconds)
        .def_rw("instructions", &Budget::instructions)
        .def_rw("paths", &Budget::paths)
        .def_rw("memory_mb", &Budget::memory_mb)
        .def_rw("solver_milliseconds", &Budget::solver_milliseconds);
    nb::class_<Verdict>(m, "Verdict")
        .def_ro("obligation", &Verdict::obligation)
        .def_prop_ro("answer", [](const Verdict& v) { return name_of(v.answer); })
        .def_ro("reason", &Verdict::reason)
        .def_ro("inputs", &Verdict::inputs);
    nb::class_<Statistics>(m, "Statistics")
        .def_ro("instructions", &Statistics::instructions)
        .def_ro("paths", &Statistics::paths)
        .def_ro("states", &Statistics::states)
        .def_ro("solver_queries", &Statistics::solver_queries)
        .def_ro("solver_cache_hits", &Statistics::solver_cache_hits)
        .def_ro("solver_seconds", &Statistics::solver_seconds)
        .def_ro("seconds", &Statistics::seconds);
    nb::class_<Exploration>(m, "Exploration")
        .def_ro("verdicts", &Exploration::verdicts)
        .def_ro("statistics", &Exploration::statistics);
}

void bind_running(nb::module_& m) {
    using interp::ChosenInput, interp::Failure, interp::Outcome, interp::Step;
    nb::class_<ChosenInput>(m, "ChosenInput")
        .def(
            "__init__",
            [](ChosenInput* self, std::pair<std::uint32_t, std::uint32_t> site, std::uint32_t occurrence,
               std::string name, const nb::object& value) {
                new (self) ChosenInput{
                    {numbered(site.first), site.second}, occurrence, std::move(name), native_value(value), 0};
            },
            "site"_a, "occurrence"_a, "name"_a, "value"_a.none())
        .def_prop_ro("site", [](const ChosenInput& i) { return pair_of(i.site); })
        .def_ro("occurrence", &ChosenInput::occurrence)
        .def_ro("name", &ChosenInput::name)
        .def_ro("entry_step", &ChosenInput::entry_step)
        .def_prop_ro(
            "value", [](const ChosenInput& i) { return python_value(i.value); },
            nb::sig("def value(self) -> int | bytes | None"));
    nb::class_<Step>(m, "Step")
        .def_prop_ro("site", [](const Step& s) { return pair_of(s.site); })
        .def_ro("depth", &Step::depth)
        .def_ro("name", &Step::name)
        .def_ro("value", &Step::value);
    nb::class_<Failure>(m, "Failure")
        .def_prop_ro("site", [](const Failure& f) { return pair_of(f.site); })
        .def_ro("demand", &Failure::demand)
        .def_prop_ro("stack",
                     [](const Failure& f) {
                         std::vector<std::pair<std::uint32_t, std::uint32_t>> sites;
                         for (const ir::Site& site : f.stack) sites.push_back(pair_of(site));
                         return sites;
                     })
        .def_ro("values", &Failure::values);
    nb::class_<Outcome>(m, "Outcome")
        .def_prop_ro("ending", [](const Outcome& o) { return name_of(o.ending); })
        .def_ro("result", &Outcome::result)
        .def_ro("failure", &Outcome::failure)
        .def_ro("reason", &Outcome::reason)
        .def_prop_ro("where", [](const Outcome& o) { return pair_of(o.where); })
        .def_ro("inputs", &Outcome::inputs)
        .def_ro("steps", &Outcome::steps)
        .def_ro("instructions", &Outcome::instructions)
        .def_prop_ro("output", [](const Outcome& o) { return nb::bytes(o.output.data(), o.output.size()); });
}

void bind_engine(nb::module_& m) {
    using nogil = nb::call_guard<nb::gil_scoped_release>;
    nb::class_<Engine>(m, "Engine")
        .def(nb::init<const std::string&, const std::string&>(), "libclang"_a, "resources"_a)
        .def("update", &Engine::update, "path"_a, "arguments"_a, "unsaved"_a, "is_model"_a = false, nogil())
        .def("forget", &Engine::forget, "path"_a)
        .def("add_external", &Engine::add_external, "name"_a, "result"_a, "argument"_a = 0)
        .def("clear_shadows", &Engine::clear_shadows)
        .def("add_demand", &Engine::add_demand)
        .def("add_layer", &Engine::add_layer)
        .def("add_update", &Engine::add_update)
        .def("functions", &Engine::functions)
        .def("function_id", &Engine::function_id, "key"_a)
        .def("function_key", &Engine::function_key, "function"_a)
        .def("place", &Engine::place, "function"_a, "index"_a)
        .def("print", &Engine::print, "function"_a)
        .def("tables", &Engine::tables, "records"_a)
        .def("build_entry", &Engine::build_entry, "name"_a, "steps"_a)
        .def("build_main_entry", &Engine::build_main_entry, "name"_a, "function"_a)
        .def("obligations", &Engine::obligations, "function"_a)
        .def("discharged", &Engine::discharged, "function"_a, "obligations"_a)
        .def("reached_from", &Engine::reached_from, "function"_a)
        .def("slicer", &Engine::slicer, "entry"_a, nb::keep_alive<0, 1>())
        .def("key", &Engine::key, "slicer"_a, "slice"_a, "obligation"_a, "settings"_a)
        .def("explore", &Engine::explore, "entry"_a, "slice"_a.none(), "obligations"_a, "budget"_a, nogil())
        .def("run", &Engine::run, "entry"_a, "inputs"_a, "with_steps"_a = false, "instructions"_a = 50'000'000, nogil())
        .def("input_kind", &Engine::input_kind, "function"_a, "index"_a)
        .def("input_indices", &Engine::input_indices, "function"_a)
        .def("cancel", &Engine::cancel)
        .def("resume", &Engine::resume);
}

}  // namespace

NB_MODULE(_engine, m) {
    m.doc() = "Gnomon's native engine: C to IR, slices, symbolic execution, concrete interpretation.";
    bind_facts(m);
    bind_program(m);
    bind_checking(m);
    bind_running(m);
    bind_engine(m);
}
