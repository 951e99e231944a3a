"""What a function of a C extension takes from Python: read from its one call of PyArg_ParseTuple or of its kin.

Format units are those of the CPython manual, "Parsing arguments and building values".
"""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.syntax.tree import Source, descendants, parse_c
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node

METH_NOARGS, METH_O = 4, 8

# format unit -> (Python type, C arguments it fills)
UNITS: dict[str, tuple[str, int]] = {
    "s": ("str", 1), "s*": ("str | buffer", 1), "s#": ("str | buffer", 2), "z": ("str | None", 1),
    "z*": ("str | buffer | None", 1), "z#": ("str | buffer | None", 2), "y": ("bytes", 1), "y*": ("buffer", 1),
    "y#": ("buffer", 2), "S": ("bytes", 1), "Y": ("bytearray", 1), "U": ("str", 1), "w*": ("writable buffer", 1),
    "es": ("str", 2), "et": ("str | bytes", 2), "es#": ("str", 3), "et#": ("str | bytes", 3), "b": ("int", 1),
    "B": ("int", 1), "h": ("int", 1), "H": ("int", 1), "i": ("int", 1), "I": ("int", 1), "l": ("int", 1),
    "k": ("int", 1), "L": ("int", 1), "K": ("int", 1), "n": ("int", 1), "c": ("bytes of length 1", 1),
    "C": ("str of length 1", 1), "f": ("float", 1), "d": ("float", 1), "D": ("complex", 1), "O": ("object", 1),
    "O!": ("object", 2), "O&": ("object", 2), "p": ("bool", 1),
}  # fmt: skip

# name -> positions of the format, and of the keyword list
_PARSERS: dict[str, tuple[int, int | None]] = {
    "PyArg_ParseTuple": (1, None),
    "PyArg_ParseTupleAndKeywords": (2, 3),
    "PyArg_VaParse": (1, None),
}


@dataclass(frozen=True, slots=True)
class PythonParameter:
    name: str  # empty where only its place matters and no variable names it
    type: str
    is_optional: bool = False
    is_keyword: bool = False  # may be given by name


def python_parameters(snapshot: Snapshot, function: CFunction, flags: int = 0) -> tuple[PythonParameter, ...] | None:
    """What Python may pass, `self` left out; None when the text does not tell for certain."""
    if flags & METH_NOARGS:
        return ()
    if flags & METH_O:
        return (PythonParameter("", "object"),)
    lines = snapshot.text(function.path).splitlines(keepends=True)
    source = parse_c(function.path, "".join(lines[function.begin_line - 1 : function.end_line]))
    calls = [(call, name) for call in descendants(source.root) if (name := _parser(source, call))]
    return _of_call(source, *calls[0]) if len(calls) == 1 else None


def _parser(source: Source, node: Node) -> str:
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    name = source.spelling(function) if function is not None else ""
    return name if name.startswith("PyArg_") else ""


def _of_call(source: Source, call: Node, name: str) -> tuple[PythonParameter, ...] | None:
    listed = call.child_by_field_name("arguments")
    given = [c for c in listed.named_children if c.type != "comment"] if listed is not None else []
    place, keywords_place = _PARSERS.get(name, (len(given), None))
    if place >= len(given):
        return None
    units = _split(source.string_value(given[place]))
    if units is None:
        return None
    first = place + 1 if keywords_place is None else keywords_place + 1
    keywords = _keywords(source, given[keywords_place]) if keywords_place is not None else None
    if keywords_place is not None and (keywords is None or len(keywords) != len(units)):
        return None
    found, position = [], first
    for number, (unit, is_optional) in enumerate(units):
        type_, count = UNITS[unit]
        # the object comes last, after the type, the converter or the encoding; a length comes after it
        holder = position + (1 if unit in ("O!", "O&", "es", "et", "es#", "et#") else 0)
        variable = _variable(source, given[holder]) if holder < len(given) else ""
        keyword = keywords[number] if keywords is not None else ""
        found.append(PythonParameter(keyword or variable, type_, is_optional, bool(keyword)))
        position += count
    return tuple(found) if position == len(given) else None


def _split(format_: str | None) -> list[tuple[str, bool]] | None:
    """The units of a format, and whether each is optional; None for nested tuples and unknown units."""
    found, rest, is_optional = [], format_ or "", False
    while rest and rest[0] not in ":;":
        if rest[0] in "|$":
            is_optional |= rest[0] == "|"
            rest = rest[1:]
            continue
        unit = next((rest[:length] for length in (3, 2, 1) if rest[:length] in UNITS), None)
        if unit is None:
            return None
        found.append((unit, is_optional))
        rest = rest[len(unit) :]
    return None if format_ is None else found


def _variable(source: Source, node: Node) -> str:
    """`word` of `&word`, `count` of `&self->count`."""
    names = [n for n in descendants(node) if n.type in ("identifier", "field_identifier")]
    return source.spelling(names[-1]) if node.type == "pointer_expression" and names else ""


def _keywords(source: Source, node: Node) -> list[str] | None:
    """The strings of the local array that an argument names, up to its NULL."""
    wanted = [source.spelling(n) for n in descendants(node) if n.type == "identifier"]
    for declared in descendants(source.root):
        if declared.type != "init_declarator" or not wanted:
            continue
        names = [source.spelling(n) for n in descendants(declared) if n.type == "identifier"]
        value = declared.child_by_field_name("value")
        if names[:1] == wanted[-1:] and value is not None and value.type == "initializer_list":
            items = [c for c in value.named_children if c.type != "comment"]
            texts = [_literal(source, item) for item in items[:-1]]
            return None if any(text is None for text in texts) else [text for text in texts if text is not None]
    return None


def _literal(source: Source, node: Node) -> str | None:
    """A string, also one that is cast; None for anything else."""
    if node.type == "cast_expression":
        value = node.child_by_field_name("value")
        return source.string_value(value)
    return "" if node.type == "string_literal" and source.spelling(node) == '""' else source.string_value(node)
