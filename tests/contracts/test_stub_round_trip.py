"""A stub that `gnomon stub` writes is never contradicted; mypy's stubtest finds nothing against the built module."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.stub import extension_stub
from gnomon.analysis.workspace import Snapshot

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def stubbed(root: Path, module: str, folder: Path) -> Path:
    """Writes the stub of a module of the workspace into a folder."""
    session = Session(root, Settings(store=None))
    text = extension_stub(Snapshot.of(root), session.open({}).boundary.bindings, module)
    path = folder / f"{module.rpartition('.')[2]}.pyi"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("project", "module", "folder"),
    [(CASES / "arity", "counted", ""), (EXAMPLES / "sketch", "sketch._sketch", "sketch")],
    ids=["arity", "sketch"],
)
def test_a_generated_stub_is_not_contradicted(project: Path, module: str, folder: str, tmp_path: Path) -> None:
    root = Path(shutil.copytree(project, tmp_path / "project"))
    stub = stubbed(root, module, root / folder)
    assert stub.read_text().count("def ") > 5
    contracts = Session(root, Settings(store=None)).open({}).contracts
    assert [f.message for f in contracts if f.code == "contract.stub"] == []
    stub.write_text(stub.read_text() + "def vanished() -> int: ...\n")
    contracts = Session(root, Settings(store=None)).open({}).contracts
    assert [f.message for f in contracts if f.code == "contract.stub"] == [
        f"`{module}.vanished` is declared, and no C source has the name"
    ]


@pytest.mark.slow
def test_stubtest_agrees_with_a_generated_stub(tmp_path: Path) -> None:
    stub = stubbed(CASES / "arity", "counted", tmp_path)
    library = tmp_path / f"counted{sysconfig.get_config_var('EXT_SUFFIX')}"
    include = f"-I{sysconfig.get_path('include')}"
    subprocess.run(
        ["gcc", "-w", "-shared", "-fPIC", include, str(CASES / "arity" / "counted.c"), "-o", str(library)], check=True
    )
    command = [sys.executable, "-m", "mypy.stubtest", "counted", "--ignore-missing-stub", "--concise"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    # Whether a type can be derived from is not said by stubs of ours.
    assert [line for line in done.stdout.splitlines() if "@final" not in line and "@disjoint_base" not in line] == []
    stub.write_text(stub.read_text() + "def vanished() -> int: ...\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "counted.vanished is not present at runtime" in done.stdout
