// The Python face of the engine. Only this folder knows nanobind; it converts and forwards, it decides nothing.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/set.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include "ir/program.h"

namespace gnomon::bindings {

namespace nb = nanobind;

inline std::uint32_t number(ir::FunctionId id) { return static_cast<std::uint32_t>(id); }
inline ir::FunctionId numbered(std::uint32_t id) { return static_cast<ir::FunctionId>(id); }
inline std::pair<std::uint32_t, std::uint32_t> pair_of(const ir::Site& site) {
    return {number(site.function), site.index};
}

void bind_source_facts(nb::module_& m);  // what the frontend says of a C file
void bind_checking(nb::module_& m);      // slices, explorations, runs
void bind_engine(nb::module_& m);
void bind_debuginfo(nb::module_& m);  // the rows of DWARF

}  // namespace gnomon::bindings
