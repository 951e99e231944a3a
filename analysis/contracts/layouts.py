"""ctypes structures against the C structures that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, DeclaredType
from gnomon.analysis.boundary.ctypes import StructureDeclaration
from gnomon.analysis.contracts.c_values import bare, size_of
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_layout import FieldPlace, Layout, layout_of
from gnomon.analysis.metamodel import Array, FunctionType, Member, Pointer, Record, Type, spell

_POINTED = re.compile(r"^POINTER\((\w+)\)$")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A Python structure that stands for a C one, since a declared function takes or returns it so."""

    declared: StructureDeclaration
    record: Record


def check(subject: Subject) -> Iterator[Contradiction]:
    """Fields at other places, of other sizes, or missing, in a structure that is passed as a C structure.

    A structure that declares only the first fields is right as far as it goes, where it is only pointed to.

    Example: `_fields_ = [("value", c_int), ("tick", c_uint64)]` for `struct sample { int32_t value; uint32_t tick; };`
    """
    structures = _unique(subject)
    records = {t.name: t for unit in subject.sources.values() for t in unit.types if isinstance(t, Record) and t.name}
    for pair in dict.fromkeys(_pairs(subject, structures, records)):
        layout = layout_of(pair.declared, structures)
        if layout is None or not layout.fields or pair.record.members is None:
            continue
        yield from _compared(pair, layout)


def _unique(subject: Subject) -> dict[str, StructureDeclaration]:
    """By short name, where only one class of the workspace has it."""
    names = Counter(_short(s) for s in subject.boundary.structures)
    return {_short(s): s for s in subject.boundary.structures if names[_short(s)] == 1}


def _short(structure: StructureDeclaration) -> str:
    return structure.name.rsplit(".", 1)[-1]


def _pairs(
    subject: Subject, structures: dict[str, StructureDeclaration], records: dict[str, Record]
) -> Iterator[_Pair]:
    for binding in subject.boundary.bindings:
        for declared, true in _both(binding):
            pointed = _POINTED.match(declared.text)
            name = pointed[1] if pointed else declared.text if declared.kind == "structure" else ""
            record = bare(true)
            if pointed and isinstance(record, Pointer):
                record = bare(record.target)
            elif pointed:
                continue
            if name in structures and isinstance(record, Record):
                opened = record if record.members is not None else _opened(record, records)
                if opened is not None:
                    yield _Pair(structures[name], opened)


def _both(binding: Binding) -> Iterator[tuple[DeclaredType, Type]]:
    if binding.kind != "ctypes" or binding.type is None:
        return
    for declared, parameter in zip(binding.argtypes or (), binding.type.parameters, strict=False):
        yield declared, parameter.type
    if binding.restype is not None:
        yield binding.restype, binding.type.result


def _opened(named: Record, records: dict[str, Record]) -> Record | None:
    """The record with its members: by its tag, defined where the pointer's is."""
    found = records.get(named.name)
    return found if found is not None and found.place == named.place else None


def _compared(pair: _Pair, layout: Layout) -> Iterator[Contradiction]:
    true = [(member, place) for member in pair.record.members or () if (place := _place(member)) is not None]
    if len(true) != len(pair.record.members or ()):
        return  # a member whose size is not known here
    c_name = spell(pair.record)
    for mine, (member, place) in zip(layout.fields, true, strict=False):
        what = _difference(mine, place)
        if what:
            name = (
                f"`{mine.name}`"
                if mine.name == member.name
                else f"`{mine.name}` (in C `{spell(member.type, member.name)}`)"
            )
            yield _said(pair, f"field {name} of `{_short(pair.declared)}` {what} in `{c_name}`")
            return  # what comes behind is wrong because of it
    if len(layout.fields) > len(true):
        extra = layout.fields[len(true)].name
        yield _said(pair, f"`{_short(pair.declared)}` has a field `{extra}`, and `{c_name}` ends before it")
    elif len(layout.fields) == len(true) and layout.size != pair.record.size:
        sizes = f"{layout.size} bytes, and `{c_name}` has {pair.record.size}"
        yield _said(pair, f"`{_short(pair.declared)}` has {sizes}")


def _place(member: Member) -> FieldPlace | None:
    start = member.offset * 8 + member.bit_offset
    if member.bit_size:
        return FieldPlace(member.name, start, member.bit_size, True)
    size = _size(member.type)
    return FieldPlace(member.name, start, size * 8, False) if size is not None else None


def _size(type_: Type) -> int | None:
    plain = bare(type_)
    if isinstance(plain, Array):
        element = _size(plain.element)
        return element * plain.count if element is not None and plain.count is not None else None
    return None if isinstance(plain, FunctionType) else size_of(plain)


def _difference(mine: FieldPlace, true: FieldPlace) -> str:
    if mine.bit_offset != true.bit_offset:
        if mine.is_bit_field or true.is_bit_field:
            return f"is at bit {mine.bit_offset}, and at bit {true.bit_offset}"
        return f"is at byte {mine.bit_offset // 8}, and at byte {true.bit_offset // 8}"
    if mine.bits != true.bits:
        if mine.is_bit_field or true.is_bit_field:
            return f"has {mine.bits} bits, and {true.bits}"
        return f"has {mine.bits // 8} bytes, and {true.bits // 8}"
    return ""


def _said(pair: _Pair, text: str) -> Contradiction:
    name = pair.record.name
    return Contradiction("contract.layout", text, pair.declared.place, name, pair.declared.name, None)
