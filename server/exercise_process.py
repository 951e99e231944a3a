"""Exercising in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.exercise import Exercise, Exercised, folder_of
from gnomon.server import exercised, replays
from gnomon.server.background import Ended
from gnomon.server.child import Child, Say, answer
from gnomon.server.exercised import Told


@dataclass(frozen=True, slots=True)
class Question:
    """`build`: where the build of the sources that are meant is, or would be; of others nothing is answered."""

    planned: Exercise
    build: Path
    seconds: float


class ExerciseProcess:
    """It has begun; `told` is called while somebody waits for the result."""

    def __init__(self, question: Question, told: Told) -> None:
        self.child = Child("gnomon.server.exercise_process", question)
        self.end = self.child.end
        self._told = told

    def result(self) -> Exercised:
        """Raises Ended, also when the sources have changed meanwhile."""
        found = None
        for said in self.child.answers():
            if isinstance(said, Exercised):
                found = said
            else:
                self._told(*said)
        if found is None:
            raise Ended
        return found


def _run(question: Question, say: Say) -> None:
    if not _is_same(question):
        return
    found = exercised.run(question.planned, replays.builds(), lambda text, part: say((text, part)), question.seconds)
    if _is_same(question):
        say(found)


def _is_same(question: Question) -> bool:
    return folder_of(question.planned.root, replays.builds()) == question.build


if __name__ == "__main__":
    answer(_run)
