"""Bugs of published older versions of six projects that later versions do not have: what there is to find.

    python benchmarks/development_set.py [PACKAGE ...]
    python benchmarks/development_set.py --run FOLDER [PACKAGE ...]

Prints a table. With --run the sources of the versions are downloaded into FOLDER and built there with AddressSanitizer
for this Python, and each call is made on both versions: on the older one it must fail, on the newer one it must not.

The rows are data: development_set.toml. A call is a script that ends with 0 where the bug is not; how the bug shows is
then a signal, a report of the sanitizer, an assertion, or another exception. `grown(work)` is the number of blocks of
memory that a call of `work` leaves behind; `failing(work, until)` calls it with its first allocation failing, then with
its second one, and so on. Where `runs` is false the call alone does not show it (it takes a debug build of Python, or
memory that few machines have): such a row was confirmed by reading both versions. So was one whose versions cannot be
built for the running Python: `below` names the first one that is too new.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

DATA = Path(__file__).with_suffix(".toml")
PROJECTS = ("bitarray", "llist", "multidict", "psutil", "simplejson", "ujson")
SECONDS = 60
PRELUDE = """
def grown(work, count=200):
    import gc, sys
    for _ in range(3):
        work()
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(count):
        work()
    gc.collect()
    return (sys.getallocatedblocks() - before) / count

def failing(work, until):
    import _testcapi
    for allocation in range(until):
        _testcapi.set_nomemory(allocation, allocation + 1)
        try:
            work()
        except Exception:
            pass
        finally:
            _testcapi.remove_mem_hooks()
"""


@dataclass(frozen=True, slots=True)
class Bug:
    """`path`, `function` and `lines` are of the older version; a report at any of the lines, or for what is wrong there
    at another line of the function, is right."""

    package: str
    buggy: str
    fixed: str
    path: Path
    function: str
    lines: tuple[int, ...]
    kind: str
    wrong: str
    call: str
    sources: tuple[str, ...]
    runs: bool = True
    below: str = ""

    @property
    def is_run(self) -> bool:
        return self.runs and (not self.below or sys.version_info < tuple(map(int, self.below.split("."))))

    @property
    def versions(self) -> tuple[str, str]:
        return f"{self.package}=={self.buggy}", f"{self.package}=={self.fixed}"


@dataclass(frozen=True, slots=True)
class Ending:
    """Of a call: the exit status, and the line of the output that says most."""

    status: int
    says: str


def bugs(packages: Sequence[str] = ()) -> tuple[Bug, ...]:
    """All rows, or those of some packages, as they stand in the file: by package and version."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["bug"]
    return tuple(_bug(row) for row in rows if not packages or row["package"] in packages)


def _bug(row: dict[str, Any]) -> Bug:
    listed = {name: tuple(row[name]) for name in ("lines", "sources")}
    return Bug(**{**row, **listed, "path": Path(row["path"])})


def download(requirement: str, folder: Path) -> Path:
    """The unpacked sources of one version."""
    project = folder / requirement.replace("==", "-")
    if not project.is_dir():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, *_isolation(project), "--dest", str(folder), requirement], check=True)
        archive = next(folder.glob(f"{project.name}.tar.*"))
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return project


def build(project: Path) -> Path:
    """The folder to import from; raises CalledProcessError when this Python is too new for the version."""
    built = project / "sanitized"
    if not built.is_dir():
        flags = {
            "CFLAGS": "-g -O1 -fsanitize=address -fno-omit-frame-pointer",
            "LDFLAGS": "-fsanitize=address",
            "UJSON_BUILD_NO_STRIP": "1",
        }
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", "unfinished"]
        command += [*_isolation(project), "."]
        subprocess.run(command, cwd=project, env=os.environ | flags, check=True, capture_output=True)
        (project / "unfinished").rename(built)
    return built


def _isolation(project: Path) -> list[str]:
    """Only ujson takes more than setuptools to be built."""
    return [] if project.name.startswith("ujson-") else ["--no-build-isolation"]


def make(call: str, built: Path) -> Ending:
    """Makes the call with what was built. Freed memory is overwritten, but for calls that count blocks of memory."""
    asked = subprocess.run(["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True)
    environment = os.environ | {
        "LD_PRELOAD": asked.stdout.strip(),
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
        "PYTHONPATH": str(built.resolve()),
        "PYTHONMALLOC": "default" if "grown(" in call else "malloc_debug",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-c", PRELUDE + call],
            cwd=built,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Ending(-1, f"longer than {SECONDS} seconds")
    lines = done.stderr.strip().splitlines()
    reports = (line for line in lines if "ERROR: AddressSanitizer" in line)
    return Ending(done.returncode, next(reports, lines[-1] if lines else ""))


def run(bug: Bug, folder: Path) -> str:
    """What the call says of both versions."""
    try:
        older, newer = (make(bug.call, build(download(version, folder))) for version in bug.versions)
    except subprocess.CalledProcessError as failed:
        return f"not built: {' '.join(map(str, failed.cmd))[-60:]}"
    if older.status and not newer.status:
        return f"shown: {older.says[:90]}"
    return f"NOT SHOWN: {bug.buggy} ended with {older.status}, {bug.fixed} with {newer.status} {newer.says[:60]}"


def table(rows: Sequence[Bug]) -> str:
    lines = ["| package | last with it | first without | where | kind | runs | what is wrong |", "|" + " --- |" * 7]
    for bug in rows:
        where = f"{bug.path}:{bug.lines[0]} {bug.function}"
        runs = "yes" if bug.runs and not bug.below else f"below {bug.below}" if bug.below else "no"
        lines.append(f"| {bug.package} | {bug.buggy} | {bug.fixed} | {where} | {bug.kind} | {runs} | {bug.wrong} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] != ["--run"]:
        print(table(bugs(arguments)))
        return 0
    folder, failed = Path(arguments[1]), False
    folder.mkdir(parents=True, exist_ok=True)
    for bug in bugs(arguments[2:]):
        said = run(bug, folder) if bug.is_run else "read only"
        failed |= said.startswith("NOT SHOWN")
        print(f"{bug.package} {bug.buggy} {bug.function} {bug.kind}: {said}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
