"""Completion across the boundary.

Behind the dot of a library handle: the functions that the C sources of the workspace export, with their signatures.
Behind a module, a type or an instance of a C extension: what its tables define. It works while the line is half typed,
and stays silent in plain code, which is the Python language server's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.names import External, Library, Made, Module
from gnomon.analysis.navigation.half_typed import attribute_before, value_of
from gnomon.analysis.navigation.hover import comment_of
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed, asked
from gnomon.analysis.navigation.target import Position, is_python
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name to offer; `detail` is its C signature, `doc` Markdown."""

    name: str
    kind: Literal["function", "method", "property", "member", "class"]
    detail: str
    doc: str = ""


def completion(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Candidate]:
    """What may follow the dot before the cursor; all of it, since editors filter by what is typed."""
    lines = Lines(snapshot)
    line = lines.line(at.path, at.line).encode("utf-8", "surrogatepass")[: at.column - 1].decode("utf-8", "replace")
    typed = attribute_before(line) if is_python(at.path) else None
    if typed is None:
        return []
    match value_of(typed.holder, at.line, lines, at.path, asked(snapshot, index, parsed, at.path)):
        case Library() as library:
            return _of_library(library, index)
        case External(name) | Module(name):
            return _members(index.members.get(name, []), index)
        case Made(callee) if any(b.kind == "type" for b in index.by_python.get(callee, [])):
            return _members(index.members.get(callee, []), index)
    return []


def _of_library(library: Library, index: Index) -> list[Candidate]:
    """Functions with source, and those that Python names already."""
    found: dict[str, Candidate] = {}
    for binding in index.boundary.bindings:
        if binding.kind == "ctypes" and library.text and binding.library == library.text:
            found[binding.native] = _candidate(binding, binding.native, index)
    for unit in index.sources.values():
        if any(path.endswith("/Python.h") for path in unit.includes):
            continue  # an extension's functions are reached by its tables
        for function in unit.functions:
            if function.is_definition and not function.is_static and function.name != "main":
                found.setdefault(function.name, Candidate(function.name, "function", function.signature))
    return [found[name] for name in sorted(found)]


def _members(edges: Iterable[Binding], index: Index) -> list[Candidate]:
    found = {b.python: _candidate(b, b.python.rpartition(".")[2], index) for b in edges}
    return [found[name] for name in sorted(found)]


def _candidate(binding: Binding, name: str, index: Index) -> Candidate:
    kind: Literal["function", "method", "property", "member", "class"] = "function"
    match binding.kind:
        case "method":
            kind = "method"
        case "getset":
            kind = "property"
        case "member":
            kind = "member"
        case "type":
            kind = "class"
    return Candidate(name, kind, binding.signature, comment_of(binding, index) or binding.doc)
