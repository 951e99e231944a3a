"""What explorations of whole programs found, kept for the next session under what they looked at.

There is no slice that a key could be of. So the memo of an entry of an extension is kept under the entry itself, with a
trace: the functions that its exploration looked at, and a digest of their code, of what the variables that they name
hold at first, of types, rules and settings. It holds where these functions give this digest, and the same is asked:
explored.py says why. There is one trace for an entry, the last. What was cut short is kept, too, once its check has
come to its end (`Run._finish`): the next session does not try again before code or budgets have changed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import astuple, dataclass
from typing import Protocol

from gnomon import _engine
from gnomon.analysis.checking import explored
from gnomon.analysis.checking.decide import NOT_CONFIRMED, Decider, Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry, harness_name
from gnomon.analysis.checking.finding import Answer
from gnomon.analysis.checking.memo import Beyond, Explored, Memo, Obligations
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import StoredVerdict, inputs_from_json, inputs_to_json


class TraceStore(Protocol):
    """What traces need of a store."""

    def trace(self, key: str) -> bytes | None: ...

    def put_trace(self, key: str, trace: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class _Trace:
    """A memo with the keys of functions in place of their ids."""

    functions: tuple[str, ...]  # that were looked at
    digest: str
    asked: Mapping[str, str]  # by function: what was open there, as far as it is noticed
    skipped: tuple[tuple[str, int, int], ...]
    decisions: tuple[tuple[str, int, int, Answer, str, str], ...]  # obligation, answer, reason, inputs
    beyond: Mapping[str, tuple[str | None, str | None]]
    is_cut_short: bool
    seconds: float


class Traces:
    """Of one check: `obligations` are those of the project's functions, by their ids."""

    def __init__(
        self,
        engine: Engine,
        decider: Decider,
        store: TraceStore,
        settings: Settings,
        obligations: Mapping[int, Obligations],
    ) -> None:
        self._engine, self._native = engine, engine.native
        self._decider = decider
        self._store = store
        seconds = (settings.entry_seconds, settings.check_seconds, settings.late_seconds)
        self._settings = f"{settings.key(False)}:{seconds}"
        self._obligations = obligations
        self._digests: dict[str, str] = {}  # of what is open, by function

    def put(self, memo: Memo) -> None:
        """Keeps what a memo says, also what was cut short, unless another try might say more."""
        said = {o: d for part in memo.decisions.values() for o, d in part.items()}
        is_unconfirmed = any(d.reason == NOT_CONFIRMED for d in said.values())
        if memo.explored is None or memo.explored.beyond is None or is_unconfirmed:
            return
        name = harness_name(memo.entry)
        functions = tuple(key for key in memo.rests_on if key != name)
        digest = self._digest(name, functions)
        assert digest is not None
        decisions, looked_at = [], frozenset(functions)
        for o, decision in said.items():
            key = self._native.function_key(o[0])
            if key in looked_at:
                stored = self._decider.storable(decision)
                inputs = inputs_to_json(stored.inputs)
                decisions.append((key, o[1], o[2], stored.answer, stored.reason, inputs))
        trace = _Trace(
            functions,
            digest,
            self._asked(memo.explored.leads_to, looked_at, memo.skipped),
            tuple((self._native.function_key(f), index, demand) for f, index, demand in memo.skipped),
            tuple(decisions),
            {key: (said.here, said.later) for key, said in memo.explored.beyond.items()},
            memo.explored.is_cut_short,
            memo.seconds,
        )
        self._store.put_trace(self._key(memo.entry), zlib.compress(json.dumps(astuple(trace)).encode()))

    def memo(self, entry: Entry, leads_to: frozenset[str]) -> Memo | None:
        """The last session's memo where it holds. The entry's harness is built."""
        found = self._store.trace(self._key(entry))
        if found is None:
            return None
        try:
            trace = _Trace(*json.loads(zlib.decompress(found)))
            return self._held(entry, trace, leads_to)
        except (zlib.error, ValueError, TypeError, KeyError):  # a row of no use is no trace
            return None

    def _held(self, entry: Entry, trace: _Trace, leads_to: frozenset[str]) -> Memo | None:
        name = harness_name(entry)
        if trace.asked.keys() != leads_to or self._digest(name, trace.functions) != trace.digest:
            return None
        skipped = frozenset(self._obligation(*named) for named in trace.skipped)
        if self._asked(leads_to, frozenset(trace.functions), skipped) != trace.asked:
            return None
        decided: dict[int, dict[ObligationId, Decision]] = {}
        for key, index, demand, answer, reason, inputs in trace.decisions:
            o = self._obligation(key, index, demand)
            decision = self._decider.reuse(name, o, StoredVerdict(answer, reason, inputs_from_json(inputs)))
            if decision is None:
                return None
            decided.setdefault(o[0], {})[o] = decision
        beyond = {key: Beyond(*said) for key, said in trace.beyond.items()}
        for key in beyond.keys() - set(trace.functions):
            function = self._function(key)
            asked = [o for o in self._obligations[function].open if identify(o) not in skipped]
            decided[function] = explored.left_open(self._engine, beyond[key], asked)
        said = Explored(leads_to, beyond, trace.is_cut_short)
        return Memo.of(entry, trace.functions, skipped, decided, trace.seconds, said)

    def _asked(self, leads_to: frozenset[str], looked_at: frozenset[str], skipped: Set[ObligationId]) -> dict[str, str]:
        """All that is open in functions that were looked at; of the others, of which kinds something is."""
        asked = {}
        for key in leads_to:
            function = self._function(key)
            open_ = self._obligations[function].open if function in self._obligations else ()
            asked[key] = self._all(key, open_) if key in looked_at else self._kinds(open_, skipped)
        return asked

    def _all(self, key: str, listed: Sequence[_engine.Obligation]) -> str:
        known = self._digests.get(key)
        if known is None:
            text = repr(sorted(identify(o)[1:] for o in listed))
            known = self._digests[key] = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        return known

    def _kinds(self, listed: Sequence[_engine.Obligation], skipped: Set[ObligationId]) -> str:
        kinds = {self._native.is_asked_later(o.demand) for o in listed if identify(o) not in skipped}
        return f"{False in kinds} {True in kinds}"

    def _digest(self, name: str, functions: Sequence[str]) -> str | None:
        """None when one of the functions is not there."""
        ids = [function for key in functions if (function := self._native.function_id(key)) is not None]
        if len(ids) != len(functions):
            return None
        return self._native.key_of_whole(name, ids, self._settings)

    def _obligation(self, key: str, index: int, demand: int) -> ObligationId:
        return self._function(key), index, demand

    def _function(self, key: str) -> int:
        function = self._native.function_id(key)
        if function is None:
            raise KeyError(key)
        return function

    def _key(self, entry: Entry) -> str:
        """Of the entry itself, whatever its functions do."""
        text = "\n".join((self._settings, harness_name(entry), *entry.sources))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
