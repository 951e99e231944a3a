"""What is said of values that `ffi.new` begins with, against cffi itself."""

from __future__ import annotations

import cffi
import pytest
from gnomon.analysis.boundary.cffi import CffiInterface
from gnomon.analysis.boundary.cffi_text import compilable
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.cffi_declared import Declared
from gnomon.analysis.contracts.cffi_initial import Opened, refused_value
from gnomon.analysis.contracts.cffi_types import declaration
from gnomon.analysis.metamodel import Alias, Pointer

KNOWN = """
    typedef struct { int a; short b; } foo;
    struct s { char name[4]; int *p; foo inner; double d; foo many[2]; unsigned bits : 3; };
    union u { int i; double d; };
    enum e { A, B };
    typedef int four[4];
"""
TYPES = [
    "int *", "unsigned char *", "signed char *", "char *", "wchar_t *", "char16_t *", "bool *", "uint8_t *", "size_t *",
    "long double *", "float *", "int **", "void **", "char **", "int[]", "int[3]", "char[]", "char[3]", "wchar_t[]",
    "wchar_t[3]", "uint8_t[]", "uint8_t[2]", "signed char[]", "bool[]", "double[]", "char *[]", "int[2][2]", "foo *",
    "foo[2]", "struct s *", "union u *", "enum e *", "enum e[]", "four", "four *", "void (*[2])(int)",
]  # fmt: skip
VALUES: list[object] = [
    0, 1, -1, 3, 70000, True, 1.5, "", "x", "xy", "xyzw", b"", b"x", b"xy", b"xyzw", [], [1], [1, 2], [1, 2, 3, 4],
    (1,), [1.5], ["x"], [b"x"], [None], [[1, 2]], [[1, 2], [3]], [[1, 2, 3]], {}, {"a": 1}, {"a": "x"}, {"c": 1},
    {"name": b"abcd"}, {"name": b"abcde"}, {"name": "abc"}, {"inner": [1]}, {"inner": 1}, {"p": 1}, {"i": 1, "d": 2},
    {"many": [[1]]}, {"many": [1]}, {"bits": 7}, [b"abc"], {"many": [[1], [2], [3]]},
]  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Settings(store=None), ())


def is_refused_by_cffi(type_: str, value: object) -> bool:
    ffi = cffi.FFI()
    ffi.cdef(KNOWN)
    try:
        ffi.new(type_, value)
    except (TypeError, OverflowError, ValueError, IndexError, KeyError):
        return True
    return False


@pytest.mark.parametrize("type_", TYPES)
def test_what_is_refused(type_: str, engine: Engine) -> None:
    """What is said is true; what is not said of plain numbers and texts is true, too."""
    text = compilable(KNOWN)
    facts = engine.declarations(f"{text}\ntypedef {declaration(type_, 'wanted')};", [], [])
    assert not facts.diagnostics
    (wanted,) = [bare(t.target) for t in facts.types if isinstance(t, Alias) and t.name == "wanted"]
    opened = Opened(Declared(CffiInterface("", KNOWN, True, True, ()), {}, facts.types, text))
    for value in VALUES:
        said = refused_value(value, wanted.target if isinstance(wanted, Pointer) else wanted, opened)
        is_refused = is_refused_by_cffi(type_, value)
        assert not said or is_refused, (value, said)
        may_be_missed = isinstance(value, list | tuple | dict | str) or type_ in ("bool[]", "enum e *")
        assert said or not is_refused or may_be_missed, value
