"""The steps of a witness: what a debugger that stopped at the failure could tell of the way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gnomon import _engine
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.finding import InputValue
from gnomon.analysis.checking.values import shorten

MAXIMUM_STEPS = 12
FIRST_STEPS = 3  # of those; the others are the last
MAXIMUM_NAME = 30


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call from outside, with the inputs that it was given."""

    function: LoweredFunction
    values: dict[str, str]


class Way:
    """The last visit of each line, in order, with the values that it gave."""

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        self._arrivals = list(arrivals)
        self._visits: dict[tuple[str, int], dict[str, str]] = {}

    def come_to(self, function: int) -> None:
        """A step in a function: it was called from outside, and so were those that left no step themselves."""
        ids = [arrival.function.id for arrival in self._arrivals]
        if function in ids:
            self._arrive(ids.index(function) + 1)

    def visit(self, path: str, line: int, values: Mapping[str, str]) -> None:
        self._visits[path, line] = {**self._visits.pop((path, line), {}), **values}

    def end(self, path: str, line: int) -> list[tuple[str, int, dict[str, str]]]:
        """All visits, the failing line the last; of many, the first few and the last."""
        self._arrive(len(self._arrivals))
        self.visit(path, line, {})
        lines = [(path, line, values) for (path, line), values in self._visits.items()]
        return lines if len(lines) <= MAXIMUM_STEPS else lines[:FIRST_STEPS] + lines[FIRST_STEPS - MAXIMUM_STEPS :]

    def _arrive(self, count: int) -> None:
        for arrival in self._arrivals[:count]:
            if arrival.values:
                self.visit(arrival.function.path, arrival.function.line, arrival.values)
        del self._arrivals[:count]


def arrivals(
    functions: Mapping[int, LoweredFunction], called: Sequence[int | None], inputs: Sequence[InputValue]
) -> list[Arrival]:
    """The calls of the program's functions in an entry, in order; `called` are the functions of all its steps."""
    found = []
    for number, function in enumerate(called):
        given = {i.name: shorten(i.value) for i in inputs if i.step == number and not i.name.startswith("#")}
        if function is not None and function in functions and not functions[function].is_model:
            found.append(Arrival(functions[function], given))
    return found


def steps_of(
    engine: Engine,
    functions: Mapping[int, LoweredFunction],
    outcome: _engine.Outcome,
    way: Way,
    failed: tuple[str, int],
) -> list[tuple[str, int, dict[str, str]]]:
    """Path, line and values of each step; `failed` is the line of the failure."""
    for step in outcome.steps:
        function = functions.get(step.site[0])
        place = engine.native.place(*step.site)
        if function is None or function.is_model or place.line == 0:
            continue
        way.come_to(function.id)
        way.visit(place.path, place.line, {step.name: step.value} if _is_telling(step) else {})
    return way.end(*failed)


def _is_telling(step: _engine.Step) -> bool:
    """Not calls, which show their arguments, nor what the engine alone knows by that name, nor whole statements."""
    named = bool(step.name) and not step.name.startswith("#") and step.name != "condition"
    return named and not step.value.startswith("(") and len(step.name) <= MAXIMUM_NAME
