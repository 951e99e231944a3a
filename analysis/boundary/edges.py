"""The boundary of a workspace: every edge between a Python name and a native symbol, looked up from either side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.capi import functions_by_key
from gnomon.analysis.boundary.cffi import CffiInterface, cffi_bindings, cffi_interfaces
from gnomon.analysis.boundary.ctypes import StructureDeclaration
from gnomon.analysis.boundary.ctypes_objects import CtypesObjects
from gnomon.analysis.boundary.kept import Kept
from gnomon.analysis.boundary.uses import ctypes_bindings
from gnomon.analysis.boundary.values import NativeName
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.metamodel import spell_function
from gnomon.analysis.syntax.csource import CFunction, SourceFacts
from gnomon.analysis.workspace import Snapshot, is_file

_BY_NAME = frozenset({"ctypes", "cffi"})  # edges that find their function by the name a library exports


@dataclass(frozen=True, slots=True)
class Boundary:
    """All edges; `problems` says what could not be read. Each index is filled by the first look-up that needs it."""

    bindings: tuple[Binding, ...] = ()
    problems: tuple[str, ...] = ()
    structures: tuple[StructureDeclaration, ...] = ()
    interfaces: tuple[CffiInterface, ...] = ()
    objects: tuple[CtypesObjects, ...] = ()
    _by_line: dict[tuple[str, int], list[tuple[Span, Binding]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _by_definition: dict[tuple[str, int], list[Binding]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _by_native: dict[str, list[Binding]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def at(self, path: str, line: int, column: int) -> list[Binding]:
        """Edges whose Python use, or whose declared name, covers a position (its end included)."""
        return list({id(b): b for span, b in self.on_line(path, line) if covers(span, path, line, column)}.values())

    def on_line(self, path: str, line: int) -> list[tuple[Span, Binding]]:
        """Python uses and declared names that touch a line, each with its edge."""
        if not self._by_line:
            for b in self.bindings:
                named = [b.declared] if b.declared is not None and b.kind != "ctypes" else []
                for span in (*b.uses, *b.possible_uses, *named):
                    for number in range(span.line, span.end_line + 1):
                        self._by_line.setdefault((span.path, number), []).append((span, b))
        return self._by_line.get((path, line), [])

    def defined_at(self, path: str, line: int, column: int) -> list[Binding]:
        """Edges whose C function, type or table is defined at a position."""
        if not self._by_definition:
            for b in self.bindings:
                if b.definition is not None:
                    self._by_definition.setdefault((b.definition.path, b.definition.line), []).append(b)
        here = self._by_definition.get((path, line), [])
        return [b for b in here if b.definition is not None and covers(b.definition, path, line, column)]

    def of_native(self, key: str, name: str = "") -> list[Binding]:
        """Edges of a native function by its key; by name those that have no source."""
        if not self._by_native:
            for b in self.bindings:
                self._by_native.setdefault(b.native_key or f"?{b.native}", []).append(b)
        return [*(self._by_native.get(key, []) if key else []), *(self._by_native.get(f"?{name}", []) if name else [])]


def covers(span: Span, path: str, line: int, column: int) -> bool:
    """Is the position inside the span, or right behind it?"""
    return span.path == path and (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


def bindings(
    snapshot: Snapshot,
    facts: Mapping[str, SourceFacts],
    libraries: Sequence[DebugFile] | None = None,
    kept: Kept | None = None,
) -> Boundary:
    """Joins both sides. Without `libraries`, the built ones of the workspace are asked where sources do not answer.

    `kept` spares reading again what has not changed; this call brings it up to date.
    """
    problems: list[str] = []
    kept = kept or Kept()
    kept.forget(snapshot)
    native = kept.extensions(snapshot, facts)
    modules = [kept.module(snapshot, path) for path in snapshot.python_files]
    parts = kept.uses(modules, native_names(native))
    certain = _places(part.external for part in parts)
    possible = _places(part.possible for part in parts)
    native = [
        replace(b, uses=(*b.uses, *certain.get(b.python, ())), possible_uses=possible.get(b.python, ()))
        if b.python in certain or b.python in possible
        else b
        for b in native
    ]
    found = [*ctypes_bindings(parts), *cffi_bindings([part.cffi for part in parts]), *native]
    functions = functions_by_key(facts.values(), snapshot.commands)
    exported = _exported(functions.values())
    known = [_from_source(b, functions, exported) for b in found]
    known = _from_debug_files(snapshot, known, libraries, problems)
    declared = tuple(structure for part in parts for structure in part.structures)
    interfaces, objects = cffi_interfaces([part.cffi for part in parts]), tuple(part.objects for part in parts)
    return Boundary(tuple(known), tuple(problems), declared, interfaces, objects)


def native_names(bindings: Iterable[Binding]) -> dict[str, NativeName]:
    """What C extensions provide, by dotted name."""
    return {b.python: NativeName(b.kind, b.gives) for b in bindings}


def _places(parts: Iterable[Sequence[tuple[str, Span]]]) -> dict[str, tuple[Span, ...]]:
    """Where each name is used, each place once."""
    found: dict[str, dict[Span, None]] = {}
    for name, place in (pair for part in parts for pair in part):
        found.setdefault(name, {})[place] = None
    return {name: tuple(places) for name, places in found.items()}


def _exported(functions: Iterable[CFunction]) -> dict[str, list[CFunction]]:
    """Functions that libraries export, by name: definitions, and a declaration where there is none."""
    found: dict[str, list[CFunction]] = {}
    for function in functions:
        if function.is_static:
            continue
        others = found.setdefault(function.name, [])
        if others and function.is_definition > others[0].is_definition:
            others.clear()
        if not others or function.is_definition:
            others.append(function)
    return found


def _of_library(functions: Sequence[CFunction], library: str) -> CFunction | None:
    """The one that a library exports: of several, that of the source with its name; else none is certain."""
    if len(functions) > 1:
        stem = Path(library).name.partition(".")[0]
        functions = [f for f in functions if Path(f.path).stem in (stem, stem.removeprefix("lib"))]
    return functions[0] if len(functions) == 1 else None


def _from_source(
    binding: Binding, functions: Mapping[str, CFunction], exported: Mapping[str, Sequence[CFunction]]
) -> Binding:
    if binding.kind == "type":
        return binding
    function = functions.get(binding.native_key) if binding.native_key else None
    if function is None and binding.kind in _BY_NAME:
        function = _of_library(exported.get(binding.native, ()), binding.library)
    if function is None:
        return binding
    place = Span(
        function.path, function.line, function.column, function.line, function.column + len(function.name.encode())
    )
    return replace(
        binding,
        native_key=function.key,
        definition=place,
        truth="source" if function.is_definition else "header",
        signature=function.signature,
        type=function.type,
    )


def _from_debug_files(
    snapshot: Snapshot, found: list[Binding], libraries: Sequence[DebugFile] | None, problems: list[str]
) -> list[Binding]:
    """Fills what no source tells from DWARF; libraries are opened only when something is missing."""
    if all(b.truth != "none" or not b.native or b.kind not in _BY_NAME for b in found):
        return found
    if libraries is None:
        libraries = _open_all(snapshot, problems)
    return [_from_debug(snapshot, b, libraries) if b.kind in _BY_NAME and b.truth == "none" else b for b in found]


def _open_all(snapshot: Snapshot, problems: list[str]) -> list[DebugFile]:
    opened = []
    for path in snapshot.libraries:
        file = open_debug_file(path)
        if isinstance(file, Unsupported):
            problems.append(f"{snapshot.relative(path)}: {file.reason}")
        else:
            opened.append(file)
    return opened


def _from_debug(snapshot: Snapshot, binding: Binding, libraries: Sequence[DebugFile]) -> Binding:
    stem = Path(binding.library).name.split(".")[0]
    for library in libraries:
        if stem and Path(library.path).name.split(".")[0] not in (stem, f"lib{stem}"):
            continue
        function = library.function(binding.native)
        if function is None or isinstance(function, Unsupported):
            continue
        place = _source_of(snapshot, function.place.path) if function.place is not None else ""
        line = function.place.line if function.place is not None else 0
        definition = _named_on(snapshot, place, line, function.name.rpartition("::")[2]) if place else None
        return replace(
            binding, truth="dwarf", signature=spell_function(function), type=function.type, definition=definition
        )
    return binding


def _named_on(snapshot: Snapshot, path: str, line: int, name: str) -> Span | None:
    """Where a name stands in a line; None when the file is not the one that was compiled any more."""
    text = snapshot.line(path, line)
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    if found is None:
        return None
    column = len(text[: found.start()].encode()) + 1
    return Span(path, line, column, line, column + len(name.encode()))


def _source_of(snapshot: Snapshot, recorded: str) -> str:
    """The file that a recorded path means: of the workspace itself or the one that shares the longest tail, else the
    one outside; empty when there is none, or several may be meant."""
    if recorded in snapshot.c_files or recorded in snapshot.headers:
        return recorded
    parts = Path(recorded).parts
    for length in range(len(parts), 0, -1):
        tail = parts[-length:]
        same = [path for path in (*snapshot.c_files, *snapshot.headers) if Path(path).parts[-length:] == tail]
        if same:
            return same[0] if len(same) == 1 else ""
    return recorded if Path(recorded).is_absolute() and is_file(Path(recorded)) else ""
