"""C functions as entries: failures that come about whatever a caller does.

Of each function its own demands are asked, with any arguments, and with anything in the globals that other code may
have written. A failure counts only when it depends on none of that. One that does ("depends on the caller") is the
callers' to avoid: it is asked again of those that call the function directly, with what they hand over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gnomon import _engine
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import reached_by
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.known import Known, Memo, Obligations

LATENT = "depends on the caller"  # the engine's reason
HIGHEST = 3  # callers above the function whose demand it is


def callees_first(
    functions: Iterable[int], calls: Sequence[Sequence[int]]
) -> tuple[list[int], Mapping[int, Sequence[int]]]:
    """Functions by id, callees before their callers, and those callees of each. Of functions that call each other, some
    come first, and are nobody's callers there."""
    wanted = set(functions)
    order: list[int] = []
    callees: dict[int, list[int]] = {}  # of those that are in the order
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
                callees[function] = [c for c in dict.fromkeys(calls[function]) if c in callees]
                order.append(function)
                stack.pop()
            else:
                seen.add(callee)
                stack.append((callee, iter(calls[callee])))
    return order, callees


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a function: its demands that no entry has settled, and those that its callees leave to it."""

    function: int
    name: str  # of its harness
    entry: Entry
    asked: Mapping[ObligationId, tuple[_engine.Obligation, int]]  # and how far up they have come


class OpenFunctions:
    """Decides C functions by themselves, callees first."""

    def __init__(
        self,
        engine: Engine,
        known: Known,
        functions: Mapping[int, LoweredFunction],
        obligations: Mapping[int, Obligations],
    ) -> None:
        self._engine = engine
        self._known = known
        self._functions = functions
        self._order, self._callees = callees_first(obligations, engine.native.calls())
        # By function: the demands that it leaves to its callers.
        self._left: dict[int, dict[ObligationId, tuple[_engine.Obligation, int]]] = {}

    def levels(self) -> list[list[LoweredFunction]]:
        """The functions of a level do not wait for each other's answers, only for those of the levels before."""
        level: dict[int, int] = {}
        for function in self._order:
            level[function] = 1 + max((level[callee] for callee in self._callees[function]), default=-1)
        levels: list[list[LoweredFunction]] = [[] for _ in range(1 + max(level.values(), default=-1))]
        for function in self._order:
            if self._functions[function].name != "main":
                levels[level[function]].append(self._functions[function])
        return levels

    def question(
        self, function: int, name: str, entry: Entry, own: Mapping[ObligationId, _engine.Obligation]
    ) -> Question | None:
        """`own` are its demands that no entry has settled. None when there is nothing to ask."""
        asked = {**self._left_by_callees(function), **{o: (obligation, 0) for o, obligation in own.items()}}
        return Question(function, name, entry, asked) if asked else None

    def memo(self, question: Question) -> Memo | None:
        """What is known of the function, if it answers just what is asked."""
        memo = self._known.memo(question.name, question.entry, False, frozenset())
        if memo is None or {o for decisions in memo.decisions.values() for o in decisions} != question.asked.keys():
            return None
        return memo

    def note(self, question: Question, memo: Memo | None) -> None:
        """The answers, of which those that depend on the caller are asked of the callers again."""
        if memo is not None:
            self._left[question.function] = {
                o: (obligation, level)
                for o, (obligation, level) in question.asked.items()
                if memo.decisions[o[0]][o].reason == LATENT and level < HIGHEST
            }

    def decide(self, question: Question, decider: Decider) -> Memo | None:
        """None when nobody can call the function with arguments made up."""
        try:
            self._engine.declare(question.name, question.entry)
        except ValueError:
            return None
        wanted: dict[int, list[_engine.Obligation]] = {}
        for obligation, _ in question.asked.values():
            wanted.setdefault(obligation.site[0], []).append(obligation)
        decided: dict[int, dict[ObligationId, Decision]] = {}
        slicer = decider.slicer(question.name)
        for o, decision in decider.decide(question.name, slicer, wanted).items():
            is_tentative = decision.answer != "refuted"
            decided.setdefault(o[0], {})[o] = replace(decision, is_tentative=is_tentative)
        return Memo.of(question.entry, reached_by(slicer, self._functions.values()), False, frozenset(), decided)

    def _left_by_callees(self, function: int) -> dict[ObligationId, tuple[_engine.Obligation, int]]:
        found: dict[ObligationId, tuple[_engine.Obligation, int]] = {}
        for callee in self._callees[function]:
            for o, (obligation, level) in self._left.get(callee, {}).items():
                found.setdefault(o, (obligation, level + 1))
        return found
