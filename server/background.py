"""Work beside the editor, one piece at a time: what somebody asks for at once, all else when nothing else happens.

What may wait begins once there was neither an edit nor a check for some seconds. An edit ends it, and it begins again
later; a check ends it for good, as it may be out of date. All of it is about the files as they are saved: while the
editor holds other text, nothing begins.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

PAUSE = 5.0  # seconds without an edit or a check, after which work begins that nobody asked for


class Ended(Exception):
    """It was ended, or has died."""


class Running(Protocol[T_co]):
    """Work under way. `end` is called on another thread than `result`, which then raises Ended."""

    def result(self) -> T_co: ...

    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """All functions are called on the thread of the background. `refuse` is told why there is no result; nothing is
    called of work that was ended because it is not wanted."""

    begin: Callable[[], Running[T]]
    take: Callable[[T], None]
    refuse: Callable[[str], None]
    asked: Future[Any] | None = None  # for whom waits for it


LookUp = Callable[[], Iterable[Work[Any]]]


@dataclass(frozen=True, slots=True)
class _LookUp:
    """`age`: of what may wait, when it was wanted."""

    what: LookUp
    age: int


class Background:
    """`is_saved`: does the editor hold no other text than the files? Methods may be called from any thread."""

    def __init__(self, is_saved: Callable[[], bool], trouble: Callable[[str], None], pause: float = PAUSE) -> None:
        self._is_saved = is_saved
        self._trouble = trouble
        self._pause = pause
        self._wake = threading.Condition()
        self._looking: deque[_LookUp] = deque()
        self._asked: deque[Work[Any]] = deque()
        self._idle: deque[Work[Any]] = deque()
        self._age = 0  # how often what may wait was forgotten
        self._rests_until = 0.0  # of the monotonic clock
        self._running: Running[Any] | None = None
        self._work: Work[Any] | None = None  # what runs
        self._is_ended = False  # what runs, before its time
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="gnomon-background", daemon=True)
        self._thread.start()

    def look_up(self, what: LookUp) -> None:
        """Before all else. What it gives may wait, and comes after what waits already."""
        with self._wake:
            self._looking.append(_LookUp(what, self._age))
            self._rest()

    def ask(self, work: Work[Any]) -> None:
        """Somebody waits for it."""
        with self._wake:
            self._asked.append(work)
            self._interrupt(is_forgotten=False)

    def pause(self) -> None:
        """The user edits: what runs unasked ends, and begins again later."""
        with self._wake:
            self._interrupt(is_forgotten=False)

    def forget(self) -> None:
        """What may wait is out of date: there is, or was, another check."""
        with self._wake:
            self._age += 1
            self._idle.clear()
            self._interrupt(is_forgotten=True)

    def close(self) -> None:
        with self._wake:
            self._closed = True
            for work in (*self._asked, *([self._work] if self._work is not None else [])):
                if work.asked is not None:
                    work.asked.cancel()
            self._end()
            self._wake.notify()
        self._thread.join(timeout=10)

    def _rest(self) -> None:
        self._rests_until = time.monotonic() + self._pause
        self._wake.notify()

    def _interrupt(self, is_forgotten: bool) -> None:
        """Ends what runs unasked, and has the pause begin again."""
        if self._work is not None and self._work.asked is None and not self._is_ended:
            if not is_forgotten:
                self._idle.appendleft(self._work)
            self._end()
        self._rest()

    def _end(self) -> None:
        """On a thread of its own: it may take a moment, and the editor's thread has none."""
        self._is_ended = True
        if self._running is not None:
            threading.Thread(target=self._running.end, daemon=True).start()

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            try:
                if isinstance(wanted, Work):
                    self._do(wanted)
                else:
                    self._look(wanted)
            except Exception as error:  # a defect of ours costs one piece: without this thread nothing is done
                self._trouble(f"{type(error).__name__}: {error}")
                if isinstance(wanted, Work):
                    wanted.refuse("it failed in Gnomon")

    def _next(self) -> Work[Any] | _LookUp | None:
        with self._wake:
            self._work = self._running = None
            while not self._closed:
                if self._looking:
                    return self._looking.popleft()
                rest = self._rests_until - time.monotonic()
                if self._asked or (self._idle and rest <= 0 and self._is_saved()):
                    self._work = self._asked.popleft() if self._asked else self._idle.popleft()
                    self._is_ended = False
                    return self._work
                # With unsaved text there is nothing to wait for but an edit, or a save.
                self._wake.wait(rest if self._idle and rest > 0 else None)
            return None

    def _look(self, look_up: _LookUp) -> None:
        found = list(look_up.what())
        with self._wake:
            if look_up.age == self._age:
                self._idle.extend(found)

    def _do(self, work: Work[Any]) -> None:
        try:
            running = work.begin()
        except OSError as error:
            work.refuse(f"it cannot be started here: {error}")
            return
        with self._wake:
            self._running = running
            if self._is_ended:
                self._end()
        try:
            result = running.result()
        except Ended:
            with self._wake:
                is_wanted = not self._is_ended
            if is_wanted:
                work.refuse("it ended before it was over")
            return
        with self._wake:
            if self._is_ended:
                return
        work.take(result)
