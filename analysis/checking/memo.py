"""What is asked of entries, what they answer, and what of it is left to callers."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from gnomon import _engine
from gnomon.analysis.checking.decide import CUT_SHORT, Decision, ObligationId
from gnomon.analysis.checking.entry import Entry

Decisions = Mapping[ObligationId, Decision]
Keys = tuple[str, ...]  # of functions


@dataclass(frozen=True, slots=True)
class Beyond:
    """Of a function that an entry was asked of, and that none of its runs entered: why what it demands stays open, by
    whether it is asked later, when calls and entries end. "" where all runs came to their end, None where nothing of
    the kind was demanded."""

    here: str | None = None
    later: str | None = None


@dataclass(frozen=True, slots=True)
class Explored:
    """Of an exploration of the whole program: the functions, by key, that its calls lead to by the static graph; and
    of those that were asked of and not entered, what it says of them. None: it is not asked of all that is open in
    them. `is_cut_short`: with more time it would have come further, whatever it says."""

    leads_to: frozenset[str]
    beyond: Mapping[str, Beyond] | None
    is_cut_short: bool


@dataclass(frozen=True, slots=True)
class Memo:
    """What an entry's last check decided; forgotten when a function it rests on changes, no use when more is asked.

    Those are all that it reached, or all that its exploration looked at: see explored.py. Not asked was what is in
    `skipped`, refuted by an entry before.
    """

    entry: Entry
    rests_on: Keys
    skipped: frozenset[ObligationId]
    decisions: Mapping[int, Decisions]  # by function
    refuted: tuple[ObligationId, ...]
    count: int  # of decisions
    seconds: float  # that there were for the entry
    is_cut_short: bool  # with more of them, more may be decided
    explored: Explored | None = None  # None: slices were, or might have been
    refutations: Mapping[int, Decisions] = field(default_factory=dict)  # those of the decisions, by function

    @staticmethod
    def of(
        entry: Entry,
        rests_on: Keys,
        skipped: frozenset[ObligationId],
        decisions: Mapping[int, Decisions],
        seconds: float,
        explored: Explored | None = None,
    ) -> Memo:
        said = [(o, d) for part in decisions.values() for o, d in part.items()]
        refuted = tuple(o for o, d in said if d.answer == "refuted")
        is_cut_short = any(d.answer == "undecided" and d.reason in CUT_SHORT for _, d in said)
        is_cut_short = is_cut_short or (explored is not None and explored.is_cut_short)
        refutations: dict[int, dict[ObligationId, Decision]] = {}
        for o in refuted:
            refutations.setdefault(o[0], {})[o] = decisions[o[0]][o]
        return Memo(
            entry, rests_on, skipped, decisions, refuted, len(said), seconds, is_cut_short, explored, refutations
        )

    def has_time_enough(self, seconds: float) -> bool:
        """Would it say the same with so much time?"""
        return not self.is_cut_short or self.seconds >= seconds


@dataclass(frozen=True, slots=True)
class Obligations:
    """Of one function: what the cheap pass proved, and the rest."""

    proved: Decisions
    open: tuple[_engine.Obligation, ...]
    out_of_time: Decisions  # what is said of the rest when there was no time to ask an entry
    not_asked: Decisions  # and when there was none to ask the function itself


@dataclass(frozen=True, slots=True)
class Left:
    """A demand that is the callers' to keep. `level` is how far up from its function it is asked; `is_of_memory`: it
    rests on memory that callers hand over, and matters to those only that hand over some of their own."""

    obligation: _engine.Obligation
    level: int
    is_of_memory: bool


AllLeft = Mapping[ObligationId, Left]


@dataclass(frozen=True, slots=True)
class Given:
    """What a function is given to keep by its callees, in their order, and whom it hands pointers of its own."""

    left: tuple[AllLeft, ...]
    own_pointers: Set[int]

    def is_same(self, other: Given) -> bool:
        return self.own_pointers is other.own_pointers and _are_same(self.left, other.left)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a C function by itself: its demands that no entry has settled, and those that callees left. What
    it hands on as it was given is asked of its own callers: `passed`."""

    function: int
    name: str  # of its harness
    entry: Entry
    own: Mapping[ObligationId, _engine.Obligation]
    given: Given
    asked: AllLeft
    passed: AllLeft


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said to a question."""

    question: Question
    memo: Memo


def _are_same(before: Sequence[object], now: Sequence[object]) -> bool:
    """The very same ones: comparing what they hold would take longer."""
    return len(before) == len(now) and all(map(operator.is_, before, now))
