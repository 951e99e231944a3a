"""One check: every entry of the program as it stands, and what the entries say together."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace

from gnomon import _engine
from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking import entries as entry_rules
from gnomon.analysis.checking import findings
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry, EntryStep, ResultArgument
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Statistics
from gnomon.analysis.checking.function_entries import Upward, bottom_up, function_entry
from gnomon.analysis.checking.progress import Cancelled, Progress
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.workspace import Snapshot


class Versions:
    """How often each function has been lowered, by key; what a memo compares."""

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


@dataclass(frozen=True, slots=True)
class Memo:
    """What an entry's last check decided; good while the functions it reached are the same and no more is asked."""

    entry: Entry
    reached: tuple[tuple[str, int], ...]  # keys of functions, and the versions they had
    asked: frozenset[ObligationId]
    decisions: Mapping[ObligationId, Decision]


@dataclass(slots=True)
class _Tally:
    decisions: dict[ObligationId, Decision] = field(default_factory=dict)

    def add(self, obligation: ObligationId, decision: Decision) -> None:
        """Joins what two entries say: a refutation stands, a proof needs all of them."""
        known = self.decisions.get(obligation)
        if known is None or decision.answer == "refuted" or known.answer == "proved":
            self.decisions[obligation] = decision


PROBE = "gnomon_probe"  # of models/gnomon_probe.c


def _harness_name(entry: Entry) -> str:
    """Of the harness function that the engine builds; no C function has such a name."""
    kind = "function " if entry.kind == "function" else "entry "
    return kind + " > ".join(step.function for step in entry.steps)


