"""Deciding the obligations of one entry: slice, look up, explore, confirm.

An obligation is refuted only when the interpreter, on the whole program and with the inputs found, failed at the same
place for the same demand. Everything else that is not proved is undecided, with the reason. What fails for some callers
only is undecided, too; where the settings ask for such failures, they are confirmed like refutations.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from gnomon import _engine
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import is_by_itself
from gnomon.analysis.checking.finding import Answer
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import StoredInput, StoredVerdict, Verdicts

# (function id, instruction index, demand index)
ObligationId = tuple[int, int, int]

# What a slice is for: a site, and whether it is asked what comes of it later, when Python looks at the result.
Criterion = tuple[tuple[int, int], bool]

UNION_SECONDS = 1.0  # for the first, joint exploration of all slices of an entry
CONFIRM_INSTRUCTIONS = (1_000_000, 20_000_000)  # briefly first: a run without an end soon loses what it leaks
CUT_SHORT = ("budget", "loop", "solver")  # reasons: with more time, more may be decided
LATENT = "depends on the caller"  # the reason where it fails for some callers
NOT_CONFIRMED = "not confirmed"  # the reason when the interpreter saw no failure there, or another one before


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A failure that the interpreter reproduced. `relevant` are the inputs that the slice's model constrained."""

    obligation: ObligationId
    entry: str
    outcome: _engine.Outcome
    failure: _engine.Failure
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    answer: Answer
    reason: str = ""
    confirmed: Confirmed | None = None  # refuted, or undecided since it depends on the caller
    is_tentative: bool = False  # said of a C function without its callers


@dataclass(slots=True)
class Counters:
    solved: int = 0
    reused: int = 0
    queries: int = 0
    cache_hits: int = 0
    solver_seconds: float = 0.0

    def add(self, other: Counters) -> None:
        self.solved += other.solved
        self.reused += other.reused
        self.queries += other.queries
        self.cache_hits += other.cache_hits
        self.solver_seconds += other.solver_seconds

    def count(self, statistics: _engine.Statistics) -> None:
        self.queries += statistics.solver_queries
        self.cache_hits += statistics.solver_cache_hits
        self.solver_seconds += statistics.solver_seconds


@dataclass(slots=True)
class _Pending:
    obligation: _engine.Obligation
    id: ObligationId
    criterion: Criterion
    slice: _engine.Slice
    key: str
    answers: dict[str, StoredVerdict] = field(default_factory=dict)


def identify(obligation: _engine.Obligation) -> ObligationId:
    return (*obligation.site, obligation.demand)


