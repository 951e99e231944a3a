"""What a session knows from its earlier checks, and how long each piece of it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from gnomon import _engine
from gnomon.analysis.checking.decide import Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import FunctionVerdicts

PROVED = Decision("proved")
OUT_OF_TIME = Decision("undecided", "budget")

Decisions = Mapping[ObligationId, Decision]


class Versions:
    """How often each function has been lowered, by key; what everything here is compared with."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._lowered = 0

    def advance(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._versions[key] = self._versions.get(key, 0) + 1
            self._lowered += 1

    def of(self, key: str) -> int:
        return self._versions.get(key, 0)

    @property
    def total(self) -> int:
        return self._lowered


Reached = tuple[tuple[str, int], ...]  # keys of functions, and the versions they had


@dataclass(frozen=True, slots=True)
class Memo:
    """What an entry's last check decided; good while the functions it reached are the same and no more is asked.

    Not asked was what is in `skipped`, refuted by an entry before; and, if `is_narrowed`, what only calls before the
    entry's last one lead to.
    """

    entry: Entry
    reached: Reached
    is_narrowed: bool
    skipped: frozenset[ObligationId]
    decisions: Mapping[int, Decisions]  # by function
    refuted: tuple[ObligationId, ...]

    @staticmethod
    def of(
        entry: Entry,
        reached: Reached,
        is_narrowed: bool,
        skipped: frozenset[ObligationId],
        decisions: Mapping[int, Decisions],
    ) -> Memo:
        refuted = tuple(o for part in decisions.values() for o, d in part.items() if d.answer == "refuted")
        return Memo(entry, reached, is_narrowed, skipped, decisions, refuted)

    @property
    def count(self) -> int:
        return sum(map(len, self.decisions.values()))


@dataclass(frozen=True, slots=True)
class Obligations:
    """Of one function, as it was in a version: what the cheap pass proved, and the rest."""

    version: int
    proved: Decisions
    open: tuple[_engine.Obligation, ...]
    out_of_time: Decisions  # what is said of the rest when there was no time to ask


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a function, and from what: the same parts tell the same."""

    obligations: Obligations
    parts: tuple[Decisions, ...]
    place: tuple[int, int]  # the version of its file, and its line
    refusal: str
    verdicts: FunctionVerdicts


@dataclass(slots=True)
class Known:
    """Kept between the checks of one engine and one set of settings."""

    versions: Versions = field(default_factory=Versions)
    memos: dict[str, Memo] = field(default_factory=dict)  # by harness
    told: dict[int, Told] = field(default_factory=dict)  # by function
    _obligations: dict[int, Obligations] = field(default_factory=dict)
    _answers: dict[tuple[str, Entry], tuple[Reached, bool]] = field(default_factory=dict)

    def clear_decisions(self) -> None:
        """Other settings may decide otherwise."""
        self.memos.clear()
        self._answers.clear()

    def obligations(self, engine: Engine, function: int, key: str) -> Obligations:
        """The function's obligations, looked at once for each version."""
        version = self.versions.of(key)
        known = self._obligations.get(function)
        if known is None or known.version != version:
            known = self._obligations[function] = _obligations(engine, function, version)
        return known

    def memo(self, name: str, entry: Entry, is_narrowed: bool, refuted: Set[ObligationId]) -> Memo | None:
        """The entry's last decisions, when nothing that they rest on has changed."""
        memo = self.memos.get(name)
        if memo is None or (memo.entry is not entry and memo.entry != entry) or memo.is_narrowed is not is_narrowed:
            return None
        return memo if memo.skipped <= refuted and self._are_current(memo.reached) else None

    def answer(self, question: str, entry: Entry) -> bool | None:
        """What was found out of an entry before, if it still holds."""
        reached, answer = self._answers.get((question, entry), ((), False))
        return answer if reached and self._are_current(reached) else None

    def note(self, question: str, entry: Entry, reached: Reached, answer: bool) -> None:
        self._answers[question, entry] = (reached, answer)

    def versioned(self, keys: Iterable[str]) -> Reached:
        return tuple((key, self.versions.of(key)) for key in keys)

    def _are_current(self, reached: Reached) -> bool:
        versions = self.versions
        return all(versions.of(key) == version for key, version in reached)


def _obligations(engine: Engine, function: int, version: int) -> Obligations:
    listed = engine.native.obligations(function)
    proved = {identify(o): PROVED for o in engine.native.discharged(function, listed)}
    rest = tuple(o for o in listed if identify(o) not in proved)
    return Obligations(version, proved, rest, {identify(o): OUT_OF_TIME for o in rest})
