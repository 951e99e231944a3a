"""One workspace under check, kept between requests: what the worker process holds."""

from __future__ import annotations

import resource
import sysconfig
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gnomon import _engine
from gnomon.analysis.boundary.edges import Boundary, bindings
from gnomon.analysis.checking import entries as entry_rules
from gnomon.analysis.checking import findings
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry, EntryStep, ResultArgument
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Statistics
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from gnomon.analysis.syntax.csource import CFunction, SourceFacts
from gnomon.analysis.workspace import Snapshot

Progress = Callable[[str, float], None]


class Cancelled(Exception):
    """The check was cancelled; what it had decided is in the store."""


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """What navigation needs: facts by absolute path, the edges, and what could not be read."""

    sources: dict[str, SourceFacts]
    boundary: Boundary
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Unit:
    """A translation unit as last parsed: `stamp` covers its text, its flags and the project headers it read."""

    stamp: int
    facts: SourceFacts


@dataclass(slots=True)
class _Tally:
    decisions: dict[ObligationId, Decision] = field(default_factory=dict)

    def add(self, obligation: ObligationId, decision: Decision) -> None:
        """Joins what two entries say: a refutation stands, a proof needs all of them."""
        known = self.decisions.get(obligation)
        if known is None or decision.answer == "refuted":
            self.decisions[obligation] = decision
        elif known.answer == "proved":
            self.decisions[obligation] = decision


