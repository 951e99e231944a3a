"""Expressions of rules: recorded while a rule's function runs once, then staged into tables of nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn


class RuleError(Exception):
    """A rule that cannot be staged; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a staged expression, named as in native/shadow/table.h; `left` and `right` index earlier nodes."""

    operator: str
    number: int = 0
    field: str = ""
    left: int = 0
    right: int = 0


class Term:
    """A number of the event at hand, not yet known. Numbers are mathematical integers: they never wrap.

    Comparisons give 0 or 1; combine them with `&`, `|` and `~`, which look at their right side only when the left does
    not decide.
    """

    __slots__ = ("field", "number", "operands", "operator")
    __hash__ = None  # type: ignore[assignment]  # equality builds a term

    def __init__(self, operator: str, operands: tuple[Term, ...] = (), number: int = 0, field: str = "") -> None:
        self.operator = operator
        self.operands = operands
        self.number = number
        self.field = field

    def __bool__(self) -> NoReturn:
        raise RuleError("a rule is staged, not run: write & | ~ in place of and, or, not, if")

    def __add__(self, other: Operand) -> Term:
        return _binary("add", self, other)

    def __radd__(self, other: int) -> Term:
        return _binary("add", other, self)

    def __sub__(self, other: Operand) -> Term:
        return _binary("subtract", self, other)

    def __rsub__(self, other: int) -> Term:
        return _binary("subtract", other, self)

    def __mul__(self, other: Operand) -> Term:
        return _binary("multiply", self, other)

    def __rmul__(self, other: int) -> Term:
        return _binary("multiply", other, self)

    def __lshift__(self, other: Operand) -> Term:
        return _binary("shift_left", self, other)

    def __neg__(self) -> Term:
        return Term("negate", (self,))

    def __eq__(self, other: object) -> Term:  # type: ignore[override]
        return _binary("equal", self, other)

    def __ne__(self, other: object) -> Term:  # type: ignore[override]
        return _binary("not_equal", self, other)

    def __lt__(self, other: Operand) -> Term:
        return _binary("less", self, other)

    def __le__(self, other: Operand) -> Term:
        return _binary("less_equal", self, other)

    def __gt__(self, other: Operand) -> Term:
        return _binary("less", other, self)

    def __ge__(self, other: Operand) -> Term:
        return _binary("less_equal", other, self)

    def __and__(self, other: Operand) -> Term:
        return _binary("logical_and", self, other)

    def __or__(self, other: Operand) -> Term:
        return _binary("logical_or", self, other)

    def __invert__(self) -> Term:
        return Term("logical_not", (self,))


Operand = Term | int


def term(value: object) -> Term:
    """A term, or a constant as one."""
    if isinstance(value, Term):
        return value
    if isinstance(value, int):
        if not -(1 << 63) <= value < 1 << 63:
            raise RuleError(f"the constant {value} does not fit 64 bits")
        return Term("constant", number=int(value))
    raise RuleError(f"{value!r} is neither a field of the event nor an integer")


def _binary(operator: str, left: object, right: object) -> Term:
    return Term(operator, (term(left), term(right)))


def field(name: str, argument: int = 0) -> Term:
    """A field of the event, or of an argument of a call counted from 1, named as in native/shadow/table.h."""
    return Term("field", field=name, number=argument)


def any_of(value: Term, *choices: int) -> Term:
    """Whether `value` is one of the choices."""
    found = value == choices[0]
    for choice in choices[1:]:
        found = found | (value == choice)
    return found


def fields_of(expression: Term) -> set[str]:
    """Names of the fields that an expression reads."""
    names = {expression.field} if expression.operator == "field" else set()
    return names.union(*(fields_of(operand) for operand in expression.operands))


def stage_expression(expression: Term) -> tuple[Node, ...]:
    """The nodes of an expression, children before parents, the root last."""
    nodes: list[Node] = []

    def visit(part: Term) -> int:
        children = [visit(operand) for operand in part.operands]
        left, right = (*children, 0, 0)[:2]
        nodes.append(Node(part.operator, part.number, part.field, left, right))
        return len(nodes) - 1

    visit(expression)
    return tuple(nodes)
