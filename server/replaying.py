"""Replays beside the editor, one at a time: those that somebody asks for at once, all others when nothing else happens.

When a check has ended, what earlier replays said of its findings is looked up. Where the user has allowed it, those of
which nothing is known are then replayed, once there was neither an edit nor a check for some seconds; an edit ends the
one under way, which begins again later. What is replayed is what is saved: while the editor holds other text, nothing
is.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.replay.report import ReplayReport
from gnomon.server import replays
from gnomon.server.replay_process import Ended, ReplayProcess

PAUSE = 5.0  # seconds without an edit or a check, after which replays begin that nobody asked for


class Running(Protocol):
    """A replay under way: `replay_process.ReplayProcess`."""

    def result(self) -> tuple[ReplayReport, Outcome]: ...

    def end(self) -> None: ...


class ReplayListener(Protocol):
    """Called on the replayer's thread."""

    def outcomes_known(self, outcomes: Mapping[str, Outcome], pending: frozenset[str]) -> None:
        """Of a check's findings, by id; `pending` are those that will be replayed."""

    def replay_ready(self, finding: Finding, outcome: Outcome) -> None: ...

    def trouble(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Work:
    finding: Finding
    answer: Future[ReplayReport] | None = None  # for whom asked for it


@dataclass(slots=True)
class _Queues:
    asked: deque[_Work] = field(default_factory=deque)
    idle: deque[_Work] = field(default_factory=deque)
    looked_up: tuple[Finding, ...] | None = None


class Replayer:
    """`is_saved`: does the editor hold no other text than the files? Methods may be called from any thread."""

    def __init__(
        self,
        root: Path,
        listener: ReplayListener,
        is_saved: Callable[[], bool],
        when_idle: bool = False,
        pause: float = PAUSE,
        begin: Callable[[Finding, Path], Running] = ReplayProcess,
    ) -> None:
        self._root = root
        self._listener = listener
        self._is_saved = is_saved
        self._when_idle = when_idle
        self._pause = pause
        self._begin = begin
        self._wake = threading.Condition()
        self._queues = _Queues()
        self._rests_until = 0.0  # of the monotonic clock
        self._running: Running | None = None
        self._work: _Work | None = None  # what runs
        self._is_ended = False  # what runs, before its time
        self._session: dict[str, Outcome] = {}  # also those that are not worth keeping longer
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="gnomon-replayer", daemon=True)
        self._thread.start()

    def offer(self, findings: Iterable[Finding]) -> None:
        """A check has ended with these; what was offered before is forgotten."""
        with self._wake:
            self._queues.looked_up = tuple(finding for finding in findings if finding.history is not None)
            self._queues.idle.clear()
            self._interrupt(is_forgotten=True)

    def pause(self) -> None:
        """The user edits: what runs unasked ends, and begins again later."""
        with self._wake:
            self._interrupt(is_forgotten=False)

    def forget(self) -> None:
        """What was offered is out of date: a check is under way."""
        with self._wake:
            self._queues.idle.clear()
            self._interrupt(is_forgotten=True)

    def request(self, finding: Finding) -> Future[ReplayReport]:
        """Somebody waits for this one."""
        answer: Future[ReplayReport] = Future()
        with self._wake:
            self._queues.asked.append(_Work(finding, answer))
            self._interrupt(is_forgotten=False)
        return answer

    def close(self) -> None:
        with self._wake:
            self._closed = True
            for work in (*self._queues.asked, *([self._work] if self._work is not None else [])):
                if work.answer is not None:
                    work.answer.cancel()
            self._end()
            self._wake.notify()
        self._thread.join(timeout=10)

    def _interrupt(self, is_forgotten: bool) -> None:
        """Ends what runs unasked, and has the pause begin again."""
        self._rests_until = time.monotonic() + self._pause
        if self._work is not None and self._work.answer is None and not self._is_ended:
            if not is_forgotten:
                self._queues.idle.appendleft(self._work)
            self._end()
        self._wake.notify()

    def _end(self) -> None:
        """On a thread of its own: it may take a moment, and the editor's thread has none."""
        self._is_ended = True
        if self._running is not None:
            threading.Thread(target=self._running.end, daemon=True).start()

    def _run(self) -> None:
        while (work := self._next()) is not None:
            try:
                if isinstance(work, _Work):
                    self._replay(work)
                else:
                    self._look_up(work)
            except Exception as error:  # a defect of ours costs one replay: without this thread there are none
                self._listener.trouble(f"{type(error).__name__}: {error}")
                if isinstance(work, _Work):
                    self._answer(work, ReplayReport("replay-refused", reason="it failed in Gnomon"))

    def _next(self) -> _Work | tuple[Finding, ...] | None:
        with self._wake:
            self._work = self._running = None
            while not self._closed:
                queues = self._queues
                if queues.looked_up is not None:
                    findings, queues.looked_up = queues.looked_up, None
                    return findings
                rest = self._rests_until - time.monotonic()
                if queues.asked or (queues.idle and rest <= 0 and self._is_saved()):
                    self._work = queues.asked.popleft() if queues.asked else queues.idle.popleft()
                    self._is_ended = False
                    return self._work
                # With unsaved text there is nothing to wait for but an edit, or a save.
                self._wake.wait(rest if queues.idle and rest > 0 else None)
            return None

    def _look_up(self, findings: tuple[Finding, ...]) -> None:
        found = replays.known(findings, self._root, self._session)
        # Hints are many, and replayed for who asks.
        missing = [f for f in findings if self._when_idle and f.id not in found and f.tier != "latent"]
        with self._wake:
            if self._queues.looked_up is None:  # else there are newer ones
                self._queues.idle.extend(map(_Work, missing))
        self._listener.outcomes_known(found, frozenset(finding.id for finding in missing))

    def _replay(self, work: _Work) -> None:
        try:
            running = self._begin(work.finding, self._root)
        except OSError as error:
            self._answer(work, ReplayReport("replay-refused", reason=f"it cannot be started here: {error}"))
            return
        with self._wake:
            self._running = running
            if self._is_ended:
                self._end()
        try:
            report, outcome = running.result()
        except Ended:
            self._answer(work, ReplayReport("replay-refused", reason="it ended before it was over"))
            return
        with self._wake:
            if self._is_ended:
                return
        if outcome.key or outcome.state == "replay-refused":  # else the code has changed meanwhile
            self._session[work.finding.id] = outcome
            self._listener.replay_ready(work.finding, outcome)
        self._answer(work, report)

    def _answer(self, work: _Work, report: ReplayReport) -> None:
        if work.answer is not None and work.answer.set_running_or_notify_cancel():
            work.answer.set_result(report)
