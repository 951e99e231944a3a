"""What a debugger starts to see a finding: the replay's script, or its driver, on the code that is built for replays.

The sanitizers abort where they report, so that the debugger stops there; so it does at the finding's line, for what no
sanitizer reports. This runs in no sandbox: whoever debugs wants to.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.builds import build, flavour_of
from gnomon.analysis.replay.command import command_of
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.names import DRIVER, SCRIPT
from gnomon.analysis.replay.scripts import script_of


@dataclass(frozen=True, slots=True)
class Debugging:
    """`path` and `line` are where it fails; all paths are absolute. `folder` is where it runs."""

    name: str
    program: str
    arguments: tuple[str, ...]
    folder: str
    variables: Mapping[str, str]
    path: str
    line: int


def debugging(finding: Finding, entry: Entry, root: Path, cache: Path, folder: Path) -> Debugging:
    """Builds what the entry calls, and writes the script into `folder`. Raises ReplayRefusedError.

    The caller has the user's leave: this compiles the code of the workspace.
    """
    root = root.resolve()
    script = script_of(finding, entry, root)
    by_c, flavour = is_driven_by_c(finding, entry, root), flavour_of(finding)
    built = build(entry, root, cache.resolve(), flavour, driver=script if by_c else "")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (DRIVER if by_c else SCRIPT)).write_text(script, encoding="utf-8")
    command = command_of(finding.code, flavour, str(built.folder), by_c, sys.executable, built.runtimes)
    program, *arguments = command.words
    return Debugging(
        f"Gnomon: {finding.code} in {finding.function} ({finding.id})",
        program,
        tuple(str(folder.resolve() / SCRIPT) if word == SCRIPT else word for word in arguments),
        str(folder.resolve()),
        _stopping(command.variables),
        str((root / finding.path).resolve()),
        finding.line,
    )


def gdb_command(what: Debugging) -> str:
    """What a person types into a shell. The variables are the program's alone: gdb must not load the sanitizers."""
    words = ["gdb", "-iex", "set breakpoint pending on", "-ex", gdb_breakpoint(what), "-ex", f"cd {what.folder}"]
    for name, value in what.variables.items():
        words += ["-ex", f"set environment {name} {value}"]
    return shlex.join([*words, "--args", what.program, *what.arguments])


def gdb_breakpoint(what: Debugging) -> str:
    return f"break -source {quoted(what.path)} -line {what.line}"


def quoted(path: str) -> str:
    """As gdb and lldb read it."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _stopping(variables: Mapping[str, str]) -> dict[str, str]:
    """Leaks are looked for by a debugger's means, which are taken."""
    asan = variables["ASAN_OPTIONS"].replace("detect_leaks=1", "detect_leaks=0")
    stops = "halt_on_error=1:abort_on_error=1"
    ubsan = f"{variables['UBSAN_OPTIONS']}:{stops}"
    return {**variables, "ASAN_OPTIONS": f"{asan}:abort_on_error=1", "UBSAN_OPTIONS": ubsan}
