"""What C variables hold when PyArg_Parse* may leave them as they are: the defaults of optional arguments."""

from __future__ import annotations

import re

from gnomon.analysis.contracts.c_variables import CInitialised, initialised
from gnomon.analysis.contracts.format_calls import FormatCall
from gnomon.analysis.contracts.held_formats import Reader
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

_NUMBER = re.compile(r"(?:\d+|0[xX][0-9a-fA-F]+)[uUlL]*|\d+\.\d*|true|false")

_COUNTING = frozenset({"+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"})


def initial_values(read: Reader, call: FormatCall) -> tuple[str, ...]:
    """For each item the plain number that its variable begins with; empty where that is not known, or where it may
    stand for something else: it is negative, or it is changed in the function.

    Nothing for formats whose items take several variables.
    """
    items = call.format.items
    if items is None or len(call.format.taken) != items.total or len(call.given) != items.total:
        return ()
    source = read(call.call.path)
    start = source.root.descendant_for_point_range(*[(call.call.line - 1, call.call.column - 1)] * 2)
    if start is None:
        return ()
    return tuple(_initial(source, argument.source, start.start_byte) for argument in call.given)


def _initial(source: Source, passed: str, byte: int) -> str:
    name = passed.replace(" ", "").removeprefix("&")
    if not passed.startswith("&") or not name.isidentifier():
        return ""
    found = initialised(source, name, byte)
    if found is None or found.declarator.type != "identifier" or not _is_left_alone(found):
        return ""
    text = source.spelling(found.value)
    return text.rstrip("uUlL") if _NUMBER.fullmatch(text) else ""


def _is_left_alone(found: CInitialised) -> bool:
    """Is the variable only read, but for the one call that its address is passed to, and compared with nothing? A
    number that is compared may stand for "not given"."""
    addresses = [use for use in found.uses if use.parent is not None and use.parent.type == "pointer_expression"]
    others = [use for use in found.uses if use not in addresses]
    return len(addresses) == 1 and all(_is_passed(use) for use in others)


def _is_passed(node: Node) -> bool:
    above = node.parent
    if above is not None and above.type == "binary_expression":
        operator = above.child_by_field_name("operator")
        return operator is not None and operator.type in _COUNTING
    return above is not None and above.type in ("argument_list", "return_statement")
