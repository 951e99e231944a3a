"""Work in child processes: what one of them does not survive is told, and the next goes on after it."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

OUTPUT_BYTES = 1 << 16
MOST_ENDED = 3


def spent() -> float:
    """Seconds of processor time, of this process and its children: other work of the machine changes nothing."""
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
    seconds: float = 1.0,
    group: Callable[[Item], object] = id,
) -> Iterator[Done[Item]]:
    """Items of a group that processes ended in `MOST_ENDED` times are passed over: each end takes long to tell."""
    left, ended = list(items), Counter[object]()
    while left:
        begun, answers, output, status = _child(left, work, seconds)
        for item, answer in zip(left, answers, strict=False):
            yield Done(item, answer, answer.pop("output", ""))
        last, left = left[len(answers) : begun], left[max(begun, len(answers)) :]
        for item in last:  # the one that it ended in
            is_late = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGKILL)
            yield Done(item, None, output, is_late)
            ended[group(item)] += 1
            if ended[group(item)] == MOST_ENDED:
                left = [other for other in left if group(other) != group(item)]


def _child(
    items: Sequence[Item], work: Callable[[Item], dict[str, Any]], seconds: float
) -> tuple[int, list[dict[str, Any]], str, int]:
    """How many were begun, the answers, what it wrote since its last answer, and how it ended."""
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as written:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.dup2(written.fileno(), 1)
            os.dup2(written.fileno(), 2)
            _serve(items, work, seconds, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            lines = pipe.read().decode("utf-8", "replace").splitlines()
        _, status = os.waitpid(child, 0)
        answers = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
        written.seek(answers[-1]["end"] if answers else 0)
        output = written.read(OUTPUT_BYTES).decode("utf-8", "replace")
    for answer in answers:
        answer.pop("end")
    return sum(line == "." for line in lines), answers, output, status


def _serve(items: Sequence[Item], work: Callable[[Item], dict[str, Any]], seconds: float, pipe: int) -> None:
    """Never returns."""
    gc.freeze()
    position = os.fstat(2).st_size
    for item in items:
        os.write(pipe, b".\n")
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = work(item)
        signal.setitimer(signal.ITIMER_REAL, 0)
        end = os.fstat(2).st_size
        output = os.pread(2, min(end - position, OUTPUT_BYTES), position) if end > position else b""
        line = {**answer, "output": output.decode("utf-8", "replace"), "end": end}
        position = end
        os.write(pipe, json.dumps(line).encode() + b"\n")
    os._exit(0)
