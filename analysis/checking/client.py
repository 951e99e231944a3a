"""The near side of the worker process: what the server and the command line call."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.difference import applied, completed
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts
from gnomon.analysis.checking.process import WorkerProcess, end
from gnomon.analysis.checking.progress import Cancelled, OnFindings, Progress
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.syntax.csource import SourceFacts

__all__ = ["Cancelled", "Client", "OnFindings", "Progress", "Settings", "WorkerDied", "WorkerFailed", "WorkspaceFacts"]


class WorkerDied(Exception):
    """The worker process ended in mid-request; the next request starts a new one."""


class WorkerFailed(Exception):
    """A request failed inside the worker; it goes on."""


class Client:
    """Owns one worker process and restarts it when it has died. Requests of several threads wait for each other."""

    def __init__(self, root: Path, settings: Settings | None = None, ready: WorkerProcess | None = None) -> None:
        """`ready` is a worker that was started before its workspace was known."""
        self._root = root
        self._settings = settings or Settings()
        self._requests = threading.Lock()
        self._sending = threading.Lock()
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._parsing: tuple[str, int] = ("", 0)  # what the worker reads now, and its version
        self._left_out: dict[str, int] = {}  # what it died of reading
        self._sources: dict[str, SourceFacts] = {}  # that this worker has sent
        self._boundary = Boundary()
        self._functions: tuple[FunctionVerdicts, ...] = ()

    def open(self, overlays: Mapping[str, str], on_contracts: OnFindings | None = None) -> WorkspaceFacts:
        """Parses what changed; `overlays` maps absolute paths to unsaved text. `on_contracts` hears the contradictions
        as soon as they are known; the edges come later."""
        return cast(WorkspaceFacts, self._request(("open", dict(overlays)), on_contracts=on_contracts))

    def check(
        self,
        overlays: Mapping[str, str],
        paths: Sequence[str] | None = None,
        on_progress: Progress | None = None,
        on_found: OnFindings | None = None,
    ) -> CheckResult:
        """Checks the workspace, or only the functions of `paths`. `on_found` hears what is found so far, should it take
        long. Raises Cancelled, WorkerDied, WorkerFailed."""
        request = ("check", dict(overlays), None if paths is None else list(paths))
        return cast(CheckResult, self._request(request, on_progress, on_found=on_found))

    def cancel(self) -> None:
        """Ends the check under way, if any; it raises Cancelled."""
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError), self._sending:
                connection.send(("cancel",))

    def close(self) -> None:
        connection, process = self._connection, self._process
        self._connection = self._process = None
        if connection is not None:
            connection.close()
        if process is not None:
            end(process)
        if self._ready is not None:
            self._ready.close()
            self._ready = None

    def _request(
        self,
        request: tuple[Any, ...],
        on_progress: Progress | None = None,
        on_contracts: OnFindings | None = None,
        on_found: OnFindings | None = None,
    ) -> object:
        """The answer. A file that the worker died of reading is left out from then on, and the request is repeated."""
        with self._requests:
            while True:
                self._parsing = ("", 0)
                try:
                    connection = self._ensure()
                    with self._sending:
                        connection.send(request)
                    return self._await(connection, on_progress, on_contracts, on_found)
                except (EOFError, OSError) as error:
                    how = self._how_it_ended(error)
                    is_closed = self._connection is None
                    self.close()
                    path, version = self._parsing
                    if is_closed or not path or self._left_out.get(path) == version:
                        raise WorkerDied(f"the checking process ended unexpectedly ({how})") from error
                    self._left_out[path] = version

    def _how_it_ended(self, error: Exception) -> str:
        if self._process is None:
            return f"it did not start: {error}"
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it does not answer"
        return f"exit status {status}" if status >= 0 else f"signal {-status}"

    def _await(
        self,
        connection: Connection,
        on_progress: Progress | None,
        on_contracts: OnFindings | None,
        on_found: OnFindings | None,
    ) -> object:
        contracts: tuple[Finding, ...] = ()
        while True:
            match connection.recv():
                case ("parsing", path, version):
                    self._parsing = (path, version)
                case ("progress", text, part):
                    if on_progress is not None:
                        on_progress(text, part)
                case ("found", found):
                    if on_found is not None:
                        on_found(found)
                case ("contracts", contracts):
                    if on_contracts is not None:
                        on_contracts(contracts)
                case ("facts", facts, paths, edges):
                    self._sources.update(facts.sources)
                    self._sources = {path: self._sources[path] for path in paths}
                    self._boundary = applied(self._boundary, edges)
                    known = dict(self._sources)
                    return replace(facts, sources=known, boundary=self._boundary, contracts=contracts)
                case ("result", result, functions):
                    self._functions = completed(self._functions, functions)
                    return replace(result, functions=self._functions)
                case ("cancelled",):
                    raise Cancelled
                case ("error", message):
                    raise WorkerFailed(message)

    def _ensure(self) -> Connection:
        if self._process is not None and self._process.poll() is None and self._connection is not None:
            return self._connection
        ready, self._ready = self._ready, None
        self.close()
        self._sources, self._boundary, self._functions = {}, Boundary(), ()
        worker = ready if ready is not None and ready.process.poll() is None else WorkerProcess.started()
        self._process, self._connection = worker.process, worker.connection
        worker.connection.send(("start", self._root, self._settings, self._left_out))
        return worker.connection
