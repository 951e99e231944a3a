"""After an edit: which entries come to it by the fewest calls, and what is said of those that the next check asks.

Failures that were found before are run again with their inputs, without a search, so that none of them goes and comes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping, Sequence, Set

from gnomon.analysis.checking.decide import Decider, Decision, ObligationId
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.known import OUT_OF_TIME, Known
from gnomon.analysis.checking.memo import Decisions, Obligations

AGAIN_SECONDS = 0.5  # of one check
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


class StillFailing:
    """Runs failures again, for `AGAIN_SECONDS` in all."""

    def __init__(
        self,
        engine: Engine,
        decider: Decider,
        known: Known,
        obligations: Mapping[int, Obligations],
        cancelled: threading.Event,
    ) -> None:
        self._engine = engine
        self._decider = decider
        self._known = known
        self._obligations = obligations
        self._cancelled = cancelled
        self._seconds = AGAIN_SECONDS

    def said(self, name: str, entry: Entry) -> tuple[dict[int, Decisions], dict[ObligationId, Decision]]:
        """Of an entry that is left to the next check: what it said before, but where something else is asked now; and
        of what it had refuted, what still fails, which is also told by itself."""
        failed = self._known.failing.get(name, {})
        failing = self.failing(name, entry)
        said: dict[int, Decisions] = {}
        if not entry.is_late:
            last = self._engine.native.function_id(entry.steps[-1].function)
            before = self._known.tally.said(name)
            asked = before.keys() | ({last} if last is not None else set())
            for function in asked & self._obligations.keys():
                is_same = function in before and function not in self._known.altered
                said[function] = before[function] if is_same else self._open(function, entry)
        for o in failed.keys() - failing.keys():
            if o in said.get(o[0], {}):
                said[o[0]] = {**said[o[0]], o: OUT_OF_TIME}
        for o, decision in failing.items():
            said[o[0]] = {**said.get(o[0], {}), o: decision}
        return said, failing

    def failing(self, name: str, entry: Entry, besides: Collection[ObligationId] = ()) -> dict[ObligationId, Decision]:
        """The failures that the entry had shown, besides these, and that its inputs still lead to, where they are
        now."""
        waiting = {o: d for o, d in self._known.failing.get(name, {}).items() if o not in besides}
        if not waiting or self._seconds <= 0:
            return {}
        try:
            self._engine.declare(name, entry)
        except ValueError:
            return {}
        found: dict[ObligationId, Decision] = {}
        begin = time.monotonic()
        for o in list(waiting):
            if self._cancelled.is_set() or time.monotonic() - begin > self._seconds:
                break
            confirmed = waiting[o].confirmed if o in waiting else None
            for again in self._decider.again(name, confirmed) if confirmed is not None else ():
                place = self._place_among(waiting, again.obligation)
                if place is not None:
                    del waiting[place]
                    found[again.obligation] = Decision("refuted", confirmed=again)
        self._seconds -= time.monotonic() - begin
        return found

    def _place_among(self, waiting: Collection[ObligationId], now: ObligationId) -> ObligationId | None:
        """What an obligation was called before the edit."""
        if now in waiting:
            return now
        same = (o for o in waiting if (o[0], o[2]) == (now[0], now[2]))
        return next(same, None) if now[0] in self._known.altered else None

    def _open(self, function: int, entry: Entry) -> Decisions:
        known = self._obligations[function]
        return known.not_asked if entry.kind == "function" else known.out_of_time
