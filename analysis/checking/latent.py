"""Latent failures: those of C functions by themselves that depend on what a caller does, and that no caller settled.

They say what a function expects of its callers. What all callers are known to keep is not among them: that can be known
of static functions whose address nobody takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from gnomon.analysis.checking.decide import LATENT, Decision, ObligationId
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.function_entries import HIGHEST
from gnomon.analysis.checking.memo import Answered


@dataclass(frozen=True, slots=True)
class Latent:
    """`answered` is what was said of each function by itself, of its own demands and of those that callees left, and
    `calls` whom it calls. Of `closed` functions all callers are in there."""

    answered: Mapping[int, Answered]
    calls: Mapping[int, tuple[int, ...]]
    closed: Set[int]
    _callers: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for function, calls in self.calls.items():
            for callee in calls:
                self._callers.setdefault(callee, []).append(function)

    def unsettled(self) -> Iterator[tuple[Decision, Entry]]:
        """Each with the entry that shows it."""
        for function, answered in self.answered.items():
            for obligation in answered.question.own:
                decision = self._said(function, obligation)
                is_latent = decision is not None and decision.reason == LATENT and decision.confirmed is not None
                if decision is not None and is_latent and not self._is_kept(obligation, function, HIGHEST):
                    yield decision, answered.question.entry

    def _is_kept(self, obligation: ObligationId, function: int, levels: int) -> bool:
        """Do all callers of the function keep the demand, or their callers for them?"""
        callers = self._callers.get(function, [])
        is_known = function in self.closed and levels > 0 and bool(callers)
        return is_known and all(self._is_kept_by(obligation, caller, levels) for caller in callers)

    def _is_kept_by(self, obligation: ObligationId, caller: int, levels: int) -> bool:
        decision = self._said(caller, obligation)
        if decision is None or decision.answer == "proved":
            return decision is not None
        return decision.reason == LATENT and self._is_kept(obligation, caller, levels - 1)

    def _said(self, function: int, obligation: ObligationId) -> Decision | None:
        answered = self.answered.get(function)
        return answered.memo.decisions.get(obligation[0], {}).get(obligation) if answered is not None else None
