"""Format strings of the C API, while they are typed: which units there are, and which C argument serves which unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gnomon.analysis.contracts.build_format import read_build_format
from gnomon.analysis.contracts.format_calls import FUNCTIONS
from gnomon.analysis.contracts.format_units import Format
from gnomon.analysis.contracts.parse_format import read_parse_format
from gnomon.analysis.navigation.parsed_arguments import UNITS
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.syntax.tree import Source, parse_c
from gnomon.analysis.workspace import Snapshot
from tree_sitter import Node

LOOK_BACK = 20  # lines between the name of a function and the cursor
_BUILT = (
    *("s", "s#", "z", "z#", "y", "y#", "U", "u", "i", "I", "b", "B", "h", "H", "l", "k", "L", "K", "n", "c", "C"),
    *("f", "d", "D", "O", "N", "O&", "p"),
)
_READERS: dict[str, Callable[[str], Format]] = {
    "parse": partial(read_parse_format, has_keywords=False),
    "keywords": partial(read_parse_format, has_keywords=True),
    "build": read_build_format,
}


@dataclass(frozen=True, slots=True)
class FormatHere:
    """A call with a format string around the cursor. `offset`: letters of the format before the cursor, None where
    the cursor is not in it; `argument`: how many arguments behind the format end before the cursor."""

    function: str
    language: str  # "parse", "keywords", "build"
    format: str
    offset: int | None
    argument: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A format unit: the C arguments it takes, and for parsing the Python type."""

    name: str
    needs: str
    python: str


def format_at(snapshot: Snapshot, at: Position) -> FormatHere | None:
    """The innermost call around a position of a C file that has a format; None elsewhere."""
    before = snapshot.text(at.path).split("\n")[max(at.line - LOOK_BACK, 0) : at.line]
    if not any(name in line for line in before for name in FUNCTIONS):
        return None  # to read a large file takes longer than a key
    source = parse_c(at.path, snapshot.text(at.path))
    point = (at.line - 1, max(at.column - 1, 0))
    node = source.root.named_descendant_for_point_range(point, point)
    while node is not None:
        found = _of_call(source, node, point) if node.type == "call_expression" else None
        if found is not None:
            return found
        node = node.parent
    return None


def _of_call(source: Source, call: Node, point: tuple[int, int]) -> FormatHere | None:
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    name = source.spelling(function) if function is not None else ""
    language, index = FUNCTIONS.get(name, ("", 0))
    if arguments is None or language not in _READERS:
        return None
    given = [child for child in arguments.named_children if child.type not in ("comment", "ERROR")]
    literal = given[index] if index < len(given) else None
    if literal is None:
        return None
    text = "" if source.spelling(literal) == '""' else source.string_value(literal)
    if text is None:
        return None
    first = index + (2 if language == "keywords" else 1)
    passed = sum(1 for child in arguments.children if child.type == "," and child.start_point < point) - first
    return FormatHere(name, language, text, _offset(source, literal, point), passed)


def _offset(source: Source, literal: Node, point: tuple[int, int]) -> int | None:
    """Letters of the literal before a point inside its quotes; formats have no escapes."""
    if literal.type != "string_literal" or not (literal.start_point < point < literal.end_point):
        return None
    if point[0] != literal.start_point.row:
        return None
    line = source.text[literal.start_byte + 1 : literal.start_byte + point[1] - literal.start_point.column]
    return len(line.decode("utf-8", "replace"))


def units(here: FormatHere) -> list[Unit]:
    """What may stand in the format."""
    read = _READERS[here.language]
    names = _BUILT if here.language == "build" else tuple(UNITS)
    found = []
    for name in names:
        needs = ", ".join(taken.needs for taken in read(name).taken)
        found.append(Unit(name, needs, UNITS[name][0] if here.language != "build" else ""))
    return found


def needed(here: FormatHere) -> tuple[list[str], int | None]:
    """The C arguments that the whole format takes, each with its unit, and which one the cursor is at."""
    taken = _READERS[here.language](here.format).taken
    shown = [f"{one.unit}: {one.needs}" for one in taken]
    if here.offset is None:
        return shown, here.argument if 0 <= here.argument < len(taken) else None
    offset = here.offset
    inside = [i for i, one in enumerate(taken) if one.at <= offset <= one.at + len(one.unit)]
    return shown, inside[-1] if inside else None
