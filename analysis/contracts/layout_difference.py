"""The fields of one declared structure against those of the C structure that it stands for."""

from __future__ import annotations

from itertools import pairwise

from gnomon.analysis.contracts.c_values import bare, size_of
from gnomon.analysis.contracts.field_places import (
    Difference,
    FieldPlace,
    Layout,
    struct_difference,
    union_difference,
)
from gnomon.analysis.metamodel import Array, FunctionType, Member, Record, Type, spell


def layout_of_record(record: Record) -> Layout | None:
    """None where the size of a member is not known."""
    places = [_place(member) for member in record.members or ()]
    if record.members is None or None in places:
        return None
    return Layout(record.size, tuple(place for place in places if place is not None))


def layout_difference(name: str, mine: Layout, record: Record) -> str:
    """The first thing that is wrong with the structure called `name`; empty when nothing is, or the record is not
    known. One that declares only the first fields is right as far as it goes."""
    members = list(record.members or ())
    is_open_ended = bool(members) and _is_open_ended(members[-1].type)
    if is_open_ended:
        members.pop()
    true = [place for member in members if (place := _place(member)) is not None]
    is_union = record.kind == "union"
    if len(true) != len(record.members or ()) - is_open_ended or (not is_union and not _are_apart(true)):
        return ""  # a member whose size is not known here, or that shares its bytes, as base classes of C++ may
    found: Difference | None
    if is_union:
        found, reached = union_difference(mine.fields, true, record.size * 8), len(mine.fields)
    else:
        found, reached = struct_difference(mine.fields, sorted(true, key=_start), record.size * 8)
    if found is not None and found.true is not None:
        return _differing(name, record, found.mine, found.true)
    if found is not None:
        return (
            "" if is_open_ended else f"`{name}` has a field `{found.mine.name}`, and `{spell(record)}` ends before it"
        )
    if reached == len(true) and mine.size != record.size and not is_open_ended:
        return f"`{name}` has {mine.size} bytes, and `{spell(record)}` has {record.size}"
    return ""


def _start(place: FieldPlace) -> int:
    return place.bit_offset


def _are_apart(places: list[FieldPlace]) -> bool:
    ordered = sorted(places, key=_start)
    return all(one.end <= other.bit_offset for one, other in pairwise(ordered))


def _differing(name: str, record: Record, mine: FieldPlace, true: FieldPlace) -> str:
    member = next(m for m in record.members or () if m.name == true.name and _place(m) == true)
    spelled = f" (in C `{spell(member.type, member.name)}`)" if mine.name != true.name else ""
    return f"field `{mine.name}`{spelled} of `{name}` {_difference(mine, true)} in `{spell(record)}`"


def _is_open_ended(type_: Type) -> bool:
    """An array at the end whose length the C declaration does not say."""
    plain = bare(type_)
    return isinstance(plain, Array) and plain.count in (None, 0, 1)


def _place(member: Member) -> FieldPlace | None:
    start = member.offset * 8 + member.bit_offset
    if member.bit_size:
        return FieldPlace(member.name, start, member.bit_size, is_bit_field=True)
    size, is_aggregate = size_in_bytes(member.type), isinstance(bare(member.type), Array | Record)
    return FieldPlace(member.name, start, size * 8, is_aggregate=is_aggregate) if size is not None else None


def size_in_bytes(type_: Type) -> int | None:
    """Of arrays, too; None where it is not known."""
    plain = bare(type_)
    if isinstance(plain, Array):
        element = size_in_bytes(plain.element)
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
