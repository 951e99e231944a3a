"""Find references across the boundary.

For a native function, from either side: its Python uses, its table entries, and its definition when asked for. Uses
inside the same language are the other language server's to find, except those in C that Python asks for.
"""

from __future__ import annotations

from collections.abc import Mapping

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.navigation.target import Position, distinct, native_at, python_at
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import Snapshot


def references(
    snapshot: Snapshot, boundary: Boundary, facts: Mapping[str, SourceFacts], at: Position, with_definition: bool = True
) -> list[Span]:
    """All places that name the native function at a position, in both languages."""
    crossing = python_at(boundary, at) or native_at(boundary, at)
    keys = {b.native_key for b in crossing if b.native_key}
    edges = {id(b): b for b in crossing} | {id(b): b for key in keys for b in boundary.of_native(key)}
    found: list[Span] = []
    for edge in edges.values():
        found += edge.uses
        found += [edge.declared] if edge.declared is not None and edge.kind != "ctypes" else []
        found += [edge.definition] if edge.definition is not None and with_definition else []
    for unit in facts.values():
        for use in unit.references:
            if use.key in keys and snapshot.contains(use.path):
                found.append(Span(use.path, use.line, use.column, use.line, use.column + len(use.name.encode())))
    return distinct(found)
