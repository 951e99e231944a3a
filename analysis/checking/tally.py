"""What all entries together say of each function: its verdicts, and each check with its answer and the reason.

Kept between checks: only what an entry says anew is joined anew, and only functions of which something else is said are
told of again.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from gnomon import _engine
from gnomon.analysis.checking.decide import Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.finding import Answer, Check, FunctionVerdicts
from gnomon.analysis.checking.memo import Decisions, Obligations
from gnomon.analysis.workspace import Snapshot

NOT_REACHED = "no entry reaches it"

Turn = tuple[int, int, int]  # when an entry is asked; the first number is one of these
ENTRIES, FUNCTIONS, PROGRAMS, LATE = range(4)


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom verdicts are made for, and from what. `refusals` say why Python cannot call a function, by its key."""

    engine: Engine
    snapshot: Snapshot
    obligations: Mapping[int, Obligations]
    refusals: Mapping[str, str]
    _relative: dict[str, str] = field(default_factory=dict)

    def relative(self, path: str) -> str:
        known = self._relative.get(path)
        if known is None:
            known = self._relative[path] = self.snapshot.relative(path)
        return known


@dataclass(frozen=True, slots=True)
class _Unsettled:
    """What was found open of these obligations by what these entries said."""

    obligations: Obligations
    parts: Sequence[Decisions]
    found: Mapping[ObligationId, _engine.Obligation]


