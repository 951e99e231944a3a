"""The third part of a prototype of ctypes, `((1, "x"), (1, "y", 0))`, and functions that look at results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.parameters import PythonParameters, parameters_of_value
from gnomon.analysis.boundary.values import NativeFunction
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class ParameterFlag:
    """`direction` is None where it is no literal; `default` is where a value stands that is given for nothing."""

    direction: int | None
    place: Span
    default: Span | None = None


@dataclass(frozen=True, slots=True)
class ResultCheck:
    """`function.errcheck = check`"""

    native: str
    place: Span  # of what is assigned
    function: PythonParameters


def parameter_flags(node: Node, scope: Scope) -> Iterator[ParameterFlag]:
    """The rows of a literal."""
    source = scope.module.source
    for row in (child for child in node.named_children if child.type != "comment"):
        parts = [child for child in row.named_children if child.type != "comment"] if row.type == "tuple" else []
        number = source.spelling(parts[0]) if parts and parts[0].type == "integer" else ""
        direction = int(number) if number.isdecimal() else None
        yield ParameterFlag(direction, source.span(row), source.span(parts[2]) if len(parts) == 3 else None)


def result_check(node: Node, scope: Scope, names: Names) -> ResultCheck | None:
    """Of an attribute that is assigned to."""
    named, above = node.child_by_field_name("attribute"), node.parent
    source = scope.module.source
    if named is None or source.spelling(named) != "errcheck" or above is None or above.type != "assignment":
        return None
    value = above.child_by_field_name("right")
    while value is not None and value.type == "assignment":
        value = value.child_by_field_name("right")
    function = names.evaluate(node.child_by_field_name("object"), scope)
    if value is None or above.child_by_field_name("left") != node or not isinstance(function, NativeFunction):
        return None
    taken = parameters_of_value(value, scope, names)
    return ResultCheck(function.name, source.span(value), taken) if taken is not None else None
