#include "bindings/engine.h"

namespace gnomon::bindings {

using namespace nb::literals;

explore::Argument Engine::argument_of(const nb::tuple& row) {
    const auto kind = nb::cast<std::string>(row[0]);
    const auto input = [](std::string name, auto choice) {
        return ir::Input{ir::RegisterId{0}, std::move(name), std::move(choice)};
    };
    if (kind == "integer")
        return input(nb::cast<std::string>(row[1]),
                     ir::IntegerInput{program_.types.integer(nb::cast<std::uint16_t>(row[2]), nb::cast<bool>(row[3])),
                                      nb::cast<std::int64_t>(row[4]), nb::cast<std::int64_t>(row[5])});
    if (kind == "float") {
        const auto bits = nb::cast<std::uint16_t>(row[2]);  // 128 of a long double, with its padding
        return input(nb::cast<std::string>(row[1]), ir::FloatInput{program_.types.floating(bits > 64 ? 80 : bits)});
    }
    if (kind == "bytes") {
        ir::BytesInput bytes;
        bytes.maximum = nb::cast<std::uint64_t>(row[2]);
        bytes.may_be_null = nb::cast<bool>(row[3]);
        return input(nb::cast<std::string>(row[1]), bytes);
    }
    if (kind == "result") return explore::ResultOf{nb::cast<std::uint32_t>(row[1])};
    if (kind == "structure") return explore::StructureArgument{record_named(nb::cast<std::string>(row[2])), {}};
    if (kind == "address") return explore::AddressOf{nb::cast<std::string>(row[1])};
    if (kind == "constant") return explore::ConstantArgument{nb::cast<std::uint64_t>(row[1])};
    if (kind == "null") return explore::ConstantArgument{0};
    throw std::invalid_argument("unknown kind of argument: " + kind);
}

namespace {

void bind_rows(nb::module_& m) {
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
        .def_ro("calls", &FunctionRow::calls)
        .def_ro("reason", &FunctionRow::reason);
    nb::class_<PlaceFacts>(m, "PlaceFacts")
        .def_ro("path", &PlaceFacts::path)
        .def_ro("line", &PlaceFacts::line)
        .def_ro("column", &PlaceFacts::column)
        .def_ro("text", &PlaceFacts::text);
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

}  // namespace

void bind_engine(nb::module_& m) {
    bind_rows(m);
    using nogil = nb::call_guard<nb::gil_scoped_release>;
    nb::class_<Engine>(m, "Engine")
        .def(nb::init<const std::string&, const std::string&>(), "libclang"_a, "resources"_a)
        .def("update", &Engine::update, "path"_a, "arguments"_a, "unsaved"_a, "use"_a = "once", nogil())
        .def("declarations", &Engine::declarations, "text"_a, "arguments"_a, "names"_a, nogil())
        .def("forget", &Engine::forget, "path"_a)
        .def("defined_by_several", &Engine::defined_by_several)
        .def("link", &Engine::link, "linked"_a, "apart"_a)
        .def("add_external", &Engine::add_external, "name"_a, "result"_a, "argument"_a = 0, "keeps_arguments"_a = true)
        .def("clear_shadows", &Engine::clear_shadows)
        .def("asked_domains", &Engine::asked_domains)
        .def("add_demand", &Engine::add_demand)
        .def("add_layer", &Engine::add_layer)
        .def("add_update", &Engine::add_update)
        .def("changed_functions", &Engine::changed_functions)
        .def("function_id", &Engine::function_id, "key"_a)
        .def("function_key", &Engine::function_key, "function"_a)
        .def("place", &Engine::place, "function"_a, "index"_a)
        .def("place_digests", &Engine::place_digests, "functions"_a)
        .def("print", &Engine::print, "function"_a)
        .def("tables", &Engine::tables, "records"_a, "paths"_a)
        .def("build_entry", &Engine::build_entry, "name"_a, "steps"_a)
        .def("build_main_entry", &Engine::build_main_entry, "name"_a, "function"_a)
        .def("build_function_entry", &Engine::build_function_entry, "name"_a, "function"_a, "takes_anything"_a)
        .def("expect_models", &Engine::expect_models, "functions"_a, "variables"_a)
        .def("missed", &Engine::missed)
        .def("variables", &Engine::variables)
        .def("obligations", &Engine::obligations, "function"_a)
        .def("discharger", &Engine::discharger, "open"_a = std::vector<std::string>(), nb::keep_alive<0, 1>(), nogil())
        .def("kept_callbacks", &Engine::kept_callbacks, "key"_a)
        .def("reached_from", &Engine::reached_from, "function"_a)
        .def("leads_to", &Engine::leads_to, "function"_a)
        .def("is_asked_later", &Engine::is_asked_later, "demand"_a)
        .def("given_own_pointers", &Engine::given_own_pointers, "function"_a)
        .def("addressed", &Engine::addressed)
        .def("slicer", &Engine::slicer, "entry"_a, nb::keep_alive<0, 1>())
        .def("key", &Engine::key, "slicer"_a, "slice"_a, "obligation"_a, "settings"_a)
        .def("key_of_whole", &Engine::key_of_whole, "entry"_a, "functions"_a, "settings"_a)
        .def("explore", &Engine::explore, "entry"_a, "slice"_a.none(), "obligations"_a, "budget"_a, nogil())
        .def("last_owner", &Engine::last_owner, "entry"_a, "inputs"_a, "failure"_a, "instructions"_a, nogil())
        .def("run", &Engine::run, "entry"_a, "inputs"_a, "with_steps"_a = false, "instructions"_a = 50'000'000, nogil())
        .def("input_kind", &Engine::input_kind, "function"_a, "index"_a)
        .def("input_indices", &Engine::input_indices, "function"_a)
        .def("cancel", &Engine::cancel)
        .def("resume", &Engine::resume);
}

}  // namespace gnomon::bindings
