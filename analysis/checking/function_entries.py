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

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gnomon import _engine
from gnomon.analysis.checking import explored
from gnomon.analysis.checking.decide import LATENT, Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import by_function, reached_by
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.explored import Lead
from gnomon.analysis.checking.known import Known
from gnomon.analysis.checking.levels import Levels
from gnomon.analysis.checking.memo import AllLeft, Answered, Explored, Given, Left, Memo, Obligations, Question
from gnomon.analysis.checking.tally import FUNCTIONS, Turn

# The engine's reasons.
OF_MEMORY, HANDED_ON = "assumes the caller's memory", "left to the caller"
HIGHEST = 3  # callers above the function whose demand it is


class OpenFunctions:
    """Decides C functions by themselves, callees first: those only that are due, since something that their question
    or its answer rests on has changed."""

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
        self._obligations = obligations
        self.calls = {function: functions[function].calls for function in obligations}
        before = known.levels
        if before is None or before.calls != self.calls:
            known.levels = Levels.of(self.calls)
            known.due_functions |= known.levels.differing(before)
            for gone in before.calls.keys() - self.calls.keys() if before is not None else ():
                self._dismiss(gone)
                known.left.pop(gone, None)
        assert known.levels is not None
        self._levels = known.levels

    def due(self, again: Iterable[str]) -> Iterator[list[LoweredFunction]]:
        """Level by level: the functions of a level do not wait for each other's answers, only for those of the levels
        before. `again` are harnesses that are to be asked in any case."""
        known = self._known
        harnesses = known.harnesses.keys() & {*known.due, *again}
        known.due_functions |= known.tally.take_reopened() | {known.harnesses[name] for name in harnesses}
        known.due_functions &= self.calls.keys()
        for number in range(self._levels.count):
            level = [function for function in known.due_functions if self._levels.level[function] == number]
            if level:
                yield [self._functions[function] for function in sorted(level)]

    def question(self, function: LoweredFunction, relative: Callable[[str], str]) -> Question | None:
        """What is to be asked: its demands that no entry has settled, and those that callees left to it. None when
        there is nothing to ask."""
        own = self._known.tally.unsettled(function.id, self._obligations[function.id])
        given = self._given(function)
        known = self._known.asked.get(function.id)
        if known is not None and known.own is own and known.given.is_same(given):
            return known
        asked, passed = self._divided(function, given)
        asked |= {o: Left(obligation, 0, False) for o, obligation in own.items()}
        passed = {o: left for o, left in passed.items() if o not in asked}
        if not asked or function.name == "main":
            self._dismiss(function.id)
            self._leave(function.id, {} if function.name == "main" else passed)
            return None
        name, entry = self._known.function_entry(function, relative)
        question = self._known.asked[function.id] = Question(function.id, name, entry, own, given, asked, passed)
        return question

    def refuting(self) -> list[Memo]:
        """The answers that refute something, in the order of their turns."""
        known = self._known
        functions = [known.harnesses[name] for name in known.interlocked & known.harnesses.keys()]
        functions = [function for function in functions if function in known.answered]
        functions.sort(key=lambda function: (self._levels.level[function], function))
        return [known.answered[function].memo for function in functions]

    def turn(self, question: Question) -> Turn:
        return FUNCTIONS, self._levels.level[question.function], question.function

    def _dismiss(self, function: int) -> None:
        """There is nothing to ask of it."""
        self._known.due_functions.discard(function)
        self._known.answered.pop(function, None)
        question = self._known.asked.pop(function, None)
        if question is not None:
            self._known.drop(question.name)

    def _leave(self, function: int, left: AllLeft) -> None:
        """Callers are asked again where something else is left to them."""
        known = self._known
        if left == known.left.get(function, {}):
            return
        known.left[function] = left
        known.due_functions.update(self._levels.callers[function])

    def _given(self, function: LoweredFunction) -> Given:
        known = self._known.left
        left = tuple([known[callee] for callee in self._levels.callees[function.id] if known.get(callee)])
        return Given(left, self._known.own_pointers(self._engine, function) if left else frozenset())

    def _divided(self, function: LoweredFunction, given: Given) -> tuple[dict[ObligationId, Left], AllLeft]:
        """What the callees left, to be asked of the function, and of its callers: by the first of its callees."""
        asked: dict[ObligationId, Left] = {}
        passed: dict[ObligationId, Left] = {}
        for callee in reversed(self._levels.callees[function.id]):
            for o, left in self._known.left.get(callee, {}).items():
                above = Left(left.obligation, left.level + 1, left.is_of_memory)
                if not left.is_of_memory or callee in given.own_pointers:
                    asked[o] = above
                elif above.level < HIGHEST:
                    passed[o] = above
        return asked, passed

    def memo(self, question: Question, seconds: float) -> Memo | None:
        """What is known of the function, if it answers just what is asked, as `seconds` would."""
        memo = self._known.memo(question.name, question.entry, frozenset(), seconds)
        if memo is not None and memo.explored is not None and not self._lead(question).is_among_objects:
            return None
        known = self._known.answered.get(question.function)
        if memo is None or (known is not None and known.question is question and known.memo is memo):
            return memo
        answered = {o for decisions in memo.decisions.values() for o in decisions}
        return memo if answered == question.asked.keys() else None

    def note(self, question: Question, memo: Memo | None) -> None:
        """The answers, of which those that depend on the caller are asked of the callers again; without answers, what
        is only handed on still is."""
        if memo is None:
            self._known.answered.pop(question.function, None)
            self._leave(question.function, question.passed)
            return
        left: AllLeft = dict(question.passed) | {
            o: Left(asked.obligation, asked.level, reason == OF_MEMORY)
            for o, asked in question.asked.items()
            if (reason := memo.decisions[o[0]][o].reason) in (LATENT, OF_MEMORY, HANDED_ON) and asked.level < HIGHEST
        }
        self._known.answered[question.function] = Answered(question, memo)
        self._known.due_functions.discard(question.function)
        self._known.put(question.name, self.turn(question), memo)
        self._leave(question.function, left)

    def decide(self, question: Question, decider: Decider) -> Memo | None:
        """None when nobody can call the function with arguments made up."""
        try:
            self._engine.declare(question.name, question.entry)
        except ValueError:
            return None
        wanted: dict[int, list[_engine.Obligation]] = {}
        for left in question.asked.values():
            wanted.setdefault(left.obligation.site[0], []).append(left.obligation)
        lead = self._lead(question)
        if lead.is_among_objects:
            return self._decide_whole(question, lead, wanted, decider)
        slicer = decider.slicer(question.name)
        decided = _tentative(decider.decide(question.name, slicer, wanted))
        return Memo.of(question.entry, reached_by(slicer), frozenset(), decided, decider.entry_seconds)

    def _decide_whole(
        self, question: Question, lead: Lead, wanted: Mapping[int, Sequence[_engine.Obligation]], decider: Decider
    ) -> Memo:
        """Of a function that is not sliced."""
        decided = _tentative(decider.explore_whole(question.name, [o for here in wanted.values() for o in here]))
        rests_on = explored.keys(self._engine, decider.looked_at | wanted.keys())
        said = Explored(lead.functions, None, decider.is_cut_short)
        return Memo.of(question.entry, rests_on, frozenset(), decided, decider.entry_seconds, said)

    def _lead(self, question: Question) -> Lead:
        return self._known.lead(self._engine, question.entry.steps[0].function)


def _tentative(decisions: Mapping[ObligationId, Decision]) -> dict[int, dict[ObligationId, Decision]]:
    return by_function({o: replace(d, is_tentative=d.answer != "refuted") for o, d in decisions.items()})
