"""A correction, once made, leaves nothing to say."""

from __future__ import annotations

import shutil
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


@pytest.mark.parametrize(("case", "least"), [("ctypes_functions", 10), ("ctypes_calls", 8)])
def test_each_correction_removes_what_it_corrects(case: str, least: int, tmp_path: Path) -> None:
    root = Path(shutil.copytree(CASES / case, tmp_path / case))
    before = {path: path.read_bytes() for path in root.rglob("*.py")}
    findings = contracts(root)
    corrected = [f for f in findings if f.fixes]
    assert len(corrected) >= least
    for finding in corrected:
        (fix,) = finding.fixes
        applied(root, fix.edits)
        after = contracts(root)
        assert finding.message not in [f.message for f in after], (finding.message, fix)
        assert len(after) <= len(findings), (finding.message, [f.message for f in after])
        for path, data in before.items():
            path.write_bytes(data)
