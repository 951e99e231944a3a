"""ctypes structures against the C structures that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gnomon.analysis.boundary.binding import Binding, DeclaredType
from gnomon.analysis.boundary.ctypes import StructureDeclaration
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_layout import layout_of
from gnomon.analysis.contracts.layout_difference import layout_difference
from gnomon.analysis.contracts.structure_fix import corrected
from gnomon.analysis.contracts.true_records import TrueRecords
from gnomon.analysis.metamodel import Pointer, Record, Type

_POINTED = re.compile(r"^POINTER\((\w+)\)$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Python structure that stands for a C one, since a declared function takes or returns it so."""

    declared: StructureDeclaration
    record: Record


def check(subject: Subject) -> Iterator[Contradiction]:
    """Fields at other places, of other sizes, or missing, in a structure that is passed as a C structure.

    A structure that declares only the first fields is right as far as it goes, where it is only pointed to.

    Example: `_fields_ = [("value", c_int), ("tick", c_uint64)]` for `struct sample { int32_t value; uint32_t tick; };`
    """
    structures = _unique(subject)
    for pair in dict.fromkeys(pairs(subject)):
        layout = layout_of(pair.declared, structures)
        if (
            layout is not None
            and layout.fields
            and (why := layout_difference(_short(pair.declared), layout, pair.record))
        ):
            yield replace(_said(pair, why), fixes=corrected(subject, pair.declared, pair.record, structures))


def _unique(subject: Subject) -> dict[str, StructureDeclaration]:
    """By short name, where only one class of the workspace has it."""
    names = Counter(_short(s) for s in subject.boundary.structures)
    return {_short(s): s for s in subject.boundary.structures if names[_short(s)] == 1}


def _short(structure: StructureDeclaration) -> str:
    return structure.name.rsplit(".", 1)[-1]


def pairs(subject: Subject) -> Iterator[Pair]:
    """The structures that declared functions take or give, each as often as that is said."""
    structures, records = _unique(subject), TrueRecords(subject)
    for binding in subject.boundary.bindings:
        for declared, true in _both(binding):
            pointed = _POINTED.match(declared.text)
            name = pointed[1] if pointed else declared.text if declared.kind == "structure" else ""
            actual = bare(true)
            if pointed and not isinstance(actual, Pointer):
                continue
            target = actual.target if pointed and isinstance(actual, Pointer) else true
            opened = records.opened(binding, target) if name in structures else None
            if opened is not None:
                yield Pair(structures[name], opened)


def _both(binding: Binding) -> Iterator[tuple[DeclaredType, Type]]:
    if binding.kind != "ctypes" or binding.type is None:
        return
    for declared, parameter in zip(binding.argtypes or (), binding.type.parameters, strict=False):
        yield declared, parameter.type
    if binding.restype is not None:
        yield binding.restype, binding.type.result


def _said(pair: Pair, text: str) -> Contradiction:
    return Contradiction("contract.layout", text, pair.declared.place, pair.record.name, pair.declared.name, None)
