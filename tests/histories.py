"""Histories of extensions by hand: the steps of an entry, and the inputs by which its arguments are given values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gnomon.analysis.checking.entry import (
    AddressArgument,
    Argument,
    ConstantArgument,
    Entry,
    EntryStep,
    NullArgument,
    ResultArgument,
)
from gnomon.analysis.checking.finding import InputValue, Value
from gnomon.analysis.checking.python_values import child

Convention = Literal["METH_VARARGS", "METH_O", "METH_FASTCALL", "METH_NOARGS"]

INT, STR, INSTANCE, LIST, BYTES, TUPLE, FLOAT, DICT, HUGE, BYTEARRAY = range(10)


@dataclass(frozen=True)
class Anything:
    """An object at which nobody looks."""


@dataclass(frozen=True)
class Instance:
    """Of a class made for it; RuntimeError among the outcomes is raised."""

    outcomes: tuple[object, ...] = ()


def pieces(number: int, value: object) -> Iterator[InputValue]:
    """The inputs that the models would choose for the object with that number."""

    def piece(name: str, chosen: Value, of: int = number) -> InputValue:
        return InputValue(name, chosen, 0, "bytes" if isinstance(chosen, bytes) else "integer", "gnomon_any", of)

    if value is None or value is True:
        yield piece("shared", 1 if value is None else 2)
        return
    if isinstance(value, Anything):
        return
    yield piece("shared", 0)
    kinds = {int: INT, str: STR, list: LIST, bytes: BYTES, tuple: TUPLE, float: FLOAT, dict: DICT, bytearray: BYTEARRAY}
    if isinstance(value, Instance):
        yield piece("kind", INSTANCE)
        for called, outcome in enumerate(value.outcomes, child(number, 0)):
            yield piece("raises", int(outcome is RuntimeError), called)
            if outcome is not RuntimeError:
                yield from pieces(called, outcome)
        return
    is_huge = isinstance(value, int) and not -(1 << 63) <= value < 1 << 63
    yield piece("kind", HUGE if is_huge else kinds[type(value)])
    match value:
        case int():
            yield piece("value", max(-1, min(value, 1)) if is_huge else value)
        case float():
            yield piece("value", value)
        case str() | bytes() | bytearray():
            yield piece("text", value.encode() if isinstance(value, str) else bytes(value))
        case list() | tuple() | dict():
            yield piece("length", len(value))
            inside = [part for pair in value.items() for part in pair] if isinstance(value, dict) else value
            for index, part in enumerate(inside):
                yield from pieces(child(number, index), part)


@dataclass
class History:
    module: str
    steps: list[EntryStep] = field(default_factory=list)
    inputs: list[InputValue] = field(default_factory=list)
    roots: int = 0x100
    made: Argument = field(default_factory=NullArgument)

    def __post_init__(self) -> None:
        self._add("gnomon_loaded", self._add(f"PyInit_{self.module.rpartition('.')[2]}"))

    def new(self, python: str, *values: object) -> History:
        """Makes an instance, the receiver of the methods from there."""
        given = self._given("METH_VARARGS", values)
        self.made = self._add("gnomon_new_instance", AddressArgument("type"), *given, python=python)
        return self

    def call(self, python: str, *values: object, convention: Convention = "METH_O") -> History:
        """A function, or a method or slot of the instance."""
        result = self._add("user", self.made, *self._given(convention, values), python=python)
        self._add("gnomon_end_call", result)
        return self

    def entry(self, *sources: str) -> Entry:
        return Entry("entry", "capi", tuple(self.steps), self.module, sources=sources)

    def _given(self, convention: Convention, values: tuple[object, ...]) -> tuple[Argument, ...]:
        if convention == "METH_NOARGS":
            return (NullArgument(),)
        if convention == "METH_O":
            return tuple(self._object(value) for value in values)
        number = self._root()
        for index, value in enumerate(values):
            self.inputs += pieces(child(number, index), value)
        self.inputs.append(InputValue("arguments", len(values), 0, "integer", "gnomon_arguments", number))
        if convention == "METH_VARARGS":
            return (self._add("gnomon_arguments", ConstantArgument(number)),)
        vector = self._add("gnomon_vector", ConstantArgument(number))
        return (vector, self._add("gnomon_count", vector, ConstantArgument(number)))

    def _object(self, value: object) -> ResultArgument:
        number = self._root()
        self.inputs += pieces(number, value)
        return self._add("gnomon_argument", ConstantArgument(number))

    def _root(self) -> int:
        self.roots += 1
        return self.roots - 1

    def _add(self, function: str, *arguments: Argument, python: str = "") -> ResultArgument:
        self.steps.append(EntryStep(function, arguments, python))
        return ResultArgument(len(self.steps) - 1)
