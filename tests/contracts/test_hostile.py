"""Half-typed and broken Python never raises out of the checks."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from gnomon.analysis.boundary.edges import bindings
from gnomon.analysis.boundary.headers import Remembered
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.contracts.check import Subject, findings
from gnomon.analysis.workspace import Snapshot

CASES = Path(__file__).parent / "cases"
PIECES = [*"()[],=.*\n\x00\x0c\udc80", '"', "'''", "lambda: ", "ctypes.", "99999999999"]


def broken(text: str, random_: random.Random) -> str:
    """A text with a few pieces taken out, put in, or cut off, as while it is typed."""
    for _ in range(random_.randint(1, 4)):
        at = random_.randrange(len(text) + 1)
        match random_.randrange(3):
            case 0:
                text = text[:at] + random_.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + random_.randint(1, 30) :]
            case _:
                text = text[:at] if random_.random() < 0.3 else text[:at] + text[at:].replace("\n", " ", 1)
    return text


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Settings(store=None), ())


CASES_OF_PYTHON = [
    "ctypes_calls", "ctypes_functions", "ctypes_objects", "layouts", "callbacks", "ownership", "cffi_abi", "cffi_api",
]  # fmt: skip


@pytest.mark.parametrize("case", CASES_OF_PYTHON)
def test_broken_python(case: str, tmp_path: Path, engine: Engine) -> None:
    root = Path(shutil.copytree(CASES / case, tmp_path / case))
    sources = Session(root, Settings(store=None)).open({}).sources
    random_ = random.Random(case)
    for path in sorted(root.rglob("*.py")):
        text = path.read_text()
        for _ in range(60):
            snapshot = Snapshot.of(root, {str(path): broken(text, random_)})
            boundary = bindings(snapshot, sources)
            subject = Subject(snapshot, sources, boundary, declarations=Remembered(engine.declarations))
            for finding in findings(subject):
                assert finding.line >= 1 and finding.column >= 1


def test_classes_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(
        "import ctypes\nclass A(B): _fields_ = []\nclass B(A): pass\n"
        "ctypes.CDLL('x').f.argtypes = [A, ctypes.POINTER(B)]\n"
    )
    assert Session(tmp_path, Settings(store=None)).open({}).contracts == ()
