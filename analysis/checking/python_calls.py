"""The calls that Python makes in a history of a C extension, with the objects that it hands over.

Of the steps of such an entry most are those of models/cpython_harness.c; the calls of Python's are those that are
written in `EntryStep.python`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gnomon.analysis.checking.entry import ConstantArgument, Entry, EntryStep, IntegerArgument, ResultArgument
from gnomon.analysis.checking.finding import InputValue
from gnomon.analysis.checking.python_values import Objects, Plain, PythonValue, child, is_part, is_piece, told

_MAKES = ("gnomon_construct", "gnomon_new_instance", "gnomon_new_alone")
_LETS_CALL_BACK = "gnomon_let_call_back"
FAILS, MALLOC_FAILS = "an allocation of the interpreter fails", "allocation fails"
_OBJECTS = ("made.", "taken.", "inner.")  # attributes of what scripts call so
_ONE, _MANY = ("gnomon_argument",), ("gnomon_arguments", "gnomon_vector")


@dataclass(frozen=True, slots=True)
class Given:
    """An argument. `number` is the object's; 0: a number that stands there as it is, by the name of its input."""

    value: PythonValue
    number: int = 0


@dataclass(frozen=True, slots=True)
class PythonCall:
    """`form` is written with the arguments: "made.push({0}, {1})". `makes`: what it gives is called `made` from there.
    `step` is the call's in the entry."""

    step: int
    form: str
    arguments: tuple[Given, ...] = ()
    makes: bool = False
    is_inside: bool = False  # methods of what is passed make it, while what follows runs
    counts: int = 0  # the number of the tuple or vector that they come in

    @property
    def name(self) -> str:
        """What is called, for a person: "push", "made[...]"."""
        form = re.sub(r"^\w+ = ", "", self.form)
        if match := re.match(r"[\w.]+(?=\()", form):
            return match[0].rpartition(".")[2]
        return re.sub(r"\{\d+\}", "...", form)


def calls_of(entry: Entry, inputs: Sequence[InputValue]) -> list[PythonCall]:
    objects = Objects(inputs)
    return [_call(entry, number, inputs, objects) for number, step in enumerate(entry.steps) if step.python]


def told_inputs(
    inputs: Sequence[InputValue], entry: Entry | None, relevant: Collection[str] | None = None
) -> list[InputValue]:
    """The inputs as a person is told of them, of those with these names: the objects whole, by what is called with
    them."""
    is_told = (lambda name: True) if relevant is None else relevant.__contains__
    shown = [
        i for i in inputs if not is_piece(i) and is_told(i.name) and (i.name not in (FAILS, MALLOC_FAILS) or i.value)
    ]
    if entry is None or entry.kind != "capi":
        return shown
    pieces = [i for i in inputs if is_piece(i) and is_told(i.name)]
    return [*shown, *_named(calls_of(entry, inputs), pieces)]


def _call(entry: Entry, number: int, inputs: Sequence[InputValue], objects: Objects) -> PythonCall:
    step = entry.steps[number]
    given: list[Given] = []
    counts = 0
    for argument in step.arguments:
        if isinstance(argument, IntegerArgument):
            value = next((i.value for i in inputs if i.step == number and i.name == argument.name), 0)
            given.append(Given(Plain(repr(value))))
        made = entry.steps[argument.step] if isinstance(argument, ResultArgument) else None
        if made is not None and made.function in _ONE:
            given.append(_given(objects, _number(made)))
        elif made is not None and made.function in _MANY:
            counts = _number(made)
            given += [_given(objects, child(counts, i)) for i in range(objects.count(counts))]
    form, is_inside = _form(step.python, len(given)), step.function == _LETS_CALL_BACK
    return PythonCall(number, form, tuple(given), step.function in _MAKES, is_inside, counts)


def _number(step: EntryStep) -> int:
    return next(a.value for a in step.arguments if isinstance(a, ConstantArgument))


def _given(objects: Objects, number: int) -> Given:
    return Given(objects.object(number), number)


def _form(python: str, count: int) -> str:
    all_of_them = ", ".join(f"{{{i}}}" for i in range(count))
    further = "".join(f", {{{i}}}" for i in range(count))
    is_function = re.fullmatch(r"[\w.]+", python) is not None and not python.startswith(_OBJECTS)
    return f"{python}({all_of_them})" if is_function else python.replace("{*}", all_of_them).replace("{,*}", further)


def _named(calls: Sequence[PythonCall], pieces: Iterable[InputValue]) -> Iterator[InputValue]:
    """The arguments that the pieces are of."""
    pieces = list(pieces)
    several = sum(bool(call.arguments or call.counts) for call in calls) > 1
    names = [call.name for call in calls]
    for position, call in enumerate(calls):
        again = names[:position].count(call.name)
        of_which = f" of {call.name}{f' (call {again + 1})' if again else ''}" if several else ""
        is_counted = any(i.number == call.counts for i in pieces)
        if is_counted and not call.arguments:
            yield InputValue(f"arguments{of_which}", "()", call.step, "object")
        for index, given in enumerate(call.arguments, 1):
            if given.number and (is_counted or any(is_part(i.number, given.number) for i in pieces)):
                yield InputValue(f"argument {index}{of_which}", told(given.value), call.step, "object")
