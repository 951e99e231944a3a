"""From the extensions of a project to findings: built, exercised, judged, and each run once more by its own script."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.exercise.building import built, folder_of, made_in
from gnomon.analysis.exercise.failure import Failure, failures_of
from gnomon.analysis.exercise.kept import INSIDE, Kept
from gnomon.analysis.exercise.plan import Exercise
from gnomon.analysis.exercise.telling import findings_of
from gnomon.analysis.replay.builds import runtimes_of
from gnomon.analysis.replay.names import BUILD_VARIABLE, LEAK_OPTIONS
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.replay.sanitizer import agreeing, reports_of
from gnomon.analysis.workspace import Snapshot

SECONDS = 60.0  # of processor time, for each module
_MOST_TRIED = 4  # scripts for one place
_ASAN = "allocator_may_return_null=1:max_allocation_size_mb=512:handle_abort=1:hard_rss_limit_mb=4096"
Told = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Exercised:
    """`problems`: what kept a module from being exercised, a sentence each. `is_whole`: nothing is left to be run."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    is_whole: bool = True


def exercise(exercise: Exercise, snapshot: Snapshot, cache: Path, seconds: float, told: Told) -> Exercised:
    """The caller has the user's leave: this compiles and runs the code of the workspace. `cache` keeps the builds."""
    if not exercise.sources:
        return Exercised()
    try:
        told("building", 0.0)
        kept = Kept(built(exercise, cache.resolve()), seconds)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            modules = made_in(kept.folder, exercise.sources)
            told("exercising " + ", ".join(modules), 0.1)
            exercised = pool.map(partial(_failures, exercise, kept), modules)
            failures = dict(zip(modules, exercised, strict=True))
            told("running what failed once more", 0.8)
            candidates = _candidates(exercise, snapshot, {module: found for module, (_, found) in failures.items()})
            findings = pool.map(partial(_first_replayed, exercise.root, kept), candidates)
            problems = [
                f"{module} was not exercised{' to the end' if failed else ''}: {said}"
                for module, (said, failed) in failures.items()
                if said
            ]
            if others := exercise.sources.keys() - failures.keys():
                problems.append(f"the project's build makes no {', '.join(sorted(others))}, so that is not exercised")
            return Exercised(tuple(one for one in findings if one is not None), tuple(problems))
    except (ReplayRefusedError, OSError) as refused:
        return Exercised(problems=(f"nothing was exercised: {refused}",))


def _candidates(
    exercise: Exercise, snapshot: Snapshot, failures: Mapping[str, Sequence[Failure]]
) -> list[list[Finding]]:
    """For each place and code, what may be told there: the first that fails once more will be."""
    by_place: dict[tuple[str, str, int], list[Finding]] = {}
    for module, failed in failures.items():
        for finding in findings_of(failed, exercise, snapshot, module):
            by_place.setdefault((finding.code, finding.path, finding.line), []).append(finding)
    return [findings[:_MOST_TRIED] for findings in by_place.values()]


def _first_replayed(root: Path, kept: Kept, findings: Sequence[Finding]) -> Finding | None:
    return next((finding for finding in findings if _is_replayed(finding, root, kept)), None)


def remembered(exercise: Exercise, snapshot: Snapshot, cache: Path, seconds: float) -> Exercised:
    """What exercising found the last time, as long as the sources are the same; nothing is built or run."""
    kept = Kept(folder_of(exercise.root, cache.resolve()), seconds)
    modules = made_in(kept.folder, exercise.sources) if kept.folder.is_dir() else exercise.sources
    failures = {module: kept.failures(module) for module in modules}
    found: list[Finding] = []
    is_whole = all(failed is not None for failed in failures.values())
    for findings in _candidates(exercise, snapshot, {module: failed or () for module, failed in failures.items()}):
        states = [kept.was_replayed(finding.script) for finding in findings]
        if True in states:
            found.append(findings[states.index(True)])
        is_whole &= True in states or None not in states
    return Exercised(tuple(found), is_whole=is_whole)


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
    output = output_of(finding.script, folder)
    if agreeing(finding, reports_of(output, root), root) is not None:
        return ReplayReport("replayed", output, script=finding.script)
    return ReplayReport("disagrees", output, "it did not fail again", finding.script)


def output_of(script: str, folder: Path) -> str:
    """What a script writes in a process of its own, on the build in a folder."""
    with tempfile.TemporaryDirectory(prefix="gnomon-replay-") as name:
        scratch = Path(name).resolve()
        (scratch / "run.py").write_text(script, encoding="utf-8")
        return run([sys.executable, "-B", "run.py"], scratch, _variables(folder, "detect_leaks=0"), alone=True).output


def _failures(exercise: Exercise, kept: Kept, module: str) -> tuple[str, list[Failure]]:
    """What went wrong with the whole, and what failed."""
    if (known := kept.failures(module)) is not None:
        return "", known
    with tempfile.TemporaryDirectory(prefix="gnomon-exercise-") as name:
        scratch = Path(name).resolve()
        shutil.copytree(INSIDE, scratch / "inside", ignore=shutil.ignore_patterns("__pycache__"))
        output = scratch / "failures.jsonl"
        (scratch / "plan.json").write_text(exercise.text(kept.folder, [module], kept.seconds, output), encoding="utf-8")
        variables = _variables(kept.folder, "detect_leaks=1", "symbolize=0")
        variables |= {"PYTHONPATH": str(scratch), "PYTHONHASHSEED": "0"}
        command = [sys.executable, "-B", "-m", "inside", "plan.json"]
        ran = run(command, scratch, variables, 4 * kept.seconds + 60, alone=True)
        text = output.read_text(encoding="utf-8", errors="replace") if output.exists() else ""
    if ran.status == 0:
        kept.keep_failures(module, text)
    lines = ran.output.strip().splitlines() or ["it ended without a word"]
    said = "" if ran.status == 0 else "it took too long" if ran.timed_out else lines[-1]
    return said, list(failures_of(text))


def _is_replayed(finding: Finding, root: Path, kept: Kept) -> bool:
    """Whether its script fails once more, as it says."""
    is_replayed = kept.was_replayed(finding.script)
    if is_replayed is None:
        is_replayed = _ran(finding, root, kept.folder).state == "replayed"
        kept.keep_replayed(finding.script, is_replayed)
    return is_replayed


def _variables(folder: Path, options: str, of_all: str = "symbolize=1") -> dict[str, str]:
    """`options` are for AddressSanitizer, `of_all` for each of the sanitizers."""
    edges = str(folder / "gnomon_edges.so")
    return {
        BUILD_VARIABLE: str(folder),
        "PYTHONMALLOC": "malloc",
        "ASAN_OPTIONS": f"{_ASAN}:{options}:{of_all}:leak_check_at_exit=0",
        "LSAN_OPTIONS": LEAK_OPTIONS,
        "UBSAN_OPTIONS": f"print_stacktrace=1:{of_all}",
        "LD_PRELOAD": ":".join((*runtimes_of(), edges)),
    }
