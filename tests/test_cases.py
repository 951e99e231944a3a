"""Every source under tests/cases: each marked finding, and nothing else.

All functions that are not static are bound through ctypes with the argtypes their C types ask for, so that Python may
call them with anything.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gnomon.analysis.checking.entries import parse_signature
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from marks import disagreements

CASES = Path(__file__).parent / "cases"

CTYPES = {
    "int": "c_int", "unsigned": "c_uint", "unsigned int": "c_uint", "short": "c_short", "long": "c_long",
    "long long": "c_longlong", "char*": "c_char_p", "uint8_t": "c_uint8", "double": "c_double", "size_t": "c_size_t",
}  # fmt: skip

FUNCTION = re.compile(r"^(?!static)(?P<signature>[a-z][\w ]*[ *]\w+\([^;{}]*\)) \{", re.M)


def bindings_of(source: str) -> str:
    """A Python module that binds the functions of a C source."""
    lines = ["import ctypes", "lib = ctypes.CDLL('./libcase.so')"]
    for match in FUNCTION.finditer(source):
        signature = parse_signature(match["signature"])
        assert signature is not None, match["signature"]
        name = re.search(r"(\w+)\(", match["signature"])
        assert name is not None
        types = ", ".join(f"ctypes.{CTYPES[parameter]}" for parameter in signature.parameters)
        lines += [f"lib.{name[1]}.argtypes = [{types}]", f"lib.{name[1]}.restype = ctypes.{CTYPES[signature.result]}"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.rglob("*.c")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(case: Path, tmp_path: Path) -> None:
    source = case.read_text()
    (tmp_path / "case.c").write_text(source)
    (tmp_path / "case.py").write_text(bindings_of(source))
    result = Session(tmp_path, Settings(store=None)).check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []
