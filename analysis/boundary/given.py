"""Code that runs with known values: the body of a loop over a literal table, and of a helper function at each call.

for name, arguments in [("push", [c_int]), ...]:        def bind(name, result, *arguments):
    f = getattr(lib, name)                                   f = getattr(lib, name)
    f.argtypes = arguments                                   f.argtypes, f.restype = arguments, result

Loops may call helpers, and helpers loop; of a `try` the body runs, of an `if` the branch that the values tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.arguments import Values, bound_arguments
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.tables import rows
from gnomon.analysis.boundary.values import Library, NativeFunction, PythonFunction
from gnomon.analysis.syntax.interface import declares
from gnomon.analysis.syntax.python import Scope
from gnomon.analysis.syntax.tree import descendants
from tree_sitter import Node

DEPTH_BOUND = 4  # helpers that call helpers, and their loops


@dataclass(frozen=True, slots=True)
class Instance:
    """One run: its assignments and the calls in it, and what names stand for in it."""

    assignments: tuple[tuple[Node, Scope], ...]
    calls: tuple[tuple[Node, Scope], ...]
    names: Names


def instances(node: Node, scope: Scope, names: Names, depth: int = DEPTH_BOUND) -> Iterator[Instance]:
    """The runs that a loop or call makes, where it declares functions; none otherwise."""
    if depth == 0:
        return
    if node.type == "for_statement":
        yield from _rows(node, scope, names, depth)
    elif node.type == "call":
        yield from _called(node, scope, names, depth)


def _declares(node: Node, scope: Scope, names: Names, depth: int) -> bool:
    """Does code declare functions, itself or through a helper that it calls?"""
    if scope.module.name not in names.declaring:
        return False
    if node.id not in names.declares:
        names.declares[node.id] = False  # what calls itself declares by what else it does
        text = scope.module.source.text[node.start_byte : node.end_byte]
        names.declares[node.id] = declares(text) or (depth > 1 and _calls_one(node, scope, names, depth))
    return names.declares[node.id]


def _calls_one(node: Node, scope: Scope, names: Names, depth: int) -> bool:
    """Does a block call a helper that declares functions?"""
    for inner in descendants(node):
        callee = names.evaluate(inner.child_by_field_name("function"), scope) if inner.type == "call" else None
        if isinstance(callee, PythonFunction) and _declares(callee.scope.node, callee.scope, names, depth - 1):
            return True
    return False


def _runs(body: Node, scope: Scope, names: Names, depth: int) -> Iterator[Instance]:
    """The run of a block, and of what it calls and loops over."""
    statements = list(_certain(body, scope, names))
    assignments = tuple((node, scope) for node in statements if node.type == "assignment")
    inside = (node for each in statements if each.type != "for_statement" for node in descendants(each))
    yield Instance(assignments, tuple((node, scope) for node in inside if node.type == "call"), names)
    for node in statements:
        inner = node.child_by_field_name("right") if node.type == "assignment" else node
        if inner is not None:
            yield from instances(inner, scope, names, depth - 1)


def _certain(body: Node, scope: Scope, names: Names) -> Iterator[Node]:
    """The assignments, calls and loops that run for certain."""
    for statement in body.named_children:
        match statement.type:
            case "expression_statement" | "return_statement":
                yield from (node for node in statement.named_children if node.type in ("assignment", "call"))
            case "for_statement":
                yield statement
            case "try_statement":
                inner = statement.child_by_field_name("body")
                if inner is not None:
                    yield from _certain(inner, scope, names)
            case "if_statement":
                condition = statement.child_by_field_name("condition")
                inner = statement.child_by_field_name("consequence")
                if condition is not None and inner is not None and _holds(condition, scope, names):
                    yield from _certain(inner, scope, names)


def _holds(condition: Node, scope: Scope, names: Names) -> bool:
    """Is a condition true where the library has the function? False also where that is not known."""
    match condition.type:
        case "identifier" | "attribute":  # what `getattr(lib, name, None)` gave
            return isinstance(names.evaluate(condition, scope), NativeFunction)
        case "call":
            return _asks_for_function(condition, scope, names)
        case "boolean_operator":  # what is asked besides must not be which version the library has
            held = [_holds(side, scope, names) for side in condition.named_children]
            sides = zip(condition.named_children, held, strict=True)
            return any(held) and all(holds or _is_membership(side) for side, holds in sides)
        case "comparison_operator":
            is_given = len(condition.children) == 3 and condition.children[2].type == "none"
            is_given = is_given and condition.children[1].type in ("is not", "!=")
            return (is_given and _holds(condition.children[0], scope, names)) or _has_length(condition, scope, names)
    return False


def _is_membership(condition: Node) -> bool:
    """`name in wanted`"""
    return condition.type == "comparison_operator" and any(child.type == "in" for child in condition.children)


def _asks_for_function(call: Node, scope: Scope, names: Names) -> bool:
    """`hasattr(lib, name)`"""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    is_asked = function is not None and scope.module.source.spelling(function) == "hasattr" and len(given) == 2
    return is_asked and isinstance(names.evaluate(given[0], scope), Library)


def _has_length(condition: Node, scope: Scope, names: Names) -> bool:
    """Is `len(row) >= 2` true of the row that is given?"""
    if condition.type != "comparison_operator" or len(condition.children) != 3:
        return False
    left, operator, right = condition.children
    source = scope.module.source
    arguments = left.child_by_field_name("arguments") if left.type == "call" else None
    function = left.child_by_field_name("function") if left.type == "call" else None
    if arguments is None or function is None or right.type != "integer" or len(arguments.named_children) != 1:
        return False
    row, _ = names.written(arguments.named_children[0], scope)
    if source.spelling(function) != "len" or row.type not in ("list", "tuple"):
        return False
    length, bound = sum(child.type != "comment" for child in row.named_children), int(source.spelling(right), 0)
    known = {">=": length >= bound, ">": length > bound, "==": length == bound, "!=": length != bound}
    return known.get(source.spelling(operator), False)


def _rows(loop: Node, scope: Scope, names: Names, depth: int) -> Iterator[Instance]:
    body = loop.child_by_field_name("body")
    if body is None or not _declares(body, scope, names, depth):
        return
    for values, place in rows(loop, scope, names):
        inner = names.given(_local(body, scope, names) | values, {}, place)
        yield from _runs(body, scope, inner, depth)


def _local(body: Node, scope: Scope, names: Names) -> Values:
    """Names that the body binds once: in the run they have the value it gives them, and no other."""
    found: dict[tuple[int, str], list[tuple[Node, Scope]]] = {}
    waiting = [*body.named_children]
    while waiting:
        node = waiting.pop()
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type == "assignment" and left is not None and right is not None and left.type == "identifier":
            found.setdefault((id(scope), scope.module.source.spelling(left)), []).append((right, scope))
        elif node.type not in ("function_definition", "class_definition"):
            waiting.extend(node.named_children)
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _called(call: Node, scope: Scope, names: Names, depth: int) -> Iterator[Instance]:
    function = call.child_by_field_name("function")
    callee = names.evaluate(function, scope)
    if not isinstance(callee, PythonFunction) or not _declares(callee.scope.node, callee.scope, names, depth):
        return
    body = callee.scope.node.child_by_field_name("body")
    bound = bound_arguments(call, scope, callee.scope)
    if body is None or bound is None or any(n.type == "global_statement" for n in descendants(body)):
        return
    values, rest = bound
    inner = names.given(values, rest, names.place or scope.module.source.span(call), callee.receiver)
    yield from _runs(body, callee.scope, inner, depth)
