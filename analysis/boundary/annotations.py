"""What a name stands for by its annotation: an object of the class that it names, or of type[...] the class itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gnomon.analysis.boundary.objects import class_of
from gnomon.analysis.boundary.values import External, Instance, Made, PythonClass, Value, alternatives
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

_TYPES = frozenset({"type", "Type", "typing.Type"})
_ALTERNATIVES = frozenset({"Optional", "Union", "typing.Optional", "typing.Union"})
_PLAIN = frozenset({"Annotated", "Final", "ClassVar"})
_ALIAS_BOUND = 8  # aliases of aliases


def annotated(names: Names, node: Node, scope: Scope) -> Value | None:
    """What an annotated name stands for; None where that is not certain, or no class of either side."""
    return names.join(_allowed(names, node, scope, _ALIAS_BOUND))


def _allowed(names: Names, node: Node, scope: Scope, bound: int) -> list[Value | None]:
    """What an annotation allows, None aside."""
    if bound == 0:
        return [None]
    match node.type:
        case "type" | "parenthesized_expression" if node.named_children:
            return _allowed(names, node.named_children[0], scope, bound)
        case "none":
            return []
        case "binary_operator" | "union_type":
            return [one for side in node.named_children for one in _allowed(names, side, scope, bound)]
        case "generic_type" | "subscript":
            return _subscripted(names, node, scope, bound)
        case "string":
            return _objects(names, _named(names, scope.module.source.string_value(node) or "", scope), node, scope)
        case "identifier" | "attribute":
            alias, inside = names.written(node, scope)
            if alias.type in ("binary_operator", "subscript"):
                return _allowed(names, alias, inside, bound - 1)
            return _objects(names, names.evaluate(node, scope), node, scope)
    return [None]


def _objects(names: Names, named: Value | None, node: Node, scope: Scope) -> list[Value | None]:
    """Objects of the classes that a name in an annotation stands for."""
    found: list[Value | None] = []
    for value in alternatives(named):
        match value:
            case External(name) if name in names.native:
                found.append(Made(name, node, scope))
            case PythonClass(inner):
                found.append(Instance(inner))
    return found or [None]


def _subscripted(names: Names, node: Node, scope: Scope, bound: int) -> list[Value | None]:
    """`X[...]` allows an X; `type[X]` the class; `Optional[X]` and `Union[X, Y]` what is inside."""
    named = [child for child in node.named_children if child.type != "comment"]
    inside = [inner for child in named[1:] for inner in (child.named_children if _is_list(child) else [child])]
    word = scope.module.source.spelling(named[0]) if named else ""
    allowed = [value for child in inside for value in _allowed(names, child, scope, bound)]
    if word in _TYPES:
        return [class_of(value) for value in allowed]
    if word in _ALTERNATIVES:
        return allowed
    if word.rsplit(".", 1)[-1] in _PLAIN:
        return _allowed(names, inside[0], scope, bound) if inside else [None]
    return _allowed(names, named[0], scope, bound) if named else [None]


def _is_list(node: Node) -> bool:
    return node.type == "type_parameter"  # what tree-sitter calls the list in brackets


def _named(names: Names, text: str, scope: Scope) -> Value | None:
    """The class of an annotation in quotes, where it is a plain or dotted name (what it is subscripted with aside)."""
    parts = text.split("[", 1)[0].strip().split(".")
    value = names.value_of(parts[0], scope) if all(part.isidentifier() for part in parts) else None
    for part in parts[1:]:
        value = names.member(value, part)
    return value
