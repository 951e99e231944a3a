"""The interpreter against gcc: programs of csmith must print the same checksum.

Csmith's programs have no undefined behaviour, so a failure that the interpreter finds in one is a false alarm and fails
the test as well. `GNOMON_DIFFERENTIAL` says how many programs must agree (10 unless set). A program that cannot be
compared is counted with its reason, and too many of them fail the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.settings import Settings

WANTED = int(os.environ.get("GNOMON_DIFFERENTIAL", "10"))
FIRST_SEED = 1000
INCLUDES = [folder for folder in ("/usr/include/csmith", "/usr/local/include/csmith") if Path(folder).is_dir()]
SMALL = [
    *("--max-funcs", "4", "--max-block-depth", "3", "--max-expr-complexity", "6"),
    *("--max-array-dim", "2", "--max-array-len-per-dim", "6"),
]
SECONDS = 1.0  # of a compiled program; csmith's may run for ever
INSTRUCTIONS = 50_000_000

pytestmark = pytest.mark.skipif(
    shutil.which("csmith") is None or shutil.which("gcc") is None, reason="needs csmith and gcc"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One program. `reason` says why it could not be compared; else `expected` and `got` are what it printed."""

    seed: int
    expected: bytes = b""
    got: bytes = b""
    reason: str = ""

    @property
    def agrees(self) -> bool:
        return not self.reason and self.expected == self.got


def generate(seed: int, folder: Path) -> Path:
    source = folder / f"program{seed}.c"
    subprocess.run(["csmith", *SMALL, "--seed", str(seed), "--output", str(source)], check=True, cwd=folder)
    return source


def run_compiled(source: Path) -> bytes | None:
    """What gcc's program prints; None when it does not end in time."""
    program = source.with_suffix("")
    includes = [f"-I{folder}" for folder in INCLUDES]
    subprocess.run(["gcc", "-O0", "-w", *includes, str(source), "-o", str(program)], check=True)
    try:
        return subprocess.run([str(program)], check=True, capture_output=True, timeout=SECONDS).stdout
    except subprocess.TimeoutExpired:
        return None


def compare(seed: int, folder: Path) -> Comparison:
    source = generate(seed, folder)
    expected = run_compiled(source)
    if expected is None:
        return Comparison(seed, reason="gcc's program does not end")
    engine = Engine(Settings(store=None), [])
    engine.update(str(source), [f"-I{folder}" for folder in INCLUDES], {})
    (main,) = (f.key for f in engine.functions() if f.name == "main" and f.has_body)
    engine.native.build_main_entry("main entry", main)
    outcome = engine.native.run("main entry", [], False, INSTRUCTIONS)
    if outcome.ending == "failed":
        demand = engine.demands[outcome.failure.demand]
        place = engine.native.place(*outcome.failure.site)
        return Comparison(seed, expected, f"{demand.code} at line {place.line}: {outcome.failure.values}".encode())
    if outcome.ending != "returned":
        return Comparison(seed, expected, reason=f"{outcome.ending}: {outcome.reason}")
    return Comparison(seed, expected, outcome.output)


def comparisons(folder: Path) -> Iterator[Comparison]:
    """At most twice as many programs as must agree."""
    agreed = 0
    for seed in range(FIRST_SEED, FIRST_SEED + 2 * WANTED):
        result = compare(seed, folder)
        agreed += result.agrees
        yield result
        if agreed >= WANTED:
            return


@pytest.mark.slow
def test_checksums_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = list(comparisons(tmp_path))
    agreed = [result for result in results if result.agrees]
    reasons = Counter(result.reason for result in results if result.reason)
    with capsys.disabled():
        print(f"\ncsmith: {len(agreed)} of {len(results)} agree; not compared: {dict(reasons) or 'none'}")
    differing = [result for result in results if not result.agrees and not result.reason]
    assert differing == []
    assert len(agreed) >= WANTED, reasons
