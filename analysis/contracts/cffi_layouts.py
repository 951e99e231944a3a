"""Structures and enumerations of a `cdef` against those that the library was compiled with."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.cffi_text import is_left_open
from gnomon.analysis.contracts.c_values import bare, passed
from gnomon.analysis.contracts.cffi_declared import Declared, called_through, declared_interfaces
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.layout_difference import layout_difference, layout_of_record
from gnomon.analysis.contracts.true_records import TrueRecords
from gnomon.analysis.metamodel import Enumeration, FunctionType, Pointer, Record, Type


def check(subject: Subject) -> Iterator[Contradiction]:
    """Structures that a `cdef` declares with other fields than C has, and enumerations with other values.

    Only for libraries opened with `dlopen`: with `set_source`, the C compiler and cffi compare them themselves.

    Example: `ffi.cdef("struct sample { long value; }; int use(struct sample *);")` for `struct sample { int value; };`
    """
    records = TrueRecords(subject)
    for declared in declared_interfaces(subject):
        if declared.interface.is_abi and not is_left_open(declared.interface.text):
            yield from dict(_wrong(subject, declared, records)).values()


def _wrong(subject: Subject, declared: Declared, records: TrueRecords) -> Iterator[tuple[str, Contradiction]]:
    """By the name that the text gives the type."""
    places = dict(declared.interface.types)
    for binding, mine, _ in called_through(subject, declared):
        for one, other in _pairs(mine, binding.type):
            name = one.name
            if name not in places:
                continue
            if isinstance(one, Enumeration):
                why = _other_values(one, bare(other))
            elif isinstance(one, Record):
                why = _other_fields(one, other, binding, declared, records)
            else:
                continue
            if why:
                yield name, _said(binding, why, places[name], name)


def _pairs(mine: FunctionType, true: FunctionType | None) -> Iterator[tuple[Record | Enumeration, Type]]:
    if true is None or len(mine.parameters) != len(true.parameters):
        return
    both = [(one.type, other.type) for one, other in zip(mine.parameters, true.parameters, strict=True)]
    for one, other in [*both, (mine.result, true.result)]:
        plain, actual = passed(one), passed(other)
        if isinstance(plain, Pointer) and isinstance(actual, Pointer):
            plain, other = bare(plain.target), actual.target
        if isinstance(plain, Record | Enumeration):
            yield plain, other


def _other_fields(mine: Record, true: Type, binding: Binding, declared: Declared, records: TrueRecords) -> str:
    opened, actual = declared.record(mine), records.opened(binding, true)
    layout = layout_of_record(opened) if opened is not None else None
    if layout is None or not layout.fields or actual is None:
        return ""
    return layout_difference(mine.name, layout, actual)


def _other_values(mine: Enumeration, true: Type) -> str:
    values = dict(true.values) if isinstance(true, Enumeration) else {}
    for name, value in mine.values:
        if values.get(name, value) != value:
            return f"`{name}` is {value}, and {values[name]} in C"
    return ""


def _said(binding: Binding, text: str, at: Span, name: str) -> Contradiction:
    return Contradiction("contract.layout", text, at, name, binding.python, None)
