#include "bindings/bind.h"
#include "frontend/frontend.h"
#include "ir/initialiser.h"

namespace gnomon::bindings {

namespace {

std::optional<nb::bytes> bytes_of(const std::optional<std::string>& text) {
    return text ? std::optional(nb::bytes(text->data(), text->size())) : std::nullopt;
}

}  // namespace

void bind_source_facts(nb::module_& m) {
    using frontend::ArgumentFacts, frontend::CallFacts, frontend::Diagnostic, frontend::FunctionFacts,
        frontend::MemberFacts, frontend::OriginFacts, frontend::PlaceRange, frontend::ReferenceFacts,
        frontend::SourceReport, frontend::TypeFacts, frontend::VariableFacts;
    nb::class_<Diagnostic>(m, "Diagnostic")
        .def_ro("severity", &Diagnostic::severity)
        .def_ro("path", &Diagnostic::path)
        .def_ro("line", &Diagnostic::line)
        .def_ro("column", &Diagnostic::column)
        .def_ro("message", &Diagnostic::message);
    nb::class_<OriginFacts>(m, "OriginFacts")
        .def_ro("kind", &OriginFacts::kind)
        .def_ro("name", &OriginFacts::name)
        .def_ro("key", &OriginFacts::key)
        .def_ro("index", &OriginFacts::index)
        .def_ro("operands", &OriginFacts::operands);
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
        .def_ro("is_entry", &FunctionFacts::is_entry)
        .def_ro("is_lowered", &FunctionFacts::is_lowered)
        .def_ro("reason", &FunctionFacts::reason)
        .def_ro("type", &FunctionFacts::type)
        .def_ro("is_changed", &FunctionFacts::is_changed)
        .def_ro("origins", &FunctionFacts::origins);
    nb::class_<VariableFacts>(m, "VariableFacts")
        .def_ro("name", &VariableFacts::name)
        .def_ro("path", &VariableFacts::path)
        .def_ro("line", &VariableFacts::line)
        .def_ro("column", &VariableFacts::column)
        .def_ro("type", &VariableFacts::type)
        .def_ro("is_definition", &VariableFacts::is_definition);
    nb::class_<PlaceRange>(m, "PlaceRange")
        .def_ro("path", &PlaceRange::path)
        .def_ro("line", &PlaceRange::line)
        .def_ro("column", &PlaceRange::column)
        .def_ro("end_line", &PlaceRange::end_line)
        .def_ro("end_column", &PlaceRange::end_column);
    nb::class_<MemberFacts>(m, "MemberFacts")
        .def_ro("name", &MemberFacts::name)
        .def_ro("type", &MemberFacts::type)
        .def_ro("bit_offset", &MemberFacts::bit_offset)
        .def_ro("bit_width", &MemberFacts::bit_width);
    nb::class_<TypeFacts>(m, "TypeFacts")
        .def_ro("kind", &TypeFacts::kind)
        .def_ro("name", &TypeFacts::name)
        .def_ro("encoding", &TypeFacts::encoding)
        .def_ro("size", &TypeFacts::size)
        .def_ro("count", &TypeFacts::count)
        .def_ro("target", &TypeFacts::target)
        .def_ro("is_complete", &TypeFacts::is_complete)
        .def_ro("is_variadic", &TypeFacts::is_variadic)
        .def_ro("members", &TypeFacts::members)
        .def_ro("values", &TypeFacts::values)
        .def_ro("parameters", &TypeFacts::parameters)
        .def_ro("path", &TypeFacts::path)
        .def_ro("line", &TypeFacts::line)
        .def_ro("column", &TypeFacts::column);
    nb::class_<ArgumentFacts>(m, "ArgumentFacts")
        .def_ro("type", &ArgumentFacts::type)
        .def_prop_ro("text", [](const ArgumentFacts& a) { return bytes_of(a.text); })
        .def_ro("is_zero", &ArgumentFacts::is_zero)
        .def_ro("variable", &ArgumentFacts::variable)
        .def_prop_ro("strings",
                     [](const ArgumentFacts& a) -> std::optional<std::vector<std::optional<nb::bytes>>> {
                         if (!a.strings) return std::nullopt;
                         std::vector<std::optional<nb::bytes>> found;
                         for (const auto& text : *a.strings) found.push_back(bytes_of(text));
                         return found;
                     })
        .def_ro("source", &ArgumentFacts::source)
        .def_ro("range", &ArgumentFacts::range);
    nb::class_<CallFacts>(m, "CallFacts")
        .def_ro("name", &CallFacts::name)
        .def_ro("function", &CallFacts::function)
        .def_ro("range", &CallFacts::range)
        .def_ro("arguments", &CallFacts::arguments);
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
        .def_ro("variables", &SourceReport::variables)
        .def_ro("references", &SourceReport::references)
        .def_ro("calls", &SourceReport::calls)
        .def_ro("types", &SourceReport::types)
        .def_ro("records", &SourceReport::records)
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
}

}  // namespace gnomon::bindings
