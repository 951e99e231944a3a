"""Workflow commands of GitHub Actions: a finding becomes an annotation of its line."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import CheckResult, Finding, Tier
from gnomon.analysis.workspace import Snapshot
from gnomon.server.reports.json import named_inputs
from gnomon.server.reports.places import columns

_COMMANDS: dict[Tier, str] = {"error": "error", "warning": "warning", "note": "notice", "latent": "notice"}


def github_report(result: CheckResult, snapshot: Snapshot, folder: Path) -> str:
    """A line a finding and a problem; paths are told from `folder`, where the workflow runs."""
    lines = [f"::warning title=gnomon::{_data(problem)}" for problem in result.problems]
    return "\n".join([*lines, *(_annotation(finding, snapshot, folder) for finding in result.findings)])


def _annotation(finding: Finding, snapshot: Snapshot, folder: Path) -> str:
    start, end = columns(snapshot, finding)
    path = snapshot.root / finding.path
    properties = {
        "file": str(path.relative_to(folder) if path.is_relative_to(folder) else path),
        "line": str(finding.line),
        "col": str(start),
        "endColumn": str(end),
        "title": f"gnomon {finding.code}",
    }
    told = [finding.message]
    if finding.origin:
        told.append(finding.origin)
    told += [f"{name} = {value}" for name, value in named_inputs(finding).items()]
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.tier]} {written}::{_data(chr(10).join(told))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
