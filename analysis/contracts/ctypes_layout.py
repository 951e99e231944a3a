"""The layout that ctypes gives to a declared structure: by building the same structure with the ctypes of this Python.

Only types of ctypes itself are put together; nothing of the user's runs.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from typing import Any

from gnomon.analysis.boundary.ctypes import StructureDeclaration, StructureField
from gnomon.analysis.contracts.field_places import FieldPlace, Layout

DEPTH_BOUND = 10  # structures inside structures
_AGGREGATES = (ctypes.Array, ctypes.Structure, ctypes.Union)
_LARGEST = 1 << 20  # elements of an array
_ARRAY = re.compile(r"^(?P<element>.+?) \* (?P<count>\d+)$")
_SIMPLE = {
    "c_bool", "c_byte", "c_ubyte", "c_char", "c_short", "c_ushort", "c_int", "c_uint", "c_long", "c_ulong",
    "c_longlong", "c_ulonglong", "c_size_t", "c_ssize_t", "c_wchar", "c_int8", "c_int16", "c_int32", "c_int64",
    "c_uint8", "c_uint16", "c_uint32", "c_uint64", "c_float", "c_double", "c_longdouble", "c_char_p",
    "c_wchar_p", "c_void_p", "py_object",
}  # fmt: skip


def layout_of(declared: StructureDeclaration, structures: Mapping[str, StructureDeclaration]) -> Layout | None:
    """Where ctypes puts the fields; None where a field's type is not known. `structures` are by unique short name."""
    built = _build(declared, structures, 0)
    if built is None or declared.fields is None:
        return None
    return Layout(ctypes.sizeof(built), tuple(_place(built, f) for f in declared.fields))


def _place(built: Any, field: StructureField) -> FieldPlace:
    descriptor = getattr(built, field.name)
    offset, size = int(descriptor.offset), int(descriptor.size)
    if not field.bits:
        is_aggregate = any(name == field.name and issubclass(type_, _AGGREGATES) for name, type_, *_ in built._fields_)
        return FieldPlace(field.name, offset * 8, size * 8, is_aggregate=is_aggregate)
    # ctypes packs both into `size` of a bit field; from Python 3.14 on it has names for them.
    within = int(getattr(descriptor, "bit_offset", size & 0xFFFF))
    return FieldPlace(field.name, offset * 8 + within, field.bits, is_bit_field=True)


def _build(declared: StructureDeclaration, structures: Mapping[str, StructureDeclaration], depth: int) -> Any:
    base = getattr(ctypes, declared.base, None)
    if base is None or declared.fields is None or declared.packing is None or depth > DEPTH_BOUND:
        return None
    fields: list[tuple[object, ...]] = []
    for field in declared.fields:
        type_ = _type(field.type.text, structures, depth)
        if type_ is None:
            return None
        fields.append((field.name, type_, field.bits) if field.bits else (field.name, type_))
    body: dict[str, object] = {"_pack_": declared.packing} if declared.packing else {}
    try:
        return type(declared.name.rsplit(".", 1)[-1], (base,), {**body, "_fields_": fields})
    except (TypeError, ValueError):  # a repeated name, a bit field of a float: ctypes itself refuses
        return None


def _type(text: str, structures: Mapping[str, StructureDeclaration], depth: int) -> Any:
    """The ctypes type of a field; None when it is not known. Pointers and callbacks all have one size."""
    name = text.removeprefix("ctypes.")
    if name in _SIMPLE:
        return getattr(ctypes, name)
    if name.startswith(("POINTER(", "CFUNCTYPE(", "PYFUNCTYPE(")):
        return ctypes.c_void_p
    if array := _ARRAY.match(name):
        element, count = _type(array["element"].strip("()"), structures, depth), int(array["count"])
        return element * count if element is not None and count <= _LARGEST else None
    inner = structures.get(name)
    return _build(inner, structures, depth + 1) if inner is not None else None
