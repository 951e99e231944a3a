"""Work in child processes: what one of them does not survive is told, and the next goes on after it."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import pickle
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar

Item = TypeVar("Item")

OUTPUT_BYTES = 1 << 16
MOST_ENDED = 3
_WAITING = 5
_LATE = (signal.SIGALRM, signal.SIGPROF, signal.SIGKILL)
MOST_ITEMS = 300  # of one process: what they leave behind ends with it
_MOST_FRUITLESS = 3  # processes in a row that came to no item


def spent() -> float:
    """Seconds of processor time, of this process and of its children that have ended: other work of the machine changes
    nothing."""
    return sum(os.times()[:4])


@dataclass(frozen=True, slots=True)
class Done(Generic[Item]):
    """`answer` is what the work gave back, None when the process ended in it; `output` is what the process wrote
    meanwhile."""

    item: Item
    answer: dict[str, Any] | None
    output: str = ""
    is_late: bool = False


def in_children(
    items: Sequence[Item],
    work: Callable[[Item], dict[str, Any]],
    seconds: float = 0.5,
    group: Callable[[Item], object] = id,
    keys: Collection[str] = (),
) -> Iterator[Done[Item]]:
    worker = Worker(work, seconds, keys)
    try:
        yield from worker.does(items, group)
    finally:
        worker.close()


class Worker(Generic[Item]):
    """Does the work in a process that goes on from item to item, until one of them ends it: forking costs as much as
    a hundred calls. `seconds` are for each item; each answer has these keys, or has lost some."""

    def __init__(
        self, work: Callable[[Item], dict[str, Any]], seconds: float = 0.5, keys: Collection[str] = ()
    ) -> None:
        self._work = work
        self._seconds = seconds
        self._child: _Child | None = None
        self._ended = Counter[object]()
        self._keys = frozenset(keys)

    def does(self, items: Sequence[Item], group: Callable[[Item], object] = id) -> Iterator[Done[Item]]:
        """Items of a group that processes ended in `MOST_ENDED` times are passed over: each end takes long to tell."""
        left, fruitless = self._worth(items, group), 0
        while left and fruitless < _MOST_FRUITLESS:
            if self._child is None:
                self._child = _Child(self._work, self._seconds)
            answers = self._child.answers(left[:MOST_ITEMS])
            for item, answer in zip(left, answers, strict=False):
                output = answer.pop("output", "")
                if answer and answer.keys() >= self._keys:  # what releases more than it owns may empty ours
                    yield Done(item, answer, output)
            begun = max(self._child.begun, len(answers))
            fruitless = 0 if begun else fruitless + 1
            last, left = left[len(answers) : begun], left[begun:]
            if not self._child.is_tired:
                continue
            output, status = self._end()
            for item in last:  # the one that it ended in
                is_late = os.WIFSIGNALED(status) and os.WTERMSIG(status) in _LATE
                yield Done(item, None, output, is_late)
                self._ended[group(item)] += 1
                left = self._worth(left, group)

    def _worth(self, items: Sequence[Item], group: Callable[[Item], object]) -> list[Item]:
        return [item for item in items if not self._ended or self._ended[group(item)] < MOST_ENDED]

    def close(self) -> None:
        if self._child is not None:
            self._end()

    def _end(self) -> tuple[str, int]:
        assert self._child is not None
        ended, self._child = self._child.end(), None
        return ended


class _Child:
    """One process. `begun` counts the items of the last batch that it came to; `is_tired` says that it has ended, or
    should."""

    def __init__(self, work: Callable[[Any], dict[str, Any]], seconds: float) -> None:
        self._written = tempfile.TemporaryFile()  # noqa: SIM115  # as long as the process
        asked, asking = os.pipe()
        answered, answering = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        if self._process == 0:
            os.close(asking)
            os.close(answered)
            os.dup2(self._written.fileno(), 1)
            os.dup2(self._written.fileno(), 2)
            _serve(os.fdopen(_out_of_reach(asked), "rb"), work, seconds, _out_of_reach(answering))
        os.close(asked)
        os.close(answering)
        self._asking, self._answered = os.fdopen(asking, "wb"), os.fdopen(answered, "rb")
        self._told = 0  # bytes of what was written
        self._items = 0
        self.begun = 0
        self.is_tired = False

    def answers(self, items: Sequence[Any]) -> list[dict[str, Any]]:
        """Fewer than items when the process ends in one."""
        found: list[dict[str, Any]] = []
        self.begun = 0
        self._items += len(items)
        with contextlib.suppress(BrokenPipeError):  # it has ended since
            pickle.dump(items, self._asking)
            self._asking.flush()
        while len(found) < len(items) and (line := self._answered.readline()).endswith(b"\n"):
            if line == b".\n":
                self.begun += 1
            elif line.startswith(b"{"):
                found.append(json.loads(line))
                self._told = found[-1].pop("end")
        self.is_tired = len(found) < len(items) or self._items >= MOST_ITEMS
        return found

    def end(self) -> tuple[str, int]:
        """What it wrote since its last answer, and how it ended."""
        with contextlib.suppress(BrokenPipeError):
            self._asking.close()
        self._answered.close()
        _, status = os.waitpid(self._process, 0)
        with self._written:
            self._written.seek(max(self._told, self._written.seek(0, os.SEEK_END) - OUTPUT_BYTES))
            return self._written.read(OUTPUT_BYTES).decode("utf-8", "replace"), status


def _out_of_reach(descriptor: int) -> int:
    """A number that no call is given by chance."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 700)
    os.close(descriptor)
    return moved


def _serve(asked: IO[bytes], work: Callable[[Any], dict[str, Any]], seconds: float, pipe: int) -> None:
    """Never returns."""
    try:
        gc.freeze()
        while asked.peek(1):  # type: ignore[attr-defined]
            for item in pickle.load(asked):
                _answer(item, work, seconds, pipe)
        os._exit(0)
    finally:
        os._exit(1)


def _answer(item: Any, work: Callable[[Any], dict[str, Any]], seconds: float, pipe: int) -> None:
    process, position = os.getpid(), os.fstat(2).st_size
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    os.write(pipe, b".\n")
    signal.setitimer(signal.ITIMER_PROF, seconds)  # of processor time; and who only waits, waits no longer
    signal.setitimer(signal.ITIMER_REAL, _WAITING * seconds)
    answer = work(item)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    if os.getpid() != process:  # the call has forked
        os._exit(0)
    end = os.fstat(2).st_size
    output = os.pread(2, OUTPUT_BYTES, max(position, end - OUTPUT_BYTES)) if end > position else b""
    line = {**answer, "output": output.decode("utf-8", "replace"), "end": end}
    os.write(pipe, json.dumps(line).encode() + b"\n")
