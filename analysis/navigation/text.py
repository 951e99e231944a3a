"""Lines and spans of texts, each file read and cut once: made for one request, since texts change between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.workspace import Snapshot

_LINE_END = re.compile("\r\n|\r|\n")  # what parsers and the protocol count: a form feed ends no line


@dataclass(slots=True)
class Lines:
    """Lines count from 1, columns in UTF-8 bytes."""

    snapshot: Snapshot
    _cut: dict[str, list[str]] = field(default_factory=dict)

    def of(self, path: str) -> list[str]:
        """All lines of a file; none when it cannot be read."""
        if path not in self._cut:
            self._cut[path] = _LINE_END.split(self.snapshot.text(path))
        return self._cut[path]

    def line(self, path: str, number: int) -> str:
        """Line `number`; empty beyond the end."""
        lines = self.of(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def spelled(self, span: Span) -> str:
        """The text of a span within one line; empty where there is none."""
        line = self.line(span.path, span.line).encode("utf-8", "surrogatepass")
        return line[span.column - 1 : span.end_column - 1].decode("utf-8", "replace") if span.column > 0 else ""

    def before(self, span: Span) -> str:
        """What stands in front of a span in its line."""
        line = self.line(span.path, span.line).encode("utf-8", "surrogatepass")
        return line[: max(span.column - 1, 0)].decode("utf-8", "replace")

    def after(self, span: Span) -> str:
        """What stands behind a span in its line."""
        line = self.line(span.path, span.end_line).encode("utf-8", "surrogatepass")
        return line[max(span.end_column - 1, 0) :].decode("utf-8", "replace")
