"""Look-ups over the facts of a workspace, each built by the first question that needs it.

Made anew with every new set of facts, and dropped with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.ctypes import StructureDeclaration
from gnomon.analysis.boundary.edges import Boundary, native_names
from gnomon.analysis.boundary.values import NativeName
from gnomon.analysis.syntax.csource import CFunction, CReference, SourceFacts


@dataclass(frozen=True)
class Index:
    """The edges, and the facts of C sources by path."""

    boundary: Boundary
    sources: Mapping[str, SourceFacts]

    @cached_property
    def places(self) -> dict[str, list[CFunction]]:
        """Declarations and definitions of a function, by key; each place once, though many units read it."""
        found: dict[str, dict[tuple[str, int, int], CFunction]] = defaultdict(dict)
        for unit in self.sources.values():
            for function in unit.functions:
                found[function.key].setdefault((function.path, function.line, function.column), function)
        return {key: list(places.values()) for key, places in found.items()}

    def function(self, key: str) -> CFunction | None:
        """A function by key: its definition, else a declaration."""
        places = self.places.get(key, [])
        return next((f for f in places if f.is_definition), places[0] if places else None)

    @cached_property
    def references(self) -> dict[str, list[CReference]]:
        """Uses of a function in C, by its key; each place once."""
        found: dict[str, dict[tuple[str, int, int], CReference]] = defaultdict(dict)
        for unit in self.sources.values():
            for use in unit.references:
                found[use.key].setdefault((use.path, use.line, use.column), use)
        return {key: list(uses.values()) for key, uses in found.items()}

    @cached_property
    def uses_in(self) -> dict[str, list[CReference]]:
        """Uses of functions by the file they are in."""
        found: dict[str, list[CReference]] = defaultdict(list)
        for uses in self.references.values():
            for use in uses:
                found[use.path].append(use)
        return found

    @cached_property
    def definitions_in(self) -> dict[str, list[CFunction]]:
        """Definitions by the file they are in, in order."""
        found: dict[str, list[CFunction]] = defaultdict(list)
        for places in self.places.values():
            for function in places:
                if function.is_definition:
                    found[function.path].append(function)
        return {path: sorted(functions, key=lambda f: f.line) for path, functions in found.items()}

    def enclosing(self, path: str, line: int) -> CFunction | None:
        """The C function whose definition covers a line."""
        here = self.definitions_in.get(path, [])
        return next((f for f in here if f.begin_line <= line <= f.end_line), None)

    @cached_property
    def edges_into(self) -> dict[str, list[Binding]]:
        """Edges by the file of their C definition."""
        found: dict[str, list[Binding]] = defaultdict(list)
        for binding in self.boundary.bindings:
            if binding.definition is not None:
                found[binding.definition.path].append(binding)
        return found

    @cached_property
    def exported(self) -> dict[str, CFunction]:
        """Functions that the C files would export as a library; those of extensions are reached by tables."""
        return {
            function.name: function
            for unit in self.sources.values()
            if not any(path.endswith("/Python.h") for path in unit.includes)
            for function in unit.functions
            if function.is_definition and not function.is_static and function.name != "main"
        }

    @cached_property
    def extension_names(self) -> dict[str, NativeName]:
        """What C extensions provide, by dotted name."""
        return native_names(b for b in self.boundary.bindings if b.kind != "ctypes")

    @cached_property
    def structures(self) -> dict[str, StructureDeclaration]:
        """The ctypes structures that Python declares, by dotted name."""
        return {structure.name: structure for structure in self.boundary.structures}

    @cached_property
    def by_python(self) -> dict[str, list[Binding]]:
        """Edges by dotted Python name."""
        found: dict[str, list[Binding]] = defaultdict(list)
        for binding in self.boundary.bindings:
            found[binding.python].append(binding)
        return found

    @cached_property
    def members(self) -> dict[str, list[Binding]]:
        """What a module or type of a C extension holds, by the holder's dotted name; slots are no members."""
        found: dict[str, list[Binding]] = defaultdict(list)
        for binding in self.boundary.bindings:
            if binding.kind not in ("ctypes", "cffi", "slot"):
                found[binding.python.rpartition(".")[0]].append(binding)
        return found

    @cached_property
    def types(self) -> dict[str, Binding]:
        """Types of C extensions by their key."""
        return {b.owner: b for b in self.boundary.bindings if b.kind == "type"}


def place_of(function: CFunction) -> Span:
    """Where a C function's name stands."""
    end = function.column + len(function.name.encode())
    return Span(function.path, function.line, function.column, function.line, end)


def use_of(use: CReference) -> Span:
    """Where a C use of a function stands."""
    return Span(use.path, use.line, use.column, use.line, use.column + len(use.name.encode()))
