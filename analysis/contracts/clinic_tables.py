"""The tables of Argument Clinic: `_PyArg_Parser`, its list of keywords, and the buffer for what was unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.contracts.c_variables import function_around, initialised
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.held_formats import table_named
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.keywords import wrong_names
from gnomon.analysis.syntax.csource import CArgument
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

CODE = "contract.keywords"
_UNPACK = "_PyArg_UnpackKeywords"


def check(subject: Subject) -> Iterator[Contradiction]:
    """Tables that Argument Clinic gives `_PyArg_UnpackKeywords`, when they were edited by hand: a list of keywords
    without its NULL, with an empty name behind a named one, or with a name twice, and a buffer with less room than
    there are keywords, which CPython writes beyond.
    """
    units = intact_units(subject.sources.values())
    compiled = {(f.path, f.begin_line) for unit in units for f in unit.functions if f.is_definition}
    for path in dict.fromkeys(path for path, _ in compiled):
        if _UNPACK in subject.snapshot.text(path):
            source = subject.c_source(path)
            for call, function in _calls(source):
                if (path, function.start_point.row + 1) in compiled:
                    yield from _call(source, call, function)


def _calls(source: Source) -> Iterator[tuple[Node, Node]]:
    """With the functions that they are in."""
    for match in re.finditer(rb"\b_PyArg_UnpackKeywords\s*\(", source.text):
        node = source.root.descendant_for_byte_range(match.start(), match.start())
        call, function = node.parent if node is not None else None, function_around(node)
        if call is not None and function is not None and call.type == "call_expression" and not function.has_error:
            yield call, function


def _call(source: Source, call: Node, function: Node) -> Iterator[Contradiction]:
    listed = call.child_by_field_name("arguments")
    given = [child for child in listed.named_children if child.type != "comment"] if listed is not None else []
    parsers = [node for node in given if source.spelling(node).startswith("&")]
    if len(given) not in (9, 10) or len(parsers) != 1:  # 3.14 has one argument more before the buffer
        return
    table = table_named(source, source.spelling(parsers[0])[1:].strip(), call.start_byte)
    names = table.names if table is not None else None
    if names is None or names.strings is None:
        return
    at = Span(source.path, names.line, names.column, names.end_line, names.end_column)
    name = _function_name(source, function)
    for text, tier in wrong_names(names, _is_open(source, names, call)):
        yield Contradiction(CODE, text, at, name, tier=tier)
    room = _room(source, function, given[-1])
    if room is not None and None in names.strings and room[0] < names.strings.index(None):
        count = names.strings.index(None)
        buffer = source.spelling(given[-1])
        text = f"`{buffer}` has room for {room[0]}, and `{names.variable}` has {count} names: CPython writes beyond it"
        yield Contradiction(CODE, text, source.span(room[1]), name, truth=at)


def _is_open(source: Source, names: CArgument, call: Node) -> bool:
    """Is the list as long as what is written in it?"""
    found = initialised(source, names.variable, call.start_byte)
    arrays = [n for n in descendants(found.declarator) if n.type == "array_declarator"] if found is not None else []
    return len(arrays) == 1 and arrays[0].child_by_field_name("size") is None


def _room(source: Source, function: Node, buffer: Node) -> tuple[int, Node] | None:
    """The plain size of an array of the function, and where its name stands."""
    wanted = source.spelling(buffer)
    found = [
        (array.child_by_field_name("size"), array.child_by_field_name("declarator"))
        for array in descendants(function)
        if array.type == "array_declarator"
    ]
    named = [(size, name) for size, name in found if name is not None and source.spelling(name) == wanted]
    if buffer.type != "identifier" or len(named) != 1:
        return None
    size, name = named[0]
    spelled = source.spelling(size) if size is not None else ""
    return (int(spelled), name) if name is not None and spelled.isdecimal() else None


def _function_name(source: Source, function: Node) -> str:
    at = function.child_by_field_name("declarator")
    while at is not None and at.type != "identifier":
        at = at.child_by_field_name("declarator")
    return source.spelling(at) if at is not None else ""
