"""The string that an expression is, or the strings that it may be: of literals, loops over them, f-strings, and
arguments. For names that Python looks up by string: `for kind in ("push", "pop"): getattr(lib, f"ring_{kind}")`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arrivals import passed_for
from gnomon.analysis.boundary.values import Instance, PythonClass
from gnomon.analysis.syntax.python import Bound, Scope
from gnomon.analysis.syntax.reaching import reaching
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

TEXT_BOUND = 64  # strings of one expression
_DEPTH_BOUND = 6  # names behind names


def certain_text(names: Names, node: Node, scope: Scope, depth: int = _DEPTH_BOUND) -> str | None:
    """None where it is not one for certain."""
    node, scope = names.written(node, scope)
    source = scope.module.source
    if depth == 0:
        return None
    match node.type:
        case "string":
            plain = source.string_value(node)
            return plain if plain is not None else _interpolated(names, node, scope, depth)
        case "concatenated_string":
            return _together([certain_text(names, part, scope, depth - 1) for part in node.named_children])
        case "parenthesized_expression" if node.named_children:
            return certain_text(names, node.named_children[0], scope, depth - 1)
        case "binary_operator":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            operator = source.spelling(node.child_by_field_name("operator") or node)
            if left is None or right is None or operator not in ("+", "%"):
                return None
            before = certain_text(names, left, scope, depth - 1)
            if operator == "+":
                return _together([before, certain_text(names, right, scope, depth - 1)])
            filled = right.named_children if right.type == "tuple" else [right]
            return _filled(before, "%s", [certain_text(names, value, scope, depth - 1) for value in filled])
        case "call":
            called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            method = called.child_by_field_name("attribute") if called is not None else None
            template = called.child_by_field_name("object") if called is not None else None
            if method is None or template is None or arguments is None or source.spelling(method) != "format":
                return None
            before = certain_text(names, template, scope, depth - 1)
            given = [certain_text(names, value, scope, depth - 1) for value in arguments.named_children]
            return _filled(before and before.replace("{0}", "{}"), "{}", given)
    return None


def _together(parts: Sequence[str | None]) -> str | None:
    return None if None in parts else "".join(part for part in parts if part is not None)


def _filled(template: str | None, mark: str, values: Sequence[str | None]) -> str | None:
    """A template with nothing in it but the plain marks for its values."""
    pieces = template.split(mark) if template is not None else []
    if len(pieces) != len(values) + 1 or any(mark[0] in piece for piece in pieces):
        return None
    return _together([text for pair in zip(pieces, [*values, ""], strict=True) for text in pair])


def _interpolated(names: Names, node: Node, scope: Scope, depth: int) -> str | None:
    parts: list[str | None] = []
    for child in node.named_children:
        if child.type == "string_content":
            parts.append(scope.module.source.spelling(child))
        elif child.type == "interpolation" and len(child.named_children) == 1:
            parts.append(certain_text(names, child.named_children[0], scope, depth - 1))
        elif child.type not in ("string_start", "string_end"):
            return None
    return _together(parts)


def possible_texts(names: Names, node: Node, scope: Scope, depth: int = _DEPTH_BOUND) -> set[str]:
    """Empty where nothing is known; there may be others."""
    source = scope.module.source
    if depth == 0:
        return set()
    match node.type:
        case "string":
            plain = source.string_value(node)
            return {plain} if plain is not None else _formatted(names, node, scope, depth)
        case "identifier":
            return _of_name(names, node, scope, depth)
        case "attribute":
            places = _of_attribute(names, node, scope)
            return _limited(text for place, home in places for text in _of_place(names, place, "", home, depth))
        case "binary_operator" if source.spelling(node.child_by_field_name("operator") or node) == "+":
            sides = [node.child_by_field_name(name) for name in ("left", "right")]
            return _joined([possible_texts(names, side, scope, depth - 1) for side in sides if side is not None])
        case "parenthesized_expression" if node.named_children:
            return possible_texts(names, node.named_children[0], scope, depth)
        case "conditional_expression":
            either = node.named_children[::2]
            return _limited(text for one in either for text in sorted(possible_texts(names, one, scope, depth - 1)))
    return set()


def _limited(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        if len(found) >= TEXT_BOUND:
            break
        found.add(text)
    return found


def _joined(parts: list[set[str]]) -> set[str]:
    return _limited("".join(pieces) for pieces in product(*parts))


def _formatted(names: Names, node: Node, scope: Scope, depth: int) -> set[str]:
    """Of an f-string whose parts are known, without formats."""
    parts: list[set[str]] = []
    for child in node.named_children:
        match child.type:
            case "string_content":
                parts.append({scope.module.source.spelling(child)})
            case "interpolation" if len(child.named_children) == 1:
                parts.append(possible_texts(names, child.named_children[0], scope, depth - 1))
            case "string_start" | "string_end":
                pass
            case _:
                return set()
    return _joined(parts) if parts else set()


def _of_name(names: Names, node: Node, scope: Scope, depth: int) -> set[str]:
    name = scope.module.source.spelling(node)
    at: Scope | None = scope
    while at is not None and not ((at is scope or at.kind != "class") and name in at.names):
        at = at.parent
    if at is None:
        return set()
    home, places = at, at.names[name]
    reached = reaching(places, node) if home is scope else places
    return _limited(text for place in reached for text in _of_place(names, place, name, home, depth))


def _of_place(names: Names, place: Bound, name: str, scope: Scope, depth: int) -> set[str]:
    scope = place.home or scope
    match place.kind:
        case "value" if place.index is None:
            return possible_texts(names, place.node, scope, depth - 1)
        case "element" if place.index is None:
            return _elements(names, place.node, scope, depth - 1)
        case "parameter" if scope.kind == "function":
            passed = passed_for(names, name, scope)
            return _limited(text for node, at in passed for text in possible_texts(names, node, at, depth - 1))
    return set()


def _elements(names: Names, node: Node, scope: Scope, depth: int) -> set[str]:
    """What a loop over an expression gives."""
    if node.type == "attribute" and depth > 0:
        places = _of_attribute(names, node, scope)
        values = [(place.node, home) for place, home in places if place.kind == "value"]
    else:
        values = [names.written(node, scope)]
    items = [
        (item, home)
        for value, home in values
        if value.type in ("tuple", "list", "set", "expression_list")
        for item in value.named_children
    ]
    return _limited(text for item, home in items[:TEXT_BOUND] for text in possible_texts(names, item, home, depth))


def _of_attribute(names: Names, node: Node, scope: Scope) -> list[tuple[Bound, Scope]]:
    """The places that bind an attribute of `self`, or of a class."""
    named = node.child_by_field_name("attribute")
    name = scope.module.source.spelling(named) if named is not None else ""
    match names.evaluate(node.child_by_field_name("object"), scope):
        case Instance(found) | PythonClass(found):
            return [*((bound, found) for bound in found.names.get(name, ())), *found.attributes.get(name, ())]
    return []
