"""Where findings are, as other tools count: columns from 1 in UTF-16 code units, paths as URIs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.workspace import Snapshot
from gnomon.server.positions import to_units
from lsprotocol import types


def columns(snapshot: Snapshot, finding: Finding) -> tuple[int, int]:
    """The first column of a finding, and the one behind it."""
    line = snapshot.line(str(snapshot.root / finding.path), finding.line)
    end = finding.end_column or len(line.rstrip().encode()) + 1
    start_units, end_units = (to_units(line, c, types.PositionEncodingKind.Utf16) for c in (finding.column, end))
    return start_units + 1, max(end_units, start_units + 1) + 1


def uri(path: str) -> str:
    """Relative for a file of the project, else absolute."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path)
