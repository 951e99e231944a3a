"""The worker process: parses and checks, apart from the server, so that a crash in native code costs only the worker.

Speaks pickled tuples over a connection: requests ("open", overlays), ("check", overlays, paths) and ("cancel",);
replies ("parsing", path, version), ("progress", text, fraction), ("found", findings), ("contracts", findings),
("facts", facts, paths, edges), ("result", value, functions), ("cancelled",) and ("error", message). One request at a
time; a cancel may come any moment.

Somebody who types waits for the contract findings: they go ahead of the facts. Facts come with those sources and edges
only that the other side does not have yet, with the paths of all sources, and with the difference of the edges; a
result likewise with those verdicts only that are new.
"""

from __future__ import annotations

import contextlib
import gc
import queue
import sys
import threading
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import Any

from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking import transport
from gnomon.analysis.checking.difference import difference, fresh
from gnomon.analysis.checking.finding import FunctionVerdicts
from gnomon.analysis.checking.progress import Cancelled
from gnomon.analysis.checking.session import Session, usual_engine
from gnomon.analysis.syntax.csource import SourceFacts


@dataclass(slots=True)
class _Sent:
    """What the other side has."""

    sources: dict[str, SourceFacts] = field(default_factory=dict)
    boundary: Boundary = field(default_factory=Boundary)
    functions: tuple[FunctionVerdicts, ...] = ()


def serve(connection: Connection) -> None:
    """Serves until the other side closes. The first message is ("start", root, settings, left_out)."""
    transport.register()
    # A server starts this process before an editor has told it the root.
    engine = None if connection.poll() else usual_engine()
    try:
        _, root, settings, left_out = connection.recv()
    except (EOFError, OSError):
        return

    def on_parse(path: str, version: int) -> None:
        connection.send(("parsing", path, version))

    session = Session(root, settings, left_out, on_parse, engine)
    requests: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, session, requests), daemon=True).start()
    sent = _Sent()
    while (request := requests.get()) is not None:
        try:
            reply = _answer(session, request, connection, sent)
        except Cancelled:
            reply = ("cancelled",)
        except Exception as error:  # a defect of ours must not end the worker: it is reported, with its place
            reply = ("error", _describe(error))
        with contextlib.suppress(OSError):
            connection.send(reply)
        if request[0] == "check" and requests.empty():
            _rest()


def _rest() -> None:
    """What stays is looked at once, between requests, and not by each collection during a check."""
    gc.collect()
    gc.freeze()


def _receive(connection: Connection, session: Session, requests: queue.SimpleQueue[tuple[Any, ...] | None]) -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            message = connection.recv()
            if message[0] == "cancel":
                session.cancel()
            else:
                session.resume()  # here, in the order of the messages: the check's thread would undo a later cancel
                requests.put(message)
    session.cancel()
    requests.put(None)


def _answer(session: Session, request: tuple[Any, ...], connection: Connection, sent: _Sent) -> tuple[Any, ...]:
    match request:
        case ("open", overlays):
            facts = session.open(overlays)
            connection.send(("contracts", facts.contracts))
            sources = {path: source for path, source in facts.sources.items() if sent.sources.get(path) is not source}
            edges = difference(sent.boundary, facts.boundary)
            sent.sources, sent.boundary = facts.sources, facts.boundary
            rest = replace(facts, sources=sources, boundary=Boundary(), contracts=())
            return "facts", rest, tuple(facts.sources), edges
        case ("check", overlays, paths):
            result = session.check(
                overlays,
                paths,
                lambda text, part: connection.send(("progress", text, part)),
                lambda found: connection.send(("found", found)),
            )
            functions = fresh(sent.functions, result.functions)
            sent.functions = result.functions
            return "result", replace(result, functions=()), functions
        case _:
            raise ValueError(f"unknown request {request[0]!r}")


def _describe(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_name}, line {trace.tb_lineno})" if trace is not None else ""
    return f"{type(error).__name__}: {error}{where}"


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
