"""Every workspace under cases: each marked contradiction, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from marks import disagreements

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_case(case: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(case, tmp_path / case.name))
    if (root / "build.sh").exists():
        subprocess.run(["sh", "build.sh"], cwd=root, check=True)
    facts = Session(root, Settings(store=None)).open({})
    assert not facts.problems
    assert not facts.parse_errors
    paths = sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.suffix in (".c", ".h", ".py", ".pyi"))
    assert disagreements(root, paths, facts.contracts) == []
