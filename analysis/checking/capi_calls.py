"""Calls of an extension's functions in the making: by the calling convention of a method table, or as slots."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.capi_history import USUAL_ARGUMENTS, History
from gnomon.analysis.checking.capi_shapes import ANY, ARGUMENTS, END, NEXT, SELF, STATUS, Shape, passing
from gnomon.analysis.checking.entry import AddressArgument, Argument, ConstantArgument, NullArgument, ResultArgument
from gnomon.analysis.syntax.csource import CFunction

METH_VARARGS, METH_KEYWORDS, METH_NOARGS, METH_O = 1, 2, 4, 8
METH_CLASS, METH_STATIC, METH_FASTCALL, METH_METHOD = 16, 32, 128, 512

GIVES_OBJECT, GIVES_OBJECT_OF_THREE, GIVES_STATUS = range(3)  # as models/cpython_instance.c has them


@dataclass(frozen=True, slots=True)
class Call:
    """Of a function of a method table (without a shape) or a slot."""

    binding: Binding
    native: CFunction
    receiver: Argument
    shape: Shape | None
    python: str
    most: int = USUAL_ARGUMENTS  # arguments

    @property
    def function(self) -> str:
        return self.native.key

    def passing(self, argument: str | Argument, name: str) -> Call | None:
        """With an object, which a script calls `name`, in place of one that is passed; None where none is."""
        shape = self.shape
        if shape is None and self.binding.flags & METH_O:
            shape = Shape((SELF, ANY), self.python.replace("{*}", "{0}"))
        same = passing(shape, argument, name) if shape is not None else None
        return replace(self, shape=same, python=same.python) if same is not None else None

    @property
    def takes_objects(self) -> bool:
        if self.shape is not None:
            return not {ANY, ARGUMENTS}.isdisjoint(a for a in self.shape.arguments if isinstance(a, str))
        return not self.binding.flags & METH_NOARGS

    @property
    def shape_of_back(self) -> int | None:
        """How models/cpython_instance.c calls it from inside of another call; None: it does not."""
        parameters = len(self.native.type.parameters) if self.native.type is not None else 0
        if self.shape is None:
            is_plain = not self.binding.flags & (METH_FASTCALL | METH_METHOD)
            return {2: GIVES_OBJECT, 3: GIVES_OBJECT_OF_THREE}.get(parameters) if is_plain else None
        gives, taken = self.shape.end, self.shape.arguments
        if (
            gives == STATUS
            and parameters == 3
            and len(taken) == 3
            and taken[0] == SELF
            and isinstance(taken[2], NullArgument)
        ):
            return GIVES_STATUS
        is_object = gives == END and parameters == 2 and len(taken) == 2 and taken[0] == SELF
        return GIVES_OBJECT if is_object else None

    def let_call_back(self, history: History) -> None:
        """Python code, in what follows, may make the call."""
        shape = self.shape_of_back
        assert shape is not None
        if self.shape is not None:
            given = history.given(self.shape.arguments[1], self.receiver, self.most)
        else:
            given = next(iter(given_to(history, self.binding.flags, self.receiver, self.most) or ()), NullArgument())
        call = (AddressArgument(self.function), ConstantArgument(shape), self.receiver, given)
        history.add("gnomon_let_call_back", *call, python=self.python)

    def add(self, history: History) -> None:
        """Whoever made the call looks at what it gives, and lets it go."""
        history.add(self.shape.end if self.shape is not None else END, self._called(history, self.python))

    @property
    def assigns(self) -> bool:
        """As `made += {0}` does, in a script."""
        return re.match(r"\w+ (?:[-+*@%&|^]|//?|<<|>>)= ", self.python) is not None

    def add_taken(self, history: History, kind: Argument, name: str = "taken") -> ResultArgument:
        """What it gives, an object of that type or the history ends, is held; a script calls it `name`."""
        is_plain = self.shape is None and "{" not in self.python
        form = f"{name} = {self.python}{'({*})' if is_plain else ''}"
        is_next = self.shape is not None and self.shape.end == NEXT
        take = "gnomon_take_next" if is_next else "gnomon_take"
        return history.hold(history.add(take, self._called(history, form), kind))

    def _called(self, history: History, python: str) -> ResultArgument:
        if self.shape is not None:
            given = tuple(history.given(argument, self.receiver, self.most) for argument in self.shape.arguments)
        else:
            given = (self.receiver, *(given_to(history, self.binding.flags, self.receiver, self.most) or ()))
        return history.add(self.function, *_taken(self.native, given), python=python)


def _taken(function: CFunction, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Those that the function takes: method tables hold casts of functions that do without the last ones."""
    return arguments if function.type is None else arguments[: len(function.type.parameters)]


def given_to(
    history: History, flags: int, receiver: Argument, most: int = USUAL_ARGUMENTS
) -> tuple[Argument, ...] | None:
    """The arguments behind the receiver, by the calling convention; None for one that is not modelled."""
    convention = flags & ~(METH_CLASS | METH_STATIC)
    if convention == METH_VARARGS:
        return (history.arguments(most),)
    if convention == METH_VARARGS | METH_KEYWORDS:
        return (history.arguments(most), NullArgument())
    if convention == METH_NOARGS:
        return (NullArgument(),)
    if convention == METH_O:
        return (history.any(),)
    if convention & ~(METH_KEYWORDS | METH_METHOD) != METH_FASTCALL:
        return None
    defining: tuple[Argument, ...] = ()
    if convention & METH_METHOD:
        defining = (receiver if flags & METH_CLASS else history.add("gnomon_class", receiver),)
    vector, count = history.vector(most)
    return (*defining, vector, count, *([NullArgument()] if convention & METH_KEYWORDS else []))
