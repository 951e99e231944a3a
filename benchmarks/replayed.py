"""Which findings fail in the real code, too: every one of tests/cases, tests/environment and examples is replayed.

    python benchmarks/replayed.py [--only NAME] [--every N]

Prints by code how many findings there are, how many a program in C drives and how many a script of Python, how many of
them failed in the same way at the same line, and of each other why not. Ends with status 1 when one that a program in C
drives did not, though it can be seen.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.replaying import replay
from gnomon.analysis.replay.report import ReplayReport

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from programs import Program, programs  # noqa: E402  the tests say what a program is
from test_cases import lay_out  # noqa: E402

EXAMPLES = ("telemetry", "sketch")


@dataclass(frozen=True, slots=True)
class Subject:
    """A project. `make` lays it out in a folder."""

    name: str
    make: Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Replayed:
    subject: str
    finding: Finding
    is_driven_by_c: bool
    report: ReplayReport

    @property
    def is_replayed(self) -> bool:
        return self.report.state == "replayed"


def subjects() -> Iterator[Subject]:
    for program in programs():
        if program.marks:
            yield Subject(program.name, partial(lay_out, program))
    for source in sorted((ROOT / "tests" / "environment").glob("*.c")):
        program = Program(f"environment/{source.stem}", (source,))
        yield Subject(program.name, partial(lay_out, program))
    ignored = shutil.ignore_patterns("*.so", "*.o", "build", "__pycache__")
    for name in EXAMPLES:
        example = ROOT / "examples" / name
        yield Subject(f"examples/{name}", partial(shutil.copytree, example, dirs_exist_ok=True, ignore=ignored))


def replayed(subject: Subject) -> Iterator[Replayed]:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch).resolve() / "project"
        root.mkdir()
        subject.make(root)
        for finding in Session(root, Settings(store=None)).check({}).findings:
            if (entry := finding.history) is not None:
                report = replay(finding, entry, root, Path(scratch) / "builds")
                by_c = is_driven_by_c(finding, entry, root)
                yield Replayed(subject.name, finding, by_c, report)


def show(rows: Sequence[Replayed]) -> None:
    print("| code | findings | unseen by any tool | driven by C | replayed | driven by Python | replayed |")
    print("| --- " * 7 + "|")
    for code in sorted({row.finding.code for row in rows}):
        print(line(code, [row for row in rows if row.finding.code == code]))
    print(line("all", rows))
    for row in rows:
        if not row.is_replayed:
            driver = "C" if row.is_driven_by_c else "Python"
            place = f"{row.subject}: {row.finding.path}:{row.finding.line}"
            print(f"{place}: {row.finding.code} by {driver}: {row.report.state}: {row.report.reason}")


def line(name: str, rows: Sequence[Replayed]) -> str:
    seen = [row for row in rows if not row.report.is_unseen]
    cells = [name, len(rows), len(rows) - len(seen)]
    for by_c in (True, False):
        driven = [row for row in seen if row.is_driven_by_c == by_c]
        cells += [len(driven), sum(row.is_replayed for row in driven)]
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="subjects whose names begin so")
    parser.add_argument("--every", type=int, default=1, help="of so many subjects one")
    asked = parser.parse_args()
    chosen = [subject for subject in subjects() if subject.name.startswith(asked.only)][:: asked.every]
    rows = [row for subject in chosen for row in replayed(subject)]
    show(rows)
    return int(any(row.is_driven_by_c and not row.report.is_unseen and not row.is_replayed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
