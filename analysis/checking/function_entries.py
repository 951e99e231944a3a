"""C functions as entries: failures that come about whatever a caller does.

Of each function its own demands are asked, with any arguments, and with anything in the globals that other code may
have written. A failure counts only when it depends on none of that. One that does ("depends on the caller") is the
callers' to avoid: it is asked again of those that call the function directly, with what they hand over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gnomon import _engine
from gnomon.analysis.checking.decide import Decision, ObligationId, identify
from gnomon.analysis.checking.engine import LoweredFunction
from gnomon.analysis.checking.entry import Entry, EntryStep

LATENT = "depends on the caller"  # the engine's reason
HIGHEST = 3  # callers above the function whose demand it is


def function_entry(function: LoweredFunction, source: str) -> Entry:
    """The entry of a C function; `source` is its file, relative to the root."""
    return Entry(function.name, "function", (EntryStep(function.key, (), function.name),), sources=(source,))


def bottom_up(functions: Iterable[int], calls: Sequence[Sequence[int]]) -> list[int]:
    """Functions by id, callees before their callers; those that call each other in some order."""
    wanted = set(functions)
    order: list[int] = []
    seen: set[int] = set()
    for start in sorted(wanted):
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(calls[start]))]
        while stack:
            function, rest = stack[-1]
            callee = next((c for c in rest if c in wanted and c not in seen), None)
            if callee is None:
                order.append(function)
                stack.pop()
            else:
                seen.add(callee)
                stack.append((callee, iter(calls[callee])))
    return order


@dataclass(slots=True)
class Upward:
    """What functions leave to their callers, by function: demands, and how far up they have come."""

    calls: Sequence[Sequence[int]]
    _latent: dict[int, dict[ObligationId, tuple[_engine.Obligation, int]]] = field(default_factory=dict)

    def asked(self, function: int, own: Iterable[_engine.Obligation]) -> dict[int, list[_engine.Obligation]]:
        """The demands to ask of a function, by the function that they are in."""
        asked: dict[int, list[_engine.Obligation]] = {function: list(own)}
        for obligation, _ in self._from_callees(function):
            asked.setdefault(obligation.site[0], []).append(obligation)
        return asked

    def note(
        self, function: int, own: Iterable[_engine.Obligation], decisions: Mapping[ObligationId, Decision]
    ) -> None:
        """Keeps what the decisions on the asked demands leave to the callers of the function."""
        levels = [(obligation, 0) for obligation in own]
        levels += [(obligation, level + 1) for obligation, level in self._from_callees(function)]
        kept: dict[ObligationId, tuple[_engine.Obligation, int]] = {}
        for obligation, level in levels:
            decision = decisions.get(identify(obligation))
            if decision is not None and decision.reason == LATENT and level < HIGHEST:
                kept.setdefault(identify(obligation), (obligation, level))
        self._latent[function] = kept

    def _from_callees(self, function: int) -> Iterator[tuple[_engine.Obligation, int]]:
        for callee in dict.fromkeys(self.calls[function]):
            if callee != function:
                yield from self._latent.get(callee, {}).values()
