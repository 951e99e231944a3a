"""The fields of one declared structure against those of the C structure that it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.contracts.c_values import bare, size_of
from gnomon.analysis.metamodel import Array, FunctionType, Member, Record, Type, spell


@dataclass(frozen=True, slots=True)
class FieldPlace:
    name: str
    bit_offset: int
    bits: int  # of the field; of a bit field its width
    is_bit_field: bool


@dataclass(frozen=True, slots=True)
class Layout:
    size: int  # bytes
    fields: tuple[FieldPlace, ...]


def layout_of_record(record: Record) -> Layout | None:
    """None where the size of a member is not known."""
    places = [_place(member) for member in record.members or ()]
    if record.members is None or None in places:
        return None
    return Layout(record.size, tuple(place for place in places if place is not None))


def layout_difference(name: str, mine: Layout, record: Record) -> str:
    """The first thing that is wrong with the structure called `name`; empty when nothing is, or the record is not
    known. One that declares only the first fields is right as far as it goes."""
    true, c_name = layout_of_record(record), spell(record)
    if true is None:
        return ""
    for field, place, member in zip(mine.fields, true.fields, record.members or (), strict=False):
        what = _difference(field, place)
        if what:
            spelled = f" (in C `{spell(member.type, member.name)}`)" if field.name != member.name else ""
            return f"field `{field.name}`{spelled} of `{name}` {what} in `{c_name}`"  # what is behind follows from it
    if len(mine.fields) > len(true.fields):
        extra = mine.fields[len(true.fields)].name
        return f"`{name}` has a field `{extra}`, and `{c_name}` ends before it"
    if len(mine.fields) == len(true.fields) and mine.size != record.size:
        return f"`{name}` has {mine.size} bytes, and `{c_name}` has {record.size}"
    return ""


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
