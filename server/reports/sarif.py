"""SARIF 2.1.0, for code scanning: rules, results with fingerprints, and the steps of each witness as its code flow."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from gnomon.analysis.checking.finding import CheckResult, Finding, Step, Tier
from gnomon.analysis.workspace import Snapshot
from gnomon.server.reports.json import named_inputs
from gnomon.server.reports.places import columns, uri
from gnomon.server.reports.rules import description

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"

_LEVELS: dict[Tier, str] = {"error": "error", "warning": "warning", "note": "note", "latent": "none"}


def sarif_report(result: CheckResult, snapshot: Snapshot) -> dict[str, Any]:
    """The log of one run. Columns are UTF-16 code units, as `columnKind` says."""
    codes = sorted({finding.code for finding in result.findings})
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
        "results": [_result(finding, codes.index(finding.code), snapshot) for finding in result.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _version() -> dict[str, str]:
    try:
        return {"version": version("gnomon")}
    except PackageNotFoundError:
        return {}


def _rule(code: str) -> dict[str, Any]:
    told = description(code)
    return {"id": code, **({"shortDescription": {"text": told}} if told else {})}


def _result(finding: Finding, rule: int, snapshot: Snapshot) -> dict[str, Any]:
    start, end = columns(snapshot, finding)
    region = {"startLine": finding.line, "startColumn": start, "endColumn": end}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(finding.path), "region": region}}
    if finding.function:
        location["logicalLocations"] = [{"name": finding.function, "kind": "function"}]
    properties = {"state": finding.state, "entry": finding.entry, "inputs": named_inputs(finding)}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.tier],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"gnomonFinding/v1": finding.id},
        **({"codeFlows": [_flow(finding.steps)]} if finding.steps else {}),
        "properties": {**properties, **({"script": finding.script} if finding.script else {})},
    }


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
