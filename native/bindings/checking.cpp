#include "bindings/engine.h"

namespace gnomon::bindings {

using namespace nb::literals;

namespace {

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

const char* name_of(interp::Ending ending) {
    constexpr const char* names[] = {"returned", "exited", "failed", "not_modelled", "out_of_budget"};
    return names[static_cast<std::size_t>(ending)];
}

const char* name_of(explore::Answer answer) {
    constexpr const char* names[] = {"proved", "refuted", "undecided"};
    return names[static_cast<std::size_t>(answer)];
}

std::vector<std::uint32_t> numbers(const auto& functions) {
    std::vector<std::uint32_t> ids;
    for (const ir::FunctionId function : functions) ids.push_back(number(function));
    return ids;
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
        .def_ro("values", &Failure::values)
        .def_prop_ro("is_left", [](const Failure& f) { return f.left.has_value(); });
    nb::class_<Outcome>(m, "Outcome")
        .def_prop_ro("ending", [](const Outcome& o) { return name_of(o.ending); })
        .def_ro("result", &Outcome::result)
        .def_ro("failure", &Outcome::failure)
        .def_ro("left", &Outcome::left)
        .def_ro("reason", &Outcome::reason)
        .def_prop_ro("where", [](const Outcome& o) { return pair_of(o.where); })
        .def_ro("inputs", &Outcome::inputs)
        .def_ro("steps", &Outcome::steps)
        .def_ro("instructions", &Outcome::instructions)
        .def_prop_ro("called", [](const Outcome& o) { return numbers(o.called); })
        .def_prop_ro("output", [](const Outcome& o) { return nb::bytes(o.output.data(), o.output.size()); });
}

}  // namespace

void bind_checking(nb::module_& m) {
    using explore::Budget, explore::Exploration, explore::Statistics, explore::Verdict;
    nb::class_<slice::Slice>(m, "Slice")
        .def(nb::init<>())
        .def_prop_ro("size", &slice::Slice::instruction_count)
        .def("contains", &slice::Slice::contains)
        .def("add", &slice::Slice::add);
    nb::class_<EntrySlicer>(m, "EntrySlicer")
        .def("can_slice", [](const EntrySlicer& s) { return s.slicer.can_slice(); })
        .def("reaches", [](const EntrySlicer& s, std::uint32_t f) { return s.slicer.reaches(numbered(f)); })
        .def("reached", &EntrySlicer::reached)
        .def("last_call_changes_memory", [](const EntrySlicer& s) { return s.slicer.last_call_changes_memory(); })
        .def("backward", [](const EntrySlicer& s, const std::vector<shadow::Obligation>& criteria) {
            std::vector<ir::Site> sites, results;
            for (const auto& obligation : criteria) {
                const bool is_later = s.table.demands[obligation.demand].event == shadow::Event::returned;
                (is_later ? results : sites).push_back(obligation.site);
            }
            return s.slicer.backward(sites, results);
        });
    nb::class_<Discharger>(m, "Discharger")
        .def(
            "held", [](const Discharger& d, std::uint32_t function) { return d.summaries.of(numbered(function)).held; },
            "function"_a)
        .def(
            "open", [](const Discharger& d, std::uint32_t function) { return d.summaries.of(numbered(function)).open; },
            "function"_a)
        .def(
            "digests_of",
            [](const Discharger& d, const std::vector<std::uint32_t>& functions) {
                std::vector<std::uint64_t> digests;
                for (const std::uint32_t function : functions)
                    digests.push_back(d.summaries.digest_of(numbered(function)));
                return digests;
            },
            "functions"_a);
    nb::class_<Budget>(m, "Budget")
        .def(nb::init<>())
        .def_rw("seconds", &Budget::seconds)
        .def_rw("instructions", &Budget::instructions)
        .def_rw("paths", &Budget::paths)
        .def_rw("memory_mb", &Budget::memory_mb)
        .def_rw("solver_milliseconds", &Budget::solver_milliseconds)
        .def_rw("keeps_latent", &Budget::keeps_latent);
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
        .def_ro("statistics", &Exploration::statistics)
        .def_prop_ro("entered", [](const Exploration& e) { return numbers(e.entered); })
        .def_prop_ro("looked_at", [](const Exploration& e) { return numbers(e.looked_at); })
        .def_ro("is_cut_short", &Exploration::is_cut_short);
    nb::class_<shadow::Obligation>(m, "Obligation")
        .def_prop_ro("site", [](const shadow::Obligation& o) { return pair_of(o.site); })
        .def_ro("demand", &shadow::Obligation::demand);
    bind_running(m);
}

}  // namespace gnomon::bindings
