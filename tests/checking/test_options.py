"""What the project's build says about the meaning of its C."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

C = """\
int next(int n) { return n + 1; }
int minus(int n) { return -n; }
int quotient(int n) { return n / -1; }
int pick(int n) {
    int table[4] = {0};
    if (n < 0) return 0;
    n = n + 1;
    if (n > 3) return 0;
    return table[n];
}
"""
PYTHON = """\
import ctypes
lib = ctypes.CDLL("./libnext.so")
lib.next.argtypes = [ctypes.c_int]
lib.minus.argtypes = [ctypes.c_int]
lib.quotient.argtypes = [ctypes.c_int]
lib.pick.argtypes = [ctypes.c_int]
"""
UNDEFINED = [("arith.overflow", 1), ("arith.overflow", 2), ("arith.overflow", 3), ("arith.overflow", 7)]
WRAPPING = [("arith.overflow", 3), ("bounds.read", 9)]  # the quotient stops the processor; the sum goes on as INT_MIN


def found_with(folder: Path, options: list[str]) -> list[tuple[str, int]]:
    (folder / "next.c").write_text(C)
    (folder / "next.py").write_text(PYTHON)
    command = {"directory": str(folder), "file": "next.c", "arguments": ["cc", *options, "-c", "next.c"]}
    (folder / "compile_commands.json").write_text(json.dumps([command]))
    result = Session(folder, Settings(store=None)).check({})
    assert not result.problems
    return [(f.code, f.line) for f in result.findings]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ([], UNDEFINED),
        (["-fwrapv"], WRAPPING),
        (["-fno-strict-overflow"], WRAPPING),
        (["-fwrapv", "-fno-wrapv"], UNDEFINED),
    ],
)
def test_signed_numbers_wrap_where_the_build_says_so(
    tmp_path: Path, options: list[str], wanted: list[tuple[str, int]]
) -> None:
    assert found_with(tmp_path, options) == wanted


def test_options_of_an_extension_are_read(tmp_path: Path) -> None:
    (tmp_path / "setup.py").write_text(
        "from setuptools import Extension, setup\n"
        'setup(ext_modules=[Extension("next", ["next.c"], extra_compile_args=["-O2", "-fwrapv", "-DLIMIT=3"])])\n'
    )
    (tmp_path / "next.c").write_text(C.replace("n > 3", "n > LIMIT"))
    (tmp_path / "next.py").write_text(PYTHON)
    result = Session(tmp_path, Settings(store=None)).check({})
    assert not result.problems
    assert [(f.code, f.line) for f in result.findings] == WRAPPING
