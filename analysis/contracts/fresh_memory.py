"""C functions that return memory which their caller must free, whatever happens in them."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

MAKERS = frozenset({"malloc", "calloc", "realloc", "strdup", "strndup", "wcsdup"})
# They look at a pointer, or write through it, and keep it nowhere.
_HARMLESS = frozenset(
    {"memcpy", "memmove", "memset", "strcpy", "strncpy", "strcat", "strncat", "strlen", "sprintf", "snprintf", "sizeof"}
)


def returns_fresh_memory(function: CFunction, source: Source) -> bool:
    """Does each `return` of a defined function give NULL, or memory that was allocated in it and that nobody else
    knows of? `source` is the tree of its file."""
    body = _body(function, source)
    if body is None or body.has_error:
        return False
    returns = [node for node in descendants(body) if node.type == "return_statement" and node.named_children]
    kinds = [_kind(node.named_children[0], body, source) for node in returns]
    return "fresh" in kinds and "other" not in kinds


def _body(function: CFunction, source: Source) -> Node | None:
    for node in source.root.named_children:
        is_here = node.start_point.row < function.line <= node.end_point.row + 1
        if node.type == "function_definition" and is_here:
            return node.child_by_field_name("body")
    return None


def _kind(value: Node, body: Node, source: Source) -> str:
    """Of a returned value: "fresh", "null" or "other"."""
    value = _bare(value)
    if value.type == "null" or source.spelling(value) in ("0", "NULL"):
        return "null"
    if _makes(value, source):
        return "fresh"
    if value.type == "identifier" and _is_local(source.spelling(value), body, source):
        return "fresh"
    return "other"


def _bare(value: Node) -> Node:
    while value.type in ("cast_expression", "parenthesized_expression") and value.named_children:
        value = value.named_children[-1]
    return value


def _makes(value: Node, source: Source) -> bool:
    function = value.child_by_field_name("function") if value.type == "call_expression" else None
    return function is not None and source.spelling(function) in MAKERS


def _is_local(name: str, body: Node, source: Source) -> bool:
    """Is a name a variable of the body, only ever given fresh memory or NULL, and kept nowhere else?"""
    declared, given = 0, list[Node]()
    for node in descendants(body):
        if node.type != "identifier" or source.spelling(node) != name:
            continue
        above = node.parent
        if above is None:
            return False
        if above.type == "pointer_declarator":
            if _is_kept_between_calls(above, source):
                return False
            declared += 1
            initial = above.parent.child_by_field_name("value") if above.parent is not None else None
            given += [initial] if initial is not None else []
        elif above.type == "assignment_expression" and above.child_by_field_name("left") == node:
            value = above.child_by_field_name("right")
            if value is None or source.spelling(above.children[1]) != "=":
                return False
            given.append(value)
        elif not _is_harmless(node, source):
            return False
    kinds = ["fresh" if _makes(_bare(value), source) else _null(value, source) for value in given]
    return declared == 1 and "fresh" in kinds and "other" not in kinds


def _null(value: Node, source: Source) -> str:
    return "null" if source.spelling(_bare(value)) in ("0", "NULL") else "other"


def _is_kept_between_calls(declarator: Node, source: Source) -> bool:
    at: Node | None = declarator
    while at is not None and at.type != "declaration":
        at = at.parent
    return at is None or any(source.spelling(child) in ("static", "extern") for child in at.children)


def _is_harmless(node: Node, source: Source) -> bool:
    """Is a use of a pointer only a look at it, or at what it points to?"""
    above: Node | None = node.parent
    while above is not None and above.type in ("parenthesized_expression", "cast_expression"):
        node, above = above, above.parent
    if above is None:
        return False
    match above.type:
        case "return_statement" | "unary_expression" | "if_statement" | "while_statement":
            return True
        case "subscript_expression":
            return above.child_by_field_name("argument") == node
        case "pointer_expression":
            return source.spelling(above).startswith("*")
        case "binary_expression":
            return any(sign in ("==", "!=", "&&", "||") for sign in _signs(above, source))
        case "argument_list":
            call = above.parent
            function = call.child_by_field_name("function") if call is not None else None
            return function is not None and source.spelling(function) in (*_HARMLESS, "free", "realloc")
    return False


def _signs(node: Node, source: Source) -> Iterator[str]:
    return (source.spelling(child) for child in node.children if not child.is_named)
