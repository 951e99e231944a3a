"""Completion across the boundary.

Behind the dot of a library handle: the functions that the C sources of the workspace export, with their signatures.
Behind a module, a type or an instance of a C extension: what its tables define; behind a ctypes structure: its fields.
In a format string of the C API, as of PyArg_ParseTuple: the units, with the C types they take. It works while the line
is half typed, and stays silent in plain code, which is the other language servers'.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.values import External, Instance, Library, Made, Module
from gnomon.analysis.navigation.formats import format_at, units
from gnomon.analysis.navigation.half_typed import attribute_before, value_of
from gnomon.analysis.navigation.hover import comment_of
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed, asked
from gnomon.analysis.navigation.target import Position, is_python
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.workspace import Snapshot

MOST = 200  # names in one answer: editors ask again when more is typed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name to offer; `detail` is its C signature, `doc` Markdown. `edge` is the Python name of its edge, whose
    `documentation` is looked up for the one name alone that is chosen."""

    name: str
    kind: Literal["function", "method", "property", "member", "class", "unit"]
    detail: str
    doc: str = ""
    edge: str = ""


def completion(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Candidate]:
    """What may follow the dot before the cursor, and holds what is typed already; at most `MOST`."""
    if not is_python(at.path):
        return _of_format(snapshot, at)
    lines = Lines(snapshot)
    line = lines.line(at.path, at.line).encode("utf-8", "surrogatepass")[: at.column - 1].decode("utf-8", "replace")
    typed = attribute_before(line)
    if typed is None:
        return []
    match value_of(typed.holder, at.line, lines, at.path, asked(snapshot, index, parsed, at.path)):
        case Library() as library:
            return _of_library(library, typed.prefix, index)
        case External(name) | Module(name):
            return _members(index.members.get(name, []), typed.prefix)
        case Instance(scope):
            return _of_fields(scope, index)
        case Made(callee) if any(b.kind == "type" for b in index.by_python.get(callee, [])):
            return _members(index.members.get(callee, []), typed.prefix)
    return []


def _of_format(snapshot: Snapshot, at: Position) -> list[Candidate]:
    """The units of a format string around the cursor."""
    here = format_at(snapshot, at)
    if here is None or here.offset is None:
        return []
    return [Candidate(unit.name, "unit", unit.needs, unit.python) for unit in units(here)]


def _of_fields(scope: Scope, index: Index) -> list[Candidate]:
    """The fields of a ctypes structure, in their order."""
    declared = index.structures.get(scope.name)
    fields = declared.fields if declared is not None else None
    return [Candidate(field.name, "member", field.type.text) for field in fields or ()]


def _of_library(library: Library, prefix: str, index: Index) -> list[Candidate]:
    """Functions that Python names already, and those with source; the known ones stay when there are too many."""
    wanted, bound = prefix.lower(), dict[str, Binding]()
    for binding in index.boundary.bindings:
        if binding.kind == "ctypes" and library.text and binding.library == library.text:
            bound.setdefault(binding.native, binding)
    known = sorted(name for name in bound if wanted in name.lower())
    others = sorted(name for name in index.exported if wanted in name.lower() and name not in bound)
    candidates = [_candidate(bound[name], name) for name in known[:MOST]]
    for name in others[: max(MOST - len(known), 0)]:
        candidates.append(Candidate(name, "function", index.exported[name].signature))
    return sorted(candidates, key=lambda candidate: candidate.name)


def _members(edges: Iterable[Binding], prefix: str) -> list[Candidate]:
    found = {b.python: _candidate(b, b.python.rpartition(".")[2]) for b in edges}
    named = [found[name] for name in sorted(found)]
    return named if len(named) <= MOST else [c for c in named if prefix.lower() in c.name.lower()][:MOST]


def _candidate(binding: Binding, name: str) -> Candidate:
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
    return Candidate(name, kind, binding.signature, edge=binding.python)


def documentation(index: Index, edge: str) -> str:
    """What is known of a candidate: the comment above its C function, else what its table says; Markdown."""
    said = (comment_of(binding, index) or binding.doc for binding in index.by_python.get(edge, []))
    return next(filter(None, said), "")
