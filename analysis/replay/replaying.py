"""The replay itself: script, build, run, judgement."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.builds import build, flavour_of
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.environment import WATCHERS
from gnomon.analysis.replay.names import BUILD_VARIABLE, LEAK_OPTIONS, PROGRAM
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.replay.sanitizer import LEAKS, SanitizerReport, agreeing, is_seen, is_seldom_seen, reports_of
from gnomon.analysis.replay.scripts import script_of

_ASAN_OPTIONS = (
    "allocator_may_return_null=1",
    "hard_rss_limit_mb=2048",
    "detect_stack_use_after_return=1",
)

_UNSEEN = "neither gcc's sanitizers nor memcheck report such a failure"


def replay(finding: Finding, entry: Entry, root: Path, cache: Path) -> ReplayReport:
    """Runs the finding's inputs on the real code. `cache` keeps the builds; the workspace `root` is only read.

    The caller has the user's leave: this compiles and runs the code of the workspace.
    """
    root, cache = root.resolve(), cache.resolve()
    script = ""
    try:
        script = script_of(finding, entry, root)
        by_c = is_driven_by_c(finding, entry, root)
        if not is_seen(finding) and not (by_c and finding.demand in WATCHERS):
            return ReplayReport("replay-refused", "", _UNSEEN, script, is_unseen=True)
        flavour = flavour_of(finding)
        valgrind = _valgrind() if flavour == "memcheck" else None
        if finding.code in LEAKS and not by_c:
            raise ReplayRefusedError("the interpreter's own blocks stand among those that are never freed")
        if by_c:
            built = build(entry, root, cache, flavour, driver=script)
            command = [str(built.folder / PROGRAM)]
            runtimes: tuple[str, ...] = ()  # linked
        else:
            built = build(entry, root, cache, flavour)
            command, runtimes = [str(Path(sys.executable)), "-B", "replay.py"], built.runtimes
        if valgrind is not None:
            command = [
                valgrind,
                "-q",
                "--track-fds=yes",
                "--fullpath-after=",
                "--num-callers=30",
                "--trace-children=yes",
                *command,
            ]
        variables = _variables(built.folder, runtimes, finding.code in LEAKS)
        return _run_and_judge(finding, root, script, command, variables)
    except ReplayRefusedError as refused:
        return ReplayReport("replay-refused", reason=str(refused), script=script)
    except OSError as error:  # no room, no rights, a file gone meanwhile
        return ReplayReport("replay-refused", reason=f"it cannot be built and run here: {error}", script=script)


def _valgrind() -> str:
    found = shutil.which("valgrind")
    if found is None:
        raise ReplayRefusedError("reads of undefined values are replayed by valgrind, which was not found")
    return found


def _run_and_judge(
    finding: Finding, root: Path, script: str, command: list[str], variables: dict[str, str]
) -> ReplayReport:
    with tempfile.TemporaryDirectory(prefix="gnomon-replay-") as folder:
        scratch = Path(folder).resolve()
        (scratch / "replay.py").write_text(script, encoding="utf-8")
        ran = run(command, scratch, variables)
    seen = reports_of(ran.output, root)
    if agreeing(finding, seen, root) is not None:
        return ReplayReport("replayed", ran.output, script=script)
    if ran.timed_out:
        return ReplayReport("replay-refused", ran.output, "the run took too long", script)
    if not seen and is_seldom_seen(finding):
        return ReplayReport("replay-refused", ran.output, _UNSEEN, script, is_unseen=True)
    return ReplayReport("disagrees", ran.output, _difference(finding, seen, root, ran.status), script)


def _variables(folder: Path, runtimes: tuple[str, ...], detects_leaks: bool) -> dict[str, str]:
    variables = {
        BUILD_VARIABLE: str(folder),
        "PYTHONMALLOC": "malloc",  # so that the tools see each block of Python's
        "ASAN_OPTIONS": ":".join((*_ASAN_OPTIONS, f"detect_leaks={int(detects_leaks)}")),
        "LSAN_OPTIONS": LEAK_OPTIONS,
        "UBSAN_OPTIONS": "print_stacktrace=0",
    }
    if runtimes:
        variables["LD_PRELOAD"] = ":".join(runtimes)
    return variables


def _difference(finding: Finding, seen: list[SanitizerReport], root: Path, status: int) -> str:
    expected = f"expected {finding.code} at {finding.path}:{finding.line}"
    placed = [report for report in seen if report.path is not None]
    if not placed:
        return f"{expected}; the run ended with status {status} and no report in the project's code"
    first = placed[0]
    assert first.path is not None
    return f"{expected}; the first report is at {first.path.relative_to(root)}:{first.line}: {first.text}"
