"""What a session knows from its earlier checks, and how long each piece of it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields

from gnomon import _engine
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.decide import Decision, ObligationId, identify
from gnomon.analysis.checking.engine import Engine, LoweredFunction
from gnomon.analysis.checking.entry import Entry, EntryStep, NoEntry, harness_name
from gnomon.analysis.checking.explored import Lead, beyond_now
from gnomon.analysis.checking.levels import Levels
from gnomon.analysis.checking.memo import AllLeft, Answered, Keys, Memo, Obligations, Question
from gnomon.analysis.checking.tally import ENTRIES, LATE, PROGRAMS, Tally, Turn

PROVED = Decision("proved")
OUT_OF_TIME = Decision("undecided", "budget")
NOT_ASKED = Decision("undecided", "budget", is_tentative=True)

Asked = tuple[str, Entry]  # a question about an entry


@dataclass(frozen=True, slots=True)
class Gathered:
    """The entries that the edges give, by harness."""

    boundary: Boundary
    entries: dict[str, Entry]
    refused: tuple[NoEntry, ...]
    declared: tuple[str, ...] = ()  # keys of functions that may be called with anything
    programs: tuple[str, ...] = ()  # those of the entries that start at `main`


@dataclass(slots=True)
class Known:
    """Kept between the checks of one engine and one set of settings. What rests on a function goes when it changes, and
    is due to be found again; nothing else is looked at."""

    lowered: int = 0  # functions, ever
    edited: set[str] = field(default_factory=set)  # keys of functions lowered since a check came to its end
    altered: set[int] = field(default_factory=set)  # functions of which something else is asked since then
    failing: dict[str, dict[ObligationId, Decision]] = field(default_factory=dict)  # what was refuted, by harness
    lowered_before: int = 0  # when the last check ended
    memos: dict[str, Memo] = field(default_factory=dict)  # by harness
    decided: set[str] = field(default_factory=set)  # harnesses that ever had a memo
    tally: Tally = field(default_factory=Tally)
    due: set[str] = field(default_factory=set)  # harnesses whose memo went, or has not reached the tally
    unfinished: set[str] = field(default_factory=set)  # those that a check cut short which did not come to its end
    interlocked: set[str] = field(default_factory=set)  # those that refute, or skip what others refute
    due_functions: set[int] = field(default_factory=set)  # to be asked by themselves, again
    turns: dict[str, Turn] = field(default_factory=dict)  # of the gathered entries
    gathered: Gathered | None = None
    old_answers: dict[Asked, bool] = field(default_factory=dict)  # that it rests on, and that have to be found again
    levels: Levels | None = None
    asked: dict[int, Question] = field(default_factory=dict)  # by function: what it was asked last
    answered: dict[int, Answered] = field(default_factory=dict)  # by function
    left: dict[int, AllLeft] = field(default_factory=dict)  # by function: what it leaves to its callers
    harnesses: dict[str, int] = field(default_factory=dict)  # of functions by themselves
    _ordered: tuple[Gathered, tuple[str, ...]] | None = None  # what the turns are of
    _obligations: dict[str, Obligations] = field(default_factory=dict)  # by the function's key
    _own_pointers: dict[str, Set[int]] = field(default_factory=dict)  # by the function's key
    _digests: dict[str, int] = field(default_factory=dict)  # by that, too: of all that the cheap pass looked at for it
    _variables: Mapping[str, int] = field(default_factory=dict)  # what they hold, by key, as a digest
    _answers: dict[Asked, bool] = field(default_factory=dict)
    _function_entries: dict[tuple[str, str], tuple[str, Entry]] = field(default_factory=dict)  # by key and path
    _leads: dict[str, Lead] = field(default_factory=dict)  # by the key of the function that calls start at
    _bodies: Mapping[str, bool] = field(default_factory=dict)  # of the project's functions, by key: is there one?
    _resting_memos: dict[str, set[str]] = field(default_factory=dict)  # by the keys of the functions they rest on
    _leading_memos: dict[str, set[str]] = field(default_factory=dict)  # by the keys of others that their calls lead to
    _resting_leads: dict[str, set[str]] = field(default_factory=dict)
    _resting_answers: dict[str, set[Asked]] = field(default_factory=dict)

    def changed(self, keys: Iterable[str]) -> None:
        """Functions were lowered anew, or went."""
        for key in keys:
            self.lowered += 1
            self.edited.add(key)
            self._forget(key)
            for asked in self._resting_answers.pop(key, ()):
                if asked in self._answers:
                    self.old_answers.setdefault(asked, self._answers.pop(asked))
            for start in self._resting_leads.pop(key, ()):
                self._leads.pop(start, None)
            self.due |= self._leading_memos.get(key, set()) & self.memos.keys()  # it may lead elsewhere

    def clear(self) -> None:
        """Other rules ask other things."""
        fresh = Known(self.lowered)
        for kept in fields(self):
            setattr(self, kept.name, getattr(fresh, kept.name))

    def clear_decisions(self) -> None:
        """Other settings may decide otherwise, and variables that hold something else."""
        fresh = Known(self.lowered, self.edited, self.altered, self.failing, decided=self.decided)
        kept = {"_obligations", "_own_pointers", "_digests", "_variables", "_function_entries"}
        for name in {listed.name for listed in fields(self)} - kept:
            setattr(self, name, getattr(fresh, name))

    def _forget(self, key: str) -> None:
        """What was decided of a function, and of the entries that come to it."""
        self._obligations.pop(key, None)
        self._own_pointers.pop(key, None)
        self._digests.pop(key, None)
        for name in self._resting_memos.pop(key, ()):
            self._forget_memo(name)

    def _forget_memo(self, name: str) -> None:
        if self.memos.pop(name, None) is not None:
            self.due.add(name)
            self.interlocked.discard(name)

    def _demand(self, engine: Engine, key: str, obligations: Obligations) -> None:
        """Something else is open in the function."""
        for name in self._leading_memos.get(key, set()) & self.memos.keys():
            memo = beyond_now(engine, self.memos[name], key, obligations.open)
            if memo is None:
                self._forget_memo(name)
            elif memo is not self.memos[name]:
                self.keep(name, memo)

    def rest_on(self, variables: Mapping[str, int], functions: Iterable[LoweredFunction]) -> None:
        """Forgets decisions when a variable that was there holds something else, or others may write it. A new one
        matters to nothing that was decided. What explorations found is forgotten when a function that was there has
        become one with a body, or without."""
        if any(variables.get(key) != digest for key, digest in self._variables.items()):
            self.clear_decisions()
        self._variables = variables
        bodies = {f.key: f.has_body for f in functions if not f.is_model}
        if any(bodies.get(key) != has_body for key, has_body in self._bodies.items()):
            self._leads.clear()
            for name in [name for name, memo in self.memos.items() if memo.explored is not None]:
                self._forget_memo(name)
        self._bodies = bodies

    def obligations(
        self, engine: Engine, functions: Sequence[LoweredFunction], open_functions: Sequence[str]
    ) -> dict[int, Obligations]:
        """The functions' obligations, by id, looked at once. `open_functions` are the keys of those that may be called
        with anything."""
        discharger = engine.native.discharger(open_functions)
        digests = discharger.digests_of([f.id for f in functions])
        for function, digest in zip(functions, digests, strict=True):
            if self._digests.get(function.key) == digest:
                continue
            now, known = _obligations(discharger, function.id), self._obligations.get(function.key)
            # Often callees or callers changed in a way that leaves the same to be asked.
            if known is None or (known.proved, known.not_asked) != (now.proved, now.not_asked):
                self._forget(function.key)
                self._obligations[function.key] = now
                self.altered.add(function.id)
                self._demand(engine, function.key, now)
                self.due_functions.add(function.id)
                self.tally.note(function.id)
            self._digests[function.key] = digest
        return {function.id: self._obligations[function.key] for function in functions}

    def own_pointers(self, engine: Engine, function: LoweredFunction) -> Set[int]:
        """The functions that it hands pointers of its own; the same set until it changes."""
        known = self._own_pointers.get(function.key)
        if known is None:
            known = self._own_pointers[function.key] = frozenset(engine.native.given_own_pointers(function.id))
        return known

    def lead(self, engine: Engine, key: str) -> Lead:
        """Where calls of a function may come to."""
        known = self._leads.get(key)
        if known is None:
            start = engine.native.function_id(key)
            found, is_among_objects = engine.native.leads_to(start) if start is not None else ([], False)
            known = self._leads[key] = Lead(frozenset(map(engine.native.function_key, found)), is_among_objects)
            for callee in {key, *known.functions}:
                self._resting_leads.setdefault(callee, set()).add(key)
        return known

    def function_entry(self, function: LoweredFunction, relative: Callable[[str], str]) -> tuple[str, Entry]:
        """The entry of a C function by itself, the same one each time, and its harness."""
        known = self._function_entries.get((function.key, function.path))
        if known is None:
            step = EntryStep(function.key, (), function.name)
            entry = Entry(function.name, "function", (step,), sources=(relative(function.path),))
            known = harness_name(entry), entry
            self._function_entries[function.key, function.path] = known
        self.harnesses[known[0]] = function.id
        return known

    def order(self, gathered: Gathered, free: tuple[str, ...]) -> None:
        """Gives the entries their turns. Python's calls come first: what they show can be replayed from Python. Then
        programs that choose nothing, which run in one way only; those that are `free` to choose come after all
        functions: they have the most to explore. The last are entries of what rarely happens."""
        if self._ordered is not None and self._ordered[0] is gathered and self._ordered[1] == free:
            return
        self._ordered = gathered, free
        late = [name for name, entry in gathered.entries.items() if entry.is_late]
        others = {*gathered.programs, *late}
        calls = [name for name in gathered.entries if name not in others]
        programs = [name for name in gathered.programs if name not in free]
        turns = {name: (ENTRIES, 0, place) for place, name in enumerate((*calls, *programs))}
        turns |= {name: (PROGRAMS, 0, place) for place, name in enumerate(free)}
        turns |= {name: (LATE, 0, place) for place, name in enumerate(late)}
        for name in self.turns.keys() - turns.keys():
            self.drop(name)
        self.turns = turns
        self.due.update(turns)

    def keep(self, name: str, memo: Memo) -> None:
        self.memos[name] = memo
        self.decided.add(name)
        self.due.add(name)
        if memo.refuted or memo.skipped:
            self.interlocked.add(name)
        else:
            self.interlocked.discard(name)
        for key in memo.rests_on:
            self._resting_memos.setdefault(key, set()).add(name)
        if memo.explored is not None:
            for key in memo.explored.leads_to - set(memo.rests_on):
                self._leading_memos.setdefault(key, set()).add(name)

    def put(self, name: str, turn: Turn, memo: Memo, further: Mapping[ObligationId, Decision] | None = None) -> None:
        """The memo reaches the tally, with what else still fails. Of what rarely happens, only what goes wrong is
        said."""
        said = memo.refutations if turn[0] == LATE else memo.decisions
        for o, decision in (further or {}).items():
            said = {**said, o[0]: {**said.get(o[0], {}), o: decision}}
        self.tally.put(name, turn, said)
        self.note_failing(name, {o: memo.decisions[o[0]][o] for o in memo.refuted} | dict(further or {}))
        if further:
            self.interlocked.add(name)
        self.due.discard(name)

    def note_failing(self, name: str, failing: dict[ObligationId, Decision]) -> None:
        """What the harness shows to fail."""
        if failing:
            self.failing[name] = failing
        else:
            self.failing.pop(name, None)

    def drop(self, name: str) -> None:
        """Nothing is asked of the entry any more."""
        self.memos.pop(name, None)
        self.tally.drop(name)
        self.failing.pop(name, None)
        self.due.discard(name)
        self.interlocked.discard(name)

    def memo(self, name: str, entry: Entry, refuted: Set[ObligationId], seconds: float) -> Memo | None:
        """The entry's last decisions, if they are about what is asked now, and what `seconds` would give."""
        memo = self.memos.get(name)
        if memo is None or (memo.entry is not entry and memo.entry != entry):
            return None
        if not memo.has_time_enough(seconds):
            return None
        return memo if not memo.skipped or memo.skipped <= refuted else None

    def answer(self, asked: Asked) -> bool | None:
        """What was found out of an entry before."""
        return self._answers.get(asked)

    def note(self, asked: Asked, reached: Keys, answer: bool) -> None:
        self._answers[asked] = answer
        for key in reached:
            self._resting_answers.setdefault(key, set()).add(asked)


def _obligations(discharger: _engine.Discharger, function: int) -> Obligations:
    rest = tuple(discharger.open(function))
    names = [identify(o) for o in rest]
    proved = {identify(o): PROVED for o in discharger.held(function)}
    return Obligations(proved, rest, dict.fromkeys(names, OUT_OF_TIME), dict.fromkeys(names, NOT_ASKED))
