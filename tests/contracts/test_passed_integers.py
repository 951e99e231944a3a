"""Integers that no check complains of arrive as they were passed: against ctypes and the C compiler."""

from __future__ import annotations

import ctypes
import subprocess
from pathlib import Path

import pytest
from gnomon.analysis.boundary.ctypes import simple_type
from gnomon.analysis.contracts.declared import argument_contradiction, contradiction
from gnomon.analysis.metamodel import Base

C_TYPES = {
    "signed char": Base("signed char", 1, "signed"), "unsigned char": Base("unsigned char", 1, "unsigned"),
    "short": Base("short", 2, "signed"), "unsigned short": Base("unsigned short", 2, "unsigned"),
    "int": Base("int", 4, "signed"), "unsigned": Base("unsigned int", 4, "unsigned"),
    "long": Base("long", 8, "signed"), "unsigned long": Base("unsigned long", 8, "unsigned"),
}  # fmt: skip
DECLARED = ["c_byte", "c_ubyte", "c_short", "c_ushort", "c_int", "c_uint", "c_long", "c_ulong"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    """Functions that tell what arrived, and that return a constant, for each type."""
    folder: Path = tmp_path_factory.mktemp("integers")
    text = "".join(
        f"long take{i}({c} x) {{ return (long)x; }}\n{c} give{i}(void) {{ return ({c})0x1234567812345678; }}\n"
        for i, c in enumerate(C_TYPES)
    )
    (folder / "take.c").write_text(text)
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", folder / "take.so", folder / "take.c"], check=True)
    return ctypes.CDLL(str(folder / "take.so"))


@pytest.mark.parametrize("declared", DECLARED)
def test_integers(declared: str, library: ctypes.CDLL) -> None:
    mine = getattr(ctypes, declared)
    for number, (name, true) in enumerate(C_TYPES.items()):
        exact = getattr(ctypes, {1: "c_byte", 2: "c_short", 4: "c_int", 8: "c_long"}[true.size])
        take, give = library[f"take{number}"], library[f"give{number}"]
        take.restype, take.argtypes = ctypes.c_long, [mine]
        if not argument_contradiction(simple_type(declared), true):
            least = 0 if "unsigned" in (true.encoding, name) or declared.startswith("c_u") else -1
            for value in (least, 0, 1, 0x7F):
                assert take(value) == value, (declared, name, value)
        give.restype = mine
        received = give()
        give.restype = exact
        is_whole = mine(received).value == mine(give()).value and ctypes.sizeof(mine) == ctypes.sizeof(exact)
        assert is_whole == (not contradiction(simple_type(declared), true)), (declared, name)
