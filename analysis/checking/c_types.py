"""The engine's rows of C types as the metamodel's types, converted when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from gnomon import _engine
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


class CTypes:
    """The types of one translation unit."""

    def __init__(self, rows: Sequence[_engine.TypeFacts]) -> None:
        self._rows = rows
        self._known: dict[tuple[int, bool], Type] = {}

    def at(self, index: int, is_behind_pointer: bool = False) -> Type:
        """A type by its index; a record behind a pointer is only named, so that every type is finite."""
        key = (index, is_behind_pointer)
        if key not in self._known:
            self._known[key] = self._convert(self._rows[index], is_behind_pointer)
        return self._known[key]

    def function(self, index: int) -> FunctionType | None:
        """The type of a function; None when it has no prototype."""
        row = self._rows[index]
        while row.kind == "typedef":
            row = self._rows[row.target]
        if row.kind != "function" or not row.is_complete:
            return None
        parameters = tuple(Parameter(name, self.at(type_)) for name, type_ in row.parameters)
        return FunctionType(self.at(row.target), parameters, row.is_variadic)

    def _convert(self, row: _engine.TypeFacts, is_behind_pointer: bool) -> Type:
        match row.kind:
            case "void":
                return Void()
            case "base":
                return Base(row.name, row.size, row.encoding)
            case "pointer":
                return Pointer(self.at(row.target, True), row.size)
            case "qualified":
                return Qualified(row.name, self.at(row.target, is_behind_pointer))
            case "array":
                return Array(self.at(row.target, is_behind_pointer), row.count if row.count >= 0 else None)
            case "typedef":
                return Alias(row.name, self.at(row.target, is_behind_pointer))
            case "struct" | "union":
                members = None if is_behind_pointer or not row.is_complete else tuple(map(self._member, row.members))
                return Record(row.kind, row.name, max(row.size, 0), members, _place(row))
            case "enum":
                return Enumeration(row.name, max(row.size, 0), tuple(row.values))
            case "function":
                parameters = tuple(Parameter(name, self.at(type_, True)) for name, type_ in row.parameters)
                return FunctionType(self.at(row.target, True), parameters, row.is_variadic)
        return Unknown(row.name)

    def _member(self, member: _engine.MemberFacts) -> Member:
        type_ = self.at(member.type)
        if member.bit_width:
            return Member(member.name, type_, member.bit_offset // 8, member.bit_offset % 8, member.bit_width)
        return Member(member.name, type_, member.bit_offset // 8)


def _place(row: _engine.TypeFacts) -> Place | None:
    return Place(row.path, row.line) if row.path else None
