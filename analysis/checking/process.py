"""The operating system's side of the worker process: starting it, and ending it. Imports little, so that it can begin
before the rest of a program is there."""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """It waits on `connection` for its first message, and ends when that is closed."""

    process: subprocess.Popen[bytes]
    connection: Connection

    @staticmethod
    def started() -> WorkerProcess:
        near, far = socket.socketpair()
        command = [sys.executable, "-m", "gnomon.analysis.checking.worker", str(far.fileno())]
        # Its stdout must never be ours: in a language server that is the protocol. Nor is Ctrl-C for it: we close it.
        process = subprocess.Popen(
            command,
            pass_fds=(far.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd="/",  # else modules of the workspace would be found before Python's own
            start_new_session=True,
        )
        far.close()
        return WorkerProcess(process, Connection(near.detach()))

    def close(self) -> None:
        self.connection.close()
        end(self.process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Gives a worker whose connection is closed the time to end by itself."""
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
