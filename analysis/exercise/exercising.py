"""From the extensions of a project to findings: built, exercised, judged, and each run once more by its own script."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding, InputValue, Step, Tier
from gnomon.analysis.exercise.building import built
from gnomon.analysis.exercise.failure import Failure, failures_of
from gnomon.analysis.exercise.plan import Exercise
from gnomon.analysis.exercise.script import script_text
from gnomon.analysis.exercise.symbols import symbolised
from gnomon.analysis.exercise.verdict import Place, Verdict, verdict_of
from gnomon.analysis.replay.builds import runtimes_of
from gnomon.analysis.replay.names import BUILD_VARIABLE, LEAK_OPTIONS
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.replay.sanitizer import agreeing, reports_of
from gnomon.analysis.workspace import Snapshot

SECONDS = 60.0  # of processor time, for each module
_INSIDE = Path(__file__).parent / "inside"
_ASAN = "allocator_may_return_null=1:max_allocation_size_mb=512:handle_abort=1:hard_rss_limit_mb=4096"
_TIERS: dict[str, Tier] = {"exception.unchecked": "warning", "exception.clobbered": "note"}
Told = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Exercised:
    """`problems`: what kept a module from being exercised, a sentence each."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()


def exercise(exercise: Exercise, snapshot: Snapshot, cache: Path, seconds: float, told: Told) -> Exercised:
    """The caller has the user's leave: this compiles and runs the code of the workspace. `cache` keeps the builds."""
    if not exercise.sources:
        return Exercised()
    try:
        told("building", 0.0)
        folder = built(exercise, cache.resolve())
        findings: dict[tuple[str, str, int], Finding] = {}
        problems = []
        for index, module in enumerate(exercise.sources):
            told(f"exercising {module}", index / len(exercise.sources))
            said, failures = _failures(exercise, folder, module, seconds)
            problems += [f"{module} was not exercised: {said}"] if said else []
            for finding in _findings(failures, exercise, snapshot, folder, module):
                findings.setdefault((finding.code, finding.path, finding.line), finding)
    except (ReplayRefusedError, OSError) as refused:
        return Exercised(problems=(f"nothing was exercised: {refused}",))
    return Exercised(tuple(findings.values()), tuple(problems))


def _failures(exercise: Exercise, folder: Path, module: str, seconds: float) -> tuple[str, list[Failure]]:
    """What went wrong with the whole, and what failed."""
    with tempfile.TemporaryDirectory(prefix="gnomon-exercise-") as name:
        scratch = Path(name).resolve()
        shutil.copytree(_INSIDE, scratch / "inside", ignore=shutil.ignore_patterns("__pycache__"))
        output = scratch / "failures.jsonl"
        (scratch / "plan.json").write_text(exercise.text(folder, [module], seconds, output), encoding="utf-8")
        variables = {
            **_variables(folder, "detect_leaks=1:symbolize=0"),
            "PYTHONPATH": str(scratch),
            "PYTHONHASHSEED": "0",
        }
        command = [sys.executable, "-B", "-m", "inside", "plan.json"]
        ran = run(command, scratch, variables, 4 * seconds + 60, alone=True)
        text = output.read_text(encoding="utf-8", errors="replace") if output.exists() else ""
    lines = ran.output.strip().splitlines() or ["it ended without a word"]
    said = "" if ran.status == 0 else "it took too long" if ran.timed_out else lines[-1]
    return said, list(failures_of(text))


def _findings(
    failures: Sequence[Failure], exercise: Exercise, snapshot: Snapshot, folder: Path, module: str
) -> Iterator[Finding]:
    told: set[tuple[str, Place]] = set()
    for failure in sorted(symbolised(failures), key=lambda one: len("".join(one.lines))):
        verdict = verdict_of(failure, exercise.root, exercise.bindings)
        if verdict is None or (verdict.code, verdict.place) in told:
            continue
        entry = Entry(failure.target, "capi", (), module, sources=exercise.sources[module])
        finding = _finding(failure, verdict, snapshot, entry)
        if _ran(finding, exercise.root, folder).state == "replayed":
            told.add((verdict.code, verdict.place))
            yield finding


def is_exercised(finding: Finding) -> bool:
    return finding.history is not None and not finding.history.steps


def run_again(finding: Finding, root: Path, cache: Path) -> ReplayReport:
    """Runs the script of an exercised finding. The caller has the user's leave."""
    entry = finding.history
    assert entry is not None
    try:
        folder = built(Exercise(root, {entry.module: entry.sources}, ()), cache.resolve())
        return _ran(finding, root, folder)
    except (ReplayRefusedError, OSError) as refused:
        return ReplayReport("replay-refused", reason=str(refused), script=finding.script)


def _ran(finding: Finding, root: Path, folder: Path) -> ReplayReport:
    """In a process of its own."""
    with tempfile.TemporaryDirectory(prefix="gnomon-replay-") as name:
        scratch = Path(name).resolve()
        (scratch / "run.py").write_text(finding.script, encoding="utf-8")
        ran = run([sys.executable, "-B", "run.py"], scratch, _variables(folder, "detect_leaks=0"), alone=True)
    if agreeing(finding, reports_of(ran.output, root), root) is not None:
        return ReplayReport("replayed", ran.output, script=finding.script)
    return ReplayReport("disagrees", ran.output, "it did not fail again", finding.script)


def _variables(folder: Path, options: str) -> dict[str, str]:
    edges = str(folder / "gnomon_edges.so")
    return {
        BUILD_VARIABLE: str(folder),
        "PYTHONMALLOC": "malloc",
        "ASAN_OPTIONS": f"{_ASAN}:{options}:leak_check_at_exit=0",
        "LSAN_OPTIONS": LEAK_OPTIONS,
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "LD_PRELOAD": ":".join((*runtimes_of(), edges)),
    }


def _finding(failure: Failure, verdict: Verdict, snapshot: Snapshot, entry: Entry) -> Finding:
    path, line = snapshot.relative(str(verdict.place.path)), verdict.place.line
    text = snapshot.line(str(verdict.place.path), line)
    column = len(text) - len(text.lstrip()) + 1
    message = f"{verdict.message}: {_told(failure)}"
    identity = hashlib.sha256("\0".join((verdict.code, path, text.strip(), entry.name, "run")).encode()).hexdigest()[
        :12
    ]
    return Finding(
        id=identity,
        code=verdict.code,
        tier=_TIERS.get(verdict.code, "error"),
        state="replayed",
        message=message,
        path=path,
        line=line,
        column=column,
        function=verdict.place.function,
        entry=entry.name,
        inputs=tuple(_inputs(failure)),
        steps=tuple(_steps(verdict.way or (verdict.place,), snapshot)),
        script=script_text(failure, verdict, entry.module, identity, f"{path}:{line}", message),
        end_column=len(text.encode()) + 1,
        history=entry,
    )


def _inputs(failure: Failure) -> Iterator[InputValue]:
    for number, argument in enumerate(failure.arguments, 1):
        key, _, value = argument.rpartition("=>")
        yield InputValue(key or f"argument {number}", value, 0, "object")


def _told(failure: Failure) -> str:
    calls = "; ".join(line for line in failure.lines if not line.startswith("things[:]"))
    return f"`{calls}`{' while an allocation fails' if failure.failing else ''}"


def _steps(way: Sequence[Place], snapshot: Snapshot) -> Iterator[Step]:
    for place in way:
        path = str(place.path)
        yield Step(snapshot.relative(path), place.line, snapshot.line(path, place.line).strip())
