"""What a session knows from its earlier checks, and how long each piece of it holds."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields

from gnomon import _engine
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.decide import CUT_SHORT, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entries import NoEntry
from gnomon.analysis.checking.entry import Entry, EntryStep, harness_name
from gnomon.analysis.checking.finding import FunctionVerdicts
from gnomon.analysis.checking.levels import Levels

PROVED = Decision("proved")
OUT_OF_TIME = Decision("undecided", "budget")
NOT_ASKED = Decision("undecided", "budget", is_tentative=True)

Decisions = Mapping[ObligationId, Decision]


Reached = tuple[str, ...]  # keys of functions


@dataclass(frozen=True, slots=True)
class Memo:
    """What an entry's last check decided; forgotten when a function that it reached changes, no use when more is asked.

    Not asked was what is in `skipped`, refuted by an entry before; and, if `is_narrowed`, what only calls before the
    entry's last one lead to.
    """

    entry: Entry
    reached: Reached
    is_narrowed: bool
    skipped: frozenset[ObligationId]
    decisions: Mapping[int, Decisions]  # by function
    refuted: tuple[ObligationId, ...]
    count: int  # of decisions
    seconds: float  # that there were for the entry
    is_cut_short: bool  # with more of them, more may be decided

    @staticmethod
    def of(
        entry: Entry,
        reached: Reached,
        is_narrowed: bool,
        skipped: frozenset[ObligationId],
        decisions: Mapping[int, Decisions],
        seconds: float,
    ) -> Memo:
        said = [(o, d) for part in decisions.values() for o, d in part.items()]
        refuted = tuple(o for o, d in said if d.answer == "refuted")
        is_cut_short = any(d.answer == "undecided" and d.reason in CUT_SHORT for _, d in said)
        return Memo(entry, reached, is_narrowed, skipped, decisions, refuted, len(said), seconds, is_cut_short)

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
class Told:
    """What was told of a function, and from what: the same parts tell the same."""

    obligations: Obligations
    parts: tuple[Decisions, ...]
    place: tuple[int, int]  # the version of its file, and its line
    refusal: str
    verdicts: FunctionVerdicts


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What the parts leave open of a function's obligations."""

    obligations: Obligations
    parts: tuple[Decisions, ...]
    found: Mapping[ObligationId, _engine.Obligation]


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
        return self.own_pointers is other.own_pointers and are_same(self.left, other.left)


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
    """What was said to a question, and what of it the callers are asked again."""

    question: Question
    memo: Memo
    left: AllLeft


@dataclass(frozen=True, slots=True)
class Gathered:
    """The entries that the edges give, by harness; `narrowed` are those of which another entry is the beginning."""

    boundary: Boundary
    entries: dict[str, Entry]
    refused: tuple[NoEntry, ...]
    narrowed: frozenset[str]
    asked: int  # how often an answer had been forgotten by then
    declared: tuple[str, ...] = ()  # keys of functions that may be called with anything


