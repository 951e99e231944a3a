"""Find references across the boundary.

For a native function, from either side: its Python uses, its table entries, its C uses, and its definition when asked
for. What stays inside one language is the other language server's to find.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.navigation.index import Index, use_of
from gnomon.analysis.navigation.target import Position, distinct, native_at, python_at
from gnomon.analysis.workspace import Snapshot


def references(snapshot: Snapshot, index: Index, at: Position, with_definition: bool = True) -> list[Span]:
    """All places that name the native function at a position, in both languages."""
    crossing = python_at(index.boundary, at) or native_at(index.boundary, at)
    keys = {b.native_key for b in crossing if b.native_key}
    edges = {id(b): b for b in crossing} | {id(b): b for key in keys for b in index.boundary.of_native(key)}
    found: list[Span] = []
    for edge in edges.values():
        found += edge.all_uses
        found += [edge.declared] if edge.declared is not None and edge.kind != "ctypes" else []
        found += [edge.definition] if edge.definition is not None and with_definition else []
    for key in keys:
        found += [use_of(use) for use in index.references.get(key, []) if snapshot.contains(use.path)]
    return distinct(found)
