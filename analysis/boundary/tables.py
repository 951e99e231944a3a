"""The rows of a literal table that a loop goes through, and what the loop's names stand for in each.

for name, (arguments, result) in {"push": ([c_int], c_int), ...}.items():
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import Values
from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

ROW_BOUND = 5_000  # rows of a table that are followed
_PATTERNS = frozenset({"pattern_list", "tuple_pattern", "list_pattern"})
_SEQUENCES = frozenset({"list", "tuple"})


def rows(loop: Node, scope: Scope, names: Names) -> Iterator[tuple[Values, Span]]:
    """Of each row: the values of the loop's names, and where it stands. Nothing of a table that is not literal."""
    target, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    if target is None or right is None:
        return
    for parts, home in _listed(right, scope, names):
        values = _unpacked(target, scope, parts, home, names)
        if values is not None:
            first, last = home.module.source.span(parts[0]), home.module.source.span(parts[-1])
            yield values, Span(first.path, first.line, first.column, last.end_line, last.end_column)


def is_known(loop: Node, scope: Scope, names: Names) -> bool:
    """Do the rows that `rows` gives make up the whole table?"""
    right = loop.child_by_field_name("right")
    rest = names.rest_for(right, scope) if right is not None else None
    if right is None or rest is None:
        literal, _ = names.written(right, scope) if right is not None else (loop, scope)
        inside = _inside(literal) if literal.type in _SEQUENCES else None
    else:
        inside = list(rest[0])
    if inside is None or any(item.type in ("list_splat", "ERROR") for item in inside):
        return False
    return len(inside) <= ROW_BOUND and sum(1 for _ in rows(loop, scope, names)) == len(inside)


def _listed(node: Node, scope: Scope, names: Names) -> Iterator[tuple[list[Node], Scope]]:
    """The rows of a table: an expression each, or two of a dictionary's items."""
    pairs = _dictionary(node, scope, names)
    if pairs is not None:
        yield from pairs
        return
    rest = names.rest_for(node, scope)
    if rest is not None:
        yield from (([row], rest[1]) for row in rest[0])
        return
    node, scope = names.written(node, scope)
    if node.type in _SEQUENCES:
        for row in _inside(node)[:ROW_BOUND]:
            yield [row], scope
    elif node.type == "binary_operator" and scope.module.source.spelling(node.children[1]) == "+":
        for side in (node.children[0], node.children[2]):
            yield from _listed(side, scope, names)


def _dictionary(node: Node, scope: Scope, names: Names) -> list[tuple[list[Node], Scope]] | None:
    """The items of `{...}.items()`, the keys of a dictionary itself, its `.values()`; None for what is none."""
    source, called = scope.module.source, node.child_by_field_name("function")
    method = ""
    if node.type == "call" and called is not None and called.type == "attribute":
        named, holder = called.child_by_field_name("attribute"), called.child_by_field_name("object")
        method = source.spelling(named) if named is not None else ""
        node = holder if holder is not None else node
    literal, home = names.written(node, scope)
    if literal.type != "dictionary" or method not in ("", "items", "keys", "values"):
        return None
    found = []
    for pair in _inside(literal)[:ROW_BOUND]:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type == "pair" and key is not None and value is not None:
            found.append(([key, value] if method == "items" else [value] if method == "values" else [key], home))
    return found


def _unpacked(target: Node, scope: Scope, parts: list[Node], home: Scope, names: Names) -> Values | None:
    """What the names of a target stand for; None where the shapes differ."""
    if target.type == "identifier" and len(parts) == 1:
        return {(id(scope), scope.module.source.spelling(target)): (parts[0], home)}
    if target.type not in _PATTERNS:
        return None
    if len(parts) == 1:
        row, home = names.written(parts[0], home)
        parts = _inside(row) if row.type in _SEQUENCES else []
    targets, values = target.named_children, Values()
    if len(parts) != len(targets) or any(part.type == "list_splat" for part in parts):
        return None
    for inner, part in zip(targets, parts, strict=True):
        found = _unpacked(inner, scope, [part], home, names)
        if found is None:
            return None
        values |= found
    return values


def _inside(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]
