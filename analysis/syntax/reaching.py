"""Which of the places that bind a name can have given it its value at a use: reaching definitions, on the tree.

A place reaches a use unless one that always runs in between binds the name again, or the two lie in branches of which
only one runs.
"""

from __future__ import annotations

from collections.abc import Sequence

from gnomon.analysis.syntax.python import Bound
from tree_sitter import Node

_BLOCKS = frozenset({"block", "module"})
_LOOPS = frozenset({"for_statement", "while_statement"})
_BRANCHES = frozenset({"elif_clause", "else_clause", "case_clause"})
_DECLARATIONS = frozenset({"global_statement", "nonlocal_statement"})
_EXITS = frozenset({"return_statement", "raise_statement"})


def reaching(places: Sequence[Bound], use: Node) -> Sequence[Bound]:
    """Those of a scope's places that reach a use in that scope."""
    if len(places) < 2 or any(p.node.parent is not None and p.node.parent.type in _DECLARATIONS for p in places):
        return places
    around = _ancestors(use)
    within = {node.id for node in around}
    before = [place for place in places if _always_runs_before(place, use, within)]
    last = max(before, key=_position, default=None)
    if last is None:
        return [place for place in places if _reaches(place, use, around, None)] or places
    return [place for place in places if place is last or _reaches(place, use, around, last)]


def _position(place: Bound) -> int:
    return place.node.start_byte


def _ancestors(node: Node) -> list[Node]:
    """From the innermost one."""
    found, at = [], node.parent
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _statement(place: Bound) -> Node:
    """The statement of a block that binds the name."""
    node = place.node
    while node.parent is not None and node.parent.type not in _BLOCKS:
        node = node.parent
    return node


def _always_runs_before(place: Bound, use: Node, within: set[int]) -> bool:
    if place.kind == "parameter" or (place.kind == "annotated" and _is_parameter(place)):
        return True
    comprehension = _comprehension(place)
    if comprehension is not None:
        return comprehension.id in within
    statement = _statement(place)
    body = statement.child_by_field_name("body")
    if statement.type in _LOOPS:
        return body is not None and body.id in within
    if statement.type == "with_statement" and body is not None and body.id in within:
        return place.node.end_byte <= body.start_byte
    if statement.type in ("if_statement", "try_statement", "match_statement"):
        return False
    return statement.end_byte <= use.start_byte and statement.parent is not None and statement.parent.id in within


def _comprehension(place: Bound) -> Node | None:
    """The comprehension whose variable it is: nothing outside sees it."""
    clause = place.node.parent if place.kind == "element" else None
    return clause.parent if clause is not None and clause.type == "for_in_clause" else None


def _is_parameter(place: Bound) -> bool:
    above = place.node.parent
    return above is not None and above.type in ("typed_parameter", "typed_default_parameter")


def _reaches(place: Bound, use: Node, around: Sequence[Node], last: Bound | None) -> bool:
    """Does a place reach the use from behind `last`, which always runs before it, or around a loop?"""
    if _comprehension(place) is not None:
        return False  # of another comprehension, or of one around: the innermost hides it
    start = _position(last) if last is not None else -1
    statement = _statement(place)
    for loop in around:
        if loop.type in _LOOPS and _contains(loop, place.node) and start < loop.start_byte:
            return True
    is_between = start < _position(place) and statement.end_byte <= use.start_byte
    is_inside = _contains(statement, use) and statement.type not in ("expression_statement", "return_statement")
    return (is_between or is_inside) and not _is_apart(statement, use, around) and not _has_left(statement, use)


def _contains(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _is_apart(statement: Node, use: Node, around: Sequence[Node]) -> bool:
    """Do the two lie in different branches of one `if` or `match`?"""
    shared = next((node for node in around if _contains(node, statement)), None)
    if shared is None:
        return False
    mine = next((child for child in shared.children if _contains(child, statement)), None)
    other = next((child for child in shared.children if _contains(child, use)), None)
    if mine is None or other is None or mine.id == other.id:
        return False
    return other.type in _BRANCHES and (shared.type == "if_statement" or mine.type in _BRANCHES)


def _has_left(statement: Node, use: Node) -> bool:
    """Does the block of a place end in a return or raise, and the use lie outside?"""
    block = statement.parent
    if block is None or not block.named_children or _contains(block, use):
        return False
    return block.named_children[-1].type in _EXITS
