"""What is said of literals in cffi calls, against cffi itself."""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path

import cffi
import pytest
from gnomon.analysis.boundary.cffi_text import compilable
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.contracts.cffi_calls import fits, refused_by
from gnomon.analysis.metamodel import Type

VALUES = {"integer": 0, "float": 1.5, "string": "x", "bytes": b"x", "none": None}
TYPES = [
    "int", "unsigned char", "signed char", "char", "wchar_t", "char16_t", "bool", "uint8_t", "int64_t", "size_t",
    "float", "double", "char *", "const unsigned char *", "uint8_t *", "int8_t *", "bool *", "void *", "wchar_t *",
    "int *", "int **", "const char **", "struct s *", "struct s", "void (*)(int)", "int[]", "char[]", "enum e",
]  # fmt: skip
INTEGERS = ["int", "unsigned char", "int8_t", "short", "uint16_t", "unsigned", "long", "uint64_t", "ssize_t", "bool"]
KNOWN = "struct s { int a; }; enum e { A, B };"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Settings(store=None), ())


def parameter(engine: Engine, text: str) -> Type:
    places = (("(*)", "(*p)"), ("[]", " p[]"))
    named = next((text.replace(mark, named) for mark, named in places if mark in text), f"{text} p")
    facts = engine.declarations(compilable(f"{KNOWN} void f({named});"), [], [])
    assert not facts.diagnostics
    (function,) = facts.functions
    assert function.type is not None
    return function.type.parameters[0].type


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose function looks at nothing."""
    folder = tmp_path_factory.mktemp("nothing")
    (folder / "f.c").write_text("void f(void) {}\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "libf.so", folder / "f.c"], check=True)
    return folder / "libf.so"


def passes(library: Path, type_: str, value: object) -> bool:
    ffi = cffi.FFI()
    ffi.cdef(f"{KNOWN} void f({type_});")
    try:
        ffi.dlopen(str(library)).f(value)
    except (TypeError, OverflowError, ValueError):
        return False
    return True


@pytest.mark.parametrize("type_", TYPES)
def test_refused_kinds(type_: str, engine: Engine, nothing: Path) -> None:
    """Each kind is refused, or one of its values may pass."""
    refused = {kind for kind, value in VALUES.items() if not passes(nothing, type_, value)}
    assert set(refused_by(parameter(engine, type_))) <= refused
    missed = refused - set(refused_by(parameter(engine, type_)))
    assert missed <= ({"string", "bytes"} if type_ not in ("int", "double", "int *") else set())


@pytest.mark.parametrize("type_", INTEGERS)
def test_ranges(type_: str, engine: Engine, nothing: Path) -> None:
    for bits, step, sign in itertools.product((1, 7, 8, 15, 16, 31, 32, 63, 64), (-1, 0, 1), (-1, 1)):
        number = sign * (1 << bits) + step
        assert fits(number, parameter(engine, type_)) == passes(nothing, type_, number), number
