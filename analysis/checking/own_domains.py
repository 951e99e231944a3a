"""A project's own shadow domains: Python files named in `[tool.gnomon]`, staged in the sandbox.

Such a file defines subclasses of `Domain`. It is the workspace's code, so it runs where replays run, without network
and with few rights; what comes out is a table, which is data.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gnomon.analysis.replay import sandbox
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.shadows.expression import Node
from gnomon.analysis.shadows.staging import StagedDemand, StagedLayer, StagedTable, StagedUpdate

SECONDS = 20

# Runs inside the sandbox: a file in, a table out.
_STAGING = """
import dataclasses, importlib.util, json, sys
from gnomon.analysis.shadows.language import Domain
from gnomon.analysis.shadows.staging import stage_domains
try:
    spec = importlib.util.spec_from_file_location("own_domains", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Domain) and v is not Domain]
    table = dataclasses.asdict(stage_domains(domain() for domain in found))
except Exception as error:
    table = {"error": f"{type(error).__name__}: {error}"}
with open("table.json", "w") as sink:
    json.dump(table, sink)
"""


class OwnDomains:
    """The tables of files, by their text: a file runs again only when it has changed."""

    def __init__(self) -> None:
        self._staged: dict[str, StagedTable | str] = {}

    def tables(self, files: Mapping[str, str]) -> tuple[list[StagedTable], list[str]]:
        """The tables of files (texts by name), in order, and a sentence for each that has none."""
        self._staged = {text: self._staged.get(text) or stage_text(text) for text in files.values()}
        tables, problems = [], []
        for name, text in files.items():
            staged = self._staged[text]
            if not isinstance(staged, str) and not staged.demands and not staged.updates:
                staged = "there is no such file, or no Domain in it"
            if isinstance(staged, str):
                problems.append(f"{name}: its domains are left out: {staged}")
            else:
                tables.append(staged)
        return tables, problems


def stage_text(text: str) -> StagedTable | str:
    """The table of the domains that a Python text defines, or why there is none."""
    with tempfile.TemporaryDirectory(prefix="gnomon-domains-") as folder:
        scratch = Path(folder).resolve()
        (scratch / "domains.py").write_text(text)
        variables = {"PYTHONPATH": ":".join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", _STAGING, str(scratch / "domains.py")]
        try:
            run = sandbox.run(command, scratch, variables, SECONDS)
        except (ReplayRefusedError, OSError, subprocess.SubprocessError) as error:
            return str(error)
        result = scratch / "table.json"
        if run.timed_out or not result.is_file():
            return "it took too long" if run.timed_out else f"it ended with status {run.status}"
        return table_of(json.loads(result.read_text()))


def table_of(data: Mapping[str, Any]) -> StagedTable | str:
    """The table that was written as plain data, or the error that was written in its place."""
    if "error" in data:
        return str(data["error"])
    return StagedTable(
        tuple(StagedDemand(**_with_nodes(demand, "guard", "predicate")) for demand in data["demands"]),
        tuple(StagedLayer(**layer) for layer in data["layers"]),
        tuple(StagedUpdate(**_with_nodes(update, "guard", "bit")) for update in data["updates"]),
    )


def _with_nodes(row: Mapping[str, Any], *expressions: str) -> dict[str, Any]:
    nodes = {name: tuple(Node(**node) for node in row[name]) for name in expressions}
    return {**row, **nodes, "functions": tuple(row["functions"])}
