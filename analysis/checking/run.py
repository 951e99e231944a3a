"""One check: every entry of the program as it stands, and what the entries say together."""

from __future__ import annotations

import re
import resource
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from gnomon.analysis.checking import findings, forks, parallel
from gnomon.analysis.checking.decide import Confirmed, Decider, Decision, ObligationId
from gnomon.analysis.checking.deciding import Deciding
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Statistics
from gnomon.analysis.checking.function_entries import OpenFunctions
from gnomon.analysis.checking.gathering import Gathering
from gnomon.analysis.checking.known import Known
from gnomon.analysis.checking.latent import Latent
from gnomon.analysis.checking.memo import Decisions, Memo, Question
from gnomon.analysis.checking.nearby import Nearby, StillFailing
from gnomon.analysis.checking.progress import Cancelled, OnFindings, Progress
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from gnomon.analysis.checking.tally import ENTRIES, LATE, PROGRAMS, Telling, Turn
from gnomon.analysis.checking.traces import Traces
from gnomon.analysis.syntax.csource import CFunction
from gnomon.analysis.workspace import Snapshot

FIRST_PART, LEAST_SECONDS, GROWTH = 1 / 3, 0.05, 5  # of the time for each entry before any gets more, and how it grows
FIRST_SECONDS = 0.1  # at most for each entry, at first, in an editor
FUNCTIONS_PART = 0.2  # of the time after an edit, besides, for the edited functions by themselves
LATE_PART = 0.2  # of the time for an entry, for one of what rarely happens
QUIET_SECONDS = 0.3  # after which what is found is told before the check has ended
ALONE_SECONDS = 1.0  # that one process decides alone: most checks are done by then, and copies cost time, too
OF_PYTHON = re.compile(r"_?Py[A-Z_]")


@dataclass(frozen=True, slots=True)
class _Task:
    """An entry to be decided, by whoever has the time."""

    name: str
    entry: Entry
    turn: Turn
    decide: Callable[[Decider], Memo | None]