@dataclass(slots=True)
class Known:
    """Kept between the checks of one engine and one set of settings. What rests on a function goes when it changes."""

    lowered: int = 0  # functions, ever
    memos: dict[str, Memo] = field(default_factory=dict)  # by harness
    decided: set[str] = field(default_factory=set)  # harnesses that ever had a memo
    told: dict[int, Told] = field(default_factory=dict)  # by function
    unsettled: dict[int, Unsettled] = field(default_factory=dict)  # by function
    gathered: Gathered | None = None
    levels: Levels | None = None
    answered: dict[int, Answered] = field(default_factory=dict)  # by function
    passed: dict[int, tuple[Given, AllLeft]] = field(default_factory=dict)  # by functions that are asked nothing
    forgotten_answers: int = 0
    _obligations: dict[str, Obligations] = field(default_factory=dict)  # by the function's key
    _own_pointers: dict[str, Set[int]] = field(default_factory=dict)  # by the function's key
    _digests: dict[str, int] = field(default_factory=dict)  # by that, too: of all that the cheap pass looked at for it
    _variables: Mapping[str, int] = field(default_factory=dict)  # what they hold, by key, as a digest
    _answers: dict[tuple[str, Entry], bool] = field(default_factory=dict)
    _function_entries: dict[tuple[str, str], tuple[str, Entry]] = field(default_factory=dict)  # by key and path
    _resting_memos: dict[str, set[str]] = field(default_factory=dict)  # by the keys of the functions they rest on
    _resting_answers: dict[str, set[tuple[str, Entry]]] = field(default_factory=dict)

    def changed(self, keys: Iterable[str]) -> None:
        """Functions were lowered anew, or went."""
        for key in keys:
            self.lowered += 1
            self._forget(key)
            for asked in self._resting_answers.pop(key, ()):
                self.forgotten_answers += self._answers.pop(asked, None) is not None

    def clear(self) -> None:
        """Other rules ask other things."""
        fresh = Known(self.lowered)
        for kept in fields(self):
            setattr(self, kept.name, getattr(fresh, kept.name))

    def _forget(self, key: str) -> None:
        """What was decided of a function, and of the entries that come to it."""
        self._obligations.pop(key, None)
        self._own_pointers.pop(key, None)
        for name in self._resting_memos.pop(key, ()):
            self.memos.pop(name, None)

    def clear_decisions(self) -> None:
        """Other settings may decide otherwise."""
        self.memos.clear()
        self._answers.clear()
        self.gathered = None

    def rest_on(self, variables: Mapping[str, int]) -> None:
        """Forgets decisions when a variable that was there holds something else, or others may write it. A new one
        matters to nothing that was decided."""
        if any(variables.get(key) != digest for key, digest in self._variables.items()):
            self.clear_decisions()
        self._variables = variables

    def obligations(
        self, engine: Engine, functions: Iterable[LoweredFunction], open_functions: Sequence[str]
    ) -> dict[int, Obligations]:
        """The functions' obligations, by id, looked at once. `open_functions` are the keys of those that may be called
        with anything."""
        discharger = engine.native.discharger(open_functions)
        listed = list(functions)
        found = {}
        for function, digest in zip(listed, discharger.digests_of([f.id for f in listed]), strict=True):
            known = self._obligations.get(function.key)
            if known is None or self._digests[function.key] != digest:
                now = _obligations(discharger, function.id)
                # Often callees or callers changed in a way that leaves the same to be asked.
                if known is None or (known.proved, known.not_asked) != (now.proved, now.not_asked):
                    self._forget(function.key)
                    known = self._obligations[function.key] = now
                self._digests[function.key] = digest
            found[function.id] = known
        return found

    def own_pointers(self, engine: Engine, function: LoweredFunction) -> Set[int]:
        """The functions that it hands pointers of its own; the same set until it changes."""
        known = self._own_pointers.get(function.key)
        if known is None:
            known = self._own_pointers[function.key] = frozenset(engine.native.given_own_pointers(function.id))
        return known

    def function_entry(self, function: LoweredFunction, relative: Callable[[str], str]) -> tuple[str, Entry]:
        """The entry of a C function by itself, the same one each time, and its harness."""
        known = self._function_entries.get((function.key, function.path))
        if known is None:
            step = EntryStep(function.key, (), function.name)
            entry = Entry(function.name, "function", (step,), sources=(relative(function.path),))
            known = harness_name(entry), entry
            self._function_entries[function.key, function.path] = known
        return known

    def keep(self, name: str, memo: Memo) -> None:
        self.memos[name] = memo
        self.decided.add(name)
        for key in memo.reached:
            self._resting_memos.setdefault(key, set()).add(name)

    def memo(
        self, name: str, entry: Entry, is_narrowed: bool, refuted: Set[ObligationId], seconds: float
    ) -> Memo | None:
        """The entry's last decisions, if they are about what is asked now, and what `seconds` would give."""
        memo = self.memos.get(name)
        if memo is None or (memo.entry is not entry and memo.entry != entry) or memo.is_narrowed is not is_narrowed:
            return None
        if not memo.has_time_enough(seconds):
            return None
        return memo if not memo.skipped or memo.skipped <= refuted else None

    def answer(self, question: str, entry: Entry) -> bool | None:
        """What was found out of an entry before."""
        return self._answers.get((question, entry))

    def note(self, question: str, entry: Entry, reached: Reached, answer: bool) -> None:
        self._answers[question, entry] = answer
        for key in reached:
            self._resting_answers.setdefault(key, set()).add((question, entry))


def are_same(before: Sequence[object], now: Sequence[object]) -> bool:
    """The very same ones: comparing what they hold would take longer."""
    return len(before) == len(now) and all(map(operator.is_, before, now))


def _obligations(discharger: _engine.Discharger, function: int) -> Obligations:
    rest = tuple(discharger.open(function))
    names = [identify(o) for o in rest]
    proved = {identify(o): PROVED for o in discharger.held(function)}
    return Obligations(proved, rest, dict.fromkeys(names, OUT_OF_TIME), dict.fromkeys(names, NOT_ASKED))
