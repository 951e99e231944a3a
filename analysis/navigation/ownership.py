"""What a native function gives back, in the words of a hover: objects of which type, or memory that is the caller's."""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.contracts.fresh_memory import returns_fresh_memory
from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.syntax.tree import parse_c
from gnomon.analysis.workspace import Snapshot


def gives_note(snapshot: Snapshot, binding: Binding, function: CFunction | None) -> str:
    """A sentence about an edge and its C function; empty where nothing is certain."""
    gives = binding.gives
    if gives is not None and gives.is_all:
        named = [f"`{name}`" for name in gives.types]
        named += ["the object itself or one of its type"] if gives.is_self else []
        return f"gives {' or '.join(named)}"
    if binding.kind in ("ctypes", "cffi") and function is not None and function.is_definition:
        source = parse_c(function.path, snapshot.text(function.path))
        return "gives memory that the caller frees" if returns_fresh_memory(function, source) else ""
    return ""
