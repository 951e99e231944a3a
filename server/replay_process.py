"""A replay in a process of its own."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.replay.report import ReplayReport
from gnomon.server import replays
from gnomon.server.child import Child, Say, answer


class ReplayProcess:
    """One replay, which has begun."""

    def __init__(self, finding: Finding, root: Path) -> None:
        self.child = Child("gnomon.server.replay_process", (finding, root.absolute()))
        self.end = self.child.end

    def result(self) -> tuple[ReplayReport, Outcome]:
        """Raises Ended."""
        ((report, outcome),) = self.child.answers()
        return report, outcome


def _run(question: tuple[Finding, Path], say: Say) -> None:
    say(replays.run(*question))


if __name__ == "__main__":
    answer(_run)
