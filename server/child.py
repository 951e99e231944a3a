"""A process of its own for what may take long: at low priority, and ended at once when it is no longer wanted, with all
that it has started."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from gnomon.server.background import Ended

PRIORITY = 15  # of 19, the lowest
PATIENCE = 5.0  # seconds in which it ends what it has started

Say = Callable[[object], None]


class Child:
    """A module that calls `answer`, started as a program and asked one question."""

    def __init__(self, module: str, question: object) -> None:
        self._question = pickle.dumps(question)
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",  # else modules of the workspace would be found before Python's own
            start_new_session=True,
        )

    def answers(self) -> Iterator[Any]:
        """What it says, as it says it. Raises Ended when it does not come to its end."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError, EOFError, pickle.UnpicklingError), self.process:
            self.process.stdin.write(self._question)
            self.process.stdin.close()
            while True:
                yield pickle.load(self.process.stdout)
        if self.process.returncode != 0:
            raise Ended

    def end(self) -> None:
        """Does not wait for more than a moment."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):  # compilers that were at work
            os.killpg(self.process.pid, signal.SIGKILL)


def answer(work: Callable[[Any, Say], None]) -> None:
    """In such a process: reads the question, and hands on what `work` says."""
    os.nice(PRIORITY)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exception: what is under way is ended, and cleared away
    out = sys.stdout.buffer

    def say(what: object) -> None:
        out.write(pickle.dumps(what))
        out.flush()

    work(pickle.load(sys.stdin.buffer), say)
