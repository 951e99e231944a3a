"""The commands on a finding that an editor offers: replay it, debug it, save it as a test. `features/replays.py` says
what they do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, TypeVar

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.debugging import gdb_command
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.server import launching, replays
from gnomon.server.features.replays import DEBUG, REPLAY, SAVE_TEST
from gnomon.server.jsonc import NoJsonError
from gnomon.server.positions import uri_of
from gnomon.server.progress import showing_progress
from lsprotocol import types
from pygls.lsp.server import LanguageServer

if TYPE_CHECKING:
    from gnomon.server.app import GnomonServer

T = TypeVar("T")

_SAID = {
    "replayed": "the compiled code fails as the finding says",
    "replay-refused": "it could not be replayed",
    "disagrees": "the compiled code does not fail: the finding is withdrawn",
}


def register(server: GnomonServer) -> None:
    """Each answers null where it could not be done, and says why."""

    @server.command(REPLAY)
    async def on_replay(_: LanguageServer, identity: str) -> dict[str, str] | None:
        return await _answer(server, _replay(server, identity))

    @server.command(DEBUG)
    async def on_debug(_: LanguageServer, identity: str, *debugger: str) -> dict[str, Any] | None:
        return await _answer(server, _debug(server, identity, next(iter(debugger), launching.DEBUGGERS[0])))

    @server.command(SAVE_TEST)
    async def on_save_test(_: LanguageServer, identity: str) -> str | None:
        return await _answer(server, _save_test(server, identity))


async def _answer(server: GnomonServer, doing: Awaitable[T]) -> T | None:
    try:
        return await doing
    except ReplayRefusedError as refused:
        server.tell(str(refused), types.MessageType.Warning)
        return None


async def _replay(server: GnomonServer, identity: str) -> dict[str, str]:
    finding = _runnable(server, identity)
    if server.replayer is None:
        raise ReplayRefusedError("the server is being shut down")
    async with showing_progress(server, f"replaying {finding.code}"):
        report = await asyncio.wrap_future(server.replayer.request(finding))
    _tell_of(server, finding, report)
    return {"state": report.state, "reason": report.reason, "output": report.output}


def _tell_of(server: GnomonServer, finding: Finding, report: ReplayReport) -> None:
    kind = types.MessageType.Info if report.state == "replayed" else types.MessageType.Warning
    why = f" ({report.reason})" if report.reason else ""
    server.tell(f"{finding.path}:{finding.line}: {_SAID[report.state]}{why}", kind)
    if report.output:
        server.window_log_message(types.LogMessageParams(types.MessageType.Log, report.output))


async def _debug(server: GnomonServer, identity: str, debugger: str) -> dict[str, Any]:
    finding = _runnable(server, identity)
    wanted = next((known for known in launching.DEBUGGERS if known == debugger), None)
    if wanted is None:
        raise ReplayRefusedError(f"there is no debugger {debugger}, but {', '.join(launching.DEBUGGERS)}")
    async with showing_progress(server, "building what is debugged"):
        what = await asyncio.to_thread(replays.debug, finding, server.state.root)
    configuration = launching.configuration(what, wanted)
    file = _written(server, configuration)
    command = gdb_command(what)
    server.window_log_message(types.LogMessageParams(types.MessageType.Info, f"in a terminal: {command}"))
    return {"configuration": configuration, "file": file, "command": command}


def _written(server: GnomonServer, configuration: dict[str, Any]) -> str | None:
    """The file; None where it cannot take the configuration, which can be debugged all the same."""
    try:
        return str(launching.write(server.state.root, configuration))
    except (NoJsonError, OSError, UnicodeDecodeError) as error:
        server.tell(f".vscode/launch.json is left as it is: {error}", types.MessageType.Warning)
        return None


async def _save_test(server: GnomonServer, identity: str) -> str:
    path = str(await asyncio.to_thread(replays.test, _finding(server, identity), server.state.root))
    window = server.client_capabilities.window
    if window is not None and window.show_document is not None and window.show_document.support:
        await server.window_show_document_async(types.ShowDocumentParams(uri_of(path), take_focus=True))
    else:
        server.tell(f"the test is {path}", types.MessageType.Info)
    return path


def _finding(server: GnomonServer, identity: str) -> Finding:
    finding = server.state.finding(identity)
    if finding is None:
        raise ReplayRefusedError("there is no such finding any more")
    return finding


def _runnable(server: GnomonServer, identity: str) -> Finding:
    """A finding whose code may be run. Raises ReplayRefusedError."""
    if server.state.replays == "never":
        raise ReplayRefusedError("nothing is run of a workspace that is not trusted")
    finding = _finding(server, identity)
    if not server.state.is_saved:
        raise ReplayRefusedError("what is run is what is saved: save the files first")
    return finding
