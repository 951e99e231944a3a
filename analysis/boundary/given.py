"""Code that runs with known values: the body of a loop over a literal table, and of a helper function at each call.

for name, arguments in [("push", [c_int]), ...]:        def bind(name, result, *arguments):
    f = getattr(lib, name)                                   f = getattr(lib, name)
    f.argtypes = arguments                                   f.argtypes, f.restype = arguments, result
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.arguments import Values, bound_arguments
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.values import PythonFunction
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.syntax.tree import descendants
from tree_sitter import Node

ROW_BOUND = 5_000  # rows of a table that are followed


@dataclass(frozen=True, slots=True)
class Instance:
    """One run: its assignments, and what names stand for in it."""

    assignments: tuple[tuple[Node, Scope], ...]
    names: Names


def instances(node: Node, scope: Scope, names: Names) -> Iterator[Instance]:
    """The runs that a loop or call makes, where it declares functions; none otherwise."""
    if node.type == "for_statement":
        yield from _rows(node, scope, names)
    elif node.type == "call":
        yield from _called(node, scope, names)


def _declares(node: Node, scope: Scope) -> bool:
    text = scope.module.source.text[node.start_byte : node.end_byte]
    return b".argtypes" in text or b".restype" in text


def _assignments(body: Node, scope: Scope) -> tuple[tuple[Node, Scope], ...]:
    """Those that always run: of a branch it is not known."""
    found = []
    for statement in body.named_children:
        if statement.type == "expression_statement":
            found += [(node, scope) for node in statement.named_children if node.type == "assignment"]
    return tuple(found)


def _rows(loop: Node, scope: Scope, names: Names) -> Iterator[Instance]:
    target, body = loop.child_by_field_name("left"), loop.child_by_field_name("body")
    right = loop.child_by_field_name("right")
    if target is None or body is None or right is None or not _declares(body, scope):
        return
    table, home = names.written(right, scope)
    if table.type not in ("list", "tuple"):
        return
    source = scope.module.source
    is_pattern = target.type in ("pattern_list", "tuple_pattern")
    targets = target.named_children if is_pattern else [target]
    if any(t.type != "identifier" for t in targets):
        return
    for row in table.named_children[:ROW_BOUND]:
        parts = [child for child in row.named_children if child.type != "comment"] if is_pattern else [row]
        if (is_pattern and row.type not in ("tuple", "list")) or len(parts) != len(targets):
            continue
        values = {(id(scope), source.spelling(t)): (part, home) for t, part in zip(targets, parts, strict=True)}
        inner = names.given(_local(body, scope) | values, {}, home.module.source.span(row))
        yield Instance(_assignments(body, scope), inner)


def _local(body: Node, scope: Scope) -> Values:
    """Names that the body binds once: in the run they have the value it gives them, and no other."""
    found: dict[tuple[int, str], list[tuple[Node, Scope]]] = {}
    for node, _ in _assignments(body, scope):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and left.type == "identifier":
            found.setdefault((id(scope), scope.module.source.spelling(left)), []).append((right, scope))
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _called(call: Node, scope: Scope, names: Names) -> Iterator[Instance]:
    function = call.child_by_field_name("function")
    callee = names.evaluate(function, scope)
    if not isinstance(callee, PythonFunction) or not _declares(callee.scope.node, callee.scope):
        return
    body = callee.scope.node.child_by_field_name("body")
    bound = bound_arguments(call, scope, callee.scope)
    if body is None or bound is None or any(n.type == "global_statement" for n in descendants(body)):
        return
    values, rest = bound
    inner = names.given(values, rest, scope.module.source.span(call))
    yield Instance(_assignments(body, callee.scope), inner)
