"""What a library's debug information says of a function, a type, an address: look-ups in its index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from gnomon.analysis.debuginfo.elf import Unsupported
from gnomon.analysis.debuginfo.index import default_folder, open_index
from gnomon.analysis.debuginfo.rows import HAS_SYMBOL, IS_DECLARATION, IS_EXTERNAL, IS_VARIADIC
from gnomon.analysis.debuginfo.types import TYPEDEF, TypeReader
from gnomon.analysis.metamodel import Function, FunctionType, Parameter, Place, Record, Type, spell

__all__ = ["DebugFile", "Unsupported", "Variable", "open_debug_file"]

_T = TypeVar("_T")
_Row = tuple[str, str | None, str | None, str, int, int | None, int, int, str | None]
_FUNCTION = (
    "SELECT f.name, f.linkage_name, f.scope, p.path, f.line, f.address, f.result, f.flags, f.parameters"
    " FROM function f JOIN file p ON p.id = f.file WHERE "
)
_VARIABLE = (
    "SELECT v.name, v.scope, p.path, v.line, v.address, v.type, v.flags"
    " FROM variable v JOIN file p ON p.id = v.file WHERE v.name = ? AND v.address IS NOT NULL"
)
_TYPE = "SELECT t.id, t.tag, t.name, t.target, t.flags FROM type t WHERE "
_TypeRow = tuple[int, int, str, int, int]


@dataclass(frozen=True, slots=True)
class Variable:
    """A global variable of a library."""

    name: str
    type: Type
    place: Place | None
    address: int
    is_external: bool


@dataclass(slots=True)
class DebugFile:
    """An opened library. Answers are kept by name for as long as the owner keeps this value.

    What is looked up and is not there is None; where parts of the debug information are missing or damaged, it is
    Unsupported: it may be in those.
    """

    path: str
    problems: tuple[str, ...]
    _connection: sqlite3.Connection
    _types: TypeReader
    _folder: Path | None
    _functions: dict[str, Function | Unsupported | None] = field(default_factory=dict)

    def function(self, name: str) -> Function | Unsupported | None:
        """The function behind a symbol; None when the library has none of that name, no DWARF for it, or several.

        Records that it takes or returns, also behind one pointer, have their members.
        """
        if name not in self._functions:
            self._functions[name] = self._answer(lambda: self._function(name))
        return self._functions[name]

    def functions(self, name: str) -> tuple[Function, ...] | Unsupported:
        """All functions of that name or linkage name, those without code in this library too; empty when there are
        none."""
        found = self._answer(lambda: self._all(name) or None)
        return () if found is None else found

    def function_at(self, address: int) -> Function | Unsupported | None:
        """The function whose code covers an address of the file."""
        return self._answer(lambda: self._function_at(address))

    def record(self, name: str) -> Record | Unsupported | None:
        """A struct or union by its tag or by its typedef, with its members; None when no unit defines it, Unsupported
        when units disagree."""
        return self._answer(lambda: self._record(name))

    def type(self, name: str) -> Type | Unsupported | None:
        """A typedef, enumeration or arithmetic type by its name, a record by its tag, as declarations use it; None when
        there is none or there are several."""
        return self._answer(lambda: self._type(name))

    def variable(self, name: str) -> Variable | Unsupported | None:
        """A global variable that has its place in this library; None when there is none of that name, or several."""
        return self._answer(lambda: self._variable(name))

    def _answer(self, look_up: Callable[[], _T | Unsupported | None]) -> _T | Unsupported | None:
        """Looks up; once more in a new index if this one turns out to be damaged."""
        for is_last in (False, True):
            try:
                found = look_up()
            except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError) as error:
                if is_last:
                    return Unsupported(f"damaged index of debug information: {error}")
                connection = open_index(self.path, self._folder, is_anew=True)
                if isinstance(connection, Unsupported):
                    return connection
                self._connection.close()
                self._connection, self._types = connection, TypeReader(connection)
            else:
                return Unsupported("; ".join(self.problems)) if found is None and self.problems else found
        return None

    def _rows(self, name: str, condition: str) -> list[_Row]:
        return self._connection.execute(_FUNCTION + condition, (name,)).fetchall()

    def _function(self, name: str) -> Function | None:
        rows = self._rows(name, "f.name = ? AND f.linkage_name IS NULL AND f.address IS NOT NULL")
        rows = rows or self._rows(name, "f.linkage_name = ? AND f.address IS NOT NULL")
        certain = [row for row in rows if row[7] & HAS_SYMBOL] or rows
        certain = [row for row in certain if row[7] & IS_EXTERNAL] or certain
        if len({row[5] for row in certain}) == 1:
            return self._read(certain[0], with_members=True)
        alias = self._connection.execute("SELECT address FROM symbol WHERE name = ?", (name,)).fetchone()
        if rows or alias is None:
            return None
        found = self._connection.execute(_FUNCTION + "f.address = ?", alias).fetchone()
        return replace(self._read(found, with_members=True), name=name) if found is not None else None

    def _all(self, name: str) -> tuple[Function, ...]:
        # Both conditions in one statement would scan; by themselves each has an index.
        rows = self._rows(name, "f.name = ?") + self._rows(name, "f.linkage_name = ? AND f.name <> f.linkage_name")
        return tuple(self._read(row) for row in rows)

    def _function_at(self, address: int) -> Function | None:
        before = "SELECT end, function FROM range WHERE begin <= ? ORDER BY begin DESC LIMIT 1"
        found = self._connection.execute(before, (address,)).fetchone()
        if found is None or address >= found[0]:
            return None
        row = self._connection.execute(_FUNCTION + "f.id = ?", (found[1],)).fetchone()
        return self._read(row) if row is not None else None

    def _read(self, row: _Row, with_members: bool = False) -> Function:
        read = self._types.passed if with_members else self._types.type
        name, _, scope, path, line, address, result, flags, parameters = row
        listed = tuple(Parameter(p[0], read(p[1])) for p in json.loads(parameters or "[]"))
        return Function(
            f"{scope}::{name}" if scope else name,
            FunctionType(read(result), listed, bool(flags & IS_VARIADIC)),
            _place(path, line),
            address or 0,
            bool(flags & IS_EXTERNAL),
        )

    def _variable(self, name: str) -> Variable | None:
        rows = self._connection.execute(_VARIABLE, (name,)).fetchall()
        certain = [row for row in rows if row[6] & IS_EXTERNAL] or rows
        if len({row[4] for row in certain}) != 1:
            return None
        _, scope, path, line, address, type_, flags = certain[0]
        full = f"{scope}::{name}" if scope else name
        return Variable(full, self._types.type(type_), _place(path, line), address, bool(flags & IS_EXTERNAL))

    def _record(self, name: str) -> Record | Unsupported | None:
        found: list[Record] = []
        for row in self._named(name):
            record = self._record_behind(row) if row[1] == TYPEDEF else self._opened(row)
            if isinstance(record, Unsupported):
                return record
            if record is not None and all(_layout(record) != _layout(other) for other in found):
                found.append(record)
        if len(found) > 1:
            return Unsupported(f"several structures are called {name}")
        return found[0] if found else None

    def _named(self, name: str) -> list[_TypeRow]:
        return self._connection.execute(_TYPE + "t.key = ?", (name,)).fetchall()

    def _record_behind(self, typedef: _TypeRow) -> Record | Unsupported | None:
        """The record that a typedef names directly; one whose tag is the same name is found by that."""
        row: _TypeRow | None = self._connection.execute(_TYPE + "t.id = ?", (typedef[3],)).fetchone()
        return self._opened(row) if row is not None and row[2] != typedef[2] else None

    def _opened(self, row: _TypeRow) -> Record | Unsupported | None:
        record = self._types.record(row[0])
        if record is not None and record.members is None:
            return Unsupported(f"the layout of {record.name} is computed at run time")
        return record

    def _type(self, name: str) -> Type | None:
        rows = self._named(name)
        defined = [row for row in rows if not row[4] & IS_DECLARATION] or rows
        types = {self._types.type(row[0]) for row in defined}
        return types.pop() if len(types) == 1 else None


def _place(path: str, line: int) -> Place | None:
    return Place(path, line) if path and line else None


def _layout(record: Record) -> tuple[object, ...]:
    """What definitions of a record must share to be the same. Types count as they are spelled: what a pointer leads to
    may be open in one unit and only declared in another."""
    members = tuple((m.name, m.offset, m.bit_offset, m.bit_size, spell(m.type)) for m in record.members or ())
    return record.kind, record.size, members


def open_debug_file(path: str, folder: Path | None = None) -> DebugFile | Unsupported:
    """Opens a library for look-ups, or says why its debug information cannot be used. The first time, its index is
    built; it is kept in `folder`, else in the user's cache folder."""
    folder = folder or default_folder()
    connection = open_index(path, folder)
    if isinstance(connection, Unsupported):
        return connection
    problems = tuple(str(reason) for (reason,) in connection.execute("SELECT reason FROM problem"))
    return DebugFile(path, problems, connection, TypeReader(connection), folder)
