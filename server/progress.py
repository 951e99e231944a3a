"""Work as the client shows it, where it does: what runs beside the editor, and what somebody has asked for."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager

from lsprotocol import types
from pygls.lsp.server import LanguageServer


class BackgroundProgress:
    """Of one kind of work, which the user may cancel. Lives on the server's loop."""

    def __init__(self, server: LanguageServer, message: str, cancel: Callable[[], None]) -> None:
        self._server = server
        self._message = message
        self._cancel = cancel
        self._token = ""
        self._beginning: asyncio.Future[None] | None = None

    def begin(self) -> None:
        if _is_shown(self._server):
            token = self._token = str(uuid.uuid4())
            self._beginning = asyncio.ensure_future(self._begin(token))

    def report(self, text: str, part: float) -> None:
        if self._token in self._server.work_done_progress.tokens:
            report = types.WorkDoneProgressReport(message=text, percentage=round(part * 100))
            self._server.work_done_progress.report(self._token, report)

    def end(self) -> None:
        if self._token in self._server.work_done_progress.tokens:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())
        self._token = ""

    async def _begin(self, token: str) -> None:
        progress = self._server.work_done_progress
        await progress.create_async(token)
        if token == self._token:
            progress.tokens[token].add_done_callback(self._cancelled)
            progress.begin(token, types.WorkDoneProgressBegin("Gnomon", cancellable=True, message=self._message))

    def _cancelled(self, progress: Future[None]) -> None:
        if progress.cancelled():
            self._cancel()


@asynccontextmanager
async def showing_progress(server: LanguageServer, message: str) -> AsyncIterator[None]:
    """While something runs that somebody has asked for."""
    token, is_shown = str(uuid.uuid4()), _is_shown(server)
    if is_shown:
        await server.work_done_progress.create_async(token)
        server.work_done_progress.begin(token, types.WorkDoneProgressBegin("Gnomon", message=message))
    try:
        yield
    finally:
        if is_shown:
            server.work_done_progress.end(token, types.WorkDoneProgressEnd())


def _is_shown(server: LanguageServer) -> bool:
    window = server.client_capabilities.window
    return bool(window and window.work_done_progress)