class Decider:
    """Decides entry after entry in one program. Not to be kept across updates of the program."""

    def __init__(
        self, engine: Engine, store: Verdicts, settings: Settings, functions: Mapping[int, LoweredFunction]
    ) -> None:
        self._engine = engine
        self._native = engine.native
        self._phases = engine.phases
        self._store = store
        self._settings = settings
        self._functions = functions
        self.entry_seconds = settings.entry_seconds  # for each entry from now on
        self.counters = Counters()
        self.entered: set[int] = set()  # functions, by some path of the last exploration
        self.is_cut_short = False  # was the last exploration?
        self.looked_at: set[int] = set()  # functions on which rests what was decided last of a whole program

    def slicer(self, entry: str) -> _engine.EntrySlicer:
        """Looks at all that the entry comes to; once for each entry. Of no use when the program has changed."""
        with self._phases.timed("slice"):
            return self._native.slicer(entry)

    def decide(
        self, entry: str, slicer: _engine.EntrySlicer, obligations: Mapping[int, Sequence[_engine.Obligation]]
    ) -> dict[ObligationId, Decision]:
        """Decisions on the obligations (by function id) that the entry can reach; the others are not in the result."""
        with self._phases.timed("slice"):
            reached = [o for f, listed in obligations.items() if slicer.reaches(f) for o in listed]
            settings = self._settings.key(is_by_itself(entry))
            pending = self._slices(slicer, reached, settings) if slicer.can_slice() else []
        decisions: dict[ObligationId, Decision] = {}
        stored = self._store.get(p.key for p in pending)
        rest = []
        for p in pending:
            decision = self.reuse(entry, p.id, stored.get(p.key))
            if decision is None:
                rest.append(p)
            else:
                decisions[p.id] = decision
        self.counters.reused += len(decisions)
        self.counters.solved += len(rest)
        decisions.update(self._solve(entry, rest))
        decisions.update(self.explore_whole(entry, reached[len(pending) :]))
        return decisions

    def _slices(
        self, slicer: _engine.EntrySlicer, listed: Iterable[_engine.Obligation], settings: str
    ) -> list[_Pending]:
        """Of the first obligations, as many as there is time for."""
        deadline = time.monotonic() + self.entry_seconds
        slices: dict[Criterion, _engine.Slice] = {}
        found = []
        for obligation in listed:
            criterion = self._criterion(obligation)
            if criterion not in slices:
                if time.monotonic() > deadline:
                    break
                slices[criterion] = slicer.backward([obligation])
            part = slices[criterion]
            key = self._native.key(slicer, part, obligation, settings)
            found.append(_Pending(obligation, identify(obligation), criterion, part, key))
        return found

    def _criterion(self, obligation: _engine.Obligation) -> Criterion:
        return obligation.site, self._engine.demands[obligation.demand].event == "returned"

    def reuse(self, entry: str, obligation: ObligationId, stored: StoredVerdict | None) -> Decision | None:
        """A stored verdict as a decision; a refutation must fail again."""
        if stored is None:
            return None
        if stored.answer != "refuted" and not stored.inputs:
            return Decision(stored.answer, stored.reason)
        inputs = self._native_inputs(stored.inputs)
        confirmed = self._confirm(entry, obligation, inputs) if inputs is not None else None
        return Decision(stored.answer, stored.reason, confirmed) if confirmed else None

    def _solve(self, entry: str, pending: list[_Pending]) -> dict[ObligationId, Decision]:
        """First all slices together and briefly, then what is left one slice after the other."""
        deadline = time.monotonic() + self.entry_seconds
        decisions: dict[ObligationId, Decision] = {}
        had_full_budget: set[ObligationId] = set()
        for group, seconds in self._rounds(pending, decisions):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            for p, decision in zip(group, self._explore(entry, group, min(seconds, left)), strict=True):
                decisions[p.id] = decision
            if min(seconds, left) >= self._settings.budget_seconds:
                had_full_budget |= {p.id for p in group}
        fresh: dict[str, StoredVerdict] = {}
        for p in pending:
            decision = decisions.setdefault(p.id, Decision("undecided", "budget"))
            # What was cut short today, on a busy machine, is tried again by the next run; so is what was not confirmed:
            # code outside the slice may have failed first.
            is_final = decision.reason not in CUT_SHORT or p.id in had_full_budget
            if is_final and decision.reason != NOT_CONFIRMED:
                fresh[p.key] = self.storable(decision)
        self._store.put(fresh)
        return decisions

    def _rounds(
        self, pending: list[_Pending], decisions: dict[ObligationId, Decision]
    ) -> Iterable[tuple[list[_Pending], float]]:
        if len(pending) > 1:
            yield pending, min(UNION_SECONDS, self.entry_seconds / 2)
        by_criterion: dict[Criterion, list[_Pending]] = {}
        for p in pending:
            if p.id not in decisions or decisions[p.id].answer == "undecided":
                by_criterion.setdefault(p.criterion, []).append(p)
        for group in sorted(by_criterion.values(), key=lambda group: group[0].slice.size):
            yield group, self._settings.budget_seconds

    def _explore(self, entry: str, group: list[_Pending], seconds: float) -> list[Decision]:
        union = group[0].slice if len({p.criterion for p in group}) == 1 else _union(group)
        verdicts = self._run_explorer(entry, union, [p.obligation for p in group], seconds)
        return [self._settle(entry, p, verdict, seconds) for p, verdict in zip(group, verdicts, strict=True)]

    def explore_whole(self, entry: str, rest: list[_engine.Obligation]) -> dict[ObligationId, Decision]:
        """What there was no time to slice, or what is too large for it, on the whole program.

        Has no key to be stored under."""
        self.entered.clear()
        self.looked_at.clear()
        self.is_cut_short = False
        if not rest:
            return {}
        seconds = self.entry_seconds
        verdicts = self._run_explorer(entry, None, rest, seconds)
        decisions = {}
        known: dict[tuple[str, str], Decision] = {}  # most are alike
        for obligation, verdict in zip(rest, verdicts, strict=True):
            which, said = identify(obligation), (verdict.answer, verdict.reason)
            decision = known.get(said)
            if decision is None:
                decision = self._as_found(entry, which, verdict) or Decision("undecided", NOT_CONFIRMED)
                if said[0] != "refuted" and said[1] != LATENT:  # those come with inputs
                    known[said] = decision
            decisions[which] = decision
        return decisions

    def _run_explorer(
        self, entry: str, part: _engine.Slice | None, obligations: Sequence[_engine.Obligation], seconds: float
    ) -> Sequence[_engine.Verdict]:
        budget = _engine.Budget()
        budget.seconds = seconds
        budget.instructions = self._settings.instructions
        budget.paths = self._settings.paths
        budget.memory_mb = self._settings.memory_mb
        budget.solver_milliseconds = self._settings.solver_milliseconds
        budget.keeps_latent = self._settings.latent and is_by_itself(entry)
        with self._phases.timed("explore"):
            exploration = self._native.explore(entry, part, obligations, budget)
        self.counters.count(exploration.statistics)
        self.entered = set(exploration.entered)
        self.is_cut_short = exploration.is_cut_short
        self.looked_at.update(exploration.looked_at)
        return exploration.verdicts

    def _settle(self, entry: str, pending: _Pending, verdict: _engine.Verdict, seconds: float) -> Decision:
        decision = self._as_found(entry, pending.id, verdict)
        if decision is None:  # the slice missed something: once more on the whole program
            (whole,) = self._run_explorer(entry, None, [pending.obligation], seconds)
            if whole.answer == "refuted":
                decision = self._as_found(entry, pending.id, whole)
        return decision or Decision("undecided", NOT_CONFIRMED)

    def _as_found(self, entry: str, obligation: ObligationId, verdict: _engine.Verdict) -> Decision | None:
        """What the explorer says, confirmed where it comes with inputs; None when a refutation is not."""
        is_refuted = verdict.answer == "refuted"
        confirmed = self._confirm(entry, obligation, verdict.inputs) if is_refuted or verdict.inputs else None
        if is_refuted and confirmed is None:
            return None
        return Decision(cast(Answer, verdict.answer), verdict.reason, confirmed)

    def again(self, entry: str, before: Confirmed) -> list[Confirmed]:
        """What fails now in a short run with the inputs that a failure of an earlier program had."""
        try:
            stored = self.storable(Decision("refuted", confirmed=before))
        except ValueError:  # what took the inputs was edited
            return []
        inputs = self._native_inputs(stored.inputs)
        return self._failures(entry, inputs, CONFIRM_INSTRUCTIONS[0])[0] if inputs is not None else []

    def _confirm(self, entry: str, wanted: ObligationId, inputs: Sequence[_engine.ChosenInput]) -> Confirmed | None:
        for instructions in CONFIRM_INSTRUCTIONS:
            failures, ending = self._failures(entry, inputs, instructions)
            confirmed = next((failure for failure in failures if failure.obligation == wanted), None)
            if confirmed is not None or ending != "out_of_budget":
                return confirmed
        return None

    def _failures(
        self, entry: str, inputs: Sequence[_engine.ChosenInput], instructions: int
    ) -> tuple[list[Confirmed], str]:
        """What a run fails with, or loses, and how it ended."""
        with self._phases.timed("confirm"):
            outcome = self._native.run(entry, list(inputs), True, instructions)
        self.looked_at.update(outcome.called)
        failures = [outcome.failure] if outcome.failure is not None else outcome.left
        relevant = tuple(dict.fromkeys(i.name for i in inputs))
        return [Confirmed(self.blamed(f), entry, outcome, f, relevant) for f in failures], outcome.ending

    def blamed(self, failure: _engine.Failure) -> ObligationId:
        """The obligation a failure belongs to: at the innermost place outside library models."""
        site = next(site for site in reversed(failure.stack) if not self._is_model(site[0]))
        return (*site, failure.demand)

    def _is_model(self, function: int) -> bool:
        known = self._functions.get(function)  # harnesses are newer than what is known
        return known is not None and known.is_model

    def storable(self, decision: Decision) -> StoredVerdict:
        """A decision as it outlives this program."""
        if decision.confirmed is None:
            return StoredVerdict(decision.answer, decision.reason)
        inputs = []
        for chosen in decision.confirmed.outcome.inputs:
            if chosen.name not in decision.confirmed.relevant:
                continue  # the plainest does, and is what the next run takes
            function, index = chosen.site
            ordinal = self._native.input_indices(function).index(index)
            inputs.append(
                StoredInput(self._native.function_key(function), ordinal, chosen.occurrence, chosen.name, chosen.value)
            )
        return StoredVerdict(decision.answer, decision.reason, tuple(inputs))

    def _native_inputs(self, stored: Iterable[StoredInput]) -> list[_engine.ChosenInput] | None:
        inputs = []
        for i in stored:
            function = self._native.function_id(i.function)
            indices = self._native.input_indices(function) if function is not None else []
            if function is None or i.ordinal >= len(indices):
                return None
            inputs.append(_engine.ChosenInput((function, indices[i.ordinal]), i.occurrence, i.name, i.value))
        return inputs


def _union(group: list[_Pending]) -> _engine.Slice:
    union = _engine.Slice()
    for p in group:
        union.add(p.slice)
    return union
