"""What the marks under tests/cases say is true, by other tools than ours: gcc's sanitizers, memcheck, gcc's warnings.

Every program is built and run as its `run` lines say. Each run must fail at a marked line, with a failure that its code
names, or end well; and each mark must be seen to fail. `GNOMON_TRUTH=all` asks every program, and memcheck about those
that are right, too; else every seventh program is asked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from gnomon.analysis.replay.sanitizer import STACK, reports_of
from gnomon.analysis.shadows.stack import STACK_BYTES
from marks import Mark
from programs import FUNCTION, Program, programs

FULL = os.environ.get("GNOMON_TRUTH") == "all"
EVERY = 1 if FULL else 7  # odd: a program and its twin stand side by side
SANITIZERS = ("-fsanitize=address,undefined,float-cast-overflow", "-fno-sanitize-recover=all")
OPTIONS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:detect_leaks=1:allocator_may_return_null=1",
    "LSAN_OPTIONS": "use_stacks=0:use_registers=0",  # what is left there by calls that have returned is no owner
    "UBSAN_OPTIONS": "print_stacktrace=0",
}
MEMCHECK = ("valgrind", "-q", "--track-fds=yes", "--run-libc-freeres=no", f"--max-stackframe={STACK_BYTES}")
SECONDS = 60
DRIVER = "driver.c"

# Mistakes that gcc warns of, and that no run shows: what a wrong argument does to printf is nobody's to say.
WARNED = {
    "call.format": re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+):\d+: warning: .*\[-Wformat(?:=|-security)\]", re.M)
}
# Mistakes that no tool here sees.
UNSEEN = ("call.pointer-type", "taint.command", "taint.format")
DEFINITION = re.compile(r"^\w[\w *]*?(\w+)\([^;{}]*\) \{", re.M)
# Programs whose mistakes no tool here need see: what they compute is thrown away.
SILENT = "silent/"

pytestmark = pytest.mark.skipif(
    shutil.which("gcc") is None or shutil.which("valgrind") is None, reason="needs gcc and valgrind"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """The first that a run showed. `line` 0: a leak, which is told where its block was made, or what has no place in
    the program itself."""

    path: str
    line: int
    codes: frozenset[str]
    text: str
    function: str = ""

    def is_of(self, mark: Mark, program: Program) -> bool:
        at = self.line == 0 or (self.path, self.line) == (mark.path, mark.line)
        is_frame = mark.code == STACK and self.function == function_of(mark, program)
        return (at or is_frame) and mark.code in self.codes


def function_of(mark: Mark, program: Program) -> str:
    """The name of the function that the mark stands in."""
    source = next(path for path in program.files if path.name == mark.path)
    above = "\n".join(source.read_text().splitlines()[: mark.line])
    return DEFINITION.findall(above)[-1]


def call_driver(program: Program) -> str:
    """A `main` that makes one of the calls of a program without `main`: that whose number is its argument."""
    calls = [f"if (number == {number}) {call};" for number, call in enumerate(program.runs)]
    includes = [f'#include "{path.name}"' for path in program.sources]
    head = [
        "int atoi(const char *);",
        "int main(int argc, char **argv) {",
        "int number = argc > 1 ? atoi(argv[1]) : 0;",
    ]
    return "\n".join([*includes, *head, *calls, "return 0;", "}", ""])


def build(program: Program, folder: Path, flags: tuple[str, ...]) -> str:
    """Makes `./program` in the folder; what the compiler said."""
    for path in program.files:
        shutil.copy(path, folder)
    sources = [path.name for path in program.sources]
    if not program.has_main:
        (folder / DRIVER).write_text(call_driver(program))
        sources = [DRIVER]
    command = [
        "gcc",
        "-std=gnu17",
        "-g",
        "-O0",
        "-Wformat",
        "-Wformat-security",
        *flags,
        "-o",
        "program",
        *sources,
        "-lm",
        "-lpthread",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def failures(program: Program, folder: Path) -> Iterator[tuple[str, Failure | None]]:
    """Each run with its first failure."""
    for number, command in enumerate(program.runs):
        line = command if program.has_main else f"./program {number}"
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | OPTIONS,
        )
        yield command, first_failure(done.stderr.decode(errors="replace"), folder)


def first_failure(output: str, folder: Path) -> Failure | None:
    """Names of files stand in reports as the compiler was given them; others are the C library's."""
    ours = "|".join(re.escape(path.name) for path in folder.glob("*.[ch]"))
    output = re.sub(rf"(?m)(^|[ (])((?:{ours}):\d+)", lambda match: f"{match[1]}{folder}/{match[2]}", output)
    for report in reports_of(output, folder):
        path = report.path.name if report.path else ""
        line = 0 if path == DRIVER or "leak" in " ".join(report.codes) else report.line
        return Failure(path, line, report.codes, report.text, report.function)
    return None


def by_sanitizers(program: Program, folder: Path) -> list[str]:
    warnings = build(program, folder, SANITIZERS)
    warned = [
        Failure(match["path"], int(match["line"]), frozenset({code}), match[0])
        for code, pattern in WARNED.items()
        for match in pattern.finditer(warnings)
    ]
    return contradictions(program, failures(program, folder), warned)


def by_memcheck(program: Program, folder: Path) -> list[str]:
    build(program, folder, ("-w",))
    (folder / "program").rename(folder / "checked")
    (folder / "program").write_text(f'#!/bin/sh\nexec {" ".join(MEMCHECK)} ./checked "$@"\n')
    (folder / "program").chmod(0o755)
    return contradictions(program, failures(program, folder), [])


def contradictions(
    program: Program, runs: Iterable[tuple[str, Failure | None]], warned: Sequence[Failure]
) -> list[str]:
    """One sentence for each failure that no mark expects, and each mark that is not seen to fail."""
    is_silent = program.name.startswith(SILENT)
    allowed = program.marks
    expected = [mark for mark in allowed if mark.code not in UNSEEN and not is_silent]
    # What happens behind a call that the compiler warns of is nobody's to say.
    is_anything = any(mark.code in WARNED for mark in expected)
    seen, wrong = list(warned), [f"warned: {f.text}" for f in warned if not any(f.is_of(m, program) for m in expected)]
    for run, failure in runs:
        if failure is None:
            continue
        seen.append(failure)
        if not is_anything and not any(failure.is_of(mark, program) for mark in allowed):
            wrong.append(f"{run}: {failure.path}:{failure.line}: {failure.text} ({', '.join(sorted(failure.codes))})")
    return wrong + [
        f"{m.path}:{m.line}: nothing shows {m.code}" for m in expected if not any(f.is_of(m, program) for f in seen)
    ]


@pytest.mark.parametrize("program", [p for p in programs() if not p.module], ids=lambda program: program.name)
def test_every_function_is_run(program: Program) -> None:
    """What no run executes, no tool can deny."""
    called = {run.split("(")[0].strip() for run in program.runs}
    named = {match["name"] for match in FUNCTION.finditer(program.text)}
    assert program.runs
    assert program.has_main or named == called


@pytest.mark.parametrize("program", [p for p in programs() if not p.module][::EVERY], ids=lambda program: program.name)
def test_the_marks_are_true(program: Program, tmp_path: Path) -> None:
    wrong = by_sanitizers(program, tmp_path)
    if wrong and program.marks:  # what one does not see, or places elsewhere, the other may
        wrong = by_memcheck(program, tmp_path)
    elif FULL and not program.marks:
        wrong += by_memcheck(program, tmp_path)
    assert wrong == []
