"""One workspace under check, kept between requests: what the worker process holds."""

from __future__ import annotations

import sysconfig
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gnomon.analysis.boundary.edges import bindings
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.run import Cancelled, Memo, Progress, Run, Versions
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import Snapshot

__all__ = ["Cancelled", "Session", "WorkspaceFacts"]


@dataclass(slots=True)
class _Unit:
    """A translation unit as last parsed: `stamp` covers its text, its flags and the project headers it read."""

    stamp: int
    facts: SourceFacts


class Session:
    """Answers `open` and `check` for one workspace. `cancel` may be called from another thread."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._store = VerdictStore(settings.store)
        self._engine = Engine(settings, _python_includes())
        self._units: dict[str, _Unit] = {}
        self._versions = Versions()
        self._memos: dict[str, Memo] = {}
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()
        self._engine.native.cancel()

    def open(self, overlays: Mapping[str, str]) -> WorkspaceFacts:
        """Parses what changed and joins both sides."""
        return self._facts(Snapshot.of(self._root, overlays))

    def check(
        self, overlays: Mapping[str, str], paths: Sequence[str] | None = None, on_progress: Progress | None = None
    ) -> CheckResult:
        """Checks every function that an entry reaches; `paths` restricts what is reported."""
        self._cancelled.clear()
        self._engine.native.resume()
        snapshot = Snapshot.of(self._root, overlays)
        run = Run(self._engine, self._store, self._settings, snapshot, self._memos, self._versions, self._cancelled)
        result = run.check(lambda: self._facts(snapshot), on_progress or (lambda text, part: None))
        if paths is None:
            return result
        wanted = {snapshot.relative(path) for path in paths}
        return replace(
            result,
            findings=tuple(f for f in result.findings if f.path in wanted),
            functions=tuple(f for f in result.functions if f.path in wanted),
        )

    def _facts(self, snapshot: Snapshot) -> WorkspaceFacts:
        units = snapshot.units
        for path in self._units.keys() - set(units):
            self._engine.native.forget(path)
            self._versions.advance(f.key for f in self._units.pop(path).facts.functions)
        for path in units:
            self._refresh(snapshot, path)
        sources = {path: unit.facts for path, unit in self._units.items()}
        boundary = bindings(snapshot, sources)
        problems = (*snapshot.problems, *boundary.problems)
        return WorkspaceFacts(sources, boundary, problems, tuple(_parse_errors(snapshot, sources.values())))

    def _refresh(self, snapshot: Snapshot, path: str) -> None:
        unit = self._units.get(path)
        arguments = snapshot.compile_arguments(path)
        if unit is not None and unit.stamp == _stamp(snapshot, unit.facts, arguments):
            return
        facts = self._engine.update(path, arguments, snapshot.overlays)
        gone = {f.key for f in unit.facts.functions} - {f.key for f in facts.functions} if unit else set()
        self._versions.advance([*gone, *(f.key for f in facts.functions if f.is_changed)])
        self._units[path] = _Unit(_stamp(snapshot, facts, arguments), facts)


def _python_includes() -> list[str]:
    return list(dict.fromkeys(sysconfig.get_path(name) for name in ("include", "platinclude")))


def _stamp(snapshot: Snapshot, facts: SourceFacts, arguments: Sequence[str]) -> int:
    read = [path for path in facts.includes if snapshot.contains(path)]
    return hash((tuple(arguments), *((path, snapshot.version(path)) for path in [facts.path, *read])))


def _parse_errors(snapshot: Snapshot, sources: Iterable[SourceFacts]) -> Iterable[str]:
    for facts in sources:
        errors = [d for d in facts.diagnostics if d.severity in ("error", "fatal")]
        if errors:
            first = errors[0]
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            yield f"{snapshot.relative(first.path)}:{first.line}: {first.message}{more}"
