"""A replay in a process of its own: at low priority, and ended at once when it is no longer wanted, with all that it
has started."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.replay.report import ReplayReport
from gnomon.server import replays

PRIORITY = 15  # of 19, the lowest
PATIENCE = 5.0  # seconds in which it ends what it has started


class Ended(Exception):
    """It was ended, or has died."""


class ReplayProcess:
    """One replay, which has begun. `result` waits for it, on another thread than `end`."""

    def __init__(self, finding: Finding, root: Path) -> None:
        self._question = pickle.dumps((finding, root.absolute()))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gnomon.server.replay_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",  # else modules of the workspace would be found before Python's own
            start_new_session=True,
        )

    def result(self) -> tuple[ReplayReport, Outcome]:
        """Raises Ended."""
        answer, _ = self._process.communicate(self._question)
        if self._process.returncode != 0:
            raise Ended
        report, outcome = pickle.loads(answer)
        return report, outcome

    def end(self) -> None:
        """Does not wait for more than a moment."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):  # compilers that were at work
            os.killpg(self._process.pid, signal.SIGKILL)


def main() -> None:
    os.nice(PRIORITY)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exception: what is under way is ended, and cleared away
    finding, root = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(replays.run(finding, root)))


if __name__ == "__main__":
    main()
