"""What of the development set the product finds: each older version is checked, and its rows are looked for.

    python benchmarks/found.py FOLDER [PACKAGE ...]

FOLDER keeps the sources (development_set.py downloads them). The extensions are built and exercised, too, so each
version takes minutes. A row is found when a finding is at one of its lines or comes through one, or is of its kind in
its function; its script is then run on the version in which the bug is fixed, where it must not fail any more. Of what
is missed, it is printed how much of the function was left open, and why.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from development_set import Bug, bugs, download
from gnomon.analysis.exercise.building import built
from gnomon.analysis.exercise.exercising import output_of
from gnomon.analysis.exercise.plan import Exercise
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sanitizer import reports_of
from pypi import ask

_MODULE = re.compile(r'^(?:sys\.path\.insert.*\nimport |found = .*find_spec\(")(?P<name>[\w.]+)(?:$|", )', re.M)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("packages", nargs="*")
    asked = parser.parse_args()
    folder: Path = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    rows = bugs(asked.packages)
    answers: dict[str, Mapping[str, Any]] = {}
    for version in dict.fromkeys(bug.versions[0] for bug in rows):
        answer = ask("check", download(version, folder), "--exercise")
        answers[version] = answer.printed
        findings = [f for f in answer.printed.get("findings", ()) if not f["code"].startswith("contract.")]
        troubles = "; ".join(problem for problem in answer.problems if "exercised" in problem)
        print(f"{version}: {len(findings)} findings in {answer.seconds:.1f} s {troubles}", flush=True)
    counts: Counter[str] = Counter()
    for bug in rows:
        printed = answers[bug.versions[0]]
        finding = next((f for f in printed.get("findings", ()) if _is_of(bug, f)), None)
        told = _left_open(bug, printed) if finding is None else f"{finding['state']}, {_on_fixed(bug, finding, folder)}"
        counts["found"] += finding is not None
        counts[told] += finding is not None
        print(
            f"{'found ' if finding else 'missed'} {bug.kind:24} {bug.versions[0]:18} {bug.function}: {told}", flush=True
        )
    print(f"{counts.pop('found', 0)} of {len(rows)} found")
    for told, count in sorted((+counts).items()):
        print(f"  {count} {told}")
    return 0


def _on_fixed(bug: Bug, finding: Mapping[str, Any], folder: Path) -> str:
    """What becomes of the finding's script where the bug is fixed."""
    module = _MODULE.search(finding.get("script") or "")
    if module is None:
        return "without a script"
    root = download(bug.versions[1], folder)
    try:
        built_there = built(Exercise(root, {module["name"]: ()}, ()), folder / "builds")
    except ReplayRefusedError as refused:
        return f"not built where it is fixed: {refused}"
    reports = reports_of(output_of(finding["script"], built_there), root)
    is_there = any(finding["code"] in report.codes for report in reports)
    return "still there where it is fixed" if is_there else "gone where it is fixed"


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
    sys.exit(main())