class Tally:
    """Joins what entries say, in the order of their turns."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[Turn, Mapping[int, Decisions]]] = {}  # by harness
        self._parts: dict[int, dict[str, Decisions]] = {}  # by function, and by the harness that says it
        self._unsettled: dict[int, _Unsettled] = {}
        self._joined: dict[int, dict[ObligationId, Decision]] = {}  # by function
        self._rows: dict[int, FunctionVerdicts] = {}  # as they were told
        self._changed: set[int] = set()  # functions of which something else is said since
        self._reopened: set[int] = set()  # functions of which entries have said something else
        self._places: dict[int, int] = {}  # of a function's code when it was told of, counted from its line
        self._refusals: Mapping[str, str] = {}

    def put(self, name: str, turn: Turn, decisions: Mapping[int, Decisions]) -> None:
        """What an entry says, in place of what it said before."""
        before = self._said.get(name)
        if before is not None and before[0] != turn:
            self.drop(name)
            before = None
        known = before[1] if before is not None else {}
        if known is decisions:
            return
        self._said[name] = turn, decisions
        for function in known.keys() - decisions.keys():
            del self._parts[function][name]
            self._touch(function, turn)
        for function, part in decisions.items():
            if known.get(function) is not part:
                self._parts.setdefault(function, {})[name] = part
                self._touch(function, turn)

    def said(self, name: str) -> Mapping[int, Decisions]:
        """What the entry said last."""
        return self._said[name][1] if name in self._said else {}

    def drop(self, name: str) -> None:
        """The entry says nothing any more."""
        turn, decisions = self._said.pop(name, ((0, 0, 0), {}))
        for function in decisions:
            del self._parts[function][name]
            self._touch(function, turn)

    def note(self, function: int) -> None:
        """Something else is to be asked of the function."""
        self._changed.add(function)

    def take_reopened(self) -> set[int]:
        """Functions of which entries, before functions were asked themselves, have said something else."""
        taken, self._reopened = self._reopened, set()
        return taken

    def unsettled(self, function: int, obligations: Obligations) -> Mapping[ObligationId, _engine.Obligation]:
        """The function's obligations that no entry has settled before functions are asked themselves; the same object
        while they are the same."""
        parts, known = self._of(function, ENTRIES), self._unsettled.get(function)
        if known is not None and known.obligations is obligations and _are_same(known.parts, parts):
            return known.found
        found: Mapping[ObligationId, _engine.Obligation] = {
            o: obligation for obligation in obligations.open if _is_open(o := identify(obligation), parts)
        }
        if known is not None and known.found == found:
            found = known.found
        self._unsettled[function] = _Unsettled(obligations, parts, found)
        return found

    def answer(self, obligation: ObligationId) -> Answer:
        """What was said of an obligation that was asked."""
        parts = self._of(obligation[0])
        said = [{obligation: part[obligation]} for part in parts if obligation in part]
        return joined({}, said)[obligation].answer

    def verdicts(
        self, functions: Iterable[LoweredFunction], telling: Telling, only: Set[int] | None = None
    ) -> list[FunctionVerdicts]:
        """Of each of the functions; the same object while nothing about it has changed. Where only some are to be told
        of, what has changed of the others comes the next time."""
        listed = list(functions)
        digests = telling.engine.native.place_digests([f.id for f in listed])
        places = {f.id: digest for f, digest in zip(listed, digests, strict=True)}
        if telling.refusals != self._refusals:
            self._rows.clear()
            self._joined.clear()
        for changed in self._changed:
            self._joined.pop(changed, None)
        for function in listed:
            known = self._rows.get(function.id)
            is_moved = self._places.get(function.id) != places[function.id]
            is_told = function.id in self._changed and (only is None or function.id in only)
            if known is None or is_moved or is_told:
                self._rows[function.id] = self._told(function, telling)
                self._changed.discard(function.id)
            elif known.line != function.line:
                self._rows[function.id] = replace(known, line=function.line)
        self._places, self._refusals = places, telling.refusals
        return [self._rows[function.id] for function in listed]

    def _touch(self, function: int, turn: Turn) -> None:
        self._changed.add(function)
        if turn[0] == ENTRIES:
            self._reopened.add(function)

    def _of(self, function: int, last: int = LATE) -> list[Decisions]:
        """What was said of a function in the turns up to `last`, in their order."""
        said = [(self._said[name][0], part) for name, part in self._parts.get(function, {}).items()]
        said.sort(key=lambda row: row[0])
        return [part for turn, part in said if turn[0] <= last]

    def _told(self, function: LoweredFunction, telling: Telling) -> FunctionVerdicts:
        decisions = self._joined.get(function.id)
        if decisions is None:
            obligations = telling.obligations[function.id]
            decisions = self._joined[function.id] = joined(obligations.proved, self._of(function.id))
            unreached = Decision("undecided", telling.refusals.get(function.key) or NOT_REACHED)
            for obligation in obligations.open:
                decisions.setdefault(identify(obligation), unreached)
        reasons = Counter(d.reason for d in decisions.values() if d.answer == "undecided")
        checks = sorted(
            (_check(obligation, decision, function, telling) for obligation, decision in decisions.items()),
            key=lambda check: (check.line, check.column, check.code),
        )
        return FunctionVerdicts(
            telling.relative(function.path),
            function.name,
            function.line,
            proved=sum(d.answer == "proved" for d in decisions.values()),
            refuted=sum(d.answer == "refuted" for d in decisions.values()),
            undecided=sum(reasons.values()),
            reasons=dict(reasons),
            told=tuple(checks),
        )


def _check(obligation: ObligationId, decision: Decision, of: LoweredFunction, telling: Telling) -> Check:
    _, index, demand = obligation
    place = telling.engine.native.place(of.id, index)
    line = place.line - of.line if place.path == of.path else place.line
    code = telling.engine.demands[demand].code
    return Check(telling.relative(place.path), line, place.column, place.text, code, decision.answer, decision.reason)


def joined(proved: Decisions, parts: Sequence[Decisions]) -> dict[ObligationId, Decision]:
    """The first refutation stands; a proof needs all entries. What is said of a function without its callers counts
    where no caller says anything."""
    decisions = dict(proved)
    for part in parts:
        for obligation, decision in part.items():
            known = decisions.get(obligation)
            is_refuted_first = decision.answer == "refuted" and known is not None and known.answer != "refuted"
            is_told_by_caller = known is not None and known.is_tentative and not decision.is_tentative
            is_proved_no_more = known is not None and known.answer == "proved" and not decision.is_tentative
            if known is None or is_refuted_first or is_told_by_caller or is_proved_no_more:
                decisions[obligation] = decision
    return decisions


def _are_same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def _is_open(obligation: ObligationId, parts: Sequence[Decisions]) -> bool:
    said = [part[obligation] for part in parts if obligation in part]
    return not said or any(decision.answer == "undecided" for decision in said)
