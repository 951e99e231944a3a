"""C functions as entries: failures that come about whatever a caller does.

Of each function its own demands are asked, with any arguments, and with anything in the globals that other code may
have written. A failure counts only when it depends on none of that. One that does ("depends on the caller") is the
callers' to avoid: it is asked again of those that call the function directly, with what they hand over. What none of
them settles is latent, and told of where the settings ask for it.

What holds as long as callers hand over memory that is large enough, alive and set ("assumes the caller's memory") is
asked again, too, of those that hand over some of their own; the others leave it to their callers. So is what becomes
of blocks that outlive the function ("left to the caller").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from gnomon import _engine
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import reached_by
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.known import AllLeft, Answered, Given, Known, Left, Memo, Obligations, Question
from gnomon.analysis.checking.levels import Levels

# The engine's reasons.
LATENT, OF_MEMORY, HANDED_ON = "depends on the caller", "assumes the caller's memory", "left to the caller"
HIGHEST = 3  # callers above the function whose demand it is


class OpenFunctions:
    """Decides C functions by themselves, callees first. What rests on the same as the last time is the same."""

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
        self.calls = {function: functions[function].calls for function in obligations}
        if known.levels is None or known.levels.calls != self.calls:
            known.levels = Levels.of(self.calls)
        self._levels = known.levels
        self._left: dict[int, AllLeft] = {}  # by function: what it leaves to its callers
        self.answered: dict[int, Answered] = {}  # by function

    def levels(self) -> Iterator[list[LoweredFunction]]:
        """The functions of a level do not wait for each other's answers, only for those of the levels before."""
        for level in self._levels.levels:
            listed = map(self._functions.__getitem__, level)
            yield [function for function in listed if function.name != "main"]

    def question(
        self, function: LoweredFunction, own: Mapping[ObligationId, _engine.Obligation], relative: Callable[[str], str]
    ) -> Question | None:
        """`own` are its demands that no entry has settled. None when there is nothing to ask."""
        given = self._given(function)
        if not own and not given.left:
            return None
        known = self._known.answered.get(function.id)
        if known is not None and known.question.own is own and known.question.given.is_same(given):
            return known.question
        passes_all = self._known.passed.get(function.id)
        if not own and passes_all is not None and passes_all[0].is_same(given):
            self._pass_on(function.id, given, passes_all[1])
            return None
        asked, passed = self._divided(function, given)
        asked |= {o: Left(obligation, 0, False) for o, obligation in own.items()}
        passed = {o: left for o, left in passed.items() if o not in asked}
        if not asked:
            self._pass_on(function.id, given, passed)
            return None
        name, entry = self._known.function_entry(function, relative)
        return Question(function.id, name, entry, own, given, asked, passed)

    def _given(self, function: LoweredFunction) -> Given:
        left = tuple([self._left[callee] for callee in self._levels.callees[function.id] if callee in self._left])
        return Given(left, self._known.own_pointers(self._engine, function) if left else frozenset())

    def _divided(self, function: LoweredFunction, given: Given) -> tuple[dict[ObligationId, Left], AllLeft]:
        """What the callees left, to be asked of the function, and of its callers: by the first of its callees."""
        asked: dict[ObligationId, Left] = {}
        passed: dict[ObligationId, Left] = {}
        callees = [callee for callee in self._levels.callees[function.id] if callee in self._left]
        for callee in reversed(callees):
            for o, left in self._left[callee].items():
                above = Left(left.obligation, left.level + 1, left.is_of_memory)
                if not left.is_of_memory or callee in given.own_pointers:
                    asked[o] = above
                elif above.level < HIGHEST:
                    passed[o] = above
        return asked, passed

    def _pass_on(self, function: int, given: Given, passed: AllLeft) -> None:
        self._known.passed[function] = given, passed
        if passed:
            self._left[function] = passed

    def memo(self, question: Question, seconds: float) -> Memo | None:
        """What is known of the function, if it answers just what is asked, as `seconds` would."""
        memo = self._known.memo(question.name, question.entry, False, frozenset(), seconds)
        known = self._known.answered.get(question.function)
        if memo is None or (known is not None and known.question is question and known.memo is memo):
            return memo
        answered = {o for decisions in memo.decisions.values() for o in decisions}
        return memo if answered == question.asked.keys() else None

    def note(self, question: Question, memo: Memo | None) -> None:
        """The answers, of which those that depend on the caller are asked of the callers again; without answers, what
        is only handed on still is."""
        if memo is None:
            if question.passed:
                self._left[question.function] = question.passed
            return
        known = self._known.answered.get(question.function)
        if known is None or known.question is not question or known.memo is not memo:
            left: AllLeft = dict(question.passed) | {
                o: Left(asked.obligation, asked.level, reason == OF_MEMORY)
                for o, asked in question.asked.items()
                if (reason := memo.decisions[o[0]][o].reason) in (LATENT, OF_MEMORY, HANDED_ON)
                and asked.level < HIGHEST
            }
            left = known.left if known is not None and known.left == left else left
            known = self._known.answered[question.function] = Answered(question, memo, left)
        self.answered[question.function] = known
        if known.left:
            self._left[question.function] = known.left

    def decide(self, question: Question, decider: Decider) -> Memo | None:
        """None when nobody can call the function with arguments made up."""
        try:
            self._engine.declare(question.name, question.entry)
        except ValueError:
            return None
        wanted: dict[int, list[_engine.Obligation]] = {}
        for left in question.asked.values():
            wanted.setdefault(left.obligation.site[0], []).append(left.obligation)
        decided: dict[int, dict[ObligationId, Decision]] = {}
        slicer = decider.slicer(question.name)
        for o, decision in decider.decide(question.name, slicer, wanted).items():
            is_tentative = decision.answer != "refuted"
            decided.setdefault(o[0], {})[o] = replace(decision, is_tentative=is_tentative)
        reached = reached_by(slicer, self._functions.values())
        return Memo.of(question.entry, reached, False, frozenset(), decided, decider.entry_seconds)
