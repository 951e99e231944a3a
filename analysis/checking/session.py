"""One workspace under check, kept between requests: what the worker process holds."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gnomon.analysis.boundary.edges import Boundary, bindings
from gnomon.analysis.boundary.headers import Headers, Remembered
from gnomon.analysis.boundary.kept import Kept
from gnomon.analysis.checking import entries as entry_rules
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.checking.known import Known
from gnomon.analysis.checking.known_texts import KnownTexts
from gnomon.analysis.checking.own_domains import OwnDomains
from gnomon.analysis.checking.progress import Cancelled, OnFindings, Progress
from gnomon.analysis.checking.run import Run
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from gnomon.analysis.configuration import Configuration, configuration_of
from gnomon.analysis.contracts import check as contracts
from gnomon.analysis.linking import Linkage, linkage
from gnomon.analysis.shadows import stage
from gnomon.analysis.suppression import apply, shown
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.encoding import stand_in
from gnomon.analysis.workspace import Snapshot, python_includes

__all__ = ["Cancelled", "Session", "WorkspaceFacts"]


@dataclass(slots=True)
class _Unit:
    """A translation unit as last parsed: `stamp` covers its text, its flags and the project headers it read.

    `told` is what edges and contracts rest on, the same object while it stays as it is: as most edits in functions do.
    """

    stamp: int
    facts: SourceFacts
    told: object
    read: tuple[str, ...]  # it and the project's own of what it includes
    is_of_python: bool  # are edges read from its text, too?
    may_ask: bool  # does it include gnomon.h?
    has_names: bool  # may attributes in it call functions, or give them other names?


# Attributes that name functions.
NAMING = re.compile(r"(?:__attribute__|\[\[gnu::)[^;{}]*?\b(?:__)?(?:alias|cleanup|ifunc)(?:__)?\s*\(")

OnParse = Callable[[str, int], None]  # a path and its version; no path when the reading is over


def usual_engine() -> Engine:
    """The one that most workspaces want."""
    return Engine(Settings(), python_includes())


class Session:
    """Answers `open` and `check` for one workspace. `cancel` may be called from another thread."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        left_out: Mapping[str, int] | None = None,
        on_parse: OnParse | None = None,
        engine: Engine | None = None,
    ) -> None:
        """`left_out` are files not to be read while they have these versions; `on_parse` hears what is read now;
        `engine` is a new one, which is used if it is of the right kind."""
        self._root = root
        self._left_out = left_out or {}
        self._on_parse = on_parse or (lambda path, version: None)
        self._stand_ins: dict[str, tuple[int, str | None]] = {}
        self._configuration = Configuration()
        self._cancelled = threading.Event()
        self._store = VerdictStore(settings.store, self._cancelled.is_set)
        # The models are read once: other headers, or other failures, count from the next start on.
        configuration = configuration_of(Snapshot(root, {}))
        if configuration.allocation_failures:
            settings = replace(settings, allocation_failures=True)
        self._initial = self._settings = settings
        self._python = configuration.python_includes(root)
        includes = self._python or python_includes()
        if engine is None or not engine.is_of(settings, includes):
            engine = Engine(settings, includes)
        self._engine = engine
        self._headers = Headers(self._engine.declarations, self._python or python_includes())
        self._declarations = Remembered(self._engine.declarations)
        self._units: dict[str, _Unit] = {}
        self._linkage = Linkage()
        self._linked: object = None  # the extension modules that it is of
        self._boundary: tuple[object, Boundary, tuple[Finding, ...]] | None = None
        self._kept = Kept()
        self._checks = contracts.Checks()
        self._known = Known()
        self._own_domains = OwnDomains()
        self._domains, self._domain_files = settings.domains, dict[str, str]()
        self._asked: set[str] = set()  # domains, by questions in the code
        self._domain_problems: list[str] = []
        self._texts = KnownTexts()

    def cancel(self) -> None:
        """Ends the check under way, or one that was asked for and has not begun."""
        self._cancelled.set()
        self._engine.native.cancel()

    def resume(self) -> None:
        """A request came in: cancellations from before it are not meant for it."""
        self._cancelled.clear()
        self._engine.native.resume()

    def open(self, overlays: Mapping[str, str]) -> WorkspaceFacts:
        """Parses what changed and joins both sides."""
        snapshot = self._snapshot(overlays)
        facts = self._facts(snapshot)
        return replace(
            facts, contracts=shown(facts.contracts, snapshot, self._configuration, self._texts.suppressions(snapshot))
        )

    def check(
        self,
        overlays: Mapping[str, str],
        paths: Sequence[str] | None = None,
        on_progress: Progress | None = None,
        on_found: OnFindings | None = None,
    ) -> CheckResult:
        """Checks every function that an entry reaches; `paths` restricts what is reported. `on_found` hears what is
        found, wherever it is, while the check goes on."""
        snapshot = self._snapshot(overlays)
        settings = self._initial.tuned(self._configuration.budgets)
        settings = replace(settings, latent=settings.latent or self._configuration.latent)
        if settings != self._settings:
            self._settings = settings
            self._known.clear_decisions()
        self._load_domains(snapshot, settings)
        run = Run(self._engine, self._store, settings, snapshot, self._known, self._cancelled)

        def tell(found: tuple[Finding, ...]) -> None:
            if on_found is not None:
                on_found(shown(found, snapshot, self._configuration, self._texts.suppressions(snapshot)))

        try:
            on_progress = on_progress or (lambda text, part: None)
            result = run.check(lambda: self._ready(snapshot, settings), on_progress, tell)
        finally:
            self.resume()
        checked = (*self._domains, "contract")
        result = apply(result, snapshot, self._configuration, checked, self._texts.suppressions(snapshot))
        if paths is None:
            return result
        wanted = {snapshot.relative(path) for path in paths}
        return replace(
            result,
            findings=tuple(f for f in result.findings if f.path in wanted),
            functions=tuple(f for f in result.functions if f.path in wanted),
        )

    def _ready(self, snapshot: Snapshot, settings: Settings) -> WorkspaceFacts:
        """Parses what changed; what the code then asks is followed."""
        facts = self._facts(snapshot)
        self._load_domains(snapshot, settings)
        return facts

    def _load_domains(self, snapshot: Snapshot, settings: Settings) -> None:
        """The domains that the configuration asks for, and those that questions in the code do, which demand nothing;
        what the configuration cannot have becomes a problem."""
        names = self._configuration.domain_names(settings.domains)
        files = {name: snapshot.text(str(self._root / name)) for name in self._configuration.domain_files()}
        may_ask = any(unit.may_ask for unit in self._units.values())
        asked = self._engine.native.asked_domains() if may_ask else set()
        if (names, files, asked) == (self._domains, self._domain_files, self._asked):
            return
        tables, problems = self._own_domains.tables(files)
        try:
            self._engine.load_shadows(stage(names, tables, sorted(asked)))
        except ValueError as error:
            problems.append(f"the project's own domains are left out: {error}")
            self._engine.load_shadows(stage(names, (), sorted(asked)))
        self._domains, self._domain_files, self._domain_problems = names, files, problems
        self._asked = asked
        self._known.clear()

    def _snapshot(self, overlays: Mapping[str, str]) -> Snapshot:
        """The workspace now, as far as its configuration, which is read anew, leaves anything of it."""
        snapshot = Snapshot.of(self._root, overlays)
        self._configuration = configuration_of(snapshot)
        return self._configuration.narrowed(snapshot)

    def _facts(self, snapshot: Snapshot) -> WorkspaceFacts:
        known = self._texts.units(snapshot)
        left_out = [path for path in known if self._left_out.get(path) == snapshot.version(path)]
        units = [path for path in known if path not in left_out]
        overlays = {**self._not_utf8(snapshot), **snapshot.overlays}
        gone = self._units.keys() - set(units)
        for path in gone:
            self._engine.native.forget(path)
            self._known.changed(f.key for f in self._units.pop(path).facts.functions)
        read = [path for path in units if self._refresh(snapshot, path, overlays)]
        if gone or read or snapshot.extensions != self._linked:
            self._link(snapshot, overlays)
            self._linked = snapshot.extensions
        self._on_parse("", 0)
        sources = {path: unit.facts for path, unit in self._units.items()}
        with self._engine.phases.timed("link"):
            boundary, contracts = self._joined(snapshot, sources)
        own = [f"{snapshot.relative(p)} is left out: the checking process ended while reading it" for p in left_out]
        own += [self._store.problem] if self._store.problem else []
        own += self._domain_problems
        entries, missing = entry_rules.declared(
            (f for facts in sources.values() for f in facts.functions), self._configuration.entries
        )
        own += missing
        problems = (*snapshot.problems, *boundary.problems, *own)
        errors = tuple(_parse_errors(snapshot, sources.values()))
        named = tuple(
            f.key for unit in self._units.values() if unit.has_names for f in unit.facts.functions if f.is_static
        )
        return WorkspaceFacts(sources, boundary, problems, errors, contracts, entries, named)

    def _link(self, snapshot: Snapshot, overlays: Mapping[str, str]) -> None:
        """Says what names mean that several files define, and reads the files anew to which it matters. What these
        define may differ only then, so that this is done again."""
        while (linkage := self._linkage_of(snapshot)) != self._linkage:
            moved = [path for path in self._units if linkage.of(path) != self._linkage.of(path)]
            self._engine.native.link(linkage.keys, linkage.apart)
            self._linkage = linkage
            for path in moved:
                self._refresh(snapshot, path, overlays)

    def _linkage_of(self, snapshot: Snapshot) -> Linkage:
        """Names that were apart stay so while several files define them, so that linking comes to an end."""
        defined = {
            name: paths
            for name, differs, paths in self._engine.native.defined_by_several()
            if differs or name in self._linkage.apart
        }
        if not defined:
            return Linkage()
        named = {path: _named(unit.facts) for path, unit in self._units.items()}
        return linkage(defined, named, [snapshot.sources_of(extension) for extension in snapshot.extensions])

    def _joined(self, snapshot: Snapshot, sources: dict[str, SourceFacts]) -> tuple[Boundary, tuple[Finding, ...]]:
        """The edges, and what contradicts them; those of the last time when nothing that they rest on has changed."""
        plain = {path for path, unit in self._units.items() if not unit.is_of_python}
        texts = (path for path in snapshot.c_files if path not in plain)
        files = (*snapshot.python_files, *snapshot.stubs, *texts, *snapshot.headers, *snapshot.libraries)
        versions = tuple((path, snapshot.version(path)) for path in files)
        told = tuple(_Same(unit.told) for unit in self._units.values())
        stamp = (versions, snapshot.extensions, snapshot.commands, told)
        if self._boundary is None or self._boundary[0] != stamp:
            joined = bindings(snapshot, sources, kept=self._kept)
            boundary = replace(joined, bindings=self._headers.applied(joined.bindings))
            subject = contracts.Subject(
                snapshot,
                sources,
                boundary,
                self._engine.native.kept_callbacks,
                lambda path: self._kept.module(snapshot, path).source,
                self._declarations,
                self._headers,
                parsed_c=lambda path: self._kept.text(snapshot, path).source,
            )
            self._boundary = (stamp, boundary, self._checks.findings(subject))
        return self._boundary[1], self._boundary[2]

    def _not_utf8(self, snapshot: Snapshot) -> dict[str, str]:
        """What the engine reads for files that are not UTF-8, whose text it could not hand out."""
        for path in (*snapshot.c_files, *snapshot.headers):
            version = snapshot.version(path)
            if path not in snapshot.overlays and self._stand_ins.get(path, (None, None))[0] != version:
                self._stand_ins[path] = (version, stand_in(snapshot.data(path)))
        known = ((path, self._stand_ins.get(path, (0, None))[1]) for path in (*snapshot.c_files, *snapshot.headers))
        return {path: text for path, text in known if text is not None}

    def _refresh(self, snapshot: Snapshot, path: str, overlays: Mapping[str, str]) -> bool:
        """Has it changed?"""
        unit, linked = self._units.get(path), self._linkage.of(path)
        arguments = [f"-I{folder}" for folder in self._python] + self._texts.compile_arguments(snapshot, path)
        arguments += self._configuration.arguments(self._root)
        if unit is not None and unit.stamp == _stamp(snapshot, unit.read, arguments, linked):
            return False
        self._on_parse(path, snapshot.version(path))
        facts = self._engine.update(path, arguments, overlays, is_edited=path in snapshot.overlays)
        gone = {f.key for f in unit.facts.functions} - {f.key for f in facts.functions} if unit else set()
        self._known.changed([*gone, *(f.key for f in facts.functions if f.is_changed)])
        read = (path, *(name for name in facts.includes if snapshot.contains(name)))
        is_of_python = any(name.endswith("/Python.h") for name in facts.includes)
        told = _told(facts, is_of_python)
        told = unit.told if unit is not None and unit.told == told else told
        may_ask = any(name.endswith("/gnomon.h") for name in facts.includes)
        has_names = any(NAMING.search(snapshot.text(name)) for name in read)
        stamp = _stamp(snapshot, read, arguments, linked)
        self._units[path] = _Unit(stamp, facts, told, read, is_of_python, may_ask, has_names)
        return True


