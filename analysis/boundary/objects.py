"""What expressions on objects of C extensions give: calls of methods, operators, subscripts, iteration, `with`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gnomon.analysis.boundary.values import (
    External,
    Instance,
    Made,
    PythonClass,
    PythonFunction,
    Value,
    alternatives,
    joined,
)
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node

if TYPE_CHECKING:
    from gnomon.analysis.boundary.names import Names

_OPERATORS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul",
    "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}  # fmt: skip
LIBRARY_CLASSES = frozenset({"ctypes.CDLL", "ctypes.WinDLL", "ctypes.OleDLL"})
ITEM_BOUND = 32  # items of a literal that are looked at
_UNARY = {"~": "__invert__", "-": "__neg__", "+": "__pos__"}
_COPIES = frozenset({"copy.copy", "copy.deepcopy"})
_ALIASES = _COPIES | {"weakref.proxy"}  # give an object that answers as their argument does
_CASTS = frozenset({"typing.cast", "typing_extensions.cast"})


def given_by(names: Names, function: External, receiver: Value | None, call: Node, scope: Scope) -> Value | None:
    """What a call of a name of another module gives: a new object, or what the C function is known to give back."""
    native = names.native.get(function.name)
    if native is None or native.kind == "type":
        return Made(function.name, call, scope)
    gives = native.gives
    if gives is None or (not gives.is_all and not names.is_wide):
        return None
    found: list[Value | None] = [Made(name, call, scope) for name in gives.types]
    if gives.is_self:
        found.append(receiver)
    if len(found) != 1 and not names.is_wide:
        return None
    return joined(found)


def method(names: Names, value: Value | None, name: str, node: Node, scope: Scope) -> Value | None:
    """What `value.name()` gives, for a special method; None where the value has none."""
    found = []
    for one in alternatives(value):
        for member in alternatives(names.member(one, name)):
            match member:
                case External(dotted) if dotted in names.native:
                    found.append(given_by(names, member, one, node, scope))
                case PythonFunction(inner):
                    found.append(names.returned(inner, node, scope))
    return joined(found)


def unary(names: Names, node: Node, scope: Scope) -> Value | None:
    operator = node.child_by_field_name("operator")
    name = _UNARY.get(operator.type, "") if operator is not None else ""
    value = names.evaluate(node.child_by_field_name("argument"), scope) if name else None
    return method(names, value, name, node, scope)


def binary(names: Names, node: Node, scope: Scope) -> Value | None:
    """By the left operand, else by the right one: C's slots serve both."""
    operator = node.child_by_field_name("operator")
    word = _OPERATORS.get(operator.type) if operator is not None else None
    if word is None:
        return None
    for side in ("left", "right"):
        value = names.evaluate(node.child_by_field_name(side), scope)
        found = method(names, value, f"__{word}__", node, scope)
        if found is not None:
            return found
    return None


def augmented(names: Names, node: Node, scope: Scope) -> Value | None:
    """What `name += value` leaves in the name."""
    operator = node.child_by_field_name("operator")
    word = _OPERATORS.get(operator.type.removesuffix("=")) if operator is not None else None
    before = names.evaluate(node.child_by_field_name("left"), scope) if word is not None else None
    for name in (f"__i{word}__", f"__{word}__"):
        found = method(names, before, name, node, scope)
        if found is not None:
            return found
    return None


def subscript(names: Names, holder: Value | None, node: Node, scope: Scope) -> Value | None:
    """An item is whatever the slot gives; a slice of a sequence is a sequence of its kind."""
    value = method(names, holder, "__getitem__", node, scope)
    if value is None and names.is_wide:
        return _item(names, node, scope)
    parts = node.children_by_field_name("subscript")
    if value is not None or names.is_wide or len(parts) != 1 or parts[0].type != "slice":
        return value
    return method(names.widened(), holder, "__getitem__", node, scope)


def _item(names: Names, node: Node, scope: Scope) -> Value | None:
    """Any item of a literal: which one is not asked."""
    held = node.child_by_field_name("value")
    if held is None:
        return None
    literal, home = names.written(held, scope)
    if literal.type == "dictionary":
        values = [pair.child_by_field_name("value") for pair in literal.named_children if pair.type == "pair"]
    else:
        values = [*literal.named_children] if literal.type in ("list", "tuple") else []
    return joined(names.evaluate(value, home) for value in values[:ITEM_BOUND])


def element(names: Names, iterated: Value | None, node: Node, scope: Scope) -> Value | None:
    """What a loop over a value gives."""
    return method(names, method(names, iterated, "__iter__", node, scope), "__next__", node, scope)


def context(names: Names, node: Node, scope: Scope) -> Value | None:
    """What `with` gives to the name behind `as`."""
    value = names.evaluate(node, scope)
    return method(names, value, "__enter__", node, scope) if value is not None else None


def class_of(value: Value | None) -> Value | None:
    """`type(value)`"""
    found: list[Value | None] = []
    for one in alternatives(value):
        match one:
            case Made(callee):
                found.append(External(callee))
            case Instance(scope):
                found.append(PythonClass(scope))
    return joined(found)


def passed_on(names: Names, function: str, given: list[Node], node: Node, scope: Scope) -> Value | None:
    """What a function of the standard library gives back of its argument, by the function's dotted name."""
    if not given:
        return None
    if function in _CASTS and len(given) == 2:
        return names.evaluate(given[1], scope)
    value = names.evaluate(given[0], scope)
    match function:
        case "type" if len(given) == 1:
            return class_of(value)
        case "iter":
            return method(names, value, "__iter__", node, scope)
        case "next":
            return method(names, value, "__next__", node, scope)
        case "random.choice":
            return names.element_of(given[0], scope)
        case _ if function in _ALIASES:
            return names.join([one for one in alternatives(value) if isinstance(one, (Made, Instance))])
    return None


def either(names: Names, node: Node, scope: Scope) -> Value | None:
    """`a or b`, `a if c else b`: the one thing that both are; where alternatives are asked for, either."""
    sides = [child for child in node.named_children if child.type != "comment"]
    if node.type == "conditional_expression":
        sides = [sides[0], sides[-1]]
    values = [names.evaluate(side, scope) for side in sides if side.type != "none"]
    if values and all(isinstance(value, External) and value.name in LIBRARY_CLASSES for value in values):
        return External("ctypes.CDLL")  # of each system its own
    return names.join(values)
