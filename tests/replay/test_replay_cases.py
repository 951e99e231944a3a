"""What is found in the programs under tests/cases fails in the real code, too: at the same line, in the same way.

Every eighth program with a mistake is asked; `GNOMON_TRUTH=all` asks all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay.replaying import replay
from programs import Program, programs
from test_cases import bindings_of, checked, lay_out

EVERY = 1 if os.environ.get("GNOMON_TRUTH") == "all" else 8

EVERY_SOURCE = 1 if EVERY == 1 else 2
ENVIRONMENT = sorted((Path(__file__).parents[1] / "environment").glob("*.c"))

# Demands that no tool sees broken, or not always.
UNSEEN = (
    *("call.type_of_callee", "lifetime.outlives_return", "variables.", "defined.number", "taint."),
    "owner.alive_when_used",
)

FAILING = """
#include <stdlib.h>
#include <string.h>

int fill(void) {
    char *first = malloc(8), *second = first ? malloc(8) : NULL;
    if (!first) return -1;
    second[0] = 1;
    free(first);
    free(second);
    return 0;
}

int copy(const char *text) { return strdup(text)[0]; }
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("gcc") is None or shutil.which("valgrind") is None, reason="needs gcc and valgrind"
    ),
]


def findings_of(program: Program, folder: Path) -> tuple[Sequence[Finding], Path]:
    """And the project that they are in."""
    root = folder / "project"
    root.mkdir()
    lay_out(program, root)
    return checked(program, root).findings, root


@pytest.mark.parametrize("program", [p for p in programs() if p.marks][::EVERY], ids=lambda program: program.name)
def test_findings_are_replayed(program: Program, tmp_path: Path) -> None:
    findings, root = findings_of(program, tmp_path)
    assert findings
    assert wrong_replays(findings, root, tmp_path / "cache") == []


@pytest.mark.parametrize("source", ENVIRONMENT[::EVERY_SOURCE], ids=lambda path: path.stem)
def test_the_environment_is_supplied(source: Path, tmp_path: Path) -> None:
    """Files, sockets, pipes, clocks, texts of the system: as the witness says."""
    findings, root = findings_of(Program(f"environment/{source.stem}", (source,)), tmp_path)
    assert findings
    assert wrong_replays(findings, root, tmp_path / "cache") == []


def test_allocations_fail_as_the_witness_says(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "case.c").write_text(FAILING)
    (root / "case.py").write_text(bindings_of(FAILING))
    (root / "pyproject.toml").write_text("[tool.gnomon]\nallocation_failures = true\n")
    findings = Session(root, Settings(store=None, late_seconds=2.0)).check({}).findings
    assert {finding.line for finding in findings} == {8, 14}
    assert wrong_replays(findings, root, tmp_path / "cache") == []


def wrong_replays(findings: Iterable[Finding], root: Path, cache: Path) -> list[str]:
    """A sentence for each that does not fail where it says, though something could see it."""
    wrong = []
    for finding in findings:
        assert finding.history is not None
        report = replay(finding, finding.history, root, cache)
        if report.state != "replayed" and not (report.is_unseen and finding.demand.startswith(UNSEEN)):
            wrong.append(f"{finding.path}:{finding.line}: {finding.message}: {report.state}: {report.reason}")
    return wrong
