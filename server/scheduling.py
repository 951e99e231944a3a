"""One thread that talks to the checking process, so that no request of the editor waits for it.

Facts are refreshed at once after an edit, and then not again before as much time has passed as that took: small
projects answer with every key, large ones do not work in vain. Checks run on save, and if so set when typing pauses. A
newer check cancels the one under way; the results of a cancelled one are dropped. An edit does not wait for a check
either: it cancels it, and the check begins again when typing pauses; what it had decided is known by then.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from gnomon.analysis.checking.client import Cancelled, OnFindings, Progress, WorkerDied, WorkerFailed, WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding

Overlays = Mapping[str, str]


class CheckingClient(Protocol):
    """What the scheduler needs of `checking.client.Client`."""

    def open(self, overlays: Overlays, on_contracts: OnFindings | None = None) -> WorkspaceFacts: ...

    def check(
        self,
        overlays: Overlays,
        paths: None = None,
        on_progress: Progress | None = None,
        on_found: OnFindings | None = None,
    ) -> CheckResult: ...

    def cancel(self) -> None: ...

    def close(self) -> None: ...


class Listener(Protocol):
    """Called on the scheduler's thread."""

    def contracts_ready(self, contracts: tuple[Finding, ...]) -> None: ...

    def facts_ready(self, facts: WorkspaceFacts, read: Overlays) -> None: ...  # `read`: unsaved texts they are about

    def check_started(self) -> None: ...

    def check_progress(self, text: str, part: float) -> None: ...

    def check_found(self, findings: tuple[Finding, ...]) -> None: ...  # so far

    def check_ready(self, result: CheckResult) -> None: ...

    def check_ended(self) -> None: ...

    def trouble(self, message: str) -> None: ...


class Scheduler:
    """Runs at most one request at a time. `overlays` is asked for the unsaved texts when a request begins."""

    def __init__(
        self,
        client: CheckingClient,
        listener: Listener,
        overlays: Callable[[], Overlays],
        longest_rest: float = 0.5,
        pause: float = 1.0,
        checks_when_idle: bool = False,
    ) -> None:
        self._client = client
        self._listener = listener
        self._overlays = overlays
        self._longest_rest = longest_rest  # seconds
        self._checks_when_idle = checks_when_idle  # after an edit and a pause, too
        self._pause = pause  # seconds without an edit, after which a check that an edit has cancelled begins again
        self._rests_until = 0.0  # of the monotonic clock
        self._check_rests_until = 0.0
        self._wake = threading.Condition()
        self._wants_facts = False
        self._may_wait = False  # facts, until the check that somebody waits for, if they are about the same texts
        self._read: Overlays | None = None  # texts that the last facts are about
        self._wants_check = False
        self._is_unwanted = False  # the check under way
        self._running: Literal["facts", "check"] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="gnomon-scheduler", daemon=True)
        self._thread.start()

    def refresh(self, is_save: bool = False) -> None:
        """The text has changed: facts are wanted once typing pauses. At a save what changed may be known already."""
        with self._wake:
            self._may_wait = is_save and (self._may_wait or not self._wants_facts)
            self._wants_facts = True
            is_under_way = self._running == "check"
            if (is_under_way or self._checks_when_idle) and not self._wants_check:
                self._wants_check = True
                self._check_rests_until = time.monotonic()
            if is_under_way:
                self._client.cancel()
            if self._check_rests_until:
                self._check_rests_until = time.monotonic() + self._pause
            self._wake.notify()

    def check(self) -> None:
        """A file was saved: what is being checked is out of date."""
        with self._wake:
            self._wants_check = True
            self._check_rests_until = 0.0
            if self._running == "check":
                self._client.cancel()
            self._wake.notify()

    def cancel(self) -> None:
        """No check is wanted, neither the one under way nor one that waits, until the next save."""
        with self._wake:
            self._wants_check, self._check_rests_until = False, 0.0
            if self._running == "check":
                self._is_unwanted = True
                self._client.cancel()

    def close(self) -> None:
        with self._wake:
            self._closed = True
            self._client.cancel()
            self._wake.notify()
        self._thread.join(timeout=5)
        self._client.close()

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            try:
                if wanted == "check":
                    self._check()
                else:
                    self._refresh()
            except Cancelled:
                pass
            except (WorkerDied, WorkerFailed) as error:
                self._listener.trouble(str(error))
            except Exception as error:  # a defect of ours costs one request: without this thread nothing is answered
                self._listener.trouble(f"{type(error).__name__}: {error}")
            finally:
                with self._wake:
                    self._running = None

    def _refresh(self) -> None:
        started, texts = time.monotonic(), self._overlays()
        facts = self._client.open(texts, self._listener.contracts_ready)
        self._read = texts
        self._listener.facts_ready(facts, texts)
        ended = time.monotonic()
        self._rests_until = ended + min(ended - started, self._longest_rest)

    def _check(self) -> None:
        self._listener.check_started()
        try:
            overlays = self._overlays()
            result = self._client.check(overlays, None, self._progress, self._found)
            self._listener.check_ready(result)
            if result.is_partial:
                self._check_again()
        finally:
            self._listener.check_ended()

    def _check_again(self) -> None:
        """At once, though nobody waits for it: an edit cancels it."""
        with self._wake:
            if not (self._wants_check or self._is_unwanted or self._closed):
                self._wants_check, self._check_rests_until = True, time.monotonic()

    def _found(self, findings: tuple[Finding, ...]) -> None:
        if not (self._wants_check or self._is_unwanted or self._closed):
            self._listener.check_found(findings)

    def _progress(self, text: str, part: float) -> None:
        """A check that was out of date before the worker had heard of it is cancelled here."""
        if self._wants_check or self._is_unwanted or self._closed:
            self._client.cancel()
        self._listener.check_progress(text, part)

    def _next(self) -> Literal["facts", "check"] | None:
        """What to do next; facts first, since they are quick and the check wants them too. Only who saves what is
        known already does not wait for it again."""
        with self._wake:
            while not self._closed:
                now = time.monotonic()
                is_asked = self._wants_check and not self._check_rests_until  # somebody waits for this check
                is_known = is_asked and self._may_wait and self._overlays() == self._read
                wants_facts = self._wants_facts and not is_known
                facts_in = (0.0 if is_asked else self._rests_until - now) if wants_facts else None
                check_in = self._check_rests_until - now if self._wants_check else None
                if facts_in is not None and facts_in <= 0:  # what else is edited meanwhile is refreshed with it
                    self._wants_facts = False
                    self._running = "facts"
                    return "facts"
                if check_in is not None and check_in <= 0 and facts_in is None:
                    self._wants_check, self._check_rests_until = False, 0.0
                    self._is_unwanted = False
                    self._running = "check"
                    return "check"
                due = [left for left in (facts_in, check_in) if left is not None]
                self._wake.wait(max(min(due), 0.001) if due else None)
            return None
