"""Go to definition across the boundary.

From a Python use of a native function, or a method table's string, to the C function that implements it; from the name
of a C function on its definition to its Python uses, else to where it is bound.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.navigation.target import Position, distinct, native_at, python_at, python_uses
from gnomon.analysis.workspace import Snapshot


def definition(snapshot: Snapshot, boundary: Boundary, at: Position) -> list[Span]:
    """Targets on the other side of the boundary; empty when the name does not cross it."""
    crossing = python_at(boundary, at)
    if crossing:
        return distinct([b.definition for b in crossing if b.definition is not None])
    here = native_at(boundary, at)
    uses = distinct([use for b in here for use in python_uses(snapshot, b)])
    # A slot's place in its type is C, and the other language server's to find.
    return uses or distinct([b.declared for b in here if b.declared is not None and b.kind != "slot"])
