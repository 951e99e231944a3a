"""Deciding one entry: which obligations it is asked, and what its memo rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from gnomon import _engine
from gnomon.analysis.checking import explored
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.known import Gathered, Known
from gnomon.analysis.checking.memo import Explored, Keys, Memo, Obligations
from gnomon.analysis.checking.traces import Traces


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

    def memo(self, name: str, refuted: Set[ObligationId], seconds: float) -> Memo | None:
        """What is known of an entry, if it still holds, and more than `seconds` were not needed."""
        memo = self._known.memo(name, self._entries[name], refuted, seconds)
        if memo is None or memo.explored is None:
            return memo
        return memo if memo.explored.leads_to == self._asked(memo.entry) else None

    def stored(self, name: str, traces: Traces) -> Memo | None:
        """What an earlier session found out of an entry that is explored whole, if it still holds."""
        entry = self._entries[name]
        if entry.kind != "capi":
            return None
        try:
            self._engine.declare(name, entry)
        except ValueError:
            return None
        return traces.memo(entry, self._asked(entry))

    def decide(self, name: str, refuted: Set[ObligationId]) -> Memo | None:
        """Asks all that the entry reaches, but for what is refuted; None when it cannot be called so."""
        entry = self._entries[name]
        try:
            self._engine.declare(name, entry)
        except ValueError:  # a step's arguments do not fit its function: a contract check's business
            return None
        if entry.kind == "capi":
            return self._decide_whole(name, entry, refuted)
        slicer = self._decider.slicer(name)
        reached = reached_by(slicer)
        wanted, skipped = self._wanted(reached, refuted)
        if entry.asked:
            asked = self._asked(entry)
            wanted = {f: listed for f, listed in wanted.items() if self._engine.native.function_key(f) in asked}
        decisions = self._decider.decide(name, slicer, wanted)
        return Memo.of(entry, reached, skipped, by_function(decisions), self._decider.entry_seconds)

    def _decide_whole(self, name: str, entry: Entry, refuted: Set[ObligationId]) -> Memo:
        """Of an entry that is not sliced: among objects of Python everything may refer to everything."""
        asked = self._asked(entry)
        by_id, skipped = self._wanted(asked, refuted)
        wanted = [obligation for function in sorted(by_id) for obligation in by_id[function]]
        decisions = self._decider.explore_whole(name, wanted)
        entered = self._decider.entered
        decided = by_function({o: d for o, d in decisions.items() if o[0] in entered})
        beyond = explored.beyond(self._engine, wanted, decisions, entered)
        for key, said in beyond.items():
            function = self._engine.native.function_id(key)
            assert function is not None
            decided[function] = explored.left_open(self._engine, said, by_id[function])
        rests_on = explored.keys(self._engine, self._decider.looked_at)
        said_of_all = Explored(asked, beyond, self._decider.is_cut_short)
        return Memo.of(entry, rests_on, skipped, decided, self._decider.entry_seconds, said_of_all)

    def _wanted(
        self, functions: Iterable[str], refuted: Set[ObligationId]
    ) -> tuple[dict[int, list[_engine.Obligation]], frozenset[ObligationId]]:
        """What is open in these functions, by their ids; and what is not asked of it, being refuted."""
        ids = map(self._engine.native.function_id, functions)
        listed = {f: self._obligations[f].open for f in ids if f is not None and f in self._obligations}
        wanted = {f: [o for o in here if identify(o) not in refuted] for f, here in listed.items()}
        return wanted, frozenset(o for here in listed.values() for o in map(identify, here) if o in refuted)

    def _asked(self, entry: Entry) -> frozenset[str]:
        """The program's functions that the calls lead to of which the entry is asked."""
        starts = entry.asked or tuple(step.function for step in entry.steps)
        return frozenset().union(*(self._known.lead(self._engine, start).functions for start in starts))


def by_function(decisions: Mapping[ObligationId, Decision]) -> dict[int, dict[ObligationId, Decision]]:
    decided: dict[int, dict[ObligationId, Decision]] = {}
    for obligation, decision in decisions.items():
        decided.setdefault(obligation[0], {})[obligation] = decision
    return decided


def reached_by(slicer: _engine.EntrySlicer) -> Keys:
    """The keys of the functions that an entry comes to, but for its harness."""
    return tuple(slicer.reached())
