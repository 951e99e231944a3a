"""Go to implementation across the boundary.

From a Python name to all C functions behind it: the function of a method, getter and setter of an attribute, and of a
type what fills its slots. From a method table's string the same.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index, place_of
from gnomon.analysis.navigation.target import Position, distinct, python_at


def implementation(index: Index, at: Position) -> list[Span]:
    """Names of C functions where they are defined; empty when the name does not cross the boundary."""
    return distinct(span for b in python_at(index.boundary, at) for span in _of(b, index))


def _of(binding: Binding, index: Index) -> list[Span]:
    if binding.kind == "type":
        functions = [index.function(key) for _, key in binding.slots]
        return [place_of(f) for f in functions if f is not None and f.is_definition]
    setters = index.by_python.get(f"{binding.python}.__set__", []) if binding.kind == "getset" else []
    return [b.definition for b in (binding, *setters) if b.definition is not None and b.truth != "header"]
