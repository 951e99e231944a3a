"""What is reported of code that is right: it must be nothing, or a true mistake that was replayed.

    python benchmarks/quiet.py [--seconds N] [--cache FOLDER] [NAME ...]

Downloads libraries (benchmarks/sources.py says which, and how), checks each as a project of its own within the time
that is given, and prints verdicts, time, memory, and every finding. Ends with status 1 when there is one that the real
code does not confirm.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources import Library, fetch, named, sources_of

GNOMON = Path(sys.executable).with_name("gnomon")  # of the same environment
GRACE = 120  # seconds, for reading the sources


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    files: int
    lines: int
    seconds: float
    printed: dict[str, Any]
    problem: str = ""


def project_of(library: Library, root: Path, folder: Path, seconds: float) -> list[Path]:
    """Copies what is checked of a library, with its flags and the time, and says which C files these are."""
    shutil.copytree(root, folder, dirs_exist_ok=True)
    wanted = {path.relative_to(root) for path in sources_of(library, root)}
    for path in [*folder.rglob("*.c"), *folder.rglob("*.py"), *folder.rglob("*.pyx")]:
        if path.relative_to(folder) not in wanted and path.suffix != ".py":
            path.unlink()
    flags = ", ".join(json.dumps(flag) for flag in library.flags)
    (folder / "pyproject.toml").write_text(
        f"[tool.gnomon]\ncompile_flags = [{flags}]\n[tool.gnomon.budgets]\ncheck_seconds = {seconds}\n"
    )
    return [folder / path for path in sorted(wanted)]


def check(library: Library, root: Path, seconds: float, replays: bool = True) -> Row:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / library.name
        files = project_of(library, root, folder, seconds)
        lines = sum(path.read_bytes().count(b"\n") for path in files)
        begin = time.monotonic()
        command = [str(GNOMON), "check", "--format", "json", "--no-store", *["--replay"] * replays, str(folder)]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=2 * seconds + GRACE)
            printed, problem = json.loads(done.stdout), ""
        except subprocess.TimeoutExpired:
            printed, problem = {}, "did not end"
        except json.JSONDecodeError:
            printed, problem = {}, (done.stderr.strip().splitlines() or ["no JSON"])[-1]
        return Row(library.name, len(files), lines, time.monotonic() - begin, printed, problem)


def show(rows: Sequence[Row]) -> None:
    print(
        "| library | files | lines | functions | not lowered | proved | refuted | undecided | findings | seconds | MB |"
    )
    print("| --- " * 11 + "|")
    for row in rows:
        verdicts, stats = row.printed.get("verdicts", {}), row.printed.get("stats", {})
        functions = row.printed.get("functions", [])
        cells = [
            row.name, row.files, row.lines, len(functions), sum(bool(f.get("not_lowered")) for f in functions),
            *(verdicts.get(key, 0) for key in ("proved", "refuted", "undecided")),
            row.problem or len(row.printed.get("findings", [])), round(row.seconds, 1), stats.get("peak_memory_mb", 0),
        ]  # fmt: skip
        print("| " + " | ".join(str(cell) for cell in cells) + " |")
    for row in rows:
        for finding in row.printed.get("findings", []):
            place = f"{finding['path']}:{finding['line']}"
            print(f"{row.name}: {place}: {finding['code']} ({finding['state']}): {finding['message']}")
        reasons = row.printed.get("verdicts", {}).get("undecided_reasons", {})
        for reason, count in sorted(reasons.items(), key=lambda item: -item[1])[:8]:
            print(f"{row.name}: undecided: {reason} ({count})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each library")
    parser.add_argument("--cache", type=Path, help="keeps what was downloaded")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.cache or Path(scratch)
        rows = [check(library, fetch(library, folder), asked.seconds) for library in named(asked.names)]
    show(rows)
    unconfirmed = [f for row in rows for f in row.printed.get("findings", []) if f["state"] != "replayed"]
    return int(bool(unconfirmed) or any(row.problem for row in rows))


if __name__ == "__main__":
    sys.exit(main())
