"""Where an expression is written: behind names that are bound once, in items of literals, in fields of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gnomon.analysis.boundary.records import field_value
from gnomon.analysis.syntax.python import Bound, Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

_DEPTH_BOUND = 40  # names followed for one expression


def written(names: Names, node: Node, scope: Scope) -> tuple[Node, Scope]:
    """The expression behind a name that is bound once, or a part of a literal; else the expression itself."""
    for _ in range(_DEPTH_BOUND):
        found = _part(names, node, scope) or _bound_once(names, node, scope)
        if found is None:
            break
        node, scope = found
    return node, scope


def passed(names: Names, node: Node, scope: Scope) -> tuple[Node, Scope]:
    """The expression that a run gives for a name, or for a part of what it gives; else the expression itself."""
    for _ in range(_DEPTH_BOUND):
        found = _given(names, node, scope) if node.type == "identifier" else _part(names, node, scope)
        if found is None:
            break
        node, scope = found
    return node, scope


def _given(names: Names, node: Node, scope: Scope) -> tuple[Node, Scope] | None:
    """What a run gives for a name: of an argument, or of a local variable of the function that runs."""
    home = names.home(node, scope)
    is_local = home is not None and home.kind == "function" and id(home) in names.touched
    return _bound_once(names, node, scope) if is_local else names.given_for(node, scope)


def _bound_once(names: Names, node: Node, scope: Scope) -> tuple[Node, Scope] | None:
    home = names.home(node, scope)
    if home is None:
        return None
    name = scope.module.source.spelling(node)
    found = names.values.get((id(home), name))
    if found is not None:
        return found
    places = home.names[name]
    return _of_place(names, places[0], home) if len(places) == 1 else None


def _of_place(names: Names, place: Bound, home: Scope) -> tuple[Node, Scope] | None:
    home = place.home or home
    for _ in range(_DEPTH_BOUND):  # of modules that import a name from each other
        if place.kind != "import" or place.module not in names.modules:
            break
        home = names.modules[place.module].top
        places = home.names.get(place.member, [])
        if len(places) != 1:
            return None
        place = places[0]
    if place.kind != "value":
        return None
    if place.index is None:
        return place.node, place.home or home
    row, home = names.written(place.node, place.home or home)
    items = [child for child in row.named_children if child.type != "comment"]
    is_plain = row.type in ("tuple", "list", "expression_list") and all(item.type != "list_splat" for item in items)
    return (items[place.index], home) if is_plain and place.index < len(items) else None


def _part(names: Names, node: Node, scope: Scope) -> tuple[Node, Scope] | None:
    """`(a, b)[1]` is b, `Row(a, b).second` is b, also behind names."""
    if node.type == "subscript":
        return literal_item(names, node, scope)
    if node.type != "attribute":
        return None
    holder, named = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if holder is None or named is None:
        return None
    made, home = names.written(holder, scope)
    return field_value(names, made, scope.module.source.spelling(named), home) if made.type == "call" else None


def literal_item(names: Names, node: Node, scope: Scope) -> tuple[Node, Scope] | None:
    """The item of a tuple, list or dictionary that a subscript means."""
    held, index = node.child_by_field_name("value"), node.child_by_field_name("subscript")
    if held is None or index is None or index.type not in ("integer", "string"):
        return None
    source, (literal, home) = scope.module.source, names.written(held, scope)
    items = [child for child in literal.named_children if child.type != "comment"]
    if index.type == "integer":
        number = int(source.spelling(index).replace("_", ""), 0)
        return (items[number], home) if literal.type in ("tuple", "list") and number < len(items) else None
    if literal.type != "dictionary" or any(item.type != "pair" for item in items) or _is_filled(names, held, scope):
        return None
    wanted, inner = source.string_value(index), home.module.source
    found = [item for item in items if inner.string_value(item.child_by_field_name("key")) == wanted]
    value = found[0].child_by_field_name("value") if wanted is not None and len(found) == 1 else None
    return (value, home) if value is not None else None


def _is_filled(names: Names, holder: Node, scope: Scope) -> bool:
    """Are items put into a name, besides those of its literal?"""
    home = names.home(holder, scope)
    return home is not None and scope.module.source.spelling(holder) in home.items
