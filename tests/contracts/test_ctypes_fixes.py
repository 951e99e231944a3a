"""A correction, once made, leaves nothing to say."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import Finding, TextEdit
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

CASES = Path(__file__).parent / "cases"


def applied(root: Path, edits: tuple[TextEdit, ...]) -> None:
    for edit in sorted(edits, key=lambda e: (e.path, e.line, e.column), reverse=True):
        lines = (root / edit.path).read_bytes().split(b"\n")
        before = b"\n".join([*lines[: edit.line - 1], lines[edit.line - 1][: edit.column - 1]])
        after = b"\n".join([lines[edit.end_line - 1][edit.end_column - 1 :], *lines[edit.end_line :]])
        (root / edit.path).write_bytes(before + edit.text.encode() + after)


def contracts(root: Path) -> tuple[Finding, ...]:
    return Session(root, Settings(store=None)).open({}).contracts


@pytest.mark.parametrize(("case", "least"), [("ctypes_functions", 10), ("ctypes_calls", 8), ("layouts", 7)])
def test_each_correction_removes_what_it_corrects(case: str, least: int, tmp_path: Path) -> None:
    root = Path(shutil.copytree(CASES / case, tmp_path / case))
    before = {path: path.read_bytes() for path in root.rglob("*.py")}
    session = Session(root, Settings(store=None))
    findings = session.open({}).contracts
    corrected = [f for f in findings if f.fixes]
    assert len(corrected) >= least
    for finding in corrected:
        for fix in finding.fixes:
            applied(root, fix.edits)
            after = session.open({}).contracts
            assert finding.message not in [f.message for f in after], (finding.message, fix)
            assert len(after) <= len(findings), (finding.message, [f.message for f in after])
            for path, data in before.items():
                path.write_bytes(data)


LIBRARY = """
#include <stddef.h>
double half(double x) { return x / 2; }
size_t length(const char *text) { return text[0]; }
void *same(void *p) { return p; }
void put(int *to, int value) { *to = value; }
"""
USE = """from ctypes import CDLL, byref, c_int

lib = CDLL({path!r})
lib.same.restype = None


def main():
    print(lib.half(3), lib.length(b"abc"))
    number = c_int()
    lib.put(byref(number), 3)
    print(number.value)


main()
"""


def test_all_functions_of_a_library_at_once(tmp_path: Path) -> None:
    """One action, after which nothing is left to say, and Python computes what C does."""
    (tmp_path / "lib.c").write_text(LIBRARY)
    library, use = tmp_path / "liblib.so", tmp_path / "use.py"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "lib.c"], check=True)
    use.write_text(USE.format(path=str(library)))
    found = contracts(tmp_path)
    (fix,) = {
        fix for f in found for fix in f.fixes if fix.title == "Declare the 4 functions of lib that this file uses"
    }
    applied(tmp_path, fix.edits)
    assert contracts(tmp_path) == ()
    ran = subprocess.run([sys.executable, use], check=True, capture_output=True, text=True)
    assert ran.stdout.split() == ["1.5", "97", "3"]


STRUCTURE = """
struct sample { short kind; double weight; unsigned low : 3, high : 5; int last; char name[4]; };
double use(struct sample *s) { return s->weight + s->low + s->high + s->name[0]; }
"""
STRUCTURE_USE = """from ctypes import *


class Sample(Structure):
    _fields_ = [("weight", c_float), ("kind", c_int)]


lib = CDLL({path!r})
lib.use.argtypes = [POINTER(Sample)]
lib.use.restype = c_double
print(lib.use(Sample(kind=1, weight=0.5, low=3, high=4, name=b"\\1")))
"""


def test_what_ctypes_cannot_lay_out_is_not_corrected(tmp_path: Path) -> None:
    """C puts `name` right behind the bits."""
    (tmp_path / "lib.c").write_text(STRUCTURE.replace("int last; ", ""))
    (tmp_path / "use.py").write_text(STRUCTURE_USE.format(path="liblib.so"))
    (finding,) = contracts(tmp_path)
    assert finding.code == "contract.layout" and finding.fixes == ()


def test_a_corrected_structure_is_what_c_reads(tmp_path: Path) -> None:
    (tmp_path / "lib.c").write_text(STRUCTURE)
    library, use = tmp_path / "liblib.so", tmp_path / "use.py"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "lib.c"], check=True)
    use.write_text(STRUCTURE_USE.format(path=str(library)))
    (finding,) = contracts(tmp_path)
    (fix,) = finding.fixes
    applied(tmp_path, fix.edits)
    assert contracts(tmp_path) == ()
    ran = subprocess.run([sys.executable, use], check=True, capture_output=True, text=True)
    assert ran.stdout == "8.5\n"
