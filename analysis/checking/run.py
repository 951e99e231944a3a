"""One check: every entry of the program as it stands, and what the entries say together."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking import entries as entry_rules
from gnomon.analysis.checking import findings
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry, EntryStep, ResultArgument
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Statistics
from gnomon.analysis.checking.known import Known, Memo, Reached
from gnomon.analysis.checking.progress import Cancelled, Progress
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from gnomon.analysis.checking.tally import Tally
from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.workspace import Snapshot

PROBE = "gnomon_probe"  # of models/gnomon_probe.c


def _harness_name(entry: Entry) -> str:
    """Of the harness function that the engine builds; no C function has such a name."""
    return "entry " + " > ".join(step.function for step in entry.steps)


class Run:
    """One check. Keeps nothing but what goes into what the session knows, and into the store."""

    def __init__(
        self,
        engine: Engine,
        store: VerdictStore,
        settings: Settings,
        snapshot: Snapshot,
        known: Known,
        cancelled: threading.Event,
    ) -> None:
        self._engine = engine
        self._store = store
        self._settings = settings
        self._snapshot = snapshot
        self._known = known
        self._cancelled = cancelled
        self._tally = Tally(engine, known, snapshot)
        self._refuted: set[ObligationId] = set()
        self._entries: dict[str, Entry] = {}
        self._all: dict[str, Entry] = {}  # by harness
        self._reached: dict[str, frozenset[int]] = {}  # functions, by the key of the one that leads there

    def check(self, facts: Callable[[], WorkspaceFacts], on_progress: Progress) -> CheckResult:
        """Parses through `facts`, then decides entry after entry. Raises Cancelled."""
        started, lowered = time.monotonic(), self._known.versions.total
        phases = self._engine.phases.so_far()
        self._facts = facts()
        self._decider = Decider(self._engine, self._store, self._settings)
        self._functions = {f.id: f for f in self._engine.functions()}
        self._own = [
            f for f in self._functions.values() if f.has_body and not f.is_model and self._snapshot.contains(f.path)
        ]
        with self._engine.phases.timed("discharge"):
            self._obligations = {f.id: self._known.obligations(self._engine, f.id, f.key) for f in self._own}
        self._all, refused = self._all_entries()
        deadline = started + self._settings.check_seconds
        for number, (name, entry) in enumerate(self._all.items()):
            memo = self._known.memo(name, entry, self._is_narrowed(entry), self._refuted)
            if memo is not None:
                self._decider.counters.reused += memo.count
                self._take(memo)
                continue
            on_progress(entry.name, number / len(self._all))
            if time.monotonic() < deadline or name in self._known.memos:
                self._decide(name, entry)
            else:
                self._leave_open(entry)
            if self._cancelled.is_set():
                raise Cancelled
        for name in self._known.memos.keys() - self._all.keys():
            del self._known.memos[name]
        return CheckResult(
            findings=tuple(self._findings()),
            functions=(*self._verdicts({r.function: r.reason for r in refused}), *self._not_lowered()),
            statistics=self._statistics(started, self._known.versions.total - lowered, phases),
            problems=(*self._facts.problems, *self._facts.parse_errors),
        )

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
        return self._answer(
            "changes memory", entry, name, lambda: self._engine.native.slicer(name).last_call_changes_memory()
        )

    def _ends_handle(self, entry: Entry) -> bool:
        """Whether some inputs lead to a handle that is no longer there after the entry's last call."""
        probe = EntryStep(PROBE, (ResultArgument(0),), "")
        history = replace(entry, steps=(*entry.steps, probe))
        name = _harness_name(history)

        def ends() -> bool:
            harness = self._engine.native.function_id(name)
            assert harness is not None
            decisions = self._decider.decide(name, {harness: self._engine.native.obligations(harness)})
            return any(decision.answer == "refuted" for decision in decisions.values())

        return self._answer("ends handle", history, name, ends)

    def _answer(self, question: str, entry: Entry, name: str, found: Callable[[], bool]) -> bool:
        """Asked again only when a function that the entry reaches has changed."""
        known = self._known.answer(question, entry)
        if known is not None:
            return known
        try:
            self._engine.declare(name, entry)
        except ValueError:
            return False
        answer = found()
        if not self._cancelled.is_set():
            self._known.note(question, entry, self._reached_from(name), answer)
        return answer

    def _decide(self, name: str, entry: Entry) -> None:
        try:
            self._engine.declare(name, entry)
        except ValueError:  # a step's arguments do not fit its function: a contract check's business
            return
        asked, reached = self._asked(entry), self._reached_from(name)
        ids = [self._engine.native.function_id(key) for key, _ in reached]
        open_here = {f: self._obligations[f].open for f in ids if f in self._obligations}
        wanted = {
            f: [o for o in listed if identify(o) not in self._refuted]
            for f, listed in open_here.items()
            if f is not None and (asked is None or f in asked)
        }
        skipped = self._refuted & {identify(o) for listed in open_here.values() for o in listed}
        decided: dict[int, dict[ObligationId, Decision]] = {}
        for obligation, decision in self._decider.decide(name, wanted).items():
            decided.setdefault(obligation[0], {})[obligation] = decision
        refuted = tuple(o for part in decided.values() for o, d in part.items() if d.answer == "refuted")
        memo = Memo(entry, reached, asked is not None, frozenset(skipped), decided, refuted)
        if not self._cancelled.is_set():
            self._known.memos[name] = memo
        self._take(memo)

    def _take(self, memo: Memo) -> None:
        self._tally.add(memo.decisions)
        self._refuted.update(memo.refuted)
        if memo.refuted:
            self._entries[_harness_name(memo.entry)] = memo.entry

    def _reached_from(self, name: str) -> Reached:
        """The functions that a harness comes to."""
        slicer = self._engine.native.slicer(name)
        return self._known.versioned(f.key for f in self._functions.values() if slicer.reaches(f.id))

    def _is_narrowed(self, entry: Entry) -> bool:
        return _harness_name(replace(entry, steps=entry.steps[:-1])) in self._all

    def _asked(self, entry: Entry) -> frozenset[int] | None:
        """The functions in which the entry's demands are asked; None for all. Where only calls before the last one
        come, the history without the last call has asked."""
        return self._reached_by(entry.steps[-1].function) if self._is_narrowed(entry) else None

    def _reached_by(self, key: str) -> frozenset[int]:
        known = self._reached.get(key)
        if known is None:
            start = self._engine.native.function_id(key)
            found = self._engine.native.reached_from(start) if start is not None else []
            known = self._reached[key] = frozenset(found)
        return known

    def _leave_open(self, entry: Entry) -> None:
        """The time is up: what the entry's last call demands is not proved. The next check goes on from the memos."""
        last = self._engine.native.function_id(entry.steps[-1].function)
        if last is not None and last in self._obligations:
            self._tally.add({last: self._obligations[last].out_of_time})

    def _findings(self) -> Iterable[Finding]:
        sources = findings.Sources(self._snapshot)
        built = [
            findings.build(self._engine, self._functions, d.confirmed, self._entries[d.confirmed.entry], sources)
            for d in self._tally.refutations()
            if d.confirmed is not None
        ]
        return sorted((*built, *self._facts.contracts), key=lambda f: (f.path, f.line, f.column, f.code))

    def _verdicts(self, refused: Mapping[str, str]) -> Iterable[FunctionVerdicts]:
        for function in self._own:
            yield self._tally.verdicts(function, self._obligations[function.id], refused.get(function.key, ""))

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

    def _statistics(self, started: float, lowered: int, phases: Mapping[str, float]) -> Statistics:
        counters = self._decider.counters
        return Statistics(
            seconds=round(time.monotonic() - started, 3),
            solver_queries=counters.queries,
            solver_cache_hits=counters.cache_hits,
            solver_seconds=round(counters.solver_seconds, 3),
            slices_solved=counters.solved,
            slices_reused=counters.reused,
            functions_lowered=lowered,
            peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            phases=self._engine.phases.since(phases),
        )
