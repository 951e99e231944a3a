"""What of the development set the product finds: each older version is checked, and its rows are looked for.

    python benchmarks/found.py FOLDER [PACKAGE ...]

FOLDER keeps the sources (development_set.py downloads them). The extensions are built and exercised, too, so each
version takes minutes. A row is found when a finding is at one of its lines or comes through one, or is of its kind in
its function. Of what is missed, it is printed how much of the function was left open, and why.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from development_set import Bug, bugs, download
from pypi import ask


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    folder, packages = Path(arguments[0]).resolve(), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    rows = bugs(packages)
    answers: dict[str, Mapping[str, Any]] = {}
    for version in dict.fromkeys(bug.versions[0] for bug in rows):
        answer = ask("check", download(version, folder), "--exercise")
        answers[version] = answer.printed
        findings = [f for f in answer.printed.get("findings", ()) if not f["code"].startswith("contract.")]
        print(f"{version}: {len(findings)} findings in {answer.seconds:.1f} s {answer.problem}")
    found = 0
    for bug in rows:
        printed = answers[bug.versions[0]]
        is_found = any(_is_of(bug, finding) for finding in printed.get("findings", ()))
        found += is_found
        reason = "" if is_found else _left_open(bug, printed)
        print(f"{'found ' if is_found else 'missed'} {bug.kind:24} {bug.versions[0]:18} {bug.function}: {reason}")
    print(f"{found} of {len(rows)} found")
    return 0


def _is_of(bug: Bug, finding: Mapping[str, Any]) -> bool:
    places = {(str(step["path"]), step["line"]) for step in finding.get("steps", ())}
    places.add((str(finding["path"]), finding["line"]))
    if any(path.endswith(bug.path.name) and line in bug.lines for path, line in places):
        return True
    is_there = str(finding["path"]).endswith(bug.path.name) and finding["function"] == bug.function
    return is_there and finding["code"] == bug.kind


def _left_open(bug: Bug, printed: Mapping[str, Any]) -> str:
    """What is said of the function."""
    rows = [row for row in printed.get("functions", ()) if row["function"] == bug.function]
    open_ = sum(row["undecided"] for row in rows)
    reasons: Counter[str] = Counter()
    for row in rows:
        reasons.update(row.get("undecided_reasons", row.get("reasons", {})))
    most = reasons.most_common(1)
    return f"{open_} undecided" + (f", mostly {most[0][0]}" if most else "") if rows else "no such function was checked"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
