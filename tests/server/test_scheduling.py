"""The thread that talks to the checking process, with a process that is made up."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.client import Cancelled, WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding, Statistics
from gnomon.server.scheduling import Scheduler

RESULT = CheckResult((), (), Statistics())
FOUND = (Finding("f00", "null.deref", "error", "confirmed", "m", "a.c", 3, 1, "f", "f", (), ()),)


class Listener:
    def __init__(self) -> None:
        self.results: list[CheckResult] = []
        self.found: list[tuple[Finding, ...]] = []
        self.troubles: list[str] = []
        self.ready = threading.Event()

    def contracts_ready(self, contracts: tuple[Finding, ...]) -> None: ...

    def facts_ready(self, facts: WorkspaceFacts, read: Any) -> None: ...

    def check_started(self) -> None: ...

    def check_progress(self, text: str, part: float) -> None: ...

    def check_found(self, findings: tuple[Finding, ...]) -> None:
        self.found.append(findings)

    def check_ready(self, result: CheckResult) -> None:
        self.results.append(result)
        self.ready.set()

    def check_ended(self) -> None: ...

    def trouble(self, message: str) -> None:
        self.troubles.append(message)
        self.ready.set()


class Worker:
    """Its first check hears of no cancellation that came before the check's first progress."""

    def __init__(self) -> None:
        self.is_cancelled = False
        self.checks = 0
        self.begun = threading.Event()
        self.may_go_on = threading.Event()

    def open(self, overlays: Any, on_contracts: Any = None) -> WorkspaceFacts:
        raise RuntimeError("a defect")

    def check(self, overlays: Any, paths: None = None, on_progress: Any = None, on_found: Any = None) -> CheckResult:
        self.checks += 1
        if self.checks > 1:
            return RESULT
        self.begun.set()
        assert self.may_go_on.wait(10)
        on_found(FOUND)
        self.is_cancelled = False
        on_progress("f", 0.5)
        if self.is_cancelled:
            raise Cancelled
        return RESULT

    def cancel(self) -> None:
        self.is_cancelled = True

    def close(self) -> None: ...


def test_a_cancellation_that_was_lost_is_repeated() -> None:
    worker, listener = Worker(), Listener()
    scheduler = Scheduler(worker, listener, dict)
    scheduler.check()
    assert worker.begun.wait(10)
    scheduler.check()
    worker.may_go_on.set()
    assert listener.ready.wait(10)
    scheduler.close()
    assert worker.checks == 2
    assert listener.results == [RESULT]
    assert listener.found == []  # it was of a text that is out of date


def test_what_is_found_so_far_is_told_before_the_check_ends() -> None:
    worker, listener = Worker(), Listener()
    scheduler = Scheduler(worker, listener, dict)
    scheduler.check()
    assert worker.begun.wait(10)
    worker.may_go_on.set()
    assert listener.ready.wait(10)
    scheduler.close()
    assert listener.found == [FOUND]
    assert listener.results == [RESULT]


def test_an_error_costs_one_request_and_not_the_thread() -> None:
    worker, listener = Worker(), Listener()
    worker.checks = 1
    scheduler = Scheduler(worker, listener, dict, longest_rest=0)
    scheduler.refresh()
    assert listener.ready.wait(10)
    assert listener.troubles == ["RuntimeError: a defect"]
    listener.ready.clear()
    scheduler.check()
    assert listener.ready.wait(10)
    scheduler.close()
    assert listener.results == [RESULT]


class Slow:
    """Its first check ends only when it is cancelled."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.begun = threading.Event()
        self.cancelled = threading.Event()

    def open(self, overlays: Any, on_contracts: Any = None) -> WorkspaceFacts:
        self.asked.append("facts")
        return WorkspaceFacts({}, Boundary())

    def check(self, overlays: Any, paths: None = None, on_progress: Any = None, on_found: Any = None) -> CheckResult:
        self.asked.append("check")
        if self.begun.is_set():
            return RESULT
        self.begun.set()
        assert self.cancelled.wait(10)
        raise Cancelled

    def cancel(self) -> None:
        self.cancelled.set()

    def close(self) -> None: ...


def test_an_edit_does_not_wait_for_a_check_and_the_check_begins_again() -> None:
    worker, listener = Slow(), Listener()
    scheduler = Scheduler(worker, listener, dict, longest_rest=0, pause=0.05)
    scheduler.check()
    assert worker.begun.wait(10)
    scheduler.refresh()
    assert listener.ready.wait(10)
    scheduler.close()
    assert worker.asked == ["check", "facts", "check"]
    assert listener.results == [RESULT]


def test_a_save_does_not_wait_for_the_pause_after_an_edit() -> None:
    worker, listener = Slow(), Listener()
    scheduler = Scheduler(worker, listener, dict, longest_rest=0, pause=600)
    scheduler.check()
    assert worker.begun.wait(10)
    scheduler.refresh()
    scheduler.check()
    assert listener.ready.wait(10)
    scheduler.close()
    assert worker.asked[-1] == "check"
    assert listener.results == [RESULT]


def test_a_check_that_the_user_cancels_does_not_begin_again_before_the_next_save() -> None:
    worker, listener = Slow(), Listener()
    scheduler = Scheduler(worker, listener, dict, longest_rest=0, pause=0.05)
    scheduler.check()
    assert worker.begun.wait(10)
    scheduler.cancel()
    assert worker.cancelled.wait(10)
    assert not listener.ready.wait(0.3)
    assert worker.asked == ["check"]
    scheduler.check()
    assert listener.ready.wait(10)
    scheduler.close()
    assert listener.results == [RESULT]


def test_a_cancellation_by_the_user_that_was_lost_is_repeated() -> None:
    worker, listener = Worker(), Listener()
    scheduler = Scheduler(worker, listener, dict)
    scheduler.check()
    assert worker.begun.wait(10)
    scheduler.cancel()
    worker.may_go_on.set()
    assert not listener.ready.wait(0.3)
    scheduler.close()
    assert (worker.checks, listener.results) == (1, [])


def test_checks_begin_when_typing_pauses_if_so_set() -> None:
    worker, listener = Slow(), Listener()
    worker.begun.set()
    scheduler = Scheduler(worker, listener, dict, longest_rest=0, pause=0.05, checks_when_idle=True)
    scheduler.refresh()
    assert listener.ready.wait(10)
    scheduler.close()
    assert worker.asked == ["facts", "check"]


class Partial(Worker):
    """Of its checks, the first leave something to the next one."""

    def check(self, overlays: Any, paths: None = None, on_progress: Any = None, on_found: Any = None) -> CheckResult:
        self.checks += 1
        return replace(RESULT, is_partial=self.checks < 3)


def test_what_a_check_leaves_is_checked_by_those_that_follow() -> None:
    worker, listener = Partial(), Listener()
    scheduler = Scheduler(worker, listener, dict, pause=0.01)
    scheduler.check()
    deadline = time.monotonic() + 10
    while len(listener.results) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)
    scheduler.close()
    assert [result.is_partial for result in listener.results] == [True, True, False]
