"""The format languages, against the CPython that runs the tests: what is no unit, and how many arguments one takes."""

from __future__ import annotations

import contextlib
import ctypes
import string

import pytest
from gnomon.analysis.contracts.build_format import read_build_format
from gnomon.analysis.contracts.parse_format import read_parse_format
from gnomon.analysis.contracts.print_format import read_print_format
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


@pytest.mark.parametrize(
    ("format_", "is_read"), [(b"ii|i", True), (b"ii|$i", True), (b"ii$i", True), (b"i|ii", False), (b"iii", False)]
)
def test_a_list_of_keywords_may_end_at_a_mark(format_: bytes, is_read: bool) -> None:
    names = (ctypes.c_char_p * 3)(b"a", b"b", None)
    buffers = [ctypes.create_string_buffer(UNTOUCHED, 64) for _ in range(3)]
    given = ctypes.py_object((1, 2)), ctypes.py_object({})
    if is_read:
        assert API.PyArg_ParseTupleAndKeywords(*given, format_, names, *buffers)
    else:
        with pytest.raises(SystemError):
            API.PyArg_ParseTupleAndKeywords(*given, format_, names, *buffers)
    assert buffers[2].raw == UNTOUCHED
    items = read_parse_format(format_.decode(), True).items
    assert items is not None
    assert is_read == (2 in (items.required, items.positional))


@pytest.mark.parametrize(
    ("format_", "given", "printed"),
    [
        ("%d|%5.*f|%%|%c", (7, 2, 1.5, ord("x")), b"7| 1.50|%|x"),
        ("%zu %ld %lld %jd %td", (1, 2, 3, 4, 5), b"1 2 3 4 5"),
        ("%-4s|%.2s|%*d", (b"a", b"bcd", 3, 9), b"a   |bc|  9"),
        ("%x %X %o %hhu %hd", (255, 255, 8, 257, 65537), b"ff FF 10 1 1"),
        ("%e %G %a", (0.0, 2.5, 1.0), b"0.000000e+00 2.5 0x1p+0"),
    ],
)
def test_print_conversions(format_: str, given: tuple[int | float | bytes, ...], printed: bytes) -> None:
    """As many arguments as are read, of kinds that print what was given."""
    taken = read_print_format(format_).taken
    assert len(taken) == len(given)
    passed = {"integer": ctypes.c_longlong, "float": ctypes.c_double, "text": ctypes.c_char_p}
    buffer = ctypes.create_string_buffer(64)
    arguments = [passed[unit.kind](value) for unit, value in zip(taken, given, strict=True)]
    assert API.PyOS_snprintf(buffer, ctypes.c_size_t(64), format_.encode(), *arguments) == len(printed)
    assert buffer.value == printed
