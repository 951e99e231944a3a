"""What the product makes of real extensions: downloads their sources, asks for bindings and findings, prints a table.

    python benchmarks/pypi.py [NAME ...]

Runs nothing of what it downloads but, for the metadata that pip asks for, their setup.py.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGES = ("mmh3", "MarkupSafe", "python-Levenshtein==0.12.2", "xxhash")
SECONDS = 900
GNOMON = Path(sys.executable).with_name("gnomon")  # of the same environment


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one command: what it printed as JSON, or what went wrong."""

    printed: dict[str, Any]
    seconds: float
    problem: str = ""

    @property
    def findings(self) -> list[dict[str, Any]]:
        return list(self.printed.get("findings", []))

    @property
    def unconfirmed(self) -> list[dict[str, Any]]:
        """What was asked to be replayed and was not; contracts are facts, which nothing runs."""
        return [f for f in self.findings if f["state"] != "replayed" and not f["code"].startswith("contract.")]

    @property
    def problems(self) -> list[str]:
        """What kept something from being checked, and what the real code denied."""
        return [*map(str, self.printed.get("problems", [])), *[self.problem] * bool(self.problem)]

    @property
    def withdrawn(self) -> list[str]:
        return [problem for problem in self.problems if " is left out: " in problem]


def download(requirement: str, folder: Path, is_isolated: bool = True) -> Path:
    """The unpacked source distribution. Not isolated: what building it would take besides setuptools is not fetched."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    command += [] if is_isolated else ["--no-build-isolation"]
    subprocess.run([*command, "--dest", str(folder), requirement], check=True, timeout=SECONDS)
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def ask(command: str, project: Path, *options: str) -> Answer:
    """One command of the product. Findings make its exit status 1, so the status alone says nothing."""
    begin = time.monotonic()
    try:
        done = subprocess.run(
            [str(GNOMON), command, "--format", "json", *options, str(project)],
            cwd=project,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        return Answer(json.loads(done.stdout), time.monotonic() - begin)
    except FileNotFoundError:
        return Answer({}, 0.0, f"{GNOMON} is not there")
    except subprocess.TimeoutExpired:
        return Answer({}, time.monotonic() - begin, f"longer than {SECONDS} seconds")
    except json.JSONDecodeError:
        words = done.stderr.strip().splitlines() or ["no JSON"]
        return Answer({}, time.monotonic() - begin, words[-1])


def bindings_row(answer: Answer) -> str:
    if answer.problem:
        return f"bindings: {answer.problem}"
    rows = [b for b in answer.printed.get("bindings", []) if b["kind"] in ("function", "method", "getset", "slot")]
    resolved = sum(bool(b.get("path")) for b in rows)
    return f"table entries {resolved} of {len(rows)} resolved ({answer.seconds:.1f} s)"


def check_rows(answer: Answer) -> list[str]:
    if answer.problem:
        return [f"check: {answer.problem}"]
    functions = answer.printed.get("functions", [])
    reasons = Counter(f["not_lowered"] for f in functions if f.get("not_lowered"))
    lowered = len(functions) - reasons.total()
    share = 100 * lowered / len(functions) if functions else 0
    verdicts = answer.printed.get("verdicts", {})
    states = Counter(f"{f['code']} {f['state']}" for f in answer.printed.get("findings", []))
    stats = answer.printed.get("stats", {})
    return [
        f"lowered {lowered} of {len(functions)} functions ({share:.0f} %)",
        *(f"  not modelled: {reason} ({count})" for reason, count in reasons.most_common()),
        "verdicts " + ", ".join(f"{verdicts.get(k, 0)} {k}" for k in ("proved", "refuted", "undecided")),
        *(f"  undecided: {why} ({count})" for why, count in verdicts.get("undecided_reasons", {}).items()),
        "findings " + (", ".join(f"{what}: {count}" for what, count in states.items()) or "none"),
        f"{answer.seconds:.1f} s, {stats.get('peak_memory_mb', 0)} MB in the engine",
    ]


def main(requirements: list[str]) -> int:
    failed = False
    for requirement in requirements or PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            project = download(requirement, Path(folder))
            bindings, check = ask("bindings", project), ask("check", project)
            print(project.name)
            for row in (bindings_row(bindings), *check_rows(check)):
                print("  " + row)
            failed |= bool(bindings.problem or check.problem)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"largest process: {children} MB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
