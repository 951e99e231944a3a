"""The replay itself: script, build, run, judgement."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.builds import BY_MEMCHECK, build, flavour_of, warnings_of_formats
from gnomon.analysis.replay.command import Command, command_of
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.environment import WATCHERS
from gnomon.analysis.replay.interpreters import debug_build
from gnomon.analysis.replay.names import MORE_ALLOCATIONS, SCRIPT
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.replay.sanitizer import (
    ABORTING,
    LEAKS,
    SanitizerReport,
    agreeing,
    is_seen,
    is_seldom_seen,
    reports_of,
)
from gnomon.analysis.replay.scripts import script_of

# What Python says of a module, a library or a function that it does not find: the calls were never made.
_NOT_LOADED = re.compile(
    r"^(?:ModuleNotFoundError: .*|ImportError: .*|\w+Error: .*(?:undefined symbol|shared object).*)$", re.M
)
_UNSEEN = "neither gcc's sanitizers nor memcheck report such a failure"


def replay(finding: Finding, entry: Entry, root: Path, cache: Path) -> ReplayReport:
    """Runs the finding's inputs on the real code. `cache` keeps the builds; the workspace `root` is only read.

    The caller has the user's leave: this compiles and runs the code of the workspace.
    """
    script = ""
    try:
        script = script_of(finding, entry, root.resolve())
        return run_script(finding, entry, root.resolve(), cache.resolve(), script)
    except ReplayRefusedError as refused:
        return ReplayReport("replay-refused", reason=str(refused), script=script)
    except OSError as error:  # no room, no rights, a file gone meanwhile
        return ReplayReport("replay-refused", reason=f"it cannot be built and run here: {error}", script=script)


def run_script(finding: Finding, entry: Entry, root: Path, cache: Path, script: str) -> ReplayReport:
    """Builds what the entry calls, runs the script or driver, and judges. Raises ReplayRefusedError."""
    by_c = is_driven_by_c(finding, entry, root)
    if not may_be_seen(finding, entry, root, script):
        return ReplayReport("replay-refused", "", _UNSEEN, script, is_unseen=True)
    if "import _testcapi" in script and find_spec("_testcapi") is None:
        raise ReplayRefusedError("this interpreter has no _testcapi, which lets its allocations fail")
    flavour = flavour_of(finding)
    observer = _memcheck() if flavour in BY_MEMCHECK else ""
    built = build(entry, root, cache, flavour, driver=script if by_c else "")

    def judged(python: str) -> ReplayReport:
        command = command_of(finding.code, flavour, str(built.folder), by_c, python, built.runtimes, observer)
        return _run_and_judge(finding, root, script, command)

    usual = judged(sys.executable)
    may_assert = entry.kind == "capi" and finding.code in ABORTING and usual.state != "replayed"
    if not may_assert or not (debug := debug_build()):
        return usual
    asserting = judged(debug)
    return replace(asserting, reason=f"seen by {Path(debug).name}") if asserting.state == "replayed" else usual


def may_be_seen(finding: Finding, entry: Entry, root: Path, script: str) -> bool:
    """Whether some tool, or the driver itself, may say of a run that it failed. Raises ReplayRefusedError where they
    would not say it of this."""
    by_c = is_driven_by_c(finding, entry, root)
    if not is_seen(finding) and not (by_c and _is_watched(finding, entry, root, script)):
        return False
    if finding.code in LEAKS and not by_c:
        raise ReplayRefusedError("the interpreter's own blocks stand among those that are never freed")
    return True


def _is_watched(finding: Finding, entry: Entry, root: Path, driver: str) -> bool:
    """Whether the driver itself looks at what fails. Of a format it sees only that it is used: the compiler says the
    rest."""
    if finding.code == "call.format" and finding.demand in WATCHERS:
        return (root / finding.path, finding.line) in warnings_of_formats(entry, root, driver)
    return finding.demand in WATCHERS


def _memcheck() -> str:
    found = shutil.which("valgrind")
    if found is None:
        raise ReplayRefusedError("it is replayed by valgrind, which was not found")
    return found


def _run_and_judge(finding: Finding, root: Path, script: str, command: Command) -> ReplayReport:
    with tempfile.TemporaryDirectory(prefix="gnomon-replay-") as folder:
        scratch = Path(folder).resolve()
        (scratch / SCRIPT).write_text(script, encoding="utf-8")
        ran = run(command.words, scratch, command.variables)
    seen = reports_of(ran.output, root)
    if agreeing(finding, seen, root) is not None:
        return ReplayReport("replayed", ran.output, script=script)
    if ran.timed_out:
        return ReplayReport("replay-refused", ran.output, "the run took too long", script)
    if MORE_ALLOCATIONS in ran.output:
        return ReplayReport("replay-refused", ran.output, "not every allocation was tried", script)
    if not seen and (missing := _NOT_LOADED.search(ran.output)) is not None:
        return ReplayReport("replay-refused", ran.output, f"the code cannot be loaded: {missing[0]}", script)
    is_looked_at = any(report.path and not report.is_of_origin for report in seen)
    if not is_looked_at and is_seldom_seen(finding):
        return ReplayReport("replay-refused", ran.output, _UNSEEN, script, is_unseen=True)
    return ReplayReport("disagrees", ran.output, _difference(finding, seen, root, ran.status), script)


def _difference(finding: Finding, seen: list[SanitizerReport], root: Path, status: int) -> str:
    expected = f"expected {finding.code} at {finding.path}:{finding.line}"
    placed = [report for report in seen if report.path is not None]
    if not placed:
        return f"{expected}; the run ended with status {status} and no report in the project's code"
    first = placed[0]
    assert first.path is not None
    return f"{expected}; the first report is at {first.path.relative_to(root)}:{first.line}: {first.text}"
