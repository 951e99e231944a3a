"""Replays: what was found, on the real code.

Over a finding that can be run stand three lenses. *Replay* (the command `gnomon.replayFinding` with its id) builds the
code with sanitizers and runs the finding's script in a sandbox; what came of it is said, and stays with the diagnostic:
in its text, and as `data.state` (`confirmed`: run by Gnomon's interpreter only; `replayed`; `replay-refused`, with the
reason). What the real code denies is withdrawn from view; `gnomon explain` still tells of it.

*Debug* (`gnomon.debugFinding`) builds the same code, writes a launch configuration for it into `.vscode/launch.json`,
where all else stays as it is, and answers `{"configuration", "file", "command"}`: the last is what starts gdb in a
terminal. A second argument chooses among `cppdbg` (the default), `lldb-dap` and `gdb`. The debugger stops at the
finding's line, and where a sanitizer reports.

*Save as test* (`gnomon.saveTest`) writes a test for pytest that fails now and passes when the code is right, into the
nearest folder `tests` or `test`; no file is overwritten.

The initialization option `"replays"` says when code of the workspace may be compiled and run: `"asked"`, the default,
when somebody asks for it; `"idle"` also by itself, at low priority, when nothing was edited or checked for some
seconds; `"never"` for a workspace that is not trusted. What is run is what is saved.

With `"idle"` the project's extensions are exercised as well, after the replays: built with sanitizers and called in
many ways in a sandbox, as `gnomon check --exercise` does. What fails is shown with the calls, and has the same lenses;
a client that shows progress shows this, and can cancel it until the next check. It stays until the sources change, also
when the project is opened again (unless nothing may be run). Where the check has found the same, its own finding is
shown alone. What keeps an extension from being exercised is told once, in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.checking.finding import Finding
from gnomon.server.positions import to_units
from gnomon.server.state import State
from lsprotocol import types

REPLAY, DEBUG, SAVE_TEST = "gnomon.replayFinding", "gnomon.debugFinding", "gnomon.saveTest"


def lenses(state: State, path: str) -> Iterator[types.CodeLens]:
    """Over the findings of a file that can be run, without their titles yet."""
    for finding in _shown(state, path):
        line = state.snapshot.line(path, finding.line)
        start = to_units(line, finding.column, state.encoding)
        at = types.Position(finding.line - 1, start)
        for command in _commands(state):
            yield types.CodeLens(types.Range(at, at), data={"finding": finding.id, "command": command})


def command(state: State, identity: str, name: str) -> types.Command:
    """What such a lens says and runs; nothing, over what is no longer there."""
    finding = state.finding(identity)
    if finding is None or name not in _commands(state):
        return types.Command("", "")
    again = " again" if finding.state != "confirmed" else ""
    title = {REPLAY: f"Replay{again}", DEBUG: "Debug", SAVE_TEST: "Save as test"}[name]
    shares_line = sum(f.line == finding.line for f in _shown(state, state.absolute(finding.path))) > 1
    return types.Command(f"{title}: {finding.code}" if shares_line else title, name, arguments=[identity])


def _commands(state: State) -> tuple[str, ...]:
    """Where nothing may be run, a test can still be written."""
    return (SAVE_TEST,) if state.replays == "never" else (REPLAY, DEBUG, SAVE_TEST)


def _shown(state: State, path: str) -> list[Finding]:
    runnable = (f for f in state.found if f.history is not None and f.tier != "latent")
    return [finding for finding in runnable if state.absolute(finding.path) == path]
