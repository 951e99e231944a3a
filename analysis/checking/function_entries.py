"""C functions as entries: failures that come about whatever a caller does.

Of each function its own demands are asked, with any arguments, and with anything in the globals that other code may
have written. A failure counts only when it depends on none of that. One that does ("depends on the caller") is the
callers' to avoid: it is asked again of those that call the function directly, with what they hand over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gnomon import _engine
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import reached_by
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.known import Known, Memo, Obligations

LATENT = "depends on the caller"  # the engine's reason
HIGHEST = 3  # callers above the function whose demand it is


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


class OpenFunctions:
    """Decides C functions by themselves, callees first."""

    def __init__(
        self,
        engine: Engine,
        decider: Decider,
        known: Known,
        functions: Mapping[int, LoweredFunction],
        obligations: Mapping[int, Obligations],
    ) -> None:
        self._engine = engine
        self._decider = decider
        self._known = known
        self._functions = functions
        self._obligations = obligations
        self._calls = engine.native.calls()
        # By function: the demands that it leaves to its callers, and how far up they have come.
        self._left: dict[int, dict[ObligationId, tuple[_engine.Obligation, int]]] = {}

    def in_order(self) -> Iterator[LoweredFunction]:
        for function in bottom_up(self._obligations, self._calls):
            if self._functions[function].name != "main":
                yield self._functions[function]

    def decide(
        self, function: int, name: str, entry: Entry, own: Mapping[ObligationId, _engine.Obligation]
    ) -> Memo | None:
        """`own` are its demands that no entry has settled. None when there is nothing to ask, or when nobody can call
        it with arguments made up."""
        asked = {**self._left_by_callees(function), **{o: (obligation, 0) for o, obligation in own.items()}}
        if not asked:
            return None
        memo = self._known.memo(name, entry, False, frozenset())
        if memo is None or {o for decisions in memo.decisions.values() for o in decisions} != asked.keys():
            memo = self._decided(name, entry, [obligation for obligation, _ in asked.values()])
        if memo is not None:
            self._left[function] = {
                o: (obligation, level)
                for o, (obligation, level) in asked.items()
                if memo.decisions[o[0]][o].reason == LATENT and level < HIGHEST
            }
        return memo

    def _decided(self, name: str, entry: Entry, asked: Iterable[_engine.Obligation]) -> Memo | None:
        try:
            self._engine.declare(name, entry)
        except ValueError:
            return None
        wanted: dict[int, list[_engine.Obligation]] = {}
        for obligation in asked:
            wanted.setdefault(obligation.site[0], []).append(obligation)
        decided: dict[int, dict[ObligationId, Decision]] = {}
        slicer = self._decider.slicer(name)
        for o, decision in self._decider.decide(name, slicer, wanted).items():
            is_tentative = decision.answer != "refuted"
            decided.setdefault(o[0], {})[o] = replace(decision, is_tentative=is_tentative)
        reached = reached_by(slicer, self._functions.values())
        return Memo.of(entry, reached, False, frozenset(), decided)

    def _left_by_callees(self, function: int) -> dict[ObligationId, tuple[_engine.Obligation, int]]:
        found: dict[ObligationId, tuple[_engine.Obligation, int]] = {}
        for callee in dict.fromkeys(self._calls[function]):
            if callee != function:
                for o, (obligation, level) in self._left.get(callee, {}).items():
                    found.setdefault(o, (obligation, level + 1))
        return found
