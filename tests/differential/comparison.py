"""C programs under gcc -O0, under the interpreter, and under the explorer."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gnomon import _engine
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.settings import Settings

INSTRUCTIONS = 50_000_000
ENTRY = "main entry"


@dataclass(frozen=True, slots=True)
class Run:
    """What the interpreter made of a program: its output; or, when it did not return, `reason`."""

    output: bytes
    reason: str = ""
    is_failure: bool = False  # a demand failed: a false alarm, in a program without mistakes


def compiled_output(sources: Sequence[Path], flags: Sequence[str], folder: Path, seconds: float) -> bytes:
    """What gcc's program prints. Raises `subprocess.TimeoutExpired` when it does not end in time."""
    program = folder / (sources[0].stem + ".program")
    subprocess.run(["gcc", "-O0", "-w", *flags, *map(str, sources), "-o", str(program), "-lm"], check=True)
    return subprocess.run([str(program)], check=True, capture_output=True, timeout=seconds).stdout


def load(
    sources: Sequence[Path],
    flags: Sequence[str],
    settings: Settings | None = None,
    may_have_errors: bool = False,
    python_include: Sequence[str] = (),
) -> Engine:
    """The engine with the program, and an entry that calls its main."""
    engine = Engine(settings or Settings(store=None), python_include)
    for source in sources:
        facts = engine.update(str(source), list(flags), {})
        errors = [d.message for d in facts.diagnostics if d.severity in ("error", "fatal")]
        assert errors == [] or may_have_errors, source
    engine.complete()
    (main,) = (f.key for f in engine.functions().values() if f.name == "main" and not f.is_model)
    engine.native.build_main_entry(ENTRY, main)
    return engine


def interpret(engine: Engine) -> Run:
    outcome = engine.native.run(ENTRY, [], False, INSTRUCTIONS)
    place = engine.native.place(*outcome.where)
    where = f"{Path(place.path).name}:{place.line}"
    if outcome.ending == "returned":
        return Run(outcome.output)
    if outcome.failure is None:
        return Run(outcome.output, f"{outcome.ending}: {outcome.reason} at {where}")
    code = engine.demands[outcome.failure.demand].code
    return Run(outcome.output, f"{code} at {where}: {outcome.failure.values}", is_failure=True)


def explore(engine: Engine, function: str, code: str, sliced: bool) -> list[tuple[str, str]]:
    """The explorer's answers about the obligations of that code in a function, with their reasons."""
    number = next(f.id for f in engine.functions().values() if f.name == function and f.has_body)
    obligations = [o for o in engine.native.obligations(number) if engine.demands[o.demand].code == code]
    kept = engine.native.slicer(ENTRY).backward(obligations) if sliced else None
    budget = _engine.Budget()
    budget.seconds = 20
    found = engine.native.explore(ENTRY, kept, obligations, budget)
    return [(verdict.answer, verdict.reason) for verdict in found.verdicts]
