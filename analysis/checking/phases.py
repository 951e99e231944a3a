"""Where the time of a check goes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PHASES = ("parse", "lower", "link", "discharge", "slice", "explore", "confirm")


class Phases:
    """Seconds by phase, adding up as long as the engine lives. `link` is the edges and what contradicts them."""

    def __init__(self) -> None:
        self._seconds = dict.fromkeys(PHASES, 0.0)

    def add(self, phase: str, seconds: float) -> None:
        self._seconds[phase] += seconds

    @contextmanager
    def timed(self, phase: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(phase, time.perf_counter() - started)

    def so_far(self) -> Mapping[str, float]:
        return dict(self._seconds)

    def since(self, before: Mapping[str, float]) -> dict[str, float]:
        return {phase: round(seconds - before[phase], 4) for phase, seconds in self._seconds.items()}
