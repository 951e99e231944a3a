"""Default values that a stub says, against those that C has, and against what C takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from gnomon.analysis.contracts.accepted import Accepted
from gnomon.analysis.contracts.literals import REFUSED, SHOWN, TAKEN, literal_kind
from gnomon.analysis.syntax.tree import Source
from tree_sitter import Node

_WHOLE = frozenset("bBhHiIlkLKnp")


def wrong_defaults(source: Source, function: Node, is_method: bool, accepted: Accepted) -> Iterator[tuple[Node, str]]:
    """Each with the value in the stub, and what is wrong with it."""
    for name, value, place in _defaults(source, function, is_method):
        names = accepted.names or ()
        item = names.index(name) if name in names else place if not any(names) else None
        if item is None or item >= len(accepted.units) or item < accepted.required:
            continue
        unit, kind, text = accepted.units[item], literal_kind(source, value), source.spelling(value)
        if kind is not None and kind in REFUSED.get(unit, ()):
            yield value, f"takes {TAKEN[unit]} as `{name}`, and the stub's default is {SHOWN[kind]}"
            continue
        initial = accepted.initial[item] if item < len(accepted.initial) else ""
        if _number(initial) == 0 and text not in ("True", "False"):
            continue  # zero may stand for what the stub says
        if initial and unit in _WHOLE and _number(text) not in (None, _number(initial)):
            yield value, f"has {initial} as the default of `{name}`, and the stub has {text}"


def _defaults(source: Source, function: Node, is_method: bool) -> Iterator[tuple[str, Node, int | None]]:
    """Name, value and place of the parameters with one; those behind `*` have no place."""
    parameters, place, by_name = function.child_by_field_name("parameters"), -1 if is_method else 0, False
    for child in parameters.named_children if parameters is not None else ():
        if child.type in ("comment", "positional_separator"):
            continue
        by_name |= child.type == "keyword_separator"
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if name is not None and value is not None:
            yield source.spelling(name), value, None if by_name else place
        place += 1


def _number(text: str) -> int | None:
    """Of an integer or a truth value, in Python or C."""
    text = {"true": "True", "false": "False"}.get(text, text)
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return int(value) if isinstance(value, int) else None