@dataclass(frozen=True, slots=True)
class _Same:
    """Equal only to itself: facts are large, and are compared once, when they are made."""

    told: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.told is other.told

    def __hash__(self) -> int:
        return id(self.told)


def _told(facts: SourceFacts, is_of_python: bool) -> object:
    """The facts without what only says how they came about; where Python's functions are not called, without the places
    of what is inside functions."""
    functions = tuple(replace(f, is_changed=False) if f.is_changed else f for f in facts.functions)
    if is_of_python:
        return replace(facts, functions=functions)
    return replace(facts, functions=functions, references=(), calls=()), frozenset(r.key for r in facts.references)


def _stamp(snapshot: Snapshot, read: Iterable[str], arguments: Sequence[str], linked: Mapping[str, str]) -> int:
    return hash((tuple(arguments), *linked.items(), *((path, snapshot.version(path)) for path in read)))


def _named(facts: SourceFacts) -> set[str]:
    """What the file declares or defines that others may define, too."""
    return {f.name for f in facts.functions if not f.is_static} | {v.name for v in facts.variables}


def _parse_errors(snapshot: Snapshot, sources: Iterable[SourceFacts]) -> Iterable[str]:
    for facts in sources:
        errors = [d for d in facts.diagnostics if d.severity in ("error", "fatal")]
        if errors:
            first = errors[0]
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            yield f"{snapshot.relative(first.path)}:{first.line}: {first.message}{more}"
