"""What all entries together say of each function: its verdicts, and each check with its answer and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gnomon import _engine
from gnomon.analysis.checking.decide import Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.finding import Answer, Check, FunctionVerdicts
from gnomon.analysis.checking.known import Decisions, Known, Obligations, Told, Unsettled, are_same
from gnomon.analysis.workspace import Snapshot

NOT_REACHED = "no entry reaches it"


class Tally:
    """Joins what entries say, in their order; of a function of which all say the same as before, the verdicts are those
    of before."""

    def __init__(self, engine: Engine, known: Known, snapshot: Snapshot) -> None:
        self._engine = engine
        self._known = known
        self._snapshot = snapshot
        self._parts: dict[int, list[Decisions]] = {}
        self._versions: dict[str, int] = {}
        self._paths: dict[str, str] = {}

    def add(self, decisions: Mapping[int, Decisions]) -> None:
        for function, part in decisions.items():
            self._parts.setdefault(function, []).append(part)

    def unsettled(self, function: int, obligations: Obligations) -> Mapping[ObligationId, _engine.Obligation]:
        """The function's obligations that no entry so far has settled."""
        parts: Sequence[Decisions] = self._parts.get(function, ())
        known = self._known.unsettled.get(function)
        if known is None or known.obligations is not obligations or not are_same(known.parts, parts):
            kept = tuple(parts)
            found = {o: obligation for obligation in obligations.open if _is_open(o := identify(obligation), kept)}
            known = self._known.unsettled[function] = Unsettled(obligations, kept, found)
        return known.found

    def answer(self, obligation: ObligationId) -> Answer:
        """What was said of an obligation that was asked."""
        parts = self._parts.get(obligation[0], ())
        return joined({}, tuple({obligation: part[obligation]} for part in parts if obligation in part))[
            obligation
        ].answer

    def verdicts(self, function: LoweredFunction, obligations: Obligations, refusal: str) -> FunctionVerdicts:
        """`refusal` says why Python cannot call it, if that is so."""
        parts: Sequence[Decisions] = self._parts.get(function.id, ())
        place = (self._version(function.path), function.line)
        told = self._known.told.get(function.id)
        if told is None or not _is_same(told, obligations, parts, place, refusal):
            kept = tuple(parts)
            verdicts = self._told(function, obligations, kept, refusal)
            told = self._known.told[function.id] = Told(obligations, kept, place, refusal, verdicts)
        return told.verdicts

    def _told(
        self, function: LoweredFunction, obligations: Obligations, parts: tuple[Decisions, ...], refusal: str
    ) -> FunctionVerdicts:
        decisions = joined(obligations.proved, parts)
        unreached = Decision("undecided", refusal or NOT_REACHED)
        for obligation in obligations.open:
            decisions.setdefault(identify(obligation), unreached)
        reasons = Counter(d.reason for d in decisions.values() if d.answer == "undecided")
        checks = sorted(
            (self._check(obligation, decision) for obligation, decision in decisions.items()),
            key=lambda check: (check.line, check.column, check.code),
        )
        return FunctionVerdicts(
            self._relative(function.path),
            function.name,
            function.line,
            proved=sum(d.answer == "proved" for d in decisions.values()),
            refuted=sum(d.answer == "refuted" for d in decisions.values()),
            undecided=sum(reasons.values()),
            reasons=dict(reasons),
            checks=tuple(checks),
        )

    def _check(self, obligation: ObligationId, decision: Decision) -> Check:
        function, index, demand = obligation
        place = self._engine.native.place(function, index)
        code = self._engine.demands[demand].code
        return Check(
            self._relative(place.path), place.line, place.column, place.text, code, decision.answer, decision.reason
        )

    def _relative(self, path: str) -> str:
        if path not in self._paths:
            self._paths[path] = self._snapshot.relative(path)
        return self._paths[path]

    def _version(self, path: str) -> int:
        if path not in self._versions:
            self._versions[path] = self._snapshot.version(path)
        return self._versions[path]


def joined(proved: Decisions, parts: tuple[Decisions, ...]) -> dict[ObligationId, Decision]:
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


def _is_open(obligation: ObligationId, parts: tuple[Decisions, ...]) -> bool:
    said = [part[obligation] for part in parts if obligation in part]
    return not said or any(decision.answer == "undecided" for decision in said)


def _is_same(
    told: Told, obligations: Obligations, parts: Sequence[Decisions], place: tuple[int, int], refusal: str
) -> bool:
    return (
        told.obligations is obligations
        and told.place == place
        and told.refusal == refusal
        and are_same(told.parts, parts)
    )
