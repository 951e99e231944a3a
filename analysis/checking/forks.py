"""Work divided among copies of this process, which share what it has read.

A copy has only the thread that made it, no open files but its pipe, and ends without any of Python's farewells. When
one dies, only what it was doing is lost.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any

PATIENCE = 0.05  # seconds between two looks at whether it is still wanted


class Died:
    """Instead of a result: the copy that had the task died."""


class _Asked:
    """Instead of a result: it is not there yet."""


@dataclass(slots=True)
class _Copy:
    process: int
    connection: Connection
    task: int = -1


Ask = Callable[[Any], Any]
Work = Callable[[int, Ask], Any]


def divided(
    tasks: Sequence[int], copies: int, work: Work, answer: Ask, is_wanted: Callable[[], bool]
) -> Iterator[tuple[int, Any]]:
    """Each task with what `work` made of it, as they get done. What `work` asks is put to `answer`, in this process.
    Ends early, and kills what is under way, when it `is_wanted` no longer."""
    waiting = list(reversed(tasks))
    gc.freeze()  # the copies need not look at what is there, and so share it
    running: list[_Copy] = []
    try:
        while is_wanted() and (waiting or running):
            while waiting and len(running) < copies:
                running.append(_started(work))
                _give(running[-1], waiting)
            ready = wait([copy.connection for copy in running], PATIENCE)
            for copy in [copy for copy in running if copy.connection in ready]:
                task, result = copy.task, _heard(copy, answer)
                if isinstance(result, _Asked):
                    continue
                if isinstance(result, Died) or not _give(copy, waiting):
                    running.remove(copy)
                    _end(copy)
                yield task, result
    finally:
        gc.unfreeze()
        for copy in running:
            _end(copy)


def _heard(copy: _Copy, answer: Ask) -> Any:
    """The result of the copy's task, unless it had a question, or died."""
    try:
        is_question, said = copy.connection.recv()
        if not is_question:
            return said
        copy.connection.send(answer(said))
        return _Asked()
    except (EOFError, OSError):
        return Died()


def _give(copy: _Copy, waiting: list[int]) -> bool:
    if not waiting:
        return False
    copy.task = waiting.pop()
    with contextlib.suppress(OSError):  # it has died: that is seen where its answer is awaited
        copy.connection.send(copy.task)
    return True


def _end(copy: _Copy) -> None:
    copy.connection.close()
    with contextlib.suppress(ProcessLookupError):
        os.kill(copy.process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(copy.process, 0)


def _started(work: Work) -> _Copy:
    near, far = Pipe()
    process = os.fork()
    if process:
        far.close()
        return _Copy(process, near)

    def ask(question: Any) -> Any:
        far.send((True, question))
        return far.recv()

    try:
        _close_all_but(far.fileno())
        while True:
            far.send((False, work(far.recv(), ask)))
    except (EOFError, ConnectionError):
        pass  # there is nothing more to do, or nobody wants it
    except BaseException:
        traceback.print_exc()  # where a worker's last words go
    finally:
        os._exit(0)


def _close_all_but(kept: int) -> None:
    """Whoever waits for the end of this process must not wait for its copies."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
