"""A whole project, cold: time, memory and findings, and other tools on the same files.

    python benchmarks/cold.py [--seconds N] [--cache FOLDER] [NAME ...]

Checks bitarray's C sources and lua without stored verdicts (NAMEs of benchmarks/sources.py for others), then asks
gcc -fanalyzer, clang-tidy's clang-analyzer-* and cppcheck about the same files with the same flags. Confirmed findings
are those that the interpreter reproduced; the other tools confirm none. Ends with status 1 when a check takes longer
than N seconds (60) or more than 2 GB, or when half of its work is the solver's. Deciding may take five sixths of the
time; the rest is for reading the sources, and for what is under way when that is over.
"""

from __future__ import annotations

import argparse
import sys
import sysconfig
import tempfile
from pathlib import Path

from peers import PEERS, ask
from quiet import check
from sources import Library, fetch, named, sources_of

MOST_MEGABYTES = 2048
MOST_SOLVING = 1 / 2  # of the work of all phases, over all processes
DECIDING = 5 / 6  # of the time


def flags_of(library: Library, root: Path) -> list[str]:
    """The flags with paths from the library's root, and Python's headers for an extension."""
    flags = [f"-I{root / flag[2:]}" if flag.startswith("-I") else flag for flag in library.flags]
    return [*flags, f"-I{sysconfig.get_paths()['include']}"] if library.origin == "pypi" else flags


def rows_of(library: Library, root: Path, seconds: float) -> tuple[list[str], bool]:
    row = check(library, root, DECIDING * seconds, replays=False)
    findings = row.printed.get("findings", [])
    stats = row.printed.get("stats", {})
    megabytes = stats.get("peak_memory_mb", 0)
    verdicts = row.printed.get("verdicts", {})
    said = ", ".join(f"{verdicts.get(key, 0)} {key}" for key in ("proved", "refuted", "undecided"))
    share = stats.get("solver_seconds", 0) / max(1e-9, sum(stats.get("phases", {}).values()))
    said += f"; {share:.0%} of the work in the solver"
    count = len(findings)
    rows = [
        f"| {library.name} | gnomon | {row.seconds:.1f} | {megabytes} | {count} | {count} | {row.problem or said} |"
    ]
    for peer in PEERS:
        if not peer.is_here:
            rows.append(f"| {library.name} | {peer.name} | | | | | not installed |")
            continue
        answer = ask(peer, sources_of(library, root), flags_of(library, root))
        rows.append(
            f"| {library.name} | {peer.name} | {answer.seconds:.1f} | {answer.megabytes} | {len(answer.reports)} | 0 "
            f"| {answer.problem} |"
        )
    is_within = row.seconds <= seconds and megabytes <= MOST_MEGABYTES and share < MOST_SOLVING
    return rows, not row.problem and is_within


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--cache", type=Path, help="keeps what was downloaded")
    asked = parser.parse_args()
    held = True
    print("| project | tool | seconds | MB | findings | confirmed | |\n" + "| --- " * 7 + "|")
    with tempfile.TemporaryDirectory() as scratch:
        for library in named(asked.names or ["bitarray", "lua5.4"]):
            rows, within = rows_of(library, fetch(library, asked.cache or Path(scratch)), asked.seconds)
            print("\n".join(rows), flush=True)
            held &= within
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
