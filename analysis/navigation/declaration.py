"""Go to declaration across the boundary: where Python is told of the native function.

That is the `argtypes` line for ctypes, and the entry of the method table for an extension; from either side.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.navigation.target import Position, distinct, native_at, python_at
from gnomon.analysis.workspace import Snapshot


def declaration(snapshot: Snapshot, boundary: Boundary, at: Position) -> list[Span]:
    """Where the edges at a position are declared; empty when the name does not cross the boundary."""
    crossing = python_at(boundary, at) or native_at(boundary, at)
    return distinct([b.declared for b in crossing if b.declared is not None and snapshot.contains(b.declared.path)])
