"""Signature help across the boundary.

At a Python call of a ctypes function: its C parameters. At a call of a function, method or type of a C extension: what
its C code takes from Python, read from its PyArg_ParseTuple format and keywords; else the first line of its
documentation. In C, at a format string and the arguments behind it: the C type that each unit takes.
"""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.values import External, Made, NativeFunction
from gnomon.analysis.navigation.formats import format_at, needed
from gnomon.analysis.navigation.half_typed import call_before, value_of
from gnomon.analysis.navigation.hover import comment_of
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed, asked
from gnomon.analysis.navigation.parameters import parameters_of
from gnomon.analysis.navigation.parsed_arguments import PythonParameter, python_parameters
from gnomon.analysis.navigation.target import Position, is_python
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Signature:
    """`parameters` are offsets into `label`, from 0 in letters; `active` is the one at the cursor, None beyond."""

    label: str
    parameters: tuple[tuple[int, int], ...]
    active: int | None
    doc: str = ""


def signature(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> Signature | None:
    """Of the innermost call around the cursor; None when it is no call of a native function."""
    if not is_python(at.path):
        return _of_format(snapshot, at)
    lines = Lines(snapshot)
    call = call_before(lines, at)
    if call is None:
        return None
    match value_of(call.callee, call.line, lines, at.path, asked(snapshot, index, parsed, at.path)):
        case NativeFunction(library, name):
            holder = library.name or library.text
            same = [b for b in index.boundary.of_native(name, name) if b.kind == "ctypes"]
            known = [b for b in same if b.python == f"{holder}.{name}"] or same
            return _of_c(known[0], call.argument, index) if known else _of_source(name, call.argument, index)
        case External(name) | Made(name):
            for binding in index.by_python.get(name, []):
                if binding.kind in ("function", "method", "type"):
                    return _of_extension(snapshot, binding, call.argument, call.keyword, index)
    return None


def _of_format(snapshot: Snapshot, at: Position) -> Signature | None:
    """What a format string of the C API takes, at the format or at the arguments behind it."""
    here = format_at(snapshot, at)
    if here is None or (here.offset is None and here.argument < 0):
        return None
    shown, active = needed(here)
    label, places = _joined(f'{here.function}(..., "{here.format}", ', shown)
    return Signature(label, places, active) if shown else None


def _of_c(binding: Binding, argument: int, index: Index) -> Signature | None:
    return _from_text(binding.signature, binding.native, argument, comment_of(binding, index))


def _of_source(name: str, argument: int, index: Index) -> Signature | None:
    """Of a function that no edge leads to yet, since its call was typed just now."""
    function = index.function(name)
    if function is None or function.is_static:
        return None
    return _from_text(function.signature, name, argument, "")


def _from_text(text: str, name: str, argument: int, doc: str) -> Signature | None:
    parameters = parameters_of(text, name)
    if parameters is None:
        return None
    shown = [p.text for p in parameters.items] + (["..."] if parameters.is_variadic else [])
    label, places = _joined(f"{text.partition('(')[0]}(", shown)
    last = len(shown) - 1
    active = last if parameters.is_variadic and argument > last else argument
    return Signature(label, places, active if active <= last else None, doc)


def _of_extension(snapshot: Snapshot, binding: Binding, argument: int, keyword: str, index: Index) -> Signature | None:
    key = binding.native_key
    if binding.kind == "type":
        slots = dict(binding.slots)
        key = slots.get("tp_init") or slots.get("tp_new") or ""
    function = index.function(key) if key else None
    given = python_parameters(snapshot, function, binding.flags) if function is not None else None
    doc = comment_of(binding, index) or binding.doc
    short = binding.python.rpartition(".")[2]
    if given is None:
        return Signature(binding.doc.strip().splitlines()[0], (), None, doc) if binding.doc.strip() else None
    label, places = _joined(f"{short}(", [_shown(p) for p in given])
    named = next((i for i, p in enumerate(given) if keyword and p.is_keyword and p.name == keyword), argument)
    return Signature(label, places, named if named < len(given) else None, doc)


def _shown(parameter: PythonParameter) -> str:
    text = f"{parameter.name}: {parameter.type}" if parameter.name else parameter.type
    return f"[{text}]" if parameter.is_optional else text


def _joined(start: str, parts: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    label, places = start, []
    for number, part in enumerate(parts):
        label += ", " if number else ""
        places.append((len(label), len(label) + len(part)))
        label += part
    return f"{label})", tuple(places)
