"""Where the fields of a ctypes structure and the members of the C structure part.

The same bytes may be declared in several right ways: an array as its elements, a structure as its members, padding by a
field of its own, the members that nobody needs as one array. Such a field has a name that C does not know. A field with
a member's name must be that member.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldPlace:
    name: str
    bit_offset: int
    bits: int  # of the field; of a bit field its width
    is_bit_field: bool = False
    is_aggregate: bool = False  # an array, structure or union

    @property
    def end(self) -> int:
        return self.bit_offset + self.bits


@dataclass(frozen=True, slots=True)
class Layout:
    size: int  # bytes
    fields: tuple[FieldPlace, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`true` None: the C structure ends before the field."""

    mine: FieldPlace
    true: FieldPlace | None


def struct_difference(
    mine: Sequence[FieldPlace], true: Sequence[FieldPlace], bits: int
) -> tuple[Difference | None, int]:
    """The first difference, and how many members the fields reach; both in order of their places. `bits`: the size of
    the C structure."""
    numbers = {place.name: number for number, place in enumerate(true) if place.name}
    at, next_true = 0, 0
    while at < len(mine):
        field = mine[at]
        if (number := numbers.get(field.name)) is not None:
            if not _is_same(field, true[number]):
                return Difference(field, true[number]), next_true
            at, next_true = at + 1, number + 1
            continue
        while next_true < len(true) and true[next_true].end <= field.bit_offset:
            next_true += 1
        if next_true == len(true):
            if field.end > bits:
                return Difference(field, None), next_true
            at += 1
            continue
        count, reached = _explained(mine[at:], true[next_true:], numbers.keys())
        if count == 0:
            return Difference(field, true[next_true]), next_true
        at, next_true = at + count, next_true + reached
    return None, next_true


def union_difference(mine: Sequence[FieldPlace], true: Sequence[FieldPlace], bits: int) -> Difference | None:
    """The first difference: the order does not matter, and not all members need be declared."""
    members = {place.name: place for place in true if place.name}
    for field in mine:
        member = members.get(field.name)
        if member is not None and not _is_same(field, member):
            return Difference(field, member)
        if field.end > bits:
            return Difference(field, None)
    return None


def _explained(mine: Sequence[FieldPlace], true: Sequence[FieldPlace], known: Set[str]) -> tuple[int, int]:
    """How many fields, from the first on, stand for how many members; no fields where that is not so."""
    field, member = mine[0], true[0]
    if _is_same(field, member):
        return 1, 1
    if field.end <= member.bit_offset:  # padding, where what follows it is in its place
        return (1, 0) if any(later.bit_offset == member.bit_offset for later in mine) else (0, 0)
    if field.is_aggregate and field.bit_offset <= member.bit_offset and field.end > member.end:
        count = _inside(true, field.end, frozenset())
        return (1, count) if count > 1 else (0, 0)
    if member.is_aggregate and field.bit_offset == member.bit_offset and field.end < member.end:
        count = _inside(mine, member.end, known)
        return (count, 1) if count > 1 else (0, 0)
    return 0, 0


def _inside(places: Sequence[FieldPlace], end: int, known: Set[str]) -> int:
    """How many places, from the first on, lie before an end; 0 when one lies across it, or has one of the names."""
    count = sum(place.end <= end for place in places)
    inside, across = places[:count], places[count:]
    if any(place.bit_offset < end for place in across) or any(place.name in known for place in inside):
        return 0
    return count


def _is_same(mine: FieldPlace, true: FieldPlace) -> bool:
    return (mine.bit_offset, mine.bits) == (true.bit_offset, true.bits)
