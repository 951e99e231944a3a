"""What is found in the programs under tests/cases fails in the real code, too: at the same line, in the same way.

Every eighth program with a mistake is asked; `GNOMON_TRUTH=all` asks all.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay.replaying import replay
from gnomon.analysis.replay.sanitizer import is_seen
from programs import Program, programs
from test_cases import lay_out

EVERY = 1 if os.environ.get("GNOMON_TRUTH") == "all" else 8

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("gcc") is None or shutil.which("valgrind") is None, reason="needs gcc and valgrind"
    ),
]


@pytest.mark.parametrize("program", [p for p in programs() if p.marks][::EVERY], ids=lambda program: program.name)
def test_findings_are_replayed(program: Program, tmp_path: Path) -> None:
    root, cache = tmp_path / "project", tmp_path / "cache"
    root.mkdir()
    lay_out(program, root)
    for finding in Session(root, Settings(store=None)).check({}).findings:
        assert finding.history is not None
        report = replay(finding, finding.history, root, cache)
        if not is_seen(finding.code):
            assert report.state == "replay-refused"
            continue
        assert report.state == "replayed", f"{finding.path}:{finding.line}: {finding.message}\n{report.reason}"
