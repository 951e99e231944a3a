"""Format strings that a C variable holds, or a `_PyArg_Parser`: read where the call does not write them itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.contracts.c_variables import elements, initialised, is_constant, literal_text
from gnomon.analysis.metamodel import Unknown
from gnomon.analysis.syntax.csource import CArgument, CCall
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

Reader = Callable[[str], Source]  # the tree of a C file, by its path

_NULLS = frozenset({"NULL", "0", "nullptr"})
_RECORD = "_PyArg_Parser"


@dataclass(frozen=True, slots=True)
class Written:
    """A string, and where it is written."""

    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class ParserTable:
    """What a `_PyArg_Parser` is initialised with. `names` as in CArgument: a list of strings and where it is used."""

    format: Written | None
    names: CArgument | None


def held_string(read: Reader, call: CCall, argument: CArgument) -> Written | None:
    """The one string that the variable passed there can hold."""
    if not argument.variable or argument.source.strip() != argument.variable:
        return None
    source = read(call.path)
    found = initialised(source, argument.variable, _byte(source, argument.line, argument.column))
    if found is None or not is_constant(found):
        return None
    text = literal_text(source, found.value)
    return Written(text, source.span(found.value)) if text is not None else None


def parser_table(read: Reader, call: CCall, argument: CArgument) -> ParserTable | None:
    """Of the `&_parser` passed there."""
    name = argument.source.replace(" ", "").removeprefix("&")
    if not name.isidentifier() or not argument.source.startswith("&"):
        return None
    source = read(call.path)
    return table_named(source, name, _byte(source, argument.line, argument.column))


def table_named(source: Source, name: str, byte: int) -> ParserTable | None:
    """Of the variable that a name means at a place of a C file."""
    found = initialised(source, name, byte)
    if found is None or found.value.type != "initializer_list":
        return None
    if _RECORD not in source.spelling(found.declaration).partition("=")[0]:
        return None
    fields = dict(_fields(source, found.value))
    text = literal_text(source, fields["format"]) if "format" in fields else None
    if "format" in fields and text is None and source.spelling(fields["format"]) not in _NULLS:
        return None
    written = Written(text, source.span(fields["format"])) if text is not None else None
    return ParserTable(written, _names(source, fields.get("keywords"), byte))


def _fields(source: Source, listed: Node) -> Iterator[tuple[str, Node]]:
    """By name. Without names the order is that of CPython up to 3.11, which has a list of keywords as its second."""
    for number, node in enumerate(elements(listed)):
        designator, value = node.child_by_field_name("designator"), node.child_by_field_name("value")
        if node.type == "initializer_pair" and designator is not None and value is not None:
            yield source.spelling(designator).lstrip("."), value
        elif node.type != "initializer_pair" and number < 3:
            yield ("format", "keywords", "fname")[number], node


def _names(source: Source, node: Node | None, byte: int) -> CArgument | None:
    if node is None or node.type != "identifier":
        return None
    variable = source.spelling(node)
    found = initialised(source, variable, byte)
    if found is None or found.value.type != "initializer_list":
        return None
    strings: list[str | None] = []
    for item in elements(found.value):
        text = literal_text(source, item)
        if text is None and source.spelling(item) not in _NULLS:
            return None
        strings.append(text)
    at = source.span(found.name)
    place = (at.line, at.column, at.end_line, at.end_column)
    return CArgument(Unknown("a list of names"), variable, *place, variable=variable, strings=tuple(strings))


def _byte(source: Source, line: int, column: int) -> int:
    node = source.root.descendant_for_point_range((line - 1, column - 1), (line - 1, column - 1))
    return node.start_byte if node is not None else 0
