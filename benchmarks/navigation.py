"""How much of the boundary of real extensions is seen, and how often go-to-definition from Python lands in C.

    python benchmarks/navigation.py [--cache FOLDER] [--only NAME] [--seconds N] [--verbose]

Downloads source distributions, builds each with debug information in an environment of its own, and compares with what
the built extension holds and with the calls that its own test suite makes (observed.py). Runs the code it downloads:
its build and its tests. Prints two tables; --verbose lists the misses by cause. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.navigation.definition import definition
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.workspace import Snapshot

ENTRY_GOAL, CALL_GOAL = 0.99, 0.95
OBSERVER = Path(__file__).with_name("observed.py")
# A function is a symbol of its own only where nothing is inlined, cloned or folded.
FLAGS = "-g -O1 -fno-inline -fno-ipa-icf -fno-ipa-cp -fno-ipa-sra -fno-partial-inlining"
PLAIN = ("-c", "/dev/null", "--rootdir=.")  # pytest without the project's own options
PATIENCE = 900  # seconds for a build


@dataclass(frozen=True, slots=True)
class Project:
    """`tests`: what pytest is told. `needs`: what the tests import."""

    name: str
    tests: tuple[str, ...]
    needs: tuple[str, ...] = ()


PROJECTS = (
    Project("bitarray", ("bitarray/test_bitarray.py", "bitarray/test_util.py")),
    Project(
        "multidict",
        (*PLAIN, "tests"),
        ("hypothesis", "objgraph", "psutil", "pytest-codspeed"),
    ),
    Project("pyahocorasick", ("tests",)),
    Project("simplejson", ("simplejson/tests",)),
    Project("psutil", (*PLAIN, "tests/test_linux.py", "tests/test_system.py", "tests/test_process.py")),
    Project("ujson", ("tests",)),
    Project("llist", ("tests/llist_test.py", "tests/dllist_test.py", "tests/sllist_test.py")),
    Project("regex", ("regex/tests/test_regex.py",)),
)


@dataclass(frozen=True, slots=True)
class Built:
    root: Path
    python: Path
    modules: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """`misses` by cause."""

    right: int = 0
    misses: dict[str, list[str]] = field(default_factory=dict)

    def miss(self, cause: str, what: str) -> None:
        self.misses.setdefault(cause, []).append(what)

    @property
    def total(self) -> int:
        return self.right + sum(map(len, self.misses.values()))


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """What a command prints. Raises CalledProcessError with its output."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=PATIENCE,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-5:]), file=sys.stderr)
        done.check_returncode()
    return done.stdout


def build(project: Project, cache: Path) -> Built:
    """Downloads, unpacks and builds a project in place, unless the cache has it built."""
    home = cache / project.name
    python = home / "environment" / "bin" / "python"
    if not (home / "built").exists():
        home.mkdir(parents=True, exist_ok=True)
        plain = {"PYTHONPATH": ""}
        run([sys.executable, "-m", "venv", "--clear", home / "environment"], home, **plain)
        pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check"]
        run([*pip, "install", "-q", "-U", "setuptools", "setuptools-scm", "pytest", *project.needs], home, **plain)
        run([*pip, "download", "-q", "--no-deps", "--no-binary", ":all:", "--dest", home, project.name], home, **plain)
        with tarfile.open(next(home.glob("*.tar.gz"))) as packed:
            packed.extractall(home / "source", filter="data")
        root = next((home / "source").iterdir())
        log = run([python, "setup.py", "build_ext", "--inplace"], root, CFLAGS=FLAGS, CXXFLAGS=FLAGS, PYTHONPATH="")
        (root / "compile_commands.json").write_text(json.dumps(commands_of(log, root)))
        (home / "built").touch()
    root = next((home / "source").iterdir())
    libraries = [path.relative_to(root) for path in root.rglob("*.so") if "build" not in path.relative_to(root).parts]
    modules = tuple(sorted(".".join([*path.parent.parts, path.name.split(".")[0]]) for path in libraries))
    return Built(root, python, modules)


def commands_of(log: str, root: Path) -> list[dict[str, object]]:
    """The compilation database of a build by its log: the compiler's lines that name one C file."""
    rows: list[dict[str, object]] = []
    for line in log.splitlines():
        if " -c " not in line or not re.match(r"\S*(cc|clang)\S* ", line):
            continue
        words = shlex.split(line)
        rows += [{"directory": str(root), "file": w, "arguments": words} for w in words if w.endswith(".c")]
    return rows


def observe(built: Built, command: Sequence[str], out: Path) -> list[dict[str, Any]]:
    """The rows of observed.py, with the native function's name and file in place of its address."""
    run(
        [built.python, OBSERVER, command[0], out, *command[1:]],
        built.root,
        PYTHONPATH=str(built.root),
        PYTHONDONTWRITEBYTECODE="1",
    )
    rows: list[dict[str, Any]] = json.loads(out.read_text())
    for library in {row["library"] for row in rows}:
        own = [row for row in rows if row["library"] == library]
        answer = run(["addr2line", "-f", "-e", library, *(hex(row["offset"]) for row in own)], built.root).splitlines()
        for row, function, place in zip(own, answer[::2], answer[1::2], strict=True):
            row["function"], row["file"] = function.split(".")[0], place.rsplit(":", 1)[0]
    return rows


KINDS = {"method": ("method", "function"), "getter": ("getset",), "setter": ("slot",), "slot": ("slot",)}


