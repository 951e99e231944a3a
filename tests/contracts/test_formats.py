"""The format languages, against the CPython that runs the tests: what is no unit, and how many arguments one takes."""

from __future__ import annotations

import contextlib
import ctypes
import string

import pytest
from gnomon.analysis.contracts.build_format import read_build_format
from gnomon.analysis.contracts.parse_format import read_parse_format
from gnomon.analysis.contracts.text_format import read_text_format

API = ctypes.pythonapi
LETTERS = string.ascii_letters
OTHERS = "!#&*+-./<=>@[]^_{}~ ,$"
UNTOUCHED = b"\xa5" * 64

PARSED = [
    ("i", (1,)),
    ("bBhHiIlkLKn", (1,) * 11),
    ("fdD", (1.0, 2.0, 3j)),
    ("cCp", (b"a", "a", True)),
    ("szy", ("a", "b", b"c")),
    ("s#z#y#", ("a", "b", b"c")),
    ("OSUY", (1, b"a", "b", bytearray(b"c"))),
    ("(i(is))s:name|i", ((1, (2, "a")), "b")),
    ("i|ss;message", (1, "a", "b")),
]


def refused(call: str, *arguments: object) -> bool:
    """Does CPython find the format itself wrong?"""
    try:
        getattr(API, call)(*arguments)
    except SystemError as error:
        return "NULL object" not in str(error)
    except (TypeError, ValueError, OverflowError):
        return False
    return False


@pytest.mark.parametrize("unit", [c for c in LETTERS + OTHERS if c not in "uZe"])  # u, Z: left with 3.12; e: no item
def test_parse_units(unit: str) -> None:
    given = (1,) if unit.isalpha() else ()
    buffers = [ctypes.create_string_buffer(64) for _ in range(3)]
    is_refused = refused("PyArg_ParseTuple", ctypes.py_object(given), unit.encode(), *buffers)
    assert bool(read_parse_format(unit, False).problem) == is_refused


@pytest.mark.parametrize("case", PARSED, ids=lambda case: case[0])
def test_parse_counts(case: tuple[str, tuple[object, ...]]) -> None:
    text, given = case
    read = read_parse_format(text, False)
    buffers = [ctypes.create_string_buffer(UNTOUCHED, 64) for _ in range(len(read.taken) + 2)]
    parse = getattr(API, "_PyArg_ParseTuple_SizeT", API.PyArg_ParseTuple)  # as with PY_SSIZE_T_CLEAN
    assert parse(ctypes.py_object(given), text.encode(), *buffers)
    touched = [buffer.raw != UNTOUCHED for buffer in buffers]
    assert touched == [True] * len(read.taken) + [False] * 2
    for taken, buffer in zip(read.taken, buffers, strict=False):
        if taken.size:
            assert buffer.raw[taken.size :] == UNTOUCHED[taken.size :]


@pytest.mark.parametrize(
    "unit", [c for c in LETTERS + OTHERS if c not in "Dp,[]{} "]
)  # D reads its pointer; p is of 3.14
def test_build_units(unit: str) -> None:
    API.Py_BuildValue.restype = ctypes.py_object
    is_refused = refused("Py_BuildValue", f"({unit})".encode(), None, None)
    assert bool(read_build_format(f"({unit})").problem) == is_refused


@pytest.mark.parametrize("text", ["{i}", "(i]", "[i", "{i:i", "(ii)i", "{i:i,i:i}", "[(i)]", "i,i"])
def test_build_brackets(text: str) -> None:
    API.Py_BuildValue.restype = ctypes.py_object
    is_refused = refused("Py_BuildValue", text.encode(), *map(ctypes.c_long, range(4)))
    assert bool(read_build_format(text).problem) == is_refused


@pytest.mark.parametrize("letter", LETTERS)
def test_text_conversions(letter: str) -> None:
    """A conversion that is reported is copied, or refused, by every version."""
    if not read_text_format(f"%{letter}", False).problem:
        return
    API.PyUnicode_FromFormat.restype = ctypes.py_object
    text = f"<%{letter}>"
    with contextlib.suppress(SystemError):
        assert API.PyUnicode_FromFormat(text.encode(), ctypes.c_double(1.0)) == text
