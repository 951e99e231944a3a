"""Which literals a declared type refuses, against ctypes itself."""

from __future__ import annotations

import ctypes

import pytest
from gnomon.analysis.boundary.binding import DeclaredType
from gnomon.analysis.boundary.ctypes import simple_type
from gnomon.analysis.contracts.ctypes_calls import refused_by

VALUES = {"integer": 3, "float": 1.5, "string": "x", "bytes": b"x", "none": None}
TYPES = [
    "c_int", "c_ubyte", "c_size_t", "c_char", "c_wchar", "c_bool", "c_double", "c_float", "c_char_p", "c_wchar_p",
    "c_void_p", "POINTER(c_int)", "POINTER(c_char)",
]  # fmt: skip


def real(name: str) -> object:
    if name.startswith("POINTER("):
        return ctypes.POINTER(getattr(ctypes, name[8:-1]))
    return getattr(ctypes, name)


@pytest.mark.parametrize("name", TYPES)
def test_refused_literals(name: str) -> None:
    refused = set()
    for kind, value in VALUES.items():
        try:
            real(name).from_param(value)  # type: ignore[attr-defined]
        except (TypeError, ctypes.ArgumentError):
            refused.add(kind)
    declared = DeclaredType(name, "pointer") if name.startswith("POINTER(") else simple_type(name)
    assert set(refused_by(declared)) == refused