class Run:
    """One check. Keeps nothing but what goes into the memos and the store."""

    def __init__(
        self,
        engine: Engine,
        store: VerdictStore,
        settings: Settings,
        snapshot: Snapshot,
        memos: MutableMapping[str, Memo],
        versions: Versions,
        cancelled: threading.Event,
    ) -> None:
        self._engine = engine
        self._store = store
        self._settings = settings
        self._snapshot = snapshot
        self._memos = memos
        self._versions = versions
        self._cancelled = cancelled
        self._tally = _Tally()
        self._entries: dict[str, Entry] = {}
        self._all: dict[str, Entry] = {}  # by harness
        self._reached: dict[str, frozenset[int]] = {}  # functions, by the key of the one that leads there

    def check(self, facts: Callable[[], WorkspaceFacts], on_progress: Progress) -> CheckResult:
        """Parses through `facts`, then decides entry after entry. Raises Cancelled."""
        started, lowered = time.monotonic(), self._versions.total
        self._facts = facts()
        self._decider = Decider(self._engine, self._store, self._settings)
        self._functions = {f.id: f for f in self._engine.functions()}
        self._own = [
            f for f in self._functions.values() if f.has_body and not f.is_model and self._snapshot.contains(f.path)
        ]
        open_obligations = self._discharge()
        self._all, refused = self._all_entries()
        entries = self._all
        deadline = started + self._settings.check_seconds
        # Python's calls first: what they show can be replayed from Python. `main` last: it has the most to explore.
        programs = {name: entry for name, entry in entries.items() if entry.kind == "main"}
        self._check_entries(
            {n: e for n, e in entries.items() if n not in programs}, open_obligations, deadline, on_progress
        )
        functions = self._check_functions(open_obligations, deadline)
        self._check_entries(programs, open_obligations, deadline, on_progress)
        for decisions in functions.values():  # what no other entry said
            for obligation, decision in decisions.items():
                self._tally.decisions.setdefault(obligation, decision)
        for name in self._memos.keys() - entries.keys() - functions.keys():
            del self._memos[name]
        return CheckResult(
            findings=tuple(self._findings()),
            functions=tuple(self._verdicts(open_obligations, {r.function: r.reason for r in refused})),
            statistics=self._statistics(started, self._versions.total - lowered),
            problems=(*self._facts.problems, *self._facts.parse_errors),
        )

    def _discharge(self) -> dict[int, list[_engine.Obligation]]:
        """What is left of each function's obligations after the cheap pass; the rest counts as proved."""
        rest = {}
        for function in self._own:
            obligations = self._engine.native.obligations(function.id)
            held = {identify(o) for o in self._engine.native.discharged(function.id, obligations)}
            for obligation in held:
                self._tally.add(obligation, Decision("proved"))
            rest[function.id] = [o for o in obligations if identify(o) not in held]
        return rest

    def _all_entries(self) -> tuple[dict[str, Entry], list[entry_rules.NoEntry]]:
        functions = [f for facts in self._facts.sources.values() for f in facts.functions]
        bindings = self._facts.boundary.bindings
        by_library: dict[str, list[Binding]] = {}
        for binding in bindings:
            if binding.kind == "ctypes":
                by_library.setdefault(binding.library, []).append(binding)
        found, refused = entry_rules.capi_entries(
            [b for b in bindings if b.kind != "ctypes"], functions, self._static_types(), self._changes_memory
        )
        for group in by_library.values():
            more, reasons = entry_rules.ctypes_entries(group, functions, self._changes_memory, self._ends_handle)
            found += more
            refused += reasons
        found += entry_rules.main_entries(functions)
        found.sort(key=lambda entry: len(entry.steps))
        return {_harness_name(entry): entry for entry in found}, refused

    def _static_types(self) -> set[str]:
        tables = [table for facts in self._facts.sources.values() for table in facts.tables]
        return {table.key for table in tables if table.record == "PyTypeObject"}

    def _changes_memory(self, entry: Entry) -> bool:
        """Whether the entry's last call may leave memory in a state that a later call sees."""
        name = _harness_name(entry)
        try:
            self._engine.declare(name, entry)
        except ValueError:
            return False
        return self._engine.native.slicer(name).last_call_changes_memory()

    def _ends_handle(self, entry: Entry) -> bool:
        """Whether some inputs lead to a handle that is no longer there after the entry's last call."""
        probe = EntryStep(PROBE, (ResultArgument(0),), "")
        history = replace(entry, steps=(*entry.steps, probe))
        name = _harness_name(history)
        try:
            self._engine.declare(name, history)
        except ValueError:
            return False
        harness = next(f.id for f in self._engine.functions() if f.key == name)
        decisions = self._decider.decide(name, {harness: self._engine.native.obligations(harness)})
        return any(decision.answer == "refuted" for decision in decisions.values())

    def _check_entry(self, name: str, entry: Entry, obligations: Mapping[int, Sequence[_engine.Obligation]]) -> None:
        decided = self._tally.decisions
        asked = self._asked(entry)
        wanted = {
            function: [o for o in listed if (known := decided.get(identify(o))) is None or known.answer != "refuted"]
            for function, listed in obligations.items()
            if asked is None or function in asked
        }
        memo = self._memo(name, entry, wanted)
        if memo is None:
            return
        for obligation, decision in memo.decisions.items():
            self._tally.add(obligation, decision)
            if decision.confirmed is not None:
                self._entries[decision.confirmed.entry] = entry

    def _check_entries(
        self,
        entries: Mapping[str, Entry],
        obligations: Mapping[int, Sequence[_engine.Obligation]],
        deadline: float,
        on_progress: Progress,
    ) -> None:
        for number, (name, entry) in enumerate(entries.items()):
            on_progress(entry.name, number / len(entries))
            if time.monotonic() < deadline or name in self._memos:
                self._check_entry(name, entry, obligations)
            else:
                self._leave_open(entry, obligations)
            if self._cancelled.is_set():
                raise Cancelled

    def _check_functions(
        self, obligations: Mapping[int, Sequence[_engine.Obligation]], deadline: float
    ) -> dict[str, Mapping[ObligationId, Decision]]:
        """What C functions do whoever calls them, by harness; refutations count at once."""
        calls = self._engine.native.calls()
        upward = Upward(calls)
        found: dict[str, Mapping[ObligationId, Decision]] = {}
        for function in bottom_up((f.id for f in self._own if f.name != "main"), calls):
            lowered = self._functions[function]
            entry = function_entry(lowered, self._snapshot.relative(lowered.path))
            name = _harness_name(entry)
            if time.monotonic() >= deadline and name not in self._memos:
                continue
            own = [o for o in obligations[function] if self._is_open(identify(o))]
            memo = self._memo(name, entry, upward.asked(function, own))
            if memo is None:
                continue
            upward.note(function, own, memo.decisions)
            found[name] = memo.decisions
            for obligation, decision in memo.decisions.items():
                if decision.confirmed is not None:
                    self._tally.add(obligation, decision)
                    self._entries[decision.confirmed.entry] = entry
            if self._cancelled.is_set():
                raise Cancelled
        return found

    def _is_open(self, obligation: ObligationId) -> bool:
        known = self._tally.decisions.get(obligation)
        return known is None or known.answer == "undecided"

    def _asked(self, entry: Entry) -> frozenset[int] | None:
        """The functions in which the entry's demands are asked; None for all. Where only calls before the last one
        come, the history without the last call has asked."""
        before = _harness_name(replace(entry, steps=entry.steps[:-1]))
        return self._reached_by(entry.steps[-1].function) if before in self._all else None

    def _reached_by(self, key: str) -> frozenset[int]:
        known = self._reached.get(key)
        if known is None:
            start = self._engine.native.function_id(key)
            found = self._engine.native.reached_from(start) if start is not None else []
            known = self._reached[key] = frozenset(found)
        return known

    def _leave_open(self, entry: Entry, obligations: Mapping[int, Sequence[_engine.Obligation]]) -> None:
        """The time is up: what the entry's last call demands is not proved. The next check goes on from the memos."""
        last = self._engine.native.function_id(entry.steps[-1].function)
        for obligation in obligations.get(last, ()) if last is not None else ():
            self._tally.add(identify(obligation), Decision("undecided", "budget"))

    def _memo(self, name: str, entry: Entry, wanted: Mapping[int, Sequence[_engine.Obligation]]) -> Memo | None:
        """The entry's last decisions when nothing that they rest on has changed, else new ones."""
        asked = frozenset(identify(o) for listed in wanted.values() for o in listed)
        memo = self._memos.get(name)
        if memo is not None and memo.entry == entry and all(self._versions.of(k) == v for k, v in memo.reached):
            reached = {k for k, _ in memo.reached}
            new = {o for o in asked - memo.asked if self._functions[o[0]].key in reached}
            if not new:
                self._decider.counters.reused += len(memo.decisions)
                return memo
        try:
            self._engine.declare(name, entry)
        except ValueError:  # a step's arguments do not fit its function: a contract check's business
            return None
        decisions = self._decider.decide(name, wanted)
        slicer = self._engine.native.slicer(name)
        keys = [f.key for f in self._functions.values() if slicer.reaches(f.id)]
        memo = Memo(entry, tuple((key, self._versions.of(key)) for key in keys), asked, decisions)
        if not self._cancelled.is_set():
            self._memos[name] = memo
        return memo

    def _findings(self) -> Iterable[Finding]:
        sources = findings.Sources(self._snapshot.relative, self._snapshot.line)
        built = [
            findings.build(self._engine, self._functions, d.confirmed, self._entries[d.confirmed.entry], sources)
            for d in self._tally.decisions.values()
            if d.confirmed is not None
        ]
        return sorted((*built, *self._facts.contracts), key=lambda f: (f.path, f.line, f.column, f.code))

    def _verdicts(
        self, open_obligations: Mapping[int, Sequence[_engine.Obligation]], refused: Mapping[str, str]
    ) -> Iterable[FunctionVerdicts]:
        by_function: dict[int, list[Decision]] = {f.id: [] for f in self._own}
        for obligation, decision in self._tally.decisions.items():
            by_function[obligation[0]].append(decision)
        for function in self._own:
            decisions = by_function[function.id]
            reasons: dict[str, int] = {}
            for decision in decisions:
                if decision.answer == "undecided":
                    reasons[decision.reason] = reasons.get(decision.reason, 0) + 1
            unreached = sum(1 for o in open_obligations[function.id] if identify(o) not in self._tally.decisions)
            if unreached:
                reasons[refused.get(function.key, "no entry reaches it")] = unreached
            yield FunctionVerdicts(
                self._snapshot.relative(function.path),
                function.name,
                function.line,
                proved=sum(d.answer == "proved" for d in decisions),
                refuted=sum(d.answer == "refuted" for d in decisions),
                undecided=sum(reasons.values()),
                reasons=reasons,
            )
        yield from self._not_lowered()

    def _not_lowered(self) -> Iterable[FunctionVerdicts]:
        seen: set[str] = set()
        for function in self._defined():
            if not function.is_lowered and function.key not in seen:
                seen.add(function.key)
                yield FunctionVerdicts(
                    self._snapshot.relative(function.path), function.name, function.line, 0, 0, 0, {}, function.reason
                )

    def _defined(self) -> Iterable[CFunction]:
        for facts in self._facts.sources.values():
            for function in facts.functions:
                if function.is_definition and self._snapshot.contains(function.path):
                    yield function

    def _statistics(self, started: float, lowered: int) -> Statistics:
        counters = self._decider.counters
        return Statistics(
            seconds=round(time.monotonic() - started, 3),
            solver_queries=counters.queries,
            slices_solved=counters.solved,
            slices_reused=counters.reused,
            functions_lowered=lowered,
            peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
