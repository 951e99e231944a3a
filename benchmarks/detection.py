"""How many planted mistakes are found, and what is reported besides, by family; other tools on the same files.

    python benchmarks/detection.py [--no-replay] [--no-peers] [--only NAME] [--every N]
    python benchmarks/detection.py --mark REGEX [--below N] FOLDER

Without a folder: the programs under tests/cases, whose marks say which code must stand at which line. With one: every
folder of C files below it, or itself, is one program, and a line that REGEX matches (or the line N below it, where the
comment stands above) holds a mistake of any code.

Our finding counts at the very line of a mark, with the mark's code where it has one. Other tools are given more: what
they say within three lines of a mark counts. `replayed`: the real program, built with sanitizers (or run by memcheck),
failed in the same way at the same line with the inputs of the finding.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay.replaying import replay
from peers import PEERS, Peer, ask

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from programs import Program, programs  # noqa: E402  the tests say what a program is
from test_cases import bindings_of  # noqa: E402

NEAR = 3  # lines


@dataclass(frozen=True, slots=True)
class Place:
    """Of a mistake. An empty code: any."""

    path: str
    line: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One program with its mistakes. `family_of` says by path which row a mistake belongs to."""

    name: str
    files: tuple[Path, ...]
    bindings: str
    planted: tuple[Place, ...]
    family_of: Callable[[str], str]


@dataclass(slots=True)
class Score:
    found: int = 0
    false: int = 0
    replayed: int = 0


@dataclass(slots=True)
class Row:
    planted: int = 0
    scores: dict[str, Score] = field(default_factory=dict)

    def of(self, tool: str) -> Score:
        return self.scores.setdefault(tool, Score())


@dataclass(slots=True)
class Table:
    """Rows by family, and seconds by tool."""

    rows: dict[str, Row] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def row(self, family: str) -> Row:
        return self.rows.setdefault(family, Row())

    def took(self, tool: str, seconds: float) -> None:
        self.seconds[tool] = self.seconds.get(tool, 0.0) + seconds

    def count(self, subject: Subject, tool: str, reported: Iterable[Place], near: int) -> None:
        """Each mistake is found once, and each place that is near none is false once."""
        left = list(subject.planted)
        for place in dict.fromkeys(reported):
            score = self.row(subject.family_of(place.path)).of(tool)
            at = [p for p in subject.planted if _agrees(p, place, near)]
            hit = next((p for p in at if p in left), None)
            if hit is not None:
                left.remove(hit)
                score.found += 1
            elif not at:
                score.false += 1
                self.remarks.append(f"{tool}: {subject.name}: {place.path}:{place.line}: false: {place.code}")
        if tool == "gnomon":
            self.remarks += [f"gnomon: {subject.name}: {p.path}:{p.line}: missed: {p.code}" for p in left]


def _agrees(planted: Place, reported: Place, near: int) -> bool:
    code = not planted.code or near > 0 or planted.code == reported.code
    return code and planted.path == reported.path and abs(planted.line - reported.line) <= near


def own_cases(only: str) -> list[Subject]:
    return [_own_case(program) for program in programs() if only in program.name]


def _own_case(program: Program) -> Subject:
    family = program.name.partition("/")[0]
    bindings = "" if program.has_main else bindings_of(program.text)
    planted = tuple(Place(mark.path, mark.line, mark.code) for mark in program.marks)
    return Subject(program.name, program.files, bindings, planted, lambda _: family)


def other_cases(root: Path, mark: re.Pattern[str], below: int) -> list[Subject]:
    """Folders with C files below a root; a family is a file."""
    found = []
    for folder in sorted({path.parent for path in root.rglob("*.c")}):
        files = sorted(path for path in folder.iterdir() if path.suffix in (".c", ".h"))
        planted = [
            Place(path.name, number + below)
            for path in files
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
            if mark.search(line)
        ]
        found.append(Subject(folder.name, tuple(files), "", tuple(planted), lambda path: Path(path).stem))
    return found


