"""Replays beside the editor: those that somebody asks for, and, where the user has allowed it, those of findings of
which nothing is known yet.

When a check has ended, what earlier replays said of its findings is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Protocol

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.replay.report import ReplayReport
from gnomon.server import replays
from gnomon.server.background import Background, Running, Work
from gnomon.server.replay_process import ReplayProcess

Replayed = tuple[ReplayReport, Outcome]


class ReplayListener(Protocol):
    """Called on the background's thread."""

    def outcomes_known(self, outcomes: Mapping[str, Outcome], pending: frozenset[str]) -> None:
        """Of a check's findings, by id; `pending` are those that will be replayed."""

    def replay_ready(self, finding: Finding, outcome: Outcome) -> None: ...


class Replayer:
    """Methods may be called from any thread."""

    def __init__(
        self,
        background: Background,
        root: Path,
        listener: ReplayListener,
        when_idle: bool = False,
        begin: Callable[[Finding, Path], Running[Replayed]] = ReplayProcess,
    ) -> None:
        self._background = background
        self._root = root
        self._listener = listener
        self._when_idle = when_idle
        self._begin = begin
        self._session: dict[str, Outcome] = {}  # also those that are not worth keeping longer

    def offer(self, findings: Iterable[Finding]) -> None:
        """A check has ended with these."""
        self._background.look_up(partial(self._look_up, [f for f in findings if f.history is not None]))

    def request(self, finding: Finding) -> Future[ReplayReport]:
        """Somebody waits for this one."""
        answer: Future[ReplayReport] = Future()
        self._background.ask(self._work(finding, answer))
        return answer

    def _look_up(self, findings: list[Finding]) -> Iterator[Work[Replayed]]:
        found = replays.known(findings, self._root, self._session)
        # Hints are many, and replayed for who asks.
        missing = [f for f in findings if self._when_idle and f.id not in found and f.tier != "latent"]
        self._listener.outcomes_known(found, frozenset(finding.id for finding in missing))
        return map(self._work, missing)

    def _work(self, finding: Finding, answer: Future[ReplayReport] | None = None) -> Work[Replayed]:
        def take(result: Replayed) -> None:
            report, outcome = result
            if outcome.key or outcome.state == "replay-refused":  # else the code has changed meanwhile
                self._session[finding.id] = outcome
                self._listener.replay_ready(finding, outcome)
            _give(answer, report)

        def refuse(reason: str) -> None:
            _give(answer, ReplayReport("replay-refused", reason=reason))

        return Work(lambda: self._begin(finding, self._root), take, refuse, answer)


def _give(answer: Future[ReplayReport] | None, report: ReplayReport) -> None:
    if answer is not None and answer.set_running_or_notify_cancel():
        answer.set_result(report)
