"""Document highlight across the boundary.

On a native function's Python name: its uses in the file, with those that are written in strings; where Python declares
its types counts as writing. On a method table's string: the C function it stands for, in the same file.
"""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.navigation.index import Index, use_of
from gnomon.analysis.navigation.target import Position, distinct, python_at, python_uses
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Highlight:
    span: Span
    is_write: bool


def highlights(snapshot: Snapshot, index: Index, at: Position) -> list[Highlight]:
    """Places in the file of the position; empty when the name does not cross the boundary."""
    lines, spans, read = Lines(snapshot), list[Span](), set[Span]()
    for binding in python_at(index.boundary, at):
        spans += binding.all_uses
        read.update(python_uses(snapshot, binding, lines))
        if binding.kind != "ctypes":
            spans += [span for span in (binding.declared, binding.definition) if span is not None]
            spans += [use_of(use) for use in index.references.get(binding.native_key, [])]
            read.update(use_of(use) for use in index.references.get(binding.native_key, []))
    return [Highlight(span, span not in read) for span in distinct(spans) if span.path == at.path]
