"""Baselines: what a project knows of already, so that a check reports only what is new.

A finding is known by its code, its file, its function and the text of its line. The line's number and its spaces do not
matter, so that findings stay known while the code around them is edited; a line that changes makes its finding new.
Where several findings are the same by that, as many are known as the baseline counts. A hint that has become a finding
is new.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.workspace import Snapshot

SCHEMA = 1


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """What a finding is known by. `path` is relative to the project's folder."""

    path: str
    function: str
    code: str
    text: str
    is_hint: bool = False


Baseline = Counter[Known]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A result against a baseline: how many findings were left out of it, and what of the baseline is there no more."""

    known: int
    stale: Baseline


class BrokenBaselineError(Exception):
    """The text says what is wrong, to a person."""


def known_by(finding: Finding, snapshot: Snapshot) -> Known:
    line = snapshot.line(str(snapshot.root / finding.path), finding.line)
    return Known(finding.path, finding.function, finding.code, " ".join(line.split()), finding.tier == "latent")


def baseline_of(findings: Iterable[Finding], snapshot: Snapshot) -> Baseline:
    return Counter(known_by(finding, snapshot) for finding in findings)


def without_known(
    result: CheckResult, baseline: Baseline, snapshot: Snapshot, may_be_stale: Callable[[Known], bool]
) -> tuple[CheckResult, Comparison]:
    """The result with what is new. Only what `may_be_stale` is told to be there no more."""
    left = baseline.copy()
    new = []
    for finding in result.findings:
        known = known_by(finding, snapshot)
        if left[known] > 0:
            left[known] -= 1
        else:
            new.append(finding)
    stale = Counter({known: count for known, count in left.items() if count > 0 and may_be_stale(known)})
    return replace(result, findings=tuple(new)), Comparison(len(result.findings) - len(new), stale)


def written(baseline: Baseline) -> str:
    """The file's text: an entry a line, in order, so that changes of it can be read and merged."""
    rows = [json.dumps(_row(known, baseline[known]), ensure_ascii=False) for known in sorted(baseline)]
    listed = ",\n".join(f"    {row}" for row in rows)
    findings = f"[\n{listed}\n  ]" if rows else "[]"
    return f'{{\n  "schema": {SCHEMA},\n  "findings": {findings}\n}}\n'


def stale_lines(comparison: Comparison) -> list[str]:
    """A sentence for each entry that matches nothing any more."""
    return [
        f"the baseline knows {f'{count} times ' if count > 1 else ''}{known.code} in {known.path}"
        f"{f' ({known.function})' if known.function else ''}, which is there no more: {known.text}"
        for known, count in sorted(comparison.stale.items())
    ]


def _row(known: Known, count: int) -> dict[str, Any]:
    row = {"path": known.path, "function": known.function, "code": known.code, "text": known.text}
    return {**row, **({"hint": True} if known.is_hint else {}), **({"count": count} if count > 1 else {})}


def read(path: Path) -> Baseline:
    """Raises BrokenBaselineError."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenBaselineError(f"there is no baseline {path}; --write-baseline writes it") from None
    except OSError as error:
        raise BrokenBaselineError(f"the baseline {path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BrokenBaselineError(f"{path} is no baseline: {error}") from None
    rows = given.get("findings") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(rows, list):
        raise BrokenBaselineError(f'{path} is no baseline: "findings" must be a list')
    if given.get("schema") != SCHEMA:
        raise BrokenBaselineError(f'{path} is of another version: its "schema" is not {SCHEMA}')
    baseline: Baseline = Counter()
    for number, row in enumerate(rows, 1):
        entry = _entry(row)
        if entry is None:
            raise BrokenBaselineError(f"{path} is broken: finding {number} is no entry of a baseline")
        baseline[entry[0]] += entry[1]
    return baseline


def _entry(row: object) -> tuple[Known, int] | None:
    match row:
        case {"path": str(path), "function": str(function), "code": str(code), "text": str(text), **more}:
            count, is_hint = more.get("count", 1), more.get("hint", False)
            if type(count) is int and count > 0 and type(is_hint) is bool:
                return Known(path, function, code, text, is_hint), count
    return None
