"""What the product says of the newest versions of six extensions, each finding with the script that makes it fail.

    python benchmarks/newest.py FOLDER [PACKAGE ...]

The versions are downloaded into FOLDER/sources, built, checked, exercised, and every finding is replayed; its script is
written to FOLDER/PACKAGE-VERSION/ID.py. What is printed are reports of mistakes that nobody may know yet: each is to be
judged in the sources. What a package takes to be built must be installed beside gnomon (for ujson: setuptools-scm), or
it is not exercised, which is said. Ends with status 1 when a finding that is shown was not replayed. (Contracts are
facts, which nothing runs.)
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from development_set import PROJECTS
from pypi import Answer, ask, download

HEAD = ("package", "code", "place", "message", "state", "script")


def newest(package: str, folder: Path) -> Path:
    """The unpacked sources of the newest version, called PACKAGE-VERSION."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        fetched = download(package, Path(scratch))
        project = folder / fetched.name
        if not project.is_dir():
            fetched.rename(project)
    return project


def lines(name: str, answer: Answer, folder: Path) -> list[str]:
    """Of a table; writes the scripts."""
    found = []
    for finding in answer.findings:
        script = folder / f"{finding['id']}.py"
        if finding["script"]:
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text(finding["script"], encoding="utf-8")
        place = f"{finding['path']}:{finding['line']} {finding['function']}"
        message = finding["message"].replace("|", "\\|").replace("\n", " ")
        written = f"{folder.name}/{script.name}" if finding["script"] else ""
        cells = [name, finding["code"], place, message, finding["state"], written]
        found.append(f"| {' | '.join(cells)} |")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("packages", nargs="*")
    asked = parser.parse_args()
    folder: Path = asked.folder.resolve()
    counts: Counter[str] = Counter()
    problems = []
    print(f"| {' | '.join(HEAD)} |\n" + "| --- " * len(HEAD) + "|")
    for package in asked.packages or PROJECTS:
        project = newest(package, folder / "sources")
        answer = ask("check", project, "--no-store", "--exercise", "--replay")
        for line in lines(project.name, answer, folder / project.name):
            print(line, flush=True)
        counts.update(finding["state"] for finding in answer.findings)
        counts.update({"not replayed": len(answer.unconfirmed), "withdrawn": len(answer.withdrawn)})
        problems += [f"{project.name}: {problem}" for problem in answer.problems]
    for problem in problems:
        print(problem)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return int(counts["not replayed"] > 0)


if __name__ == "__main__":
    sys.exit(main())
