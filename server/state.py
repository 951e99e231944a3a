"""What the features answer from: the newest facts, and the text they are about. Never waits for newer ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.workspace import Snapshot
from gnomon.server.positions import location_of, path_of, to_column
from lsprotocol import types


@dataclass(slots=True)
class State:
    """Replaced piece by piece on the server's event loop, which alone touches it."""

    root: Path
    encoding: str = types.PositionEncodingKind.Utf16
    facts: WorkspaceFacts = field(default_factory=lambda: WorkspaceFacts({}, Boundary()))
    findings: tuple[Finding, ...] = ()  # of the last check
    contracts: tuple[Finding, ...] = ()  # of the newest facts
    overlays: Mapping[str, str] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        """Texts only: a look at a line needs no listing of the workspace."""
        return Snapshot(self.root, self.overlays)

    def absolute(self, path: str) -> str:
        return str(self.root / path)

    def position(self, uri: str, position: types.Position) -> Position:
        """A position of the protocol as navigation takes it."""
        path = path_of(uri)
        text = self.snapshot.line(path, position.line + 1)
        return Position(path, position.line + 1, to_column(text, position.character, self.encoding))

    def locations(self, spans: Iterable[Span]) -> list[types.Location]:
        return [location_of(self.snapshot, span, self.encoding) for span in spans]
