"""Modules: the name that Python looks for, and definitions that CPython refuses."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence

from gnomon.analysis.boundary.capi import functions_by_key, rows
from gnomon.analysis.checking.finding import Fix, TextEdit
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.signature_shapes import unfit
from gnomon.analysis.contracts.tables import function_span, table_span, tables_by_key, word_span
from gnomon.analysis.syntax.csource import Cell, CFunction, CTable, SourceFacts

CODE = "contract.module"
_INIT = "PyInit_"
_SLOTS = {1: ("Py_mod_create", "o(oo)"), 2: ("Py_mod_exec", "i(o)")}


def check(subject: Subject) -> Iterator[Contradiction]:
    """Modules that cannot be imported: the `PyInit_` function is named after another module than setup.py or
    pyproject.toml builds; `m_slots` together with a negative `m_size`; slots of the module that are NULL, that are
    functions of another type, or `Py_mod_create` twice. CPython answers with ImportError, SystemError, or a crash.
    """
    units = intact_units(subject.sources.values())
    yield from _names(subject, units)
    functions, tables = functions_by_key(units), tables_by_key(units)
    for table in tables.values():
        if table.record != "PyModuleDef":
            continue
        row = rows(table)[0]
        slots, size = row.get("m_slots"), row.get("m_size")
        if slots is None or not slots.global_:
            continue
        if size is not None and size.number < 0:
            text = f"`{table.name}` has `m_slots` and a negative `m_size`: CPython refuses it with SystemError"
            yield Contradiction(CODE, text, table_span(table), table.name)
        listed = tables.get(slots.global_)
        if listed is not None:
            yield from _slots(subject, listed, functions)


def _slots(subject: Subject, table: CTable, functions: dict[str, CFunction]) -> Iterator[Contradiction]:
    seen: Counter[int] = Counter()
    for row in rows(table):
        number, value = row.get("slot"), row.get("value")
        if number is None or number.number == 0:
            return
        seen[number.number] += 1
        if number.number not in _SLOTS or value is None:
            continue
        name, shape = _SLOTS[number.number]
        if _is_null(value):
            text = f"`{name}` in `{table.name}` is NULL: CPython calls it"
            yield Contradiction(CODE, text, word_span(subject.snapshot, table, name), table.name)
        function = functions.get(value.function)
        wrong = unfit(function.type, shape) if function is not None and function.type is not None else None
        if function is not None and wrong is not None and wrong[1] == "error":
            at = word_span(subject.snapshot, table, function.name)
            text = f"`{function.name}` as `{name}` {wrong[0]}"
            yield Contradiction(CODE, text, at, function.name, truth=function_span(function))
    if seen[1] > 1:
        text = f"`{table.name}` has `Py_mod_create` twice: CPython refuses it with SystemError"
        yield Contradiction(CODE, text, table_span(table), table.name)


def _is_null(cell: Cell) -> bool:
    return not (cell.function or cell.global_ or cell.number or cell.text is not None)


def _names(subject: Subject, units: Sequence[SourceFacts]) -> Iterator[Contradiction]:
    """Extensions whose sources are all known, and used by no other, and that start another module than they build."""
    root, known = subject.snapshot.root, {unit.path: unit for unit in units}
    users = Counter(source for extension in subject.snapshot.extensions for source in extension.sources)
    for extension in subject.snapshot.extensions:
        paths = [os.path.normpath(root / source) for source in extension.sources]
        if not paths or any(path not in known for path in paths) or any(users[s] > 1 for s in extension.sources):
            continue
        starts = [f for path in paths for f in known[path].functions if f.name.startswith(_INIT) and f.is_definition]
        wanted = _INIT + extension.name.rsplit(".", 1)[-1]
        is_written = starts and starts[0].name in subject.snapshot.line(starts[0].path, starts[0].line)
        if len(starts) != 1 or starts[0].name == wanted or not is_written or not wanted.isascii():
            continue
        at = function_span(starts[0])
        text = f"`{starts[0].name}` in the sources of `{extension.name}`: Python looks for `{wanted}`"
        path = subject.snapshot.relative(at.path)
        edit = TextEdit(path, at.line, at.column, at.end_line, at.end_column, wanted)
        yield Contradiction(CODE, text, at, starts[0].name, fixes=(Fix(f"Rename to {wanted}", (edit,)),))