class Session:
    """Answers `open` and `check` for one workspace. `cancel` may be called from another thread."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._store = VerdictStore(settings.store)
        self._engine = Engine(settings, _python_includes())
        self._units: dict[str, _Unit] = {}
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()
        self._engine.native.cancel()

    def open(self, overlays: Mapping[str, str]) -> WorkspaceFacts:
        """Parses what changed and joins both sides."""
        snapshot = Snapshot.of(self._root, overlays)
        return self._facts(snapshot)

    def _facts(self, snapshot: Snapshot) -> WorkspaceFacts:
        for path in snapshot.c_files:
            self._refresh(snapshot, path)
        for path in self._units.keys() - set(snapshot.c_files):
            self._engine.native.forget(path)
            del self._units[path]
        sources = {path: unit.facts for path, unit in self._units.items()}
        problems = [*snapshot.problems, *_parse_problems(self._root, sources.values())]
        return WorkspaceFacts(sources, bindings(snapshot, sources), tuple(problems))

    def _refresh(self, snapshot: Snapshot, path: str) -> None:
        unit = self._units.get(path)
        arguments = snapshot.compile_arguments(path)
        if unit is not None and unit.stamp == _stamp(snapshot, unit.facts, arguments):
            return
        facts = self._engine.update(path, arguments, snapshot.overlays)
        self._units[path] = _Unit(_stamp(snapshot, facts, arguments), facts)

    def check(
        self, overlays: Mapping[str, str], paths: Sequence[str] | None = None, on_progress: Progress | None = None
    ) -> CheckResult:
        """Checks every function that an entry reaches; `paths` restricts what is reported."""
        started = time.monotonic()
        self._cancelled.clear()
        self._engine.native.resume()
        snapshot = Snapshot.of(self._root, overlays)
        facts = self._facts(snapshot)
        run = _Run(self._engine, self._store, self._settings, self._cancelled, snapshot, facts)
        result = run.result(on_progress or (lambda text, part: None), started)
        if paths is not None:
            wanted = {snapshot.relative(path) for path in paths}
            result = replace(
                result,
                findings=tuple(f for f in result.findings if f.path in wanted),
                functions=tuple(f for f in result.functions if f.path in wanted),
            )
        return result


def _python_includes() -> list[str]:
    return list(dict.fromkeys(sysconfig.get_path(name) for name in ("include", "platinclude")))


def _stamp(snapshot: Snapshot, facts: SourceFacts, arguments: Sequence[str]) -> int:
    read = [path for path in facts.includes if snapshot.contains(path)]
    return hash((tuple(arguments), *((path, snapshot.version(path)) for path in [facts.path, *read])))


def _parse_problems(root: Path, sources: Iterable[SourceFacts]) -> Iterable[str]:
    for facts in sources:
        errors = [d for d in facts.diagnostics if d.severity in ("error", "fatal")]
        if errors:
            first = errors[0]
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            path = Path(first.path)
            shown = path.relative_to(root) if path.is_relative_to(root) else path
            yield f"{shown}:{first.line}: {first.message}{more}"


PROBE = "gnomon_probe"  # of models/gnomon_probe.c


def _harness_name(entry: Entry) -> str:
    """Of the harness function that the engine builds; no C function has such a name."""
    return "entry " + " > ".join(step.function for step in entry.steps)


class _Run:
    """One check: the program as it stands now."""

    def __init__(
        self,
        engine: Engine,
        store: VerdictStore,
        settings: Settings,
        cancelled: threading.Event,
        snapshot: Snapshot,
        facts: WorkspaceFacts,
    ) -> None:
        self._engine = engine
        self._cancelled = cancelled
        self._snapshot = snapshot
        self._facts = facts
        self._decider = Decider(engine, store, settings)
        self._functions = {f.id: f for f in engine.functions()}
        self._own = [
            f for f in self._functions.values() if f.has_body and not f.is_model and snapshot.contains(f.path)
        ]
        self._tally = _Tally()
        self._entries: dict[str, Entry] = {}

    def result(self, on_progress: Progress, started: float) -> CheckResult:
        open_obligations = self._discharge()
        entries, refused = self._all_entries()
        for number, (name, entry) in enumerate(entries.items()):
            if self._cancelled.is_set():
                raise Cancelled
            on_progress(entry.name, number / len(entries))
            self._check_entry(name, entry, open_obligations)
        if self._cancelled.is_set():
            raise Cancelled
        return CheckResult(
            findings=tuple(self._findings()),
            functions=tuple(self._verdicts(open_obligations, {r.function: r.reason for r in refused})),
            statistics=self._statistics(started),
            problems=self._facts.problems,
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
        by_library: dict[str, list[entry_rules.Binding]] = {}
        for binding in bindings:
            if binding.kind == "ctypes":
                by_library.setdefault(binding.library, []).append(binding)
        found, refused = entry_rules.capi_entries([b for b in bindings if b.kind != "ctypes"], functions)
        for group in by_library.values():
            more, reasons = entry_rules.ctypes_entries(group, functions, self._ends_handle)
            found += more
            refused += reasons
        found += entry_rules.main_entries(functions)
        found.sort(key=lambda entry: len(entry.steps))
        return {_harness_name(entry): entry for entry in found}, refused

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
        try:
            self._engine.declare(name, entry)
        except ValueError:  # a step's arguments do not fit its function: a contract check's business
            return
        decided = self._tally.decisions
        wanted = {
            function: [o for o in listed if identify(o) not in decided or decided[identify(o)].answer != "refuted"]
            for function, listed in obligations.items()
        }
        for obligation, decision in self._decider.decide(name, wanted).items():
            self._tally.add(obligation, decision)
            if decision.confirmed is not None:
                self._entries[decision.confirmed.entry] = entry

    def _findings(self) -> Iterable[Finding]:
        sources = findings.Sources(self._snapshot.relative, self._snapshot.line)
        built = [
            findings.build(self._engine, self._functions, d.confirmed, self._entries[d.confirmed.entry], sources)
            for d in self._tally.decisions.values()
            if d.confirmed is not None
        ]
        return sorted(built, key=lambda f: (f.path, f.line, f.column, f.code))

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
            unreached = sum(
                1 for o in open_obligations[function.id] if identify(o) not in self._tally.decisions
            )
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

    def _statistics(self, started: float) -> Statistics:
        counters = self._decider.counters
        return Statistics(
            seconds=round(time.monotonic() - started, 3),
            solver_queries=counters.queries,
            slices_solved=counters.solved,
            slices_reused=counters.reused,
            functions_lowered=sum(f.is_changed for f in self._defined()),
            peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )


__all__ = ["Cancelled", "LoweredFunction", "Session", "WorkspaceFacts"]
