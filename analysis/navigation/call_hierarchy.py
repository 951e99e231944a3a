"""Call hierarchy across the boundary, both ways.

Who calls a C function: the Python functions that call it by ctypes or through a table of an extension, and the C
functions that call it. What a Python function calls: the native functions among it; from there on, C. Between Python
functions the hierarchy is the Python language server's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index, place_of, use_of
from gnomon.analysis.navigation.modules import Asked, Parsed, asked, function_at
from gnomon.analysis.navigation.target import Position, distinct, is_python, native_at, python_at
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Caller:
    """A function of either language, or a Python module as far as it runs code of its own. `whole` covers `name_at`."""

    name: str
    kind: Literal["function", "module"]
    detail: str
    whole: Span
    name_at: Span


@dataclass(frozen=True, slots=True)
class Calls:
    """One end of calls, and where they are written."""

    end: Caller
    places: tuple[Span, ...]


def prepare_calls(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Caller]:
    """The function at a position: a C function that Python reaches, or a Python function that calls C."""
    crossing = python_at(index.boundary, at) or native_at(index.boundary, at)
    if crossing:
        functions = [index.function(key) for key in dict.fromkeys(b.native_key for b in crossing if b.native_key)]
        return [_c_caller(f) for f in functions if f is not None]
    if not is_python(at.path):
        return []
    question = asked(snapshot, index, parsed, at.path)
    scope = function_at(question.modules.of(at.path), at.line, at.column)
    caller = _python_caller(scope)
    stands_on_name = scope.kind == "function" and caller.name_at.line == at.line
    return [caller] if stands_on_name and _native_calls(snapshot, index, question, caller) else []


def incoming_calls(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Calls]:
    """Who calls the C function named at a position."""
    key = next((f.key for f in index.definitions_in.get(at.path, []) if _is_at(f, at)), "")
    key = key or next((b.native_key for b in native_at(index.boundary, at)), "")
    if not key:
        return []
    found: dict[Caller, list[Span]] = defaultdict(list)
    lines = Lines(snapshot)
    for use in _called_from_python(index, key, lines):
        module = asked(snapshot, index, parsed, use.path).modules.of(use.path)
        found[_python_caller(function_at(module, use.line, use.column))].append(use)
    for reference in index.references.get(key, []):
        around = index.enclosing(reference.path, reference.line)
        if reference.is_call and around is not None:
            found[_c_caller(around)].append(use_of(reference))
    return [Calls(caller, tuple(distinct(places))) for caller, places in found.items()]


def outgoing_calls(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Calls]:
    """The native functions that the Python function named at a position calls; of a C function, those with source."""
    if is_python(at.path):
        question = asked(snapshot, index, parsed, at.path)
        scope = function_at(question.modules.of(at.path), at.line, at.column)
        return _native_calls(snapshot, index, question, _python_caller(scope))
    around = next((f for f in index.definitions_in.get(at.path, []) if _is_at(f, at)), None)
    found: dict[Caller, list[Span]] = defaultdict(list)
    for use in index.uses_in.get(at.path, []) if around is not None else []:
        callee = index.function(use.key)
        if (
            use.is_call
            and callee is not None
            and callee.is_definition
            and index.enclosing(use.path, use.line) == around
        ):
            found[_c_caller(callee)].append(use_of(use))
    return [Calls(callee, tuple(distinct(places))) for callee, places in found.items()]


def _is_at(function: CFunction, at: Position) -> bool:
    end = function.column + len(function.name.encode())
    return function.line == at.line and function.column <= at.column <= end


def _native_calls(snapshot: Snapshot, index: Index, question: Asked, caller: Caller) -> list[Calls]:
    module, lines = question.modules.of(caller.whole.path), Lines(snapshot)
    found: dict[Caller, list[Span]] = defaultdict(list)
    for line in range(caller.whole.line, caller.whole.end_line + 1):
        for use, binding in index.boundary.on_line(caller.whole.path, line):
            if use.line != line or use not in binding.all_uses or not _is_call(use, lines):
                continue
            if _python_caller(function_at(module, use.line, use.column)) != caller:
                continue  # it belongs to a function inside
            for function in _reached(binding, index):
                found[_c_caller(function)].append(use)
    return [Calls(callee, tuple(distinct(places))) for callee, places in found.items()]


def _reached(binding: Binding, index: Index) -> list[CFunction]:
    """The C functions that a call of a Python name enters: to call a type is to make an object."""
    keys = [binding.native_key] if binding.native_key else []
    if binding.kind == "type":
        keys = [key for slot, key in binding.slots if slot in ("tp_new", "tp_init")]
    elif binding.kind not in ("ctypes", "function", "method"):
        return []
    functions = [index.function(key) for key in keys]
    return [f for f in functions if f is not None]


def _called_from_python(index: Index, key: str, lines: Lines) -> Iterator[Span]:
    for binding in index.boundary.of_native(key):
        makers = [index.types.get(binding.owner)] if binding.kind == "slot" else []
        for source in (binding, *(m for m in makers if m is not None)):
            if any(f.key == key for f in _reached(source, index)):
                yield from (use for use in source.all_uses if _is_call(use, lines))


def _is_call(use: Span, lines: Lines) -> bool:
    """Is the name called where it stands? Also `lib["push"](1)` and `getattr(lib, "push")(1)`."""
    behind = lines.after(use)
    if behind.startswith(('"', "'")):
        behind = behind[1:].lstrip().lstrip("])").lstrip()
    return behind.lstrip().startswith("(")


def _c_caller(function: CFunction) -> Caller:
    name_at = place_of(function)
    end = Span(function.path, function.begin_line, 1, function.end_line + 1, 1)
    return Caller(function.name, "function", function.signature, end, name_at)


def _python_caller(scope: Scope) -> Caller:
    source = scope.module.source
    whole = source.span(scope.node)
    name = scope.node.child_by_field_name("name") if scope.kind == "function" else None
    if name is None:
        start = Span(source.path, 1, 1, 1, 1)
        return Caller(scope.module.name, "module", "Python module", Span(source.path, 1, 1, *_end(whole)), start)
    return Caller(source.spelling(name), "function", scope.name, whole, source.span(name))


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column
