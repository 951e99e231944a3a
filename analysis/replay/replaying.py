"""The replay itself: script, build, run, judgement."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.builds import build, flavour_of, warnings_of_formats
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.environment import WATCHERS
from gnomon.analysis.replay.names import BUILD_VARIABLE, LEAK_OPTIONS, PROGRAM
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.replay.sanitizer import (
    LEAKS,
    LOCK,
    OWNER,
    STACK,
    SanitizerReport,
    agreeing,
    is_seen,
    is_seldom_seen,
    reports_of,
)
from gnomon.analysis.replay.scripts import script_of
from gnomon.analysis.shadows.stack import STACK_BYTES

_ASAN_OPTIONS = (
    "allocator_may_return_null=1",
    "hard_rss_limit_mb=2048",
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
    if not is_seen(finding) and not (by_c and _is_watched(finding, entry, root, script)):
        return ReplayReport("replay-refused", "", _UNSEEN, script, is_unseen=True)
    if finding.code in LEAKS and not by_c:
        raise ReplayRefusedError("the interpreter's own blocks stand among those that are never freed")
    if "import _testcapi" in script and find_spec("_testcapi") is None:
        raise ReplayRefusedError("this interpreter has no _testcapi, which lets its allocations fail")
    flavour = flavour_of(finding)
    observed = _memcheck() if flavour == "memcheck" else []
    built = build(entry, root, cache, flavour, driver=script if by_c else "")
    program = [str(built.folder / PROGRAM)] if by_c else [str(Path(sys.executable)), "-B", "replay.py"]
    runtimes = () if by_c else built.runtimes  # those of a program are linked
    variables = _variables(built.folder, runtimes, finding.code)
    return _run_and_judge(finding, root, script, [*observed, *program], variables)


def _is_watched(finding: Finding, entry: Entry, root: Path, driver: str) -> bool:
    """Whether the driver itself looks at what fails. Of a format it sees only that it is used: the compiler says the
    rest."""
    if finding.code == "call.format" and finding.demand in WATCHERS:
        return (root / finding.path, finding.line) in warnings_of_formats(entry, root, driver)
    return finding.demand in WATCHERS


def _memcheck() -> list[str]:
    found = shutil.which("valgrind")
    if found is None:
        raise ReplayRefusedError("it is replayed by valgrind, which was not found")
    frames = f"--max-stackframe={STACK_BYTES}"  # larger steps would be taken for another stack
    return [found, "-q", "--track-fds=yes", "--fullpath-after=", "--num-callers=30", "--trace-children=yes", frames]


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
    if not any(report.path for report in seen) and is_seldom_seen(finding):
        return ReplayReport("replay-refused", ran.output, _UNSEEN, script, is_unseen=True)
    return ReplayReport("disagrees", ran.output, _difference(finding, seen, root, ran.status), script)


def _variables(folder: Path, runtimes: tuple[str, ...], code: str) -> dict[str, str]:
    # What lets ASan see locals after their function has returned, takes them off the stack.
    looks_for = {"detect_leaks": code in LEAKS, "detect_stack_use_after_return": code != STACK}
    if code in OWNER or code in LOCK:  # the interpreter aborts when None is freed, or its lock is missing
        looks_for["handle_abort"] = True
    variables = {
        BUILD_VARIABLE: str(folder),
        # So that the tools see each block of Python's; "debug" also asks for the lock.
        "PYTHONMALLOC": "malloc_debug" if code in LOCK else "malloc",
        "ASAN_OPTIONS": ":".join((*_ASAN_OPTIONS, *(f"{name}={int(on)}" for name, on in looks_for.items()))),
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
