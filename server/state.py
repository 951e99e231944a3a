"""What the features answer from: the newest facts, and the text they are about. Never waits for newer ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.analysis.checking.finding import Finding, FunctionVerdicts
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.workspace import Snapshot
from gnomon.server.exercised import beside
from gnomon.server.positions import location_of, path_of, range_of, to_column
from gnomon.server.shown import Edit, moved, moved_verdicts
from lsprotocol import types

Replays = Literal["never", "asked", "idle"]  # when code of the workspace may be compiled and run


@dataclass(slots=True)
class State:
    """Replaced piece by piece on the server's event loop, which alone touches it."""

    root: Path
    encoding: str = types.PositionEncodingKind.Utf16
    facts: WorkspaceFacts = field(default_factory=lambda: WorkspaceFacts({}, Boundary()))
    findings: tuple[Finding, ...] = ()  # of the last check
    exercised: tuple[Finding, ...] = ()  # what running the extensions has found
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)  # of replays, by the ids of findings
    replays: Replays = "asked"
    functions: dict[str, tuple[FunctionVerdicts, ...]] = field(default_factory=dict)  # of the last check, by path
    witness: str = ""  # the finding whose steps are shown in the text
    contracts: tuple[Finding, ...] = ()  # of the newest facts
    index: Index = field(default_factory=lambda: Index(Boundary(), {}))
    read: Mapping[str, str] = field(default_factory=dict)  # the overlays that the facts were read from
    overlays: Mapping[str, str] = field(default_factory=dict)
    parsed: Parsed = field(default_factory=dict)  # Python modules by path; a new version replaces the old one
    lists_references: bool = False  # the client knows the command gnomon.showReferences
    lists_checks: bool = False  # the client knows the command gnomon.showChecks
    takes_offsets: bool = False  # the client finds parameters in a signature by where they stand
    pulls: bool = False  # the client asks for diagnostics instead of being told

    def take(self, facts: WorkspaceFacts, read: Mapping[str, str]) -> None:
        """New facts, and the unsaved texts that they are about."""
        self.facts, self.read = facts, read
        self.index = Index(facts.boundary, facts.sources)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What diagnostics are made of."""
        return (*self.found, *self.contracts)

    @property
    def found(self) -> tuple[Finding, ...]:
        """The findings of the last check as replays have left them, and what exercising adds to them: not what the
        real code denies."""
        found = self._not_withdrawn(self.findings)
        return (*found, *beside(self._not_withdrawn(self.exercised), found))

    def finding(self, identity: str) -> Finding | None:
        """A finding of the last check, or of exercising, also one that is withdrawn."""
        findings = (*self.findings, *self.exercised)
        return next((self._with_state(f) for f in findings if f.id == identity), None)

    def _not_withdrawn(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(finding for finding in map(self._with_state, findings) if not finding.is_withdrawn)

    def _with_state(self, finding: Finding) -> Finding:
        outcome = self.outcomes.get(finding.id) if finding.history is not None else None
        return outcome.given_to(finding) if outcome is not None else finding

    def take_outcomes(self, outcomes: Mapping[str, Outcome], pending: Set[str]) -> None:
        """Those of the last check's findings. What was withdrawn stays so until it is replayed again."""
        withdrawn = {i: o for i, o in self.outcomes.items() if i in pending and o.state == "disagrees"}
        self.outcomes = {**withdrawn, **outcomes}

    @property
    def is_saved(self) -> bool:
        """Do the files hold what the editor shows?"""
        return all(_saved(path) == text.removeprefix("\ufeff") for path, text in self.overlays.items())

    def take_verdicts(self, functions: Iterable[FunctionVerdicts]) -> None:
        """What the last check decided; paths are relative."""
        by_path: dict[str, list[FunctionVerdicts]] = {}
        for function in functions:
            by_path.setdefault(function.path, []).append(function)
        self.functions = {path: tuple(listed) for path, listed in by_path.items()}

    def edited(self, edit: Edit) -> None:
        """What was found stays, moved with the text."""
        self.findings = moved(self.findings, edit)
        self.exercised = moved(self.exercised, edit)
        self.contracts = moved(self.contracts, edit)
        if edit.path in self.functions:
            self.functions[edit.path] = moved_verdicts(self.functions[edit.path], edit)

    def verdicts(self, path: str) -> tuple[FunctionVerdicts, ...]:
        """Of the functions of a file, by its absolute path."""
        return self.functions.get(self.snapshot.relative(path), ())

    @property
    def snapshot(self) -> Snapshot:
        """Texts only: a look at a line needs no listing of the workspace."""
        return Snapshot(self.root, self.overlays)

    @property
    def is_current(self) -> bool:
        """Do the facts speak of the texts as they are now, as far as they are open?"""
        return self.read == self.overlays

    def absolute(self, path: str) -> str:
        return str(self.root / path)

    def position(self, uri: str, position: types.Position) -> Position:
        """A position of the protocol as navigation takes it."""
        path = path_of(uri)
        text = Lines(self.snapshot).line(path, position.line + 1)
        return Position(path, position.line + 1, to_column(text, position.character, self.encoding))

    def locations(self, spans: Iterable[Span]) -> list[types.Location]:
        lines = Lines(self.snapshot)
        return [location_of(lines, span, self.encoding) for span in spans]

    def ranges(self, spans: Iterable[Span]) -> list[types.Range]:
        lines = Lines(self.snapshot)
        return [range_of(lines, span, self.encoding) for span in spans]


def _saved(path: str) -> str | None:
    """None where it cannot be told what an editor would read."""
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
