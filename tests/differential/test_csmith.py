"""The interpreter against gcc: programs of csmith must print the same checksum.

Csmith's programs have no undefined behaviour, so a failure that the interpreter finds in one is a false alarm and fails
the test as well. `GNOMON_DIFFERENTIAL` says how many programs must agree (10 unless set); they take the variants of
csmith's options in turn. Programs that do not end are left out; everything else must be modelled.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from comparison import compiled_output, interpret, load

WANTED = int(os.environ.get("GNOMON_DIFFERENTIAL", "10"))
FIRST_SEED = 1000
INCLUDES = [f"-I{folder}" for folder in ("/usr/include/csmith", "/usr/local/include/csmith") if Path(folder).is_dir()]
SMALL = [
    *("--max-funcs", "4", "--max-block-depth", "3", "--max-expr-complexity", "6"),
    *("--max-array-dim", "2", "--max-array-len-per-dim", "6"),
]
VARIANTS = {
    "small": SMALL,
    "floats": [*SMALL, "--float"],
    "builtins": [*SMALL, "--builtins", "--disable-builtin-kinds", "x86"],
    "deep": ["--max-funcs", "6", "--max-pointer-depth", "4", "--max-expr-complexity", "8", "--inline-function"],
}
SECONDS = 1.0  # of a compiled program; csmith's may run for ever
UNDEFINED = "csmith's program converts a float out of range, as gcc's sanitizer says, too"
NOT_COMPARED = ("gcc's program does not end", "out_of_budget", UNDEFINED)

pytestmark = pytest.mark.skipif(
    shutil.which("csmith") is None or shutil.which("gcc") is None, reason="needs csmith and gcc"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One program. `reason` says why it could not be compared; else `expected` and `got` are what it printed."""

    seed: int
    variant: str
    expected: bytes = b""
    got: bytes = b""
    reason: str = ""

    @property
    def agrees(self) -> bool:
        return not self.reason and self.expected == self.got


def compare(seed: int, folder: Path) -> Comparison:
    variant = list(VARIANTS)[seed % len(VARIANTS)]
    source = folder / f"program{seed}.c"
    options = [*VARIANTS[variant], "--seed", str(seed), "--output", str(source)]
    subprocess.run(["csmith", *options], check=True, cwd=folder)
    try:
        expected = compiled_output([source], INCLUDES, folder, SECONDS)
    except subprocess.TimeoutExpired:
        return Comparison(seed, variant, reason=NOT_COMPARED[0])
    run = interpret(load([source], INCLUDES))
    if run.is_failure and _converts_out_of_range(source, folder, run.reason):
        return Comparison(seed, variant, reason=UNDEFINED)
    if run.is_failure:
        return Comparison(seed, variant, expected, run.reason.encode())
    return Comparison(seed, variant, expected, run.output, run.reason)


def _converts_out_of_range(source: Path, folder: Path, failure: str) -> bool:
    """Does gcc's sanitizer see the same failure at the same line? csmith guards its arithmetic, but not assignments."""
    program = folder / (source.stem + ".sanitized")
    options = ["-O0", "-w", "-fsanitize=float-cast-overflow", "-fno-sanitize-recover=all"]
    subprocess.run(["gcc", *options, *INCLUDES, str(source), "-o", str(program), "-lm"], check=True)
    done = subprocess.run([str(program)], capture_output=True, text=True, timeout=20 * SECONDS)
    place = re.match(rf"arith\.conversion at (?P<place>{re.escape(source.name)}:\d+):", failure)
    at = re.search(r"(?P<place>[^/\s]+:\d+):\d+: runtime error: \S+ is outside the range", done.stderr)
    return place is not None and at is not None and place["place"] == at["place"]


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
    assert [reason for reason in reasons if not reason.startswith(NOT_COMPARED)] == []
    assert len(agreed) >= WANTED, reasons
