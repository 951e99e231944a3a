"""Deciding one entry: which obligations it is asked, and what its memo rests on."""

from __future__ import annotations

from collections.abc import Mapping, Set

from gnomon import _engine
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.known import Gathered, Known
from gnomon.analysis.checking.memo import Memo, Obligations, Reached


class Deciding:
    """`obligations` are those of the project's functions, by their ids."""

    def __init__(
        self,
        engine: Engine,
        decider: Decider,
        known: Known,
        obligations: Mapping[int, Obligations],
        gathered: Gathered,
    ) -> None:
        self._engine = engine
        self._decider = decider
        self._known = known
        self._obligations = obligations
        self._entries = gathered.entries
        self._reached: dict[str, frozenset[int]] = {}  # functions, by the key of the one that leads there

    def memo(self, name: str, refuted: Set[ObligationId], seconds: float) -> Memo | None:
        """What is known of an entry, if it still holds, and more than `seconds` were not needed."""
        return self._known.memo(name, self._entries[name], refuted, seconds)

    def decide(self, name: str, refuted: Set[ObligationId]) -> Memo | None:
        """Asks all that the entry reaches, but for what is refuted; None when it cannot be called so."""
        entry = self._entries[name]
        try:
            self._engine.declare(name, entry)
        except ValueError:  # a step's arguments do not fit its function: a contract check's business
            return None
        asked = frozenset().union(*map(self._reached_by, entry.asked)) if entry.asked else None
        slicer = self._decider.slicer(name)
        reached = reached_by(slicer)
        ids = [self._engine.native.function_id(key) for key in reached]
        listed = {f: self._obligations[f].open for f in ids if f is not None and f in self._obligations}
        wanted = {
            f: [o for o in here if identify(o) not in refuted]
            for f, here in listed.items()
            if asked is None or f in asked
        }
        skipped = frozenset(o for here in listed.values() for o in map(identify, here) if o in refuted)
        decided: dict[int, dict[ObligationId, Decision]] = {}
        decisions = self._decider.decide(name, slicer, wanted)
        if entry.kind == "capi" and not slicer.can_slice():
            decisions = _of_entered(decisions, frozenset(self._decider.entered))
        for obligation, decision in decisions.items():
            decided.setdefault(obligation[0], {})[obligation] = decision
        return Memo.of(entry, reached, skipped, decided, self._decider.entry_seconds)

    def _reached_by(self, key: str) -> frozenset[int]:
        """The functions that one leads to."""
        known = self._reached.get(key)
        if known is None:
            start = self._engine.native.function_id(key)
            found = self._engine.native.reached_from(start) if start is not None else []
            known = self._reached[key] = frozenset(found)
        return known


def _of_entered(decisions: Mapping[ObligationId, Decision], entered: Set[int]) -> dict[ObligationId, Decision]:
    """What Python may pass is more than entries do: of functions that none of its runs comes to, an entry proves
    nothing."""
    return {o: d for o, d in decisions.items() if d.answer != "proved" or o[0] in entered}


def reached_by(slicer: _engine.EntrySlicer) -> Reached:
    """The keys of the functions that an entry comes to, but for its harness."""
    return tuple(slicer.reached())
