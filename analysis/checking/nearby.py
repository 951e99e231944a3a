"""After an edit: which entries come to it by the fewest calls, and which failures are there with the same inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from gnomon.analysis.checking.decide import Confirmed, Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import by_function
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.memo import Decisions

FAR = 1 << 30  # no calls that the sources name lead there


class Nearby:
    """How far functions are from those that were edited, in calls that the sources name."""

    def __init__(self, functions: Mapping[int, LoweredFunction], edited: Set[str]) -> None:
        callers: dict[int, list[int]] = {}
        for function in functions.values():
            for callee in function.calls:
                callers.setdefault(callee, []).append(function.id)
        self.edited = frozenset(f.id for f in functions.values() if f.key in edited)
        self._distances: dict[str, int] = {}
        level, distance = set(self.edited), 0
        seen = set(level)
        while level:
            self._distances.update((functions[function].key, distance) for function in level)
            level = {caller for function in level for caller in callers.get(function, ())} - seen
            seen |= level
            distance += 1

    def distance(self, entry: Entry) -> int:
        """Of an entry's last call: what comes before it is asked by itself."""
        asked: Sequence[str] = entry.asked or (entry.steps[-1].function,)
        return min(self._distances.get(key, FAR) for key in asked)


def still_failing(
    engine: Engine, decider: Decider, name: str, entry: Entry, before: Mapping[ObligationId, Decision]
) -> Mapping[int, Decisions]:
    """Of failures that an entry had shown, those that its inputs still lead to, by function: runs, without a search."""
    try:
        engine.declare(name, entry)
    except ValueError:
        return {}
    confirmed: list[Confirmed] = [decision.confirmed for decision in before.values() if decision.confirmed is not None]
    again = [decider.again(name, failure) for failure in confirmed]
    return by_function({found.confirmed.obligation: found for found in again if found and found.confirmed})
