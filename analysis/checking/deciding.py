"""Deciding one entry: which obligations it is asked, and what its memo rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from gnomon.analysis.checking.decide import Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.known import Known, Memo, Obligations, Reached


def harness_name(entry: Entry) -> str:
    """Of the harness function that the engine builds; no C function has such a name."""
    kind = "function " if entry.kind == "function" else "entry "
    return kind + " > ".join(step.function for step in entry.steps)


class Deciding:
    """`entries` are all that there are, by harness; `obligations` those of the project's functions."""

    def __init__(
        self,
        engine: Engine,
        decider: Decider,
        known: Known,
        functions: Mapping[int, LoweredFunction],
        obligations: Mapping[int, Obligations],
        entries: Mapping[str, Entry],
    ) -> None:
        self._engine = engine
        self._decider = decider
        self._known = known
        self._functions = functions
        self._obligations = obligations
        self._entries = entries
        self._reached: dict[str, frozenset[int]] = {}  # functions, by the key of the one that leads there

    def memo(self, name: str, refuted: Set[ObligationId]) -> Memo | None:
        """What is known of an entry, if it still holds."""
        entry = self._entries[name]
        return self._known.memo(name, entry, self._is_narrowed(entry), refuted)

    def decide(self, name: str, refuted: Set[ObligationId]) -> Memo | None:
        """Asks all that the entry reaches, but for what is refuted; None when it cannot be called so."""
        entry = self._entries[name]
        try:
            self._engine.declare(name, entry)
        except ValueError:  # a step's arguments do not fit its function: a contract check's business
            return None
        asked, reached = self._asked(entry), reached_from(self._engine, self._known, self._functions.values(), name)
        ids = [self._engine.native.function_id(key) for key, _ in reached]
        listed = {f: self._obligations[f].open for f in ids if f is not None and f in self._obligations}
        wanted = {
            f: [o for o in here if identify(o) not in refuted]
            for f, here in listed.items()
            if asked is None or f in asked
        }
        skipped = frozenset(o for here in listed.values() for o in map(identify, here) if o in refuted)
        decided: dict[int, dict[ObligationId, Decision]] = {}
        for obligation, decision in self._decider.decide(name, wanted).items():
            decided.setdefault(obligation[0], {})[obligation] = decision
        return Memo.of(entry, reached, asked is not None, skipped, decided)

    def _is_narrowed(self, entry: Entry) -> bool:
        return harness_name(replace(entry, steps=entry.steps[:-1])) in self._entries

    def _asked(self, entry: Entry) -> frozenset[int] | None:
        """The functions in which the entry's demands are asked; None for all. Where only calls before the last one
        come, the history without the last call has asked."""
        return self._reached_by(entry.steps[-1].function) if self._is_narrowed(entry) else None

    def _reached_by(self, key: str) -> frozenset[int]:
        known = self._reached.get(key)
        if known is None:
            start = self._engine.native.function_id(key)
            found = self._engine.native.reached_from(start) if start is not None else []
            known = self._reached[key] = frozenset(found)
        return known


def reached_from(engine: Engine, known: Known, functions: Iterable[LoweredFunction], name: str) -> Reached:
    """The functions that a harness comes to."""
    slicer = engine.native.slicer(name)
    return known.versioned(f.key for f in functions if slicer.reaches(f.id))
