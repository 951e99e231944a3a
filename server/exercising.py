"""Exercising beside the editor: after the replays, where the user has allowed that code is run unasked.

What was found the last time is shown at once when a project is opened, and after each check, as long as the sources are
the same; when they are not, it is gone until they are exercised again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.exercise import SECONDS, Exercised, folder_of
from gnomon.server import exercised, replays
from gnomon.server.background import Background, Running, Work
from gnomon.server.exercise_process import ExerciseProcess, Question
from gnomon.server.exercised import Told

Begin = Callable[[Question, Told], Running[Exercised]]


class ExerciseListener(Protocol):
    """Called on the background's thread."""

    def exercised_known(self, findings: tuple[Finding, ...]) -> None:
        """All that is known of the sources as they are saved."""

    def exercise_started(self) -> None: ...

    def exercise_progress(self, text: str, part: float) -> None: ...

    def exercise_ended(self) -> None: ...

    def exercise_problem(self, message: str) -> None:
        """What kept the project, or a module of it, from being exercised."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A run that the listener sees end."""

    running: Running[Exercised]
    listener: ExerciseListener

    def result(self) -> Exercised:
        try:
            return self.running.result()
        finally:
            self.listener.exercise_ended()

    def end(self) -> None:
        self.running.end()


class Exerciser:
    """Methods may be called from any thread."""

    def __init__(
        self,
        background: Background,
        root: Path,
        listener: ExerciseListener,
        when_idle: bool = False,
        seconds: float = SECONDS,
        begin: Begin = ExerciseProcess,
    ) -> None:
        self._background = background
        self._root = root
        self._listener = listener
        self._when_idle = when_idle
        self._seconds = seconds
        self._begin = begin
        self._session: dict[Path, Exercised] = {}  # by builds; also what failed, which is not tried twice

    def remember(self, facts: WorkspaceFacts) -> None:
        """The project has been opened, and not been checked yet."""
        self._background.look_up(lambda: self._look_up(facts, may_run=False))

    def offer(self, facts: WorkspaceFacts) -> None:
        """A check has ended; what it found is offered to the replayer first."""
        self._background.look_up(lambda: self._look_up(facts, may_run=self._when_idle))

    def _look_up(self, facts: WorkspaceFacts, may_run: bool) -> Iterable[Work[Exercised]]:
        planned = exercised.planned(facts, self._root)
        if not planned.sources:
            self._listener.exercised_known(())
            return ()
        try:
            build = folder_of(self._root, replays.builds())
            known = self._session.get(build) or exercised.remembered_of(planned, replays.builds(), self._seconds)
            if known.is_whole:
                self._session[build] = known
            self._listener.exercised_known(tuple(replays.with_states(known.findings, self._root)))
        except OSError as error:  # a file that nobody may read
            self._listener.exercise_problem(f"nothing was exercised: {error}")
            return ()
        if known.is_whole or not may_run:
            return ()
        question = Question(planned, build, self._seconds)
        return (Work(partial(self._started, question), partial(self._take, build), self._refuse),)

    def _started(self, question: Question) -> Running[Exercised]:
        running = self._begin(question, self._listener.exercise_progress)
        self._listener.exercise_started()
        return _Shown(running, self._listener)

    def _take(self, build: Path, result: Exercised) -> None:
        self._session[build] = result
        for problem in result.problems:
            self._listener.exercise_problem(problem)
        self._listener.exercised_known(result.findings)

    def _refuse(self, reason: str) -> None:
        self._listener.exercise_problem(f"nothing was exercised: {reason}")
