"""Tables of the C API that have no end."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.boundary.capi import rows
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.tables import held_tables, table_span, tables_by_key
from gnomon.analysis.syntax.csource import CTable

CODE = "contract.sentinel"
_KEYS = {"PyMethodDef": "ml_name", "PyGetSetDef": "name", "PyMemberDef": "name"}
_NUMBERS = {"PyType_Slot": "slot", "PyModuleDef_Slot": "slot"}


def check(subject: Subject) -> Iterator[Contradiction]:
    """Tables of methods, getters, members and slots whose last row is not the sentinel: CPython walks them until a row
    without a name (slots: with the number 0), and reads beyond the array.

    Only tables that a module or a type holds are looked at: a single `PyMethodDef` has no sentinel.
    """
    tables = tables_by_key(intact_units(subject.sources.values()))
    for table in {held.table.key: held.table for held in held_tables(tables)}.values():
        if table.count and not _has_sentinel(table):
            text = f"`{table.name}` has no sentinel: CPython reads beyond its last row"
            yield Contradiction(CODE, text, table_span(table), table.name)


def _has_sentinel(table: CTable) -> bool:
    if table.record in _KEYS:
        name = _KEYS[table.record]
        return any(name in row and not (row[name].text is not None or row[name].global_) for row in rows(table))
    if table.record in _NUMBERS:
        return any("slot" in row and row["slot"].number == 0 for row in rows(table))
    return True
