"""What the memo of an entry rests on that is explored whole, since it is too large to be sliced.

The static graph of such an entry reaches everything: the types of an extension refer to all of its functions. What an
exploration finds depends on less. It runs the same, step by step, while these are the same:

- the code of the functions that it looked at: those that its paths and the interpreter came to, and those that it
  searched for what paths could still have come to (native/explore/reach.h);
- what variables hold at first, and which functions have a body (`Known.rest_on`);
- what is asked. Of a function that it did not enter, it noticed only whether something of it is open, here or later:
  such demands stay open, all for one reason, or the exploration says nothing of them (`Beyond`).

So a change elsewhere leaves the memo; only what is demanded of functions beyond is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gnomon import _engine
from gnomon.analysis.checking.decide import Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.memo import Beyond, Keys, Memo


@dataclass(frozen=True, slots=True)
class Lead:
    """Where calls of a function may come to, by the static graph."""

    functions: frozenset[str]  # the program's own, by key
    is_among_objects: bool  # through the models of Python's objects: nothing is sliced


def beyond(
    engine: Engine,
    wanted: Sequence[_engine.Obligation],
    decisions: Mapping[ObligationId, Decision],
    entered: set[int],
) -> dict[str, Beyond]:
    """What was said of the functions that were not entered."""
    reasons: dict[int, dict[bool, str]] = {}
    for obligation in wanted:
        function = obligation.site[0]
        if function not in entered:
            is_later = engine.native.is_asked_later(obligation.demand)
            reasons.setdefault(function, {})[is_later] = decisions[identify(obligation)].reason
    key = engine.native.function_key
    return {key(f): Beyond(said.get(False), said.get(True)) for f, said in reasons.items()}


def beyond_now(engine: Engine, memo: Memo, key: str, now: Sequence[_engine.Obligation]) -> Memo | None:
    """The memo when something else is demanded of a function that it asked about and did not enter; None when the
    exploration might notice."""
    if memo.explored is None or memo.explored.beyond is None:
        return memo
    said = memo.explored.beyond.get(key, Beyond())
    asked = [o for o in now if identify(o) not in memo.skipped]
    kinds = {engine.native.is_asked_later(o.demand) for o in asked}
    if (False in kinds, True in kinds) != (said.here is not None, said.later is not None):
        return None
    function = engine.native.function_id(key)
    assert function is not None
    decisions = dict(memo.decisions)
    before = decisions.pop(function, {})
    decisions[function] = left_open(engine, said, asked)
    return replace(memo, decisions=decisions, count=memo.count - len(before) + len(decisions[function]))


def left_open(engine: Engine, said: Beyond, asked: Iterable[_engine.Obligation]) -> dict[ObligationId, Decision]:
    """Decisions on what is demanded of a function that was not entered. Nothing is proved of it: what Python may pass
    is more than entries do."""
    here, later = (Decision("undecided", reason) if reason else None for reason in (said.here, said.later))
    decisions = {}
    for obligation in asked:
        decision = later if engine.native.is_asked_later(obligation.demand) else here
        if decision is not None:
            decisions[identify(obligation)] = decision
    return decisions


def keys(engine: Engine, functions: Iterable[int]) -> Keys:
    return tuple(map(engine.native.function_key, sorted(functions)))
