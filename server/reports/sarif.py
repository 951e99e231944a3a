"""SARIF 2.1.0, for code scanning: rules, results with fingerprints, and the steps of each witness as its code flow."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from gnomon.analysis.checking.finding import CheckResult, Finding, Step, Tier
from gnomon.analysis.workspace import Snapshot
from gnomon.server.baseline import Comparison, Known, known_by
from gnomon.server.reports.json import named_inputs
from gnomon.server.reports.places import columns, uri
from gnomon.server.reports.rules import description, page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"

_LEVELS: dict[Tier, str] = {"error": "error", "warning": "warning", "note": "note", "latent": "none"}


def sarif_report(result: CheckResult, snapshot: Snapshot, comparison: Comparison | None = None) -> dict[str, Any]:
    """The log of one run. Columns are UTF-16 code units, as `columnKind` says."""
    codes = sorted({finding.code for finding in result.findings})
    novelty = {"baselineState": "new"} if comparison is not None else {}
    results = [
        {**_result(finding, codes.index(finding.code), snapshot), "partialFingerprints": fingerprints, **novelty}
        for finding, fingerprints in zip(result.findings, _fingerprints(result.findings, snapshot), strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "gnomon", **_version(), "rules": [_rule(code) for code in codes]}},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {BASE: {"uri": snapshot.root.as_uri().rstrip("/") + "/"}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": problem}} for problem in result.problems
                ],
            }
        ],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _version() -> dict[str, str]:
    try:
        return {"version": version("gnomon")}
    except PackageNotFoundError:
        return {}


def _rule(code: str) -> dict[str, Any]:
    told, explained = description(code), page(code)
    return {
        "id": code,
        **({"shortDescription": {"text": told}} if told else {}),
        **({"help": {"text": told or code, "markdown": explained}} if explained else {}),
    }


def _result(finding: Finding, rule: int, snapshot: Snapshot) -> dict[str, Any]:
    start, end = columns(snapshot, finding)
    region = {"startLine": finding.line, "startColumn": start, "endColumn": end}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(finding.path), "region": region}}
    if finding.function:
        location["logicalLocations"] = [{"name": finding.function, "kind": "function"}]
    state = {"state": finding.state, **({"stateReason": finding.state_reason} if finding.state_reason else {})}
    properties = {**state, "entry": finding.entry, "inputs": named_inputs(finding)}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.tier],
        "message": {"text": finding.message},
        "locations": [location],
        **({"kind": "informational"} if finding.tier == "latent" else {}),  # only then a level may be "none"
        **({"codeFlows": [_flow(finding.steps)]} if finding.steps else {}),
        "properties": {**properties, **({"script": finding.script} if finding.script else {})},
    }


def _fingerprints(findings: Iterable[Finding], snapshot: Snapshot) -> Iterator[dict[str, str]]:
    """What findings are known by from run to run, whatever their lines' numbers are. GitHub reads the second one, and
    wants those apart whose lines read the same."""
    seen: Counter[Known] = Counter()
    for finding in findings:
        known = known_by(finding, snapshot)
        seen[known] += 1
        digest = hashlib.sha256("\0".join(map(str, astuple(known))).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        yield {"gnomonFinding/v1": finding.id, "primaryLocationLineHash": f"{digest}:{seen[known]}"}


def _flow(steps: tuple[Step, ...]) -> dict[str, Any]:
    return {"threadFlows": [{"locations": [_step(number, step) for number, step in enumerate(steps, 1)]}]}


def _step(number: int, step: Step) -> dict[str, Any]:
    values = ", ".join(f"{name} = {value}" for name, value in step.values.items())
    physical = {"artifactLocation": _artifact(step.path), "region": {"startLine": step.line}}
    told = f"{step.text}   [{values}]" if values else step.text
    return {
        "executionOrder": number,
        "location": {"physicalLocation": physical, "message": {"text": told}},
        **({"state": {name: {"text": value} for name, value in step.values.items()}} if values else {}),
    }


def _artifact(path: str) -> dict[str, str]:
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": BASE}
