#include "bindings/bind.h"
#include "debuginfo/reader.h"

namespace gnomon::bindings {

namespace {

nb::object text(std::string_view bytes) {
    return nb::steal(PyUnicode_DecodeUTF8(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "replace"));
}

// The buffers stay referenced for as long as texts of theirs are used.
struct Sources {
    debuginfo::Input input;
    std::vector<nb::object> buffers;

    debuginfo::Sections sections(const nb::dict& by_name) {
        debuginfo::Sections found;
        auto take = [&](const char* name, debuginfo::Bytes& bytes) {
            if (!by_name.contains(name)) return;
            auto buffer = nb::cast<nb::bytes>(by_name[name]);
            bytes = {static_cast<const std::uint8_t*>(buffer.data()), buffer.size()};
            buffers.emplace_back(buffer);
        };
        take("info", found.info);
        take("types", found.types);
        take("abbrev", found.abbrev);
        take("str", found.str);
        take("line_str", found.line_str);
        take("str_offsets", found.str_offsets);
        take("addr", found.addr);
        take("line", found.line);
        take("ranges", found.ranges);
        take("rnglists", found.rnglists);
        return found;
    }
};

struct DebugIndex {
    std::vector<nb::object> buffers;
    debuginfo::Index index;

    nb::object name(debuginfo::StringId id) const { return text(index.strings()[id]); }
};

nb::object value_of(const debuginfo::Part& part) {
    if (!part.is_known) return nb::none();
    return part.is_unsigned ? nb::cast(static_cast<std::uint64_t>(part.value)) : nb::cast(part.value);
}

nb::tuple type_row(const DebugIndex& self, std::uint32_t number) {
    if (number < 2 || number >= self.index.type_count()) throw nb::index_error();
    const debuginfo::TypeFact& fact = self.index.type(number);
    nb::list parts;
    for (std::uint32_t i = 0; i < fact.parts.count; ++i) {
        const debuginfo::Part& part = self.index.parts()[fact.parts.first + i];
        parts.append(nb::make_tuple(self.name(part.name), self.index.number_of(part.type), value_of(part), part.bits));
    }
    return nb::make_tuple(fact.tag, self.name(fact.name), self.name(fact.scope), self.name(fact.place.path),
                          fact.place.line, fact.size, fact.encoding, self.index.number_of(fact.type),
                          fact.is_declaration, fact.is_variadic, fact.is_local, fact.is_incomplete, parts);
}

nb::tuple function_row(const DebugIndex& self, std::uint32_t number) {
    if (number >= self.index.functions().size()) throw nb::index_error();
    const debuginfo::FunctionFact& fact = self.index.functions()[number];
    nb::list parameters, ranges;
    for (std::uint32_t i = 0; i < fact.parts.count; ++i) {
        const debuginfo::Part& part = self.index.parts()[fact.parts.first + i];
        parameters.append(nb::make_tuple(self.name(part.name), self.index.number_of(part.type)));
    }
    for (std::uint32_t i = 0; i < fact.ranges.count; ++i) {
        const debuginfo::Range& range = self.index.ranges()[fact.ranges.first + i];
        ranges.append(nb::make_tuple(range.begin, range.end));
    }
    return nb::make_tuple(self.name(fact.name), self.name(fact.linkage_name), self.name(fact.scope),
                          self.name(fact.place.path), fact.place.line, fact.address, self.index.number_of(fact.type),
                          fact.is_external, fact.is_declaration, fact.is_variadic, parameters, ranges);
}

nb::tuple variable_row(const DebugIndex& self, std::uint32_t number) {
    if (number >= self.index.variables().size()) throw nb::index_error();
    const debuginfo::VariableFact& fact = self.index.variables()[number];
    return nb::make_tuple(self.name(fact.name), self.name(fact.linkage_name), self.name(fact.scope),
                          self.name(fact.place.path), fact.place.line, fact.address, self.index.number_of(fact.type),
                          fact.is_external, fact.is_declaration);
}

std::unique_ptr<DebugIndex> read_debug_info(bool is_big_endian, const nb::dict& main, const nb::dict& alternate,
                                            const std::vector<nb::dict>& split) {
    Sources sources;
    sources.input.is_big_endian = is_big_endian;
    sources.input.main = sources.sections(main);
    sources.input.alternate = sources.sections(alternate);
    for (const nb::dict& file : split) sources.input.split.push_back(sources.sections(file));
    auto found = std::make_unique<DebugIndex>();
    found->buffers = std::move(sources.buffers);
    nb::gil_scoped_release released;
    found->index = debuginfo::read_index(sources.input);
    return found;
}

std::vector<std::tuple<nb::object, nb::object, std::uint64_t>> split_units(bool is_big_endian, const nb::dict& main) {
    Sources sources;
    sources.input.is_big_endian = is_big_endian;
    sources.input.main = sources.sections(main);
    std::vector<std::tuple<nb::object, nb::object, std::uint64_t>> found;
    for (const debuginfo::SplitUnit& unit : debuginfo::split_units(sources.input))
        found.emplace_back(text(unit.name), text(unit.folder), unit.id);
    return found;
}

}  // namespace

void bind_debuginfo(nb::module_& m) {
    nb::class_<DebugIndex>(m, "DebugIndex")
        .def_prop_ro("type_count", [](const DebugIndex& self) { return self.index.type_count(); })
        .def_prop_ro("function_count", [](const DebugIndex& self) { return self.index.functions().size(); })
        .def_prop_ro("variable_count", [](const DebugIndex& self) { return self.index.variables().size(); })
        .def_prop_ro("unit_count", [](const DebugIndex& self) { return self.index.unit_count(); })
        .def_prop_ro("problems", [](const DebugIndex& self) { return self.index.problems(); })
        .def("type", &type_row, nb::arg("number"))
        .def("function", &function_row, nb::arg("index"))
        .def("variable", &variable_row, nb::arg("index"));
    m.def("read_debug_info", &read_debug_info, nb::arg("is_big_endian"), nb::arg("main"), nb::arg("alternate"),
          nb::arg("split"));
    m.def("debug_split_units", &split_units, nb::arg("is_big_endian"), nb::arg("main"));
}

}  // namespace gnomon::bindings
