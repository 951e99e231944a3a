"""Every program under tests/cases: each marked finding, and nothing else.

Programs of a family that is called like a domain that is off by default are checked with it.

Programs with a `main` are checked as they are. Of the others, all functions that are not static are bound through
ctypes with the argtypes that their C types ask for, so that Python may call them with anything.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.entries import parse_signature
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.shadows import OPTIONAL
from marks import disagreements
from programs import FUNCTION, Program, programs

PATIENT = Settings(store=None, late_seconds=2.0)
QUICK = replace(PATIENT, check_seconds=5.0, late_seconds=1.0)

CTYPES = {
    "int": "c_int", "unsigned": "c_uint", "unsigned int": "c_uint", "short": "c_short", "long": "c_long",
    "long long": "c_longlong", "char*": "c_char_p", "uint8_t": "c_uint8", "double": "c_double",
    "long double": "c_longdouble", "size_t": "c_size_t", "unsigned char": "c_ubyte",
}  # fmt: skip


def bindings_of(source: str) -> str:
    """A Python module that binds the functions of a C source."""
    lines = ["import ctypes", "lib = ctypes.CDLL('./libcase.so')"]
    for match in FUNCTION.finditer(source):
        signature = parse_signature(match["signature"])
        assert signature is not None, match["signature"]
        types = ", ".join(f"ctypes.{CTYPES[parameter]}" for parameter in signature.parameters)
        result = "None" if signature.result == "void" else f"ctypes.{CTYPES[signature.result]}"
        lines += [f"lib.{match['name']}.argtypes = [{types}]", f"lib.{match['name']}.restype = {result}"]
    return "\n".join(lines) + "\n"


def lay_out(program: Program, root: Path) -> None:
    """Makes a project of a program, in which the domain that its family is of is checked."""
    if program.family in OPTIONAL:
        (root / "pyproject.toml").write_text(f'[tool.gnomon]\ndomains = ["{program.family}"]\n')
    for path in program.files:
        shutil.copy(path, root)
    if not program.has_main and not program.module:
        (root / "case.py").write_text(bindings_of(program.text))


def checked(program: Program, root: Path) -> CheckResult:
    """With more time where that has not found as much as is marked."""
    quick = Session(root, QUICK).check({})
    return quick if len(quick.findings) >= len(program.marks) else Session(root, PATIENT).check({})


EXTENSIONS_ARE_SLOW = [
    pytest.param(program, id=program.name, marks=pytest.mark.slow if program.module else ()) for program in programs()
]


@pytest.mark.parametrize("program", EXTENSIONS_ARE_SLOW)
def test_case(program: Program, tmp_path: Path) -> None:
    lay_out(program, tmp_path)
    result = checked(program, tmp_path)
    assert not result.problems
    assert disagreements(tmp_path, [path.name for path in program.files], result.findings) == []


@pytest.mark.parametrize("program", [p for p in programs() if p.expects], ids=lambda program: program.name)
def test_what_is_expected_of_callers(program: Program, tmp_path: Path) -> None:
    lay_out(program, tmp_path)
    result = Session(tmp_path, Settings(store=None, latent=True)).check({})
    assert not result.problems
    assert disagreements(tmp_path, [path.name for path in program.files], result.findings, with_latent=True) == []
