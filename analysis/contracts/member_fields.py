"""Type codes of PyMemberDef, against the fields of C structures that they say how to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.registration import entry_span
from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.c_values import bare, is_character, is_float, is_integer, size_of
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.tables import named_rows, tables_by_key
from gnomon.analysis.metamodel import Alias, Array, FunctionType, Member, Pointer, Record, Type, spell
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.syntax.tree import Source, descendants
from tree_sitter import Node

CODE = "contract.member"
_Kind = Literal["integer", "float", "object", "text", "inplace"]

# The numbers are fixed by the stable ABI. Names are those that CPython has under every version: T_INT, Py_T_INT.
_CODES: dict[int, tuple[str, _Kind, int]] = {
    0: ("T_SHORT", "integer", 2), 1: ("T_INT", "integer", 4), 2: ("T_LONG", "integer", 8), 3: ("T_FLOAT", "float", 4),
    4: ("T_DOUBLE", "float", 8), 5: ("T_STRING", "text", 8), 6: ("T_OBJECT", "object", 8), 7: ("T_CHAR", "integer", 1),
    8: ("T_BYTE", "integer", 1), 9: ("T_UBYTE", "integer", 1), 10: ("T_USHORT", "integer", 2),
    11: ("T_UINT", "integer", 4), 12: ("T_ULONG", "integer", 8), 13: ("T_STRING_INPLACE", "inplace", 1),
    14: ("T_BOOL", "integer", 1), 16: ("T_OBJECT_EX", "object", 8), 17: ("T_LONGLONG", "integer", 8),
    18: ("T_ULONGLONG", "integer", 8), 19: ("T_PYSSIZET", "integer", 8),
}  # fmt: skip
_READS = {"object": "a pointer to an object", "text": "a pointer to text", "inplace": "the text itself"}
_RELATIVE_OFFSET = 8
_OF_THE_TYPE = frozenset({"__dictoffset__", "__weaklistoffset__", "__vectorcalloffset__"})


def check(subject: Subject) -> Iterator[Contradiction]:
    """Rows of a `PyMemberDef` whose type code is not the type of the field that `offsetof` names: more bytes than the
    field has (`T_INT` on a `short`, `T_LONG` on an `int`: the next field is read, and written, too), fewer (a warning:
    values are cut), a number where a pointer is, a pointer where a number is.

    Signs are not compared. Rows whose offset is not written as `offsetof(type, field)` are not looked at.
    """
    units = intact_units(subject.sources.values())
    records = {unit.path: _records(unit) for unit in units}
    seen: set[str] = set()
    for unit in units:
        for table in tables_by_key([unit]).values():
            if table.record != "PyMemberDef" or table.key in seen:
                continue
            seen.add(table.key)
            source = subject.c_source(table.path)
            for index, row in enumerate(named_rows(table, "name")):
                name, code, offset, flags = (row.get(field) for field in ("name", "type", "offset", "flags"))
                if name is None or name.text in _OF_THE_TYPE or code is None or code.number not in _CODES:
                    continue
                place = entry_span(source, table, index, name.text or "")
                member = _member(source, place, _CODES[code.number][0], records[unit.path])
                is_relative = flags is not None and flags.number & _RELATIVE_OFFSET
                if member is None or not (is_relative or (offset is not None and offset.number == member.offset)):
                    continue
                wrong = _misread(member.type, *_CODES[code.number][1:])
                if wrong is not None:
                    spelled = spell(member.type, member.name)
                    text = (
                        f"`{_CODES[code.number][0]}` for the member `{name.text}`, whose field is `{spelled}`{wrong[0]}"
                    )
                    yield Contradiction(CODE, text, place, table.name, tier=wrong[1])


def _records(unit: SourceFacts) -> dict[str, Record]:
    """Structures by tag and by typedef; those of which the unit has two are left out."""
    found: dict[str, Record | None] = {}
    for type_ in unit.types:
        record = bare(type_.target) if isinstance(type_, Alias) else type_
        if isinstance(record, Record) and record.members is not None and type_.name:
            spelled = type_.name if isinstance(type_, Alias) else f"{record.kind} {record.name}"
            found[spelled] = record if found.get(spelled, record) == record else None
    return {name: record for name, record in found.items() if record is not None}


def _member(source: Source, place: Span, code: str, records: Mapping[str, Record]) -> Member | None:
    """The field that the row around a member's name takes the offset of; None where it is written otherwise, or where
    the row does not name the code (it is another row, and this one is made by a macro)."""
    row: Node | None = source.root.named_descendant_for_point_range(
        (place.line - 1, place.column - 1), (place.end_line - 1, place.end_column - 1)
    )
    while row is not None and row.type != "initializer_list":
        row = row.parent
    taken = [node for node in descendants(row) if node.type == "offsetof_expression"] if row is not None else []
    nested = [node for node in row.named_children if node.type == "initializer_list"] if row is not None else []
    if row is None or len(taken) != 1 or nested or taken[0].has_error:
        return None
    if not re.search(rf"\b_?(?:Py_)?{code}\b", source.spelling(row)):
        return None
    type_, field = taken[0].child_by_field_name("type"), taken[0].child_by_field_name("member")
    record = records.get(" ".join(source.spelling(type_).split())) if type_ is not None else None
    if record is None or field is None or field.type != "field_identifier":
        return None
    return next((m for m in record.members or () if m.name == source.spelling(field)), None)


def _misread(type_: Type, kind: _Kind, size: int) -> tuple[str, Tier] | None:
    """What comes of reading a field so, as the end of a sentence; None when it fits, or nobody knows."""
    actual = bare(type_)
    if kind == "inplace":
        is_wrong = isinstance(actual, Pointer) or is_integer(actual) or is_float(actual)
        return (f": CPython reads {_READS[kind]}", "error") if is_wrong else None
    if kind in ("object", "text"):
        target = bare(actual.target) if isinstance(actual, Pointer) else None
        is_wrong = isinstance(actual, Array) or is_integer(actual) or is_float(actual)
        is_wrong |= isinstance(target, Pointer | FunctionType)
        is_wrong |= kind == "object" and target is not None and (is_integer(target) or is_float(target))
        return (f": CPython reads {_READS[kind]}", "error") if is_wrong else None
    if isinstance(actual, Pointer):
        return ": CPython reads a number", "error"
    if not (is_integer(actual) or is_float(actual)) or (kind == "integer" and size == 1 and is_character(actual)):
        return None
    if is_float(actual) != (kind == "float"):
        return f": CPython reads {'a floating-point number' if kind == 'float' else 'an integer'}", "error"
    own = size_of(actual)
    if own is None or own == size:
        return None
    return (
        f": CPython takes {_bytes(size)}, and it has {own}",
        "error" if size > own or kind == "float" else "warning",
    )


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"
