"""Functions in levels: those of one level do not call each other, only those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Levels:
    """Functions by id, above all those that they call. Of functions that call each other, some come first, and are
    nobody's callers there."""

    calls: Mapping[int, tuple[int, ...]]  # that they are of
    level: Mapping[int, int]  # 0: the lowest
    count: int
    callees: Mapping[int, Sequence[int]]  # that are on lower levels
    callers: Mapping[int, Sequence[int]]  # that are on higher ones

    @staticmethod
    def of(calls: Mapping[int, tuple[int, ...]]) -> Levels:
        level: dict[int, int] = {}
        callees: dict[int, Sequence[int]] = {}
        callers: dict[int, list[int]] = {function: [] for function in calls}
        seen: set[int] = set()
        for start in sorted(calls):
            if start in seen:
                continue
            seen.add(start)
            stack = [(start, iter(calls[start]))]
            while stack:
                function, rest = stack[-1]
                callee = next((c for c in rest if c in calls and c not in seen), None)
                if callee is None:
                    callees[function] = [c for c in calls[function] if c in callees]
                    level[function] = 1 + max((level[c] for c in callees[function]), default=-1)
                    stack.pop()
                else:
                    seen.add(callee)
                    stack.append((callee, iter(calls[callee])))
        for function, listed in callees.items():
            for callee in listed:
                callers[callee].append(function)
        return Levels(calls, level, 1 + max(level.values(), default=-1), callees, callers)

    def differing(self, before: Levels | None) -> set[int]:
        """Functions that have another level, or other callees, than they had before."""
        if before is None:
            return set(self.level)
        return {
            f for f in self.level if before.level.get(f) != self.level[f] or before.callees.get(f) != self.callees[f]
        }
