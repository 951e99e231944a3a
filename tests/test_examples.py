"""The examples: each planted mistake is found, confirmed and replayed on the real code; nothing else is reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay import replay
from marks import disagreements, marks_of

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(params=["telemetry", "sketch"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy, without what a build may have left there."""
    copy = tmp_path / request.param
    shutil.copytree(
        EXAMPLES / request.param, copy, ignore=shutil.ignore_patterns("*.so", "*.o", "build", "__pycache__")
    )
    return copy


@pytest.mark.slow
def test_every_planted_mistake_is_found_and_replayed(project: Path, tmp_path: Path) -> None:
    session = Session(project, Settings(store=tmp_path / "verdicts.sqlite"))
    result = session.check({})
    sources = [str(path.relative_to(project)) for path in project.rglob("*.c")]
    assert disagreements(project, sources, result.findings) == []
    assert result.findings
    for finding in result.findings:
        assert finding.history is not None
        report = replay(finding, finding.history, project, tmp_path / "builds")
        assert report.state == "replayed", f"{finding.path}:{finding.line}: {report.reason}\n{report.output}"

    # Nothing has changed: nothing is solved again, neither here nor by a new session with the same store.
    again = session.check({})
    assert (again.statistics.slices_solved, again.statistics.solver_queries) == (0, 0)
    assert again.findings == result.findings
    restarted = Session(project, Settings(store=tmp_path / "verdicts.sqlite")).check({})
    assert restarted.statistics.slices_solved == 0
    assert restarted.findings == result.findings


def test_an_edit_solves_only_what_it_touches(project: Path) -> None:
    """A comment above everything moves lines and nothing else; findings move with them."""
    session = Session(project, Settings(store=None))
    before = session.check({})
    overlays = {str(path): "/* moved */\n" + path.read_text() for path in project.rglob("*.c")}
    after = session.check(overlays)
    assert after.statistics.slices_solved == 0
    assert after.statistics.functions_lowered == 0
    assert [(f.code, f.path, f.line - 1) for f in after.findings] == [(f.code, f.path, f.line) for f in before.findings]


def test_the_marks_are_there(project: Path) -> None:
    assert sum(len(marks_of(str(path), path.read_text())) for path in project.rglob("*.c")) >= 6
