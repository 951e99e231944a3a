"""Rows of an index to the types of the metamodel."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from gnomon.analysis.debuginfo.rows import IS_DECLARATION, IS_INCOMPLETE, IS_VARIADIC
from gnomon.analysis.metamodel import (
    Alias,
    Array,
    Base,
    Enumeration,
    FunctionType,
    Member,
    Parameter,
    Place,
    Pointer,
    Qualified,
    Record,
    Type,
    Unknown,
    Void,
)

# DWARF's numbers of tags.
ARRAY, CLASS, ENUMERATION, POINTER, STRUCTURE, SUBROUTINE, TYPEDEF, UNION, BASE = (
    0x01, 0x02, 0x04, 0x0F, 0x13, 0x15, 0x16, 0x17, 0x24,
)  # fmt: skip
RECORDS = (STRUCTURE, UNION, CLASS)
_QUALIFIERS = {0x26: "const", 0x35: "volatile", 0x37: "restrict", 0x47: "_Atomic"}
_UNREAD = {0x10: "a C++ reference", 0x42: "a C++ reference", 0x1F: "a pointer to a C++ member"}
_ENCODINGS = {2: "boolean", 4: "float", 5: "signed", 6: "character", 7: "unsigned", 8: "character"}
DEPTH_BOUND = 60  # types inside types

_SELECT = "SELECT tag, name, size, encoding, target, flags, parts FROM type WHERE id = ?"
_SELECT_RECORD = (
    "SELECT t.tag, t.name, t.size, t.flags, t.parts, p.path, t.line"
    " FROM type t JOIN file p ON p.id = t.file WHERE t.id = ?"
)


@dataclass(slots=True)
class TypeReader:
    """Reads types to any depth, but opens a record's members only where the record itself is asked for. Types are kept
    for as long as the owner keeps this value. Raises sqlite3.Error, ValueError or TypeError on a damaged index."""

    connection: sqlite3.Connection
    _known: dict[int, Type] = field(default_factory=lambda: {0: Void(), 1: Unknown("a type that is not there")})
    _passed: dict[int, Type] = field(default_factory=dict)

    def type(self, number: int, depth: int = 0) -> Type:
        """The type of a row."""
        known = self._known.get(number)
        if known is not None:
            return known
        if depth >= DEPTH_BOUND:
            return Unknown("type nested too deeply")
        row = self.connection.execute(_SELECT, (number,)).fetchone()
        found = self._read(row, depth + 1) if row is not None else Unknown("a type that is not there")
        if depth == 0 or not isinstance(found, Unknown):
            self._known[number] = found
        return found

    def passed(self, number: int) -> Type:
        """The type of a parameter or result: as `type`, but a record that it is, or points to, has its members."""
        if number not in self._passed:
            self._passed[number] = self._with_members(number, is_behind_pointer=False)
        return self._passed[number]

    def _with_members(self, number: int, is_behind_pointer: bool) -> Type:
        type_ = self.type(number)
        # Typedefs, qualifiers, at most one pointer, and the record, which no chain can hold again.
        match type_:
            case Alias(name):
                return Alias(name, self._with_members(self._target(number), is_behind_pointer))
            case Qualified(qualifier):
                return Qualified(qualifier, self._with_members(self._target(number), is_behind_pointer))
            case Pointer(_, size) if not is_behind_pointer:
                return Pointer(self._with_members(self._target(number), is_behind_pointer=True), size)
            case Record():
                return self.record(number) or type_
        return type_

    def _target(self, number: int) -> int:
        (target,) = self.connection.execute("SELECT target FROM type WHERE id = ?", (number,)).fetchone()
        return int(target)

    def record(self, number: int) -> Record | None:
        """A struct or union with its place and members, which are None when an offset is computed at run time; None
        when the row is another type, or only declares one."""
        tag, name, size, flags, parts, path, line = self.connection.execute(_SELECT_RECORD, (number,)).fetchone()
        if tag not in RECORDS or flags & IS_DECLARATION:
            return None
        members = None if flags & IS_INCOMPLETE else self._members(parts)
        place = Place(path, line) if path and line else None
        return Record("union" if tag == UNION else "struct", name, size, members, place)

    def _read(self, row: tuple[int, str, int, int, int, int, str | None], depth: int) -> Type:
        tag, name, size, encoding, target, flags, parts = row
        if tag in _QUALIFIERS:
            return Qualified(_QUALIFIERS[tag], self.type(target, depth))
        match tag:
            case 0x24:
                return Base(name, size, _ENCODINGS.get(encoding, "other"))
            case 0x0F:
                return Pointer(self.type(target, depth), size)
            case 0x16:
                return Alias(name, self.type(target, depth))
            case 0x13 | 0x02:
                return Record("struct", name, size)
            case 0x17:
                return Record("union", name, size)
            case 0x04:
                return Enumeration(name, size, tuple((p[0], p[2]) for p in _list(parts)))
            case 0x01 if not flags & IS_INCOMPLETE:
                found = self.type(target, depth)
                for part in reversed(_list(parts)):
                    found = Array(found, part[2])
                return found
            case 0x15:
                parameters = tuple(Parameter("", self.type(p[1], depth)) for p in _list(parts))
                return FunctionType(self.type(target, depth), parameters, bool(flags & IS_VARIADIC))
        return Unknown(_UNREAD.get(tag, f"a type with DWARF's tag {tag:#x}"))

    def _members(self, parts: str | None) -> tuple[Member, ...] | None:
        """The members of a record, base classes of C++ among them without a name; None when an offset is computed at
        run time."""
        found = []
        for name, type_, bit_position, *rest in _list(parts):
            if bit_position is None:
                return None
            bits = rest[0] if rest else 0
            offset, within = divmod(bit_position, 8)
            found.append(Member(name, self.type(type_), offset, within, bits))
        return tuple(found)


def _list(parts: str | None) -> list[list[Any]]:
    return json.loads(parts) if parts else []
