"""Tables of the C API: which module or type holds them, and where a row is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.capi import rows
from gnomon.analysis.boundary.slots import SLOT_NAMES
from gnomon.analysis.syntax.csource import Cell, CFunction, CTable, SourceFacts
from gnomon.analysis.workspace import Snapshot

_HOLDERS = frozenset({"PyModuleDef", "PyTypeObject", "PyType_Spec", "PyStructSequence_Desc"})


@dataclass(frozen=True, slots=True)
class Held:
    """A table that CPython walks until its sentinel, and the field of its holder: "m_methods", "tp_getset"."""

    table: CTable
    field: str


def tables_by_key(units: Iterable[SourceFacts]) -> dict[str, CTable]:
    """Tables whose initialiser is known, each once."""
    return {table.key: table for unit in units for table in unit.tables if table.cells}


def held_tables(tables: dict[str, CTable]) -> Iterator[Held]:
    """Tables that a module, a type, or the slots of a type point to."""
    for table in tables.values():
        for row in rows(table):
            for field, cell in row.items():
                inner = tables.get(cell.global_) if cell.global_ else None
                if inner is None:
                    continue
                if table.record in _HOLDERS:
                    yield Held(inner, field)
                elif table.record == "PyType_Slot" and "slot" in row:
                    yield Held(inner, SLOT_NAMES.get(row["slot"].number, ""))


def named_rows(table: CTable, field: str) -> Iterator[dict[str, Cell]]:
    """Rows of a table up to its sentinel, whose name is NULL."""
    for row in rows(table):
        if field not in row or row[field].text is None:
            return
        yield row


def table_span(table: CTable) -> Span:
    """The table's name."""
    return Span(table.path, table.line, table.column, table.line, table.column + len(table.name.encode()))


def function_span(function: CFunction) -> Span:
    """The function's name."""
    end = function.column + len(function.name.encode())
    return Span(function.path, function.line, function.column, function.line, end)


def word_span(snapshot: Snapshot, table: CTable, word: str, after: str = "") -> Span:
    """Where a word is written in the table's initialiser, behind the string `after`; else the table's name."""
    lines = snapshot.text(table.path).splitlines()[table.line - 1 :]
    text = "\n".join(lines)
    begin = text.find("{")
    end = re.compile(r"^[ \t]*\}\s*;|\}\s*;[ \t]*$", re.M).search(text, begin if begin >= 0 else len(text))
    start = text.find(f'"{after}"', begin) if after else begin
    found = re.compile(rf"\b{re.escape(word)}\b").search(text, start) if begin >= 0 and start >= 0 else None
    if found is None or end is None or found.start() > end.start():
        return table_span(table)
    line = text.count("\n", 0, found.start())
    column = len(text[text.rfind("\n", 0, found.start()) + 1 : found.start()].encode()) + 1
    return Span(table.path, table.line + line, column, table.line + line, column + len(word.encode()))
