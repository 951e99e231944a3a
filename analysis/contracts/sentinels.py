"""Tables and argument lists of the C API that have no end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.capi import rows
from gnomon.analysis.boundary.registration import registrations
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_calls, intact_units
from gnomon.analysis.contracts.tables import held_tables, table_span, tables_by_key
from gnomon.analysis.syntax.csource import CTable, SourceFacts

CODE = "contract.sentinel"
_KEYS = {"PyMethodDef": "ml_name", "PyGetSetDef": "name", "PyMemberDef": "name", "PyStructSequence_Field": "name"}
_NUMBERS = {"PyType_Slot": "slot", "PyModuleDef_Slot": "slot"}
_IS_THERE = re.compile(r"(?:\([\w\s]+\*\s*\)\s*)?(?:&\s*\w+|Py_(?:None|True|False|Ellipsis)|PyExc_\w+)")  # and not NULL
_LISTING = {"PyObject_CallFunctionObjArgs": 1, "PyObject_CallMethodObjArgs": 2}  # what stands before the objects


def check(subject: Subject) -> Iterator[Contradiction]:
    """Tables of methods, getters, members and slots whose last row is not the sentinel: CPython walks them until a row
    without a name (slots: with the number 0), and reads beyond the array. Also calls of `PyObject_CallFunctionObjArgs`
    and `PyObject_CallMethodObjArgs` whose last argument cannot be NULL: what comes behind it is taken for objects. A
    variable there may be what ends the list.

    Only tables that a module, a type, a struct sequence, or a call of `PyModule_AddFunctions` takes are looked at: a
    single `PyMethodDef` has no sentinel.
    """
    units = intact_units(subject.sources.values())
    tables = tables_by_key(units)
    open_tables = {key: table for key, table in tables.items() if table.count and not _has_sentinel(table)}
    walked = {held.table.key for held in held_tables(tables)} if open_tables else set()
    for key, table in open_tables.items():
        if key in walked or (table.record == "PyMethodDef" and _is_added(subject, units, table)):
            text = f"`{table.name}` has no sentinel: CPython reads beyond its last row"
            yield Contradiction(CODE, text, table_span(table), table.name)
    for unit in units:
        yield from _lists(unit)


def _has_sentinel(table: CTable) -> bool:
    if table.record in _KEYS:
        name = _KEYS[table.record]
        return any(name in row and not (row[name].text is not None or row[name].global_) for row in rows(table))
    if table.record in _NUMBERS:
        return any("slot" in row and row["slot"].number == 0 for row in rows(table))
    return True


def _is_added(subject: Subject, units: list[SourceFacts], table: CTable) -> bool:
    """Is the table given to PyModule_AddFunctions in a unit that has it?"""
    for unit in units:
        if any(own.key == table.key for own in unit.tables):
            return table.name in registrations(subject.c_source(unit.path)).added_tables
    return False


def _lists(unit: SourceFacts) -> Iterator[Contradiction]:
    for call in intact_calls(unit):
        before = _LISTING.get(call.name)
        if before is None or len(call.arguments) < before:
            continue
        last = call.arguments[-1]
        if len(call.arguments) == before or _IS_THERE.fullmatch(last.source):
            at = Span(call.path, last.line, last.column, last.end_line, last.end_column)
            text = f"`{call.name}` takes objects up to a NULL, and none stands at the end: it reads on behind them"
            yield Contradiction(CODE, text, at, call.function)
