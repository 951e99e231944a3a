"""The expression behind a field of an object that is made where it is written: `Function("push", [c_int]).name`.

Of classes whose `__init__` keeps its arguments, named tuples and dataclasses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gnomon.analysis.boundary.arguments import Values, bound_arguments
from gnomon.analysis.boundary.values import External, Made, PythonClass
from gnomon.analysis.syntax.python import Scope, decorators
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

_TUPLE_MAKERS = frozenset({"collections.namedtuple", "typing.NamedTuple"})


def field_value(names: Names, made: Node, name: str, scope: Scope) -> tuple[Node, Scope] | None:
    """What `made.name` is, where `made` is a call of a class; None where that is not certain."""
    function = made.child_by_field_name("function")
    match names.evaluate(function, scope):
        case PythonClass(inner):
            if any(bound.kind == "function" for bound in inner.names.get("__init__", ())):
                return _kept(made, name, scope, inner)
            if name not in inner.attributes and _is_record(names, inner):
                return _by_position(made, [*_fields(inner).items()], name, scope, inner)
        case Made(callee, call, home) if callee in _TUPLE_MAKERS:
            listed = [(field, None) for field in _tuple_fields(call, home)]
            return _by_position(made, listed, name, scope, home)
    return None


def _kept(made: Node, name: str, scope: Scope, inner: Scope) -> tuple[Node, Scope] | None:
    """The argument that `__init__` keeps under the name, and nothing else does."""
    places = inner.attributes.get(name, [])
    if len(places) != 1 or name in inner.names:
        return None
    bound, method = places[0]
    if bound.kind != "value" or bound.index is not None or not method.name.endswith(".__init__"):
        return None
    arguments = bound_arguments(made, scope, method)
    if bound.node.type != "identifier" or arguments is None:
        return None
    spelled = inner.module.source.spelling(bound.node)
    is_parameter = [b.kind for b in method.names.get(spelled, ())] in (["parameter"], ["annotated"])
    return arguments[0].get((id(method), spelled)) if is_parameter else None


def _is_record(names: Names, inner: Scope) -> bool:
    listed = inner.node.child_by_field_name("superclasses")
    bases = listed.named_children if listed is not None else []
    if not bases:
        return any("dataclass" in text or ".define" in text or ".frozen" in text for text in decorators(inner))
    outer = inner.parent
    return outer is not None and [names.evaluate(base, outer) for base in bases] == [External("typing.NamedTuple")]


def _fields(inner: Scope) -> dict[str, Node | None]:
    """The annotated names of a class's body, in order, with their defaults."""
    body = inner.node.child_by_field_name("body")
    found: dict[str, Node | None] = {}
    for statement in body.named_children if body is not None else []:
        node = statement.named_children[0] if statement.type == "expression_statement" else statement
        target = node.child_by_field_name("left")
        if node.type == "assignment" and target is not None and node.child_by_field_name("type") is not None:
            found[inner.module.source.spelling(target)] = node.child_by_field_name("right")
    return found


def _tuple_fields(call: Node, scope: Scope) -> list[str]:
    """Of `namedtuple("Function", "name arguments result")`, or with a list of names."""
    arguments = call.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    if len(given) != 2:
        return []
    source, listed = scope.module.source, given[1]
    if listed.type in ("list", "tuple"):
        spelled = [source.string_value(child) for child in listed.named_children if child.type != "comment"]
        return [text for text in spelled if text is not None] if None not in spelled else []
    return (source.string_value(listed) or "").replace(",", " ").split()


def _by_position(
    made: Node, fields: Sequence[tuple[str, Node | None]], name: str, scope: Scope, home: Scope
) -> tuple[Node, Scope] | None:
    """The argument for a field; its default where none is given."""
    arguments = made.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    order = [field for field, _ in fields]
    if name not in order or any(child.type in ("list_splat", "dictionary_splat", "ERROR") for child in given):
        return None
    source, values = scope.module.source, Values()
    positional = [child for child in given if child.type != "keyword_argument"]
    values |= {(0, field): (child, scope) for field, child in zip(order, positional, strict=False)}
    for child in given[len(positional) :]:
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if key is not None and value is not None:
            values[0, source.spelling(key)] = (value, scope)
    default = dict(fields)[name]
    return values.get((0, name)) or ((default, home) if default is not None else None)
