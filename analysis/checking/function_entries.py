"""C functions as entries: failures that come about whatever a caller does.

Of each function its own demands are asked, with any arguments, and with anything in the globals that other code may
have written. A failure counts only when it depends on none of that. One that does ("depends on the caller") is the
callers' to avoid: it is asked again of those that call the function directly, with what they hand over. What none of
them settles is latent, and told of where the settings ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from gnomon import _engine
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import reached_by
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.known import Answered, Known, Left, Memo, Obligations, Question, are_same
from gnomon.analysis.checking.levels import Levels

LATENT = "depends on the caller"  # the engine's reason
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
        self._left: dict[int, Left] = {}  # by function: what it leaves to its callers
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
        left = tuple([self._left[callee] for callee in self._levels.callees[function.id] if callee in self._left])
        if not own and not left:
            return None
        known = self._known.answered.get(function.id)
        if known is not None and known.question.own is own and are_same(known.question.left, left):
            return known.question
        asked = {o: (obligation, level + 1) for part in reversed(left) for o, (obligation, level) in part.items()}
        asked |= {o: (obligation, 0) for o, obligation in own.items()}
        name, entry = self._known.function_entry(function, relative)
        return Question(function.id, name, entry, own, left, asked)

    def memo(self, question: Question, seconds: float) -> Memo | None:
        """What is known of the function, if it answers just what is asked, as `seconds` would."""
        memo = self._known.memo(question.name, question.entry, False, frozenset(), seconds)
        known = self._known.answered.get(question.function)
        if memo is None or (known is not None and known.question is question and known.memo is memo):
            return memo
        answered = {o for decisions in memo.decisions.values() for o in decisions}
        return memo if answered == question.asked.keys() else None

    def note(self, question: Question, memo: Memo | None) -> None:
        """The answers, of which those that depend on the caller are asked of the callers again."""
        if memo is None:
            return
        known = self._known.answered.get(question.function)
        if known is None or known.question is not question or known.memo is not memo:
            left: Left = {
                o: (obligation, level)
                for o, (obligation, level) in question.asked.items()
                if memo.decisions[o[0]][o].reason == LATENT and level < HIGHEST
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
        for obligation, _ in question.asked.values():
            wanted.setdefault(obligation.site[0], []).append(obligation)
        decided: dict[int, dict[ObligationId, Decision]] = {}
        slicer = decider.slicer(question.name)
        for o, decision in decider.decide(question.name, slicer, wanted).items():
            is_tentative = decision.answer != "refuted"
            decided.setdefault(o[0], {})[o] = replace(decision, is_tentative=is_tentative)
        reached = reached_by(slicer, self._functions.values())
        return Memo.of(question.entry, reached, False, frozenset(), decided, decider.entry_seconds)
