"""Entries decided in several processes at once; what they say is what one process would say.

Each copy decides an entry as `Run` does. It sends the decisions as they would be stored, and the refutations are
confirmed once more where they are joined, in the order of the entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from gnomon.analysis.checking.decide import NOT_CONFIRMED, Counters, Decider, Decision, ObligationId
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.memo import Explored, Keys, Memo
from gnomon.analysis.checking.store import StoredVerdict


class Recording:
    """The store as a copy has it: it asks the first process, which alone uses the file, and keeps what is to be written
    for it."""

    def __init__(self, ask: Callable[[list[str]], Any]) -> None:
        self._ask = ask
        self.fresh: dict[str, StoredVerdict] = {}

    def get(self, keys: Iterable[str]) -> dict[str, StoredVerdict]:
        return cast(dict[str, StoredVerdict], self._ask(list(keys)))

    def put(self, verdicts: Mapping[str, StoredVerdict]) -> None:
        self.fresh.update(verdicts)


@dataclass(frozen=True, slots=True)
class Report:
    """What a copy found out of one entry."""

    rests_on: Keys
    skipped: frozenset[ObligationId]
    explored: Explored | None
    decided: dict[ObligationId, StoredVerdict]
    fresh: dict[str, StoredVerdict]  # for the store, by key
    counters: Counters
    seconds: float  # that there were
    phases: dict[str, float] = field(default_factory=dict)


def report(memo: Memo, decider: Decider, fresh: dict[str, StoredVerdict], phases: dict[str, float]) -> Report:
    decided = {o: decider.storable(d) for part in memo.decisions.values() for o, d in part.items()}
    counters = decider.counters
    return Report(memo.rests_on, memo.skipped, memo.explored, decided, fresh, counters, memo.seconds, phases)


def memo_of(told: Report, name: str, entry: Entry, decider: Decider) -> Memo:
    """What this process would have noted itself; the entry's harness is built."""
    decisions: dict[int, dict[ObligationId, Decision]] = {}
    for obligation, stored in told.decided.items():
        decision = decider.reuse(name, obligation, stored) or Decision("undecided", NOT_CONFIRMED)
        is_tentative = entry.kind == "function" and decision.answer != "refuted"
        decision = replace(decision, is_tentative=True) if is_tentative else decision
        decisions.setdefault(obligation[0], {})[obligation] = decision
    return Memo.of(entry, told.rests_on, told.skipped, decisions, told.seconds, told.explored)