def check(subject: Subject, folder: Path, table: Table, with_replay: bool) -> None:
    """What the product says, and whether the real program agrees."""
    for path in subject.files:
        shutil.copy(path, folder)
    if subject.bindings:
        (folder / "case.py").write_text(subject.bindings)
    begin = time.monotonic()
    result = Session(folder, Settings(store=None)).check({})
    table.took("gnomon", time.monotonic() - begin)
    table.count(subject, "gnomon", (Place(f.path, f.line, f.code) for f in result.findings), 0)
    for finding in result.findings if with_replay else ():
        if problem := _replay_problem(finding, folder):
            table.remarks.append(f"gnomon: {subject.name}: {finding.path}:{finding.line}: not replayed: {problem}")
        else:
            table.row(subject.family_of(finding.path)).of("gnomon").replayed += 1


def _replay_problem(finding: Finding, folder: Path) -> str:
    if finding.history is None:
        return "no history"
    with tempfile.TemporaryDirectory() as cache:
        report = replay(finding, finding.history, folder, Path(cache))
    return "" if report.state == "replayed" else report.reason


def compare(peer: Peer, subject: Subject, table: Table) -> None:
    answer = ask(peer, [path for path in subject.files if path.suffix == ".c"])
    table.took(peer.name, answer.seconds)
    if answer.problem:
        table.remarks.append(f"{peer.name}: {subject.name}: {answer.problem}")
    named = {path.resolve(): path.name for path in subject.files}
    places = [Place(named[r.path], r.line, r.what) for r in answer.reports if r.path in named]
    table.count(subject, peer.name, places, NEAR)


def measure(subjects: Sequence[Subject], peers: Sequence[Peer], with_replay: bool) -> Table:
    table = Table()
    for subject in subjects:
        for place in subject.planted:
            table.row(subject.family_of(place.path)).planted += 1
        with tempfile.TemporaryDirectory() as folder:
            check(subject, Path(folder), table, with_replay)
        for peer in peers:
            compare(peer, subject, table)
    return table


def show(table: Table, tools: Sequence[str], with_replay: bool) -> None:
    heads = ["found", "false", "replayed"] if with_replay else ["found", "false"]
    columns = [f"{tool} {head}" for tool in tools for head in (heads if tool == "gnomon" else heads[:2])]
    print("| family | planted | " + " | ".join(columns) + " |")
    print("| --- " * (len(columns) + 2) + "|")
    total = Row()
    for family, row in sorted(table.rows.items()):
        total.planted += row.planted
        for tool in tools:
            for head in heads:
                setattr(total.of(tool), head, getattr(total.of(tool), head) + getattr(row.of(tool), head))
        print(_line(family, row, tools, heads))
    print(_line("all", total, tools, heads))
    print("seconds: " + ", ".join(f"{tool} {seconds:.0f}" for tool, seconds in table.seconds.items()))


def _line(family: str, row: Row, tools: Sequence[str], heads: Sequence[str]) -> str:
    cells = [getattr(row.of(tool), head) for tool in tools for head in (heads if tool == "gnomon" else heads[:2])]
    return f"| {family} | {row.planted} | " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--mark", default="//~", help="what marks a line in a folder of other programs")
    parser.add_argument("--below", type=int, default=0, help="how many lines below the mark the mistake is")
    parser.add_argument("--only", default="", help="programs of tests/cases whose names hold this")
    parser.add_argument("--every", type=int, default=1, help="only each N-th program; an odd N meets twins alike")
    parser.add_argument("--no-replay", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--list", action="store_true", help="also print each miss, false report and failed replay")
    asked = parser.parse_args()
    subjects = other_cases(asked.folder, re.compile(asked.mark), asked.below) if asked.folder else own_cases(asked.only)
    subjects = subjects[:: asked.every]
    peers = [] if asked.no_peers else [peer for peer in PEERS if peer.is_here]
    table = measure(subjects, peers, not asked.no_replay)
    show(table, ["gnomon", *(peer.name for peer in peers)], not asked.no_replay)
    for remark in table.remarks if asked.list else ():
        print(remark)
    return int(any(row.of("gnomon").false for row in table.rows.values()))


if __name__ == "__main__":
    sys.exit(main())
