"""Go to type definition across the boundary.

From a Python name that holds an object of a C extension's type, from the type itself or one of its methods, to the
PyTypeObject or PyType_Spec that makes the type; from a ctypes structure to the C structure that it stands for. From a
C function that implements a method or slot, to its type.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.values import External, Made
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed, asked
from gnomon.analysis.navigation.structures import place_of, record_at
from gnomon.analysis.navigation.target import Position, distinct, is_python, native_at, python_at
from gnomon.analysis.syntax.python import scope_at
from gnomon.analysis.workspace import Snapshot


def type_definition(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Span]:
    """Where the types of the name at a position are defined in C."""
    crossing = python_at(index.boundary, at) or native_at(index.boundary, at)
    types = [t for b in crossing if (t := _type_of(b, index)) is not None]
    if not crossing and is_python(at.path):
        types = _of_name(snapshot, index, parsed, at)
        record = record_at(snapshot, index, parsed, at) if not types else None
        place = place_of(snapshot, record) if record is not None else None
        if place is not None:
            return [place]
    return distinct(t.definition for t in types if t.definition is not None)


def _type_of(binding: Binding, index: Index) -> Binding | None:
    return binding if binding.kind == "type" else index.types.get(binding.owner)


def _of_name(snapshot: Snapshot, index: Index, parsed: Parsed, at: Position) -> list[Binding]:
    """Of a plain name, or an attribute of one: `ring` after `ring = Ring(4)`."""
    question = asked(snapshot, index, parsed, at.path)
    module = question.modules.of(at.path)
    place = (at.line - 1, max(at.column - 1, 0))
    node = module.source.root.named_descendant_for_point_range(place, place)
    if node is None or node.type != "identifier":
        return []
    above = node.parent
    if above is not None and above.type == "attribute" and above.child_by_field_name("attribute") == node:
        node = above
    match question.names.evaluate(node, scope_at(module, node)):
        case Made(name) | External(name):
            return [b for b in index.by_python.get(name, []) if b.kind == "type"]
    return []