def entries(rows: Iterable[Mapping[str, Any]], boundary: Boundary) -> Tally:
    """Compares what the built extension's tables hold with the edges."""
    known: dict[tuple[str, str, str], list[Binding]] = {}
    slots: dict[tuple[str, str], list[str]] = {}
    for binding in boundary.bindings:
        holder, _, name = binding.python.rpartition(".")
        if binding.kind == "type":
            for slot, key in binding.slots:
                slots.setdefault((name, slot), []).append(key)
        known.setdefault((holder.rsplit(".", 1)[-1], name, binding.kind), []).append(binding)
    of_key = {b.native_key: b for b in boundary.bindings if b.native_key}
    tally = Tally()
    for row in rows:
        holders = [holder.rsplit(".", 1)[-1] for holder in row["holders"]]
        found: list[Binding] = []
        for holder in holders:
            if row["kind"] == "slot":
                found += [of_key[key] for key in slots.get((holder, row["name"]), []) if key in of_key]
            elif row["kind"] == "setter":
                found += known.get((row["name"], "__set__", "slot"), [])
            else:
                found += [b for kind in KINDS[row["kind"]] for b in known.get((holder, row["name"], kind), [])]
        what = f"{holders[0]}.{row['name']} ({row['kind']}) -> {row['function']}"
        if any(_is_there(b, row) for b in found):
            tally.right += 1
        else:
            tally.miss("another function" if found else "no edge", what)
    return tally


def _is_there(binding: Binding, row: Mapping[str, Any]) -> bool:
    """Name and file are the same; the name alone where the project strips what it builds."""
    place = binding.definition
    if row["file"] == "??":
        return binding.native == row["function"] and place is not None
    return binding.native == row["function"] and place is not None and os.path.normpath(row["file"]) == place.path


def calls(rows: Iterable[Mapping[str, Any]], root: Path, facts: WorkspaceFacts) -> Tally:
    """Asks for the definition at each call that the tests made."""
    snapshot = Snapshot.of(root)
    names = {
        (f.path, f.line, f.column): f.name for unit in facts.sources.values() for f in unit.functions if f.is_definition
    }
    tally = Tally()
    sites: dict[tuple[str, int, int], list[Mapping[str, Any]]] = {}
    for row in rows:
        sites.setdefault((row["path"], row["line"], row["column"]), []).append(row)
    for (path, line, column), called in sites.items():
        targets = definition(snapshot, facts.boundary, Position(path, line, column))
        landed = {names.get((t.path, t.line, t.column), "") for t in targets}
        text = snapshot.line(path, line).strip()
        what = f"{Path(path).name}:{line}: {called[0]['name']}: {text}"
        if {row["function"] for row in called} & landed:
            tally.right += 1
        else:
            tally.miss("another place" if targets else cause(text, called[0]["name"]), what)
    return tally


def cause(text: str, name: str) -> str:
    """What kind of expression was not followed, by the receiver as it is written."""
    short = name.rsplit(".", 1)[-1]
    match = re.search(r"([\w.\]\[)(]*)\." + re.escape(short) + r"\b", text)
    if match is None:
        return "a plain name"
    receiver = match[1]
    if receiver.startswith(("self.", "cls.")):
        return "an attribute of self"
    return "the result of a call" if receiver.endswith(")") else "a variable or attribute"


def measure(project: Project, cache: Path, seconds: float) -> tuple[Tally, Tally]:
    built = build(project, cache)
    out = cache / project.name
    facts = Session(built.root, Settings(store=None)).open({})
    held = observe(built, ["tables", *built.modules], out / "tables.json")
    command = ["calls", str(seconds), *built.modules, "--", *project.tests]
    made = observe(built, command, out / "calls.json")
    return entries(held, facts.boundary), calls(made, built.root, facts)


def table(title: str, tallies: Mapping[str, Tally], goal: float) -> bool:
    """Prints a table; is the goal met everywhere?"""
    print(f"{title:40} right  of all   share  (goal {goal:.0%})")
    total = Tally(sum(t.right for t in tallies.values()))
    for tally in tallies.values():
        for reason, rows in tally.misses.items():
            total.misses.setdefault(reason, []).extend(rows)
    for name, tally in {**tallies, "all": total}.items():
        share = tally.right / tally.total if tally.total else 1.0
        print(f"  {name:38} {tally.right:5}  {tally.total:6}  {share:6.1%}")
    print()
    return all(t.right >= goal * t.total for t in tallies.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cache", type=Path, help="where downloads and builds are kept; default: a temporary folder")
    parser.add_argument("--only", action="append", help="a project; may be given several times")
    parser.add_argument("--seconds", type=float, default=120, help="for each test suite")
    parser.add_argument("--verbose", action="store_true", help="list the misses by cause")
    given = parser.parse_args()
    chosen = [p for p in PROJECTS if not given.only or p.name in given.only]
    held: dict[str, Tally] = {}
    made: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as folder:
        for project in chosen:
            held[project.name], made[project.name] = measure(
                project, (given.cache or Path(folder)).absolute(), given.seconds
            )
    is_met = table("entries of tables", held, ENTRY_GOAL)
    is_met &= table("calls that the tests make", made, CALL_GOAL)
    for kind, tallies in (("entry", held), ("call", made)) if given.verbose else ():
        for name, tally in tallies.items():
            causes = Counter({reason: len(rows) for reason, rows in tally.misses.items()})
            for reason, count in causes.most_common():
                print(f"{name}, {kind}: {reason} ({count})", *tally.misses[reason], sep="\n    ")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