class Run:
    """One check. Keeps nothing but what goes into what the session knows, and into the store."""

    def __init__(
        self,
        engine: Engine,
        store: VerdictStore,
        settings: Settings,
        snapshot: Snapshot,
        known: Known,
        cancelled: threading.Event,
    ) -> None:
        self._engine = engine
        self._store = store
        self._settings = settings
        self._snapshot = snapshot
        self._known = known
        self._cancelled = cancelled
        self._before = frozenset(known.decided)
        self._fresh: set[str] = set()  # harnesses that this check has decided
        # Those for which more time may help; of a check that was cancelled, too.
        self._short = known.unfinished & known.memos.keys()
        self._sought: set[str] = set()  # harnesses of which a trace was looked for
        self._refuted: dict[ObligationId, tuple[Decision, Entry]] = {}
        self._is_left = False  # something, to the next check
        self._untold: dict[ObligationId, tuple[Decision, Entry]] = {}  # what was refuted lately
        self._told: set[ObligationId] = set()  # before the check has ended
        self._lost: dict[str, str] = {}  # harnesses of which such a copy died, and what they are called

    def check(self, facts: Callable[[], WorkspaceFacts], on_progress: Progress, on_found: OnFindings) -> CheckResult:
        """Parses through `facts`, then decides entry after entry. Raises Cancelled."""
        self._started, lowered = time.monotonic(), self._known.lowered
        self._on_found = on_found
        phases = self._engine.phases.so_far()
        self._facts = facts()
        self._engine.complete()
        self._functions = self._engine.functions()
        self._known.rest_on(self._engine.native.variables(), self._functions.values())
        self._decider = Decider(self._engine, self._store, self._settings, self._functions)
        here = {path for path in {f.path for f in self._functions.values()} if self._snapshot.contains(path)}
        self._own = [f for f in self._functions.values() if f.has_body and not f.is_model and f.path in here]
        with self._engine.phases.timed("discharge"):
            open_functions = (*self._facts.entries, *self._facts.named)
            self._obligations = self._known.obligations(self._engine, self._own, open_functions)
        self._gathered = Gathering(self._engine, self._decider, self._known, self._cancelled).gathered(self._facts)
        self._entries = self._gathered.entries
        self._known.order(self._gathered, tuple(filter(self._takes_input, self._gathered.programs)))
        # What an earlier check cut short stays so until the code changes, if that check came to its end.
        self._kept = set(self._known.memos.keys() - self._known.unfinished)
        self._deciding = self._with(self._decider)
        self._traces = Traces(self._engine, self._decider, self._store, self._settings, self._obligations)
        is_limited = bool(self._before) and self._settings.edit_seconds < self._settings.check_seconds
        self._is_quick = is_limited and self._known.lowered != self._known.lowered_before
        self._nearby = Nearby(self._functions, self._known.edited) if is_limited else None
        self._still = StillFailing(self._engine, self._decider, self._known, self._obligations, self._cancelled)
        is_whole = self._decide_quickly(on_progress) if self._is_quick else self._decide_whole(on_progress)
        self._known.lowered_before = self._known.lowered
        lost = [f"{name} is not checked: the process that did so ended" for name in self._lost.values()]
        return CheckResult(
            findings=tuple(self._findings()),
            functions=(*self._verdicts(None if is_whole else self._known.altered), *self._not_lowered()),
            statistics=self._statistics(self._known.lowered - lowered, phases),
            problems=(*self._facts.problems, *self._facts.parse_errors, *lost),
            unmodelled=self._unmodelled(),
            is_partial=not is_whole,
        )

    def _decide_whole(self, on_progress: Progress) -> bool:
        """All that is due."""
        late = self._late()
        missing = len(self._entries.keys() - late) + len(self._own) - len(self._kept - late)
        full, ends = self._settings.entry_seconds, self._started + self._settings.check_seconds
        self._ends = ends - (self._settings.late_seconds if late else 0.0)
        self._in_passes(missing, full, lambda: self._short - late, lambda: self._decide(on_progress))
        self._ends = min(ends, time.monotonic() + self._settings.late_seconds)
        missing, full = len(late - self._kept), LATE_PART * full
        self._in_passes(missing, full, lambda: self._short & late, lambda: self._decide_late(on_progress))
        self._finish()
        return True

    def _decide_quickly(self, on_progress: Progress) -> bool:
        """After an edit, what is near to it. Is that all? What there is no time for is left to the next check, as is
        what rarely happens."""
        late = self._late()
        self._ends = self._started + self._settings.edit_seconds
        missing, full = len((self._known.due & self._entries.keys()) - late), self._settings.entry_seconds
        self._in_passes(missing, full, lambda: self._short - late, lambda: self._decide(on_progress))
        is_done = not (self._is_left or self._short - late)
        self._ends = self._started
        self._decide_late(on_progress)
        if is_done:
            self._finish()
        return is_done and not self._known.due & late

    def _late(self) -> frozenset[str]:
        return frozenset(name for name, entry in self._entries.items() if entry.is_late)

    def _leave_functions(self) -> None:
        """What functions by themselves said that are due."""
        for name in sorted(self._known.due & self._known.harnesses.keys()):
            question = self._known.asked.get(self._known.harnesses[name])
            if question is not None and name not in self._known.memos:
                self._leave_open(self._function_task(self._open, question))

    def _order(self, name: str) -> tuple[int, Turn]:
        """The entries next to what was edited first."""
        return self._nearby.distance(self._entries[name]) if self._nearby else 0, self._known.turns[name]

    def _unmodelled(self) -> tuple[str, ...]:
        called = {callee for function in self._own for callee in function.calls}
        unknown = (f.name for f in map(self._functions.__getitem__, called) if not (f.has_body or f.is_model))
        return tuple(sorted(filter(OF_PYTHON.match, unknown)))

    def _in_passes(self, missing: int, full: float, short: Callable[[], Set[str]], decide: Callable[[], None]) -> None:
        """Until there are none of which a decision was cut short, or no more time."""
        for number, seconds in enumerate(self._passes(missing, full)):
            self._seconds, self._is_first_pass = seconds, number == 0
            decide()
            if not short() or not self._has_time():
                break

    def _passes(self, missing: int, full: float) -> Iterator[float]:
        """How long an entry may take: all of them a little first, so that the first ones do not take all the time."""
        together = FIRST_PART * max(0.0, self._left()) * self._settings.jobs
        longest = FIRST_SECONDS if self._nearby is not None else full  # somebody waits: each pass tells what it found
        seconds = max(LEAST_SECONDS, min(longest, together / max(1, missing)))
        while seconds < full / 2:
            yield seconds
            seconds *= GROWTH
        yield full

    def _decide(self, on_progress: Progress) -> None:
        """Asks every entry that is due, in the order of their turns, but for late ones."""
        self._refuted.clear()
        again = frozenset(self._short)
        self._decide_all(ENTRIES, again, on_progress)
        is_over = self._is_quick and not self._has_time()
        if is_over:
            self._is_left, self._ends = True, time.monotonic() + FUNCTIONS_PART * self._settings.edit_seconds
        self._decide_functions(again, on_progress, self._nearby.edited if self._nearby and is_over else None)
        if is_over:
            self._ends = self._started
            self._leave_functions()
        self._decide_all(PROGRAMS, again, on_progress)

    def _decide_late(self, on_progress: Progress) -> None:
        """Asks the late entries that are due."""
        self._decide_all(LATE, frozenset(self._short), on_progress)

    def _wanted_seconds(self, name: str) -> float:
        """What this check decided in less is decided again, as long as there is more time left."""
        return min(self._seconds, max(0.0, self._left())) if name not in self._kept else 0.0

    def _with(self, decider: Decider) -> Deciding:
        return Deciding(self._engine, decider, self._known, self._obligations, self._gathered)

    def _takes_input(self, program: str) -> bool:
        native, entry = self._engine.native, self._entries[program]
        self._engine.declare(program, entry)
        harness, main = native.function_id(program), native.function_id(entry.steps[-1].function)
        if harness is None or main is None:
            return True
        return any(native.input_indices(f) for f in (harness, *native.reached_from(main)))

    def _decide_functions(self, again: Set[str], on_progress: Progress, only: Set[int] | None = None) -> None:
        """What C functions do whoever calls them; of these only, if any are given."""
        functions = self._open = OpenFunctions(self._engine, self._known, self._functions, self._obligations)
        begin = time.monotonic()
        for level in functions.due(again):
            wanted = [function for function in level if only is None or function.id in only]
            found = [functions.question(function, self._snapshot.relative) for function in wanted]
            asked = [question for question in found if question is not None]
            may_divide = self._settings.jobs > 1
            for number, question in enumerate(asked):
                memo = functions.memo(question, self._wanted_seconds(question.name))
                if memo is None and may_divide and time.monotonic() - begin > ALONE_SECONDS:
                    may_divide = False
                    left = [
                        rest for rest in asked[number:] if functions.memo(rest, self._wanted_seconds(rest.name)) is None
                    ]
                    self._divide([self._function_task(functions, rest) for rest in left], on_progress)
                    memo = functions.memo(question, self._wanted_seconds(question.name))
                if memo is None:
                    memo = self._decided(self._function_task(functions, question))
                if self._cancelled.is_set():
                    raise Cancelled
                functions.note(question, memo)
                if memo is not None and (further := self._further(question.name, memo)):
                    self._known.put(question.name, functions.turn(question), memo, further)
                    self._note_failing(question.entry, further)
        for memo in functions.refuting():
            self._note_refuted(memo)

    def _make(self, names: Sequence[str], on_progress: Progress) -> None:
        """Makes the memos of these entries in this order, while there is time."""
        begin = time.monotonic()

        def is_made(name: str) -> bool:
            """One that skips what others refute is asked again in its turn, if at all."""
            known = self._known.memos.get(name)
            has_skipped = known is not None and known.skipped and known.has_time_enough(self._wanted_seconds(name))
            return bool(has_skipped) or self._memo(name) is not None

        for number, name in enumerate(names):
            if is_made(name):
                continue
            if not self._has_time():
                break
            if self._settings.jobs > 1 and time.monotonic() - begin > ALONE_SECONDS:
                self._divide([self._task(rest) for rest in names[number:] if not is_made(rest)], on_progress)
                break
            on_progress(self._entries[name].name, number / len(names))
            self._decided(self._task(name))
            if self._cancelled.is_set():
                raise Cancelled

    def _decide_all(self, kind: int, again: Set[str], on_progress: Progress) -> None:
        """In their order, so that it is always the same entry that refutes; in several processes when it takes long."""
        turns = self._known.turns
        due = (self._known.due | self._known.interlocked | again) & turns.keys()
        names = sorted((name for name in due if turns[name][0] == kind), key=turns.__getitem__)
        if self._nearby is not None and self._has_time():
            self._make(sorted(names, key=self._order), on_progress)
        may_divide = self._settings.jobs > 1
        begin = time.monotonic()
        for number, name in enumerate(names):
            memo = self._memo(name)
            if memo is None and may_divide and time.monotonic() - begin > ALONE_SECONDS:
                may_divide = False
                left = [rest for rest in names[number:] if self._memo(rest) is None]
                self._divide([self._task(rest) for rest in left], on_progress)
                memo = self._memo(name)
            if memo is None:
                on_progress(self._entries[name].name, number / len(names))
                memo = self._decided(self._task(name))
            if self._cancelled.is_set():
                raise Cancelled
            if memo is not None:
                further = self._further(name, memo)
                self._known.put(name, turns[name], memo, further)
                self._note_refuted(memo)
                self._note_failing(self._entries[name], further)

    def _memo(self, name: str) -> Memo | None:
        may_seek = self._has_time() or not self._is_quick
        if name not in self._known.memos and name not in self._sought and may_seek:
            self._sought.add(name)
            stored = self._deciding.stored(name, self._traces)
            if stored is not None:
                self._known.keep(name, stored)
                self._kept.add(name)
                self._tell(stored)
        return self._deciding.memo(name, self._refuted.keys(), self._wanted_seconds(name))

    def _task(self, name: str) -> _Task:
        refuted = frozenset(self._refuted)
        turn = self._known.turns[name]
        return _Task(name, self._entries[name], turn, lambda decider: self._with(decider).decide(name, refuted))

    def _function_task(self, functions: OpenFunctions, question: Question) -> _Task:
        turn = functions.turn(question)
        return _Task(question.name, question.entry, turn, lambda decider: functions.decide(question, decider))

    def _has_time(self) -> bool:
        return self._left() > 0

    def _left(self) -> float:
        return self._ends - time.monotonic()

    def _limit(self) -> float:
        """For the next entry: it does not outlast the check, with which copies end, unless it is due though the time is
        up."""
        left = 0.9 * self._left()
        return min(self._seconds, left) if left > 0 else self._seconds

    def _decided(self, task: _Task) -> Memo | None:
        # What an earlier check has decided is decided again, though briefly: an edit takes nothing back.
        is_due = self._is_first_pass and task.name in self._before and not self._is_quick
        may_decide = (self._has_time() or is_due) and task.name not in self._lost
        if not may_decide:
            self._leave_open(task)
            return None
        self._decider.entry_seconds = self._limit()
        memo = task.decide(self._decider)
        if memo is None:
            self._known.drop(task.name)
            self._known.due.add(task.name)
        elif not self._cancelled.is_set():
            self._keep(task.name, memo)
        return memo

    def _keep(self, name: str, memo: Memo) -> None:
        self._fresh.add(name)
        self._kept.discard(name)
        self._short.discard(name)
        self._known.unfinished.discard(name)
        self._known.keep(name, memo)
        if memo.has_time_enough(self._settings.entry_seconds):
            self._traces.put(memo)
        else:
            self._short.add(name)
            self._known.unfinished.add(name)
        self._tell(memo)

    def _finish(self) -> None:
        """What a check has cut short that comes to its end stays so."""
        for name in self._known.unfinished:
            memo = self._known.memos.get(name)
            if memo is not None and memo.has_time_enough(LEAST_SECONDS):
                self._traces.put(memo)
        self._known.unfinished.clear()
        self._known.edited.clear()
        self._known.altered.clear()

    def _tell(self, memo: Memo) -> None:
        """Of what was refuted, once a check takes longer; of each thing once."""
        for o in memo.refuted:
            if o not in self._told:
                self._untold[o] = memo.decisions[o[0]][o], memo.entry
        if self._untold and time.monotonic() - self._started > QUIET_SECONDS:
            self._on_found(tuple(self._built(self._untold)))
            self._told.update(self._untold)
            self._untold.clear()

    def _divide(self, tasks: Sequence[_Task], on_progress: Progress) -> None:
        """Makes memos in copies of this process."""

        def work(number: int, ask: forks.Ask) -> parallel.Report | None:
            """In a copy."""
            known = self._known.memos.get(tasks[number].name)
            if known is not None and known.has_time_enough(self._limit()):
                return None
            before = self._engine.phases.so_far()
            store = parallel.Recording(ask)
            decider = Decider(self._engine, store, self._settings, self._functions)
            decider.entry_seconds = self._limit()
            memo = tasks[number].decide(decider)
            phases = self._engine.phases.since(before)
            return parallel.report(memo, decider, store.fresh, phases) if memo is not None else None

        def is_wanted() -> bool:
            return self._has_time() and not self._cancelled.is_set()

        divided = forks.divided(range(len(tasks)), self._settings.jobs, work, self._store.get, is_wanted)
        for count, (number, answer) in enumerate(divided):
            task = tasks[number]
            on_progress(task.entry.name, count / len(tasks))
            if isinstance(answer, forks.Died):
                self._lost[task.name] = task.entry.name
            elif answer is not None:
                self._note(task, answer)

    def _note(self, task: _Task, told: parallel.Report) -> None:
        self._store.put(told.fresh)
        self._decider.counters.add(told.counters)
        for phase, seconds in told.phases.items():
            self._engine.phases.add(phase, seconds)
        self._engine.declare(task.name, task.entry)
        self._keep(task.name, parallel.memo_of(told, task.name, task.entry, self._decider))

    def _note_refuted(self, memo: Memo) -> None:
        """The first entry that refutes an obligation is the one that is told of."""
        for obligation in memo.refuted:
            self._refuted.setdefault(obligation, (memo.decisions[obligation[0]][obligation], memo.entry))

    def _leave_open(self, task: _Task) -> None:
        """The time is up: what the entry's last call demands is not proved. The next check goes on from the memos, but
        not with late entries."""
        if self._is_quick:
            self._leave_to_next(task)
            return
        if task.entry.is_late:
            self._known.due.discard(task.name)
            self._known.tally.drop(task.name)
            return
        last = self._engine.native.function_id(task.entry.steps[-1].function)
        said: dict[int, Decisions] = {}
        if last is not None and last in self._obligations:
            known = self._obligations[last]
            said = {last: known.not_asked if task.entry.kind == "function" else known.out_of_time}
        self._known.tally.put(task.name, task.turn, said)
        self._known.due.add(task.name)

    def _leave_to_next(self, task: _Task) -> None:
        """What was found neither goes nor comes for want of time."""
        said, failing = self._still.said(task.name, task.entry)
        self._is_left = self._is_left or not task.entry.is_late
        self._known.tally.put(task.name, task.turn, said)
        self._known.due.add(task.name)
        self._note_failing(task.entry, failing)

    def _further(self, name: str, memo: Memo) -> Mapping[ObligationId, Decision]:
        """What an entry has failed with that was cut short before it came there again."""
        if self._nearby is None or not memo.is_cut_short or not self._known.failing.get(name, {}).keys() - memo.refuted:
            return {}
        return self._still.failing(name, memo.entry, memo.refuted)

    def _note_failing(self, entry: Entry, failing: Mapping[ObligationId, Decision]) -> None:
        for obligation, decision in failing.items():
            self._refuted.setdefault(obligation, (decision, entry))

    def _findings(self) -> Iterable[Finding]:
        sources = findings.Sources(self._snapshot)
        latent = [
            findings.build(self._engine, self._functions, confirmed, entry, sources, is_latent=True)
            for confirmed, entry in self._latent()
        ]
        found = (*self._built(self._refuted), *latent, *self._facts.contracts)
        return sorted(found, key=lambda f: (f.path, f.line, f.column, f.code))

    def _built(self, refuted: Mapping[ObligationId, tuple[Decision, Entry]]) -> Iterator[Finding]:
        sources = findings.Sources(self._snapshot)
        repeated = self._repeated(refuted)
        for obligation, (decision, entry) in refuted.items():
            if decision.confirmed is not None and obligation not in repeated:
                yield findings.build(self._engine, self._functions, decision.confirmed, entry, sources)

    def _repeated(self, refuted: Mapping[ObligationId, tuple[Decision, Entry]]) -> set[ObligationId]:
        """What else goes wrong where an object of Python is not what the code takes it for: one thing is told of."""
        of_python = [o for o, (_, entry) in refuted.items() if entry.kind == "capi"]
        places: dict[tuple[str, int, int], list[ObligationId]] = {}
        for o in sorted(of_python, key=lambda o: (o[2], o)):
            place = self._engine.native.place(*o[:2])
            places.setdefault((place.path, place.line, place.column), []).append(o)
        return {o for here in places.values() for o in here[1:]}

    def _latent(self) -> Iterable[tuple[Confirmed, Entry]]:
        """Failures that depend on callers, where nobody has settled whether they come about."""
        if not self._settings.latent:
            return
        unread, addressed = {f.path for f in self._unread()}, self._engine.native.addressed()
        closed = {f.id for f in self._own if f.is_static and f.id not in addressed and f.path not in unread}
        for decision, entry in Latent(self._known.answered, self._open.calls, closed).unsettled():
            confirmed = decision.confirmed
            if confirmed is not None and self._known.tally.answer(confirmed.obligation) == "undecided":
                yield confirmed, entry

    def _verdicts(self, only: Set[int] | None) -> Sequence[FunctionVerdicts]:
        """Of all functions; where the check is not whole, what is new of most of them comes with the next one."""
        refusals = {refused.function: refused.reason for refused in self._gathered.refused}
        telling = Telling(self._engine, self._snapshot, self._obligations, refusals)
        return self._known.tally.verdicts(self._own, telling, only)

    def _not_lowered(self) -> Iterable[FunctionVerdicts]:
        seen: set[str] = set()
        for function in self._unread():
            if function.key not in seen:
                seen.add(function.key)
                yield FunctionVerdicts(
                    self._snapshot.relative(function.path), function.name, function.line, 0, 0, 0, {}, function.reason
                )

    def _unread(self) -> Iterable[CFunction]:
        for facts in self._facts.sources.values():
            for function in facts.functions:
                if function.is_definition and not function.is_lowered and self._snapshot.contains(function.path):
                    yield function

    def _statistics(self, lowered: int, phases: Mapping[str, float]) -> Statistics:
        counters = self._decider.counters
        kept = (memo for name, memo in self._known.memos.items() if name in self._entries and name not in self._fresh)
        return Statistics(
            seconds=round(time.monotonic() - self._started, 3),
            solver_queries=counters.queries,
            solver_cache_hits=counters.cache_hits,
            solver_seconds=round(counters.solver_seconds, 3),
            slices_solved=counters.solved,
            slices_reused=counters.reused + sum(memo.count for memo in kept),
            functions_lowered=lowered,
            peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            phases=self._engine.phases.since(phases),
        )
