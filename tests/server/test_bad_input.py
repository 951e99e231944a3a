"""A workspace full of what nobody wants to read: it is said once, and what is right beside it is served."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BIG = 50_000_000  # bytes
C = "int add(int a, int b) { return a + b; }\n"
PYTHON = """\
import ctypes
lib = ctypes.CDLL("./libadd.so")
lib.add.argtypes = [ctypes.c_int, ctypes.c_char_p]
lib.add(1, b"2")
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("bad")
    (root / "add.c").write_text(C)
    (root / "use.py").write_text(PYTHON)
    (root / "malformed.c").write_text("int f( { ] struct ;;; #include\n#if 1\nint g(void) { return")
    (root / "half.py").write_text("import ctypes\nlib = ctypes.CDLL('./x.so')\nlib.\ndef f(\n    class")
    (root / "latin.py").write_bytes(b"# caf\xe9\nname = 'caf\xe9'\n")
    (root / "latin.c").write_bytes(b'/* caf\xe9 */ const char *latin(void) { return "\xe9"; }\n')
    (root / "nul.py").write_bytes(b"x = 1\n\0\0\ny = 2\n")
    (root / "nul.c").write_bytes(b"int nul;\0\0\nint more;\n")
    (root / "cycle_a.h").write_text('#include "cycle_b.h"\n')
    (root / "cycle_b.h").write_text('#include "cycle_a.h"\n')
    (root / "cycle.c").write_text('#include "cycle_a.h"\nint cycle(void) { return 0; }\n')
    (root / "empty.so").write_bytes(b"")
    (root / "noise.so").write_bytes(bytes(range(256)) * 40)
    (root / "cut.so").write_bytes(Path(os.path.realpath(sys.executable)).read_bytes()[:5000])
    (root / "huge.py").write_bytes(b"table = [\n" + b"    [1, 2, 3],\n" * (BIG // 15) + b"]\n")
    (root / "huge.c").write_bytes(b"int table[] = {\n" + b"    1, 2, 3,\n" * (BIG // 13) + b"};\n")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "nowhere.py").symlink_to(root / "is_not_there.py")
    (root / "itself.c").symlink_to(root / "itself.c")
    os.mkfifo(root / "pipe.py")
    os.mkfifo(root / "pipe.so")
    yield root
    for name in ("huge.py", "huge.c"):
        (root / name).unlink()


def gnomon(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gnomon.server", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)


def test_what_is_right_is_reported(workspace: Path) -> None:
    done = gnomon(workspace, "check", "--format", "json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert [(f["code"], f["path"], f["line"]) for f in report["findings"]] == [("contract.argtypes", "use.py", 3)]


def test_each_trouble_is_said_once(workspace: Path) -> None:
    done = gnomon(workspace, "check")
    said = [line.split(":")[1].split()[0] for line in done.stdout.splitlines() if line.startswith("problem: ")]
    expected = ["huge.c", "huge.py", "itself.c", "nowhere.py", "pipe.py", "pipe.so", "cut.so", "empty.so", "noise.so"]
    assert said == [*expected, "cycle_a.h", "latin.c", "malformed.c"]
    assert "Traceback" not in done.stdout + done.stderr


def test_the_boundary_is_served(workspace: Path) -> None:
    done = gnomon(workspace, "bindings", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "lib.add" in done.stdout
