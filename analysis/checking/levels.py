"""Functions in levels: those of one level do not call each other, only those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Levels:
    """Functions by id, above all those that they call. Of functions that call each other, some come first, and are
    nobody's callers there."""

    calls: Mapping[int, tuple[int, ...]]  # that they are of
    levels: tuple[tuple[int, ...], ...]
    callees: Mapping[int, Sequence[int]]  # that are on lower levels

    @staticmethod
    def of(calls: Mapping[int, tuple[int, ...]]) -> Levels:
        level: dict[int, int] = {}
        callees: dict[int, Sequence[int]] = {}
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
                    callees[function] = [c for c in dict.fromkeys(calls[function]) if c in callees]
                    level[function] = 1 + max((level[c] for c in callees[function]), default=-1)
                    stack.pop()
                else:
                    seen.add(callee)
                    stack.append((callee, iter(calls[callee])))
        levels: list[list[int]] = [[] for _ in range(1 + max(level.values(), default=-1))]
        for function, number in level.items():
            levels[number].append(function)
        return Levels(calls, tuple(map(tuple, levels)), callees)
