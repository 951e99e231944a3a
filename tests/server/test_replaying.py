"""Replays beside the editor: when they begin, what ends them, and what is remembered."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import Entry, EntryStep, IntegerArgument
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.replay.report import ReplayReport
from gnomon.server import replays
from gnomon.server.background import Background, Ended
from gnomon.server.replay_process import ReplayProcess
from gnomon.server.replaying import Replayer

SOURCE = "int get(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n"
ENTRY = Entry("get", "ctypes", (EntryStep("get", (IntegerArgument("i", 32, True),), "lib.get"),), sources=("a.c",))
PATIENCE = 30.0


def finding(identity: str) -> Finding:
    return Finding(
        *(identity, "bounds.read", "error", "confirmed", "says so", "a.c", 3, 12, "get", "lib.get"),
        inputs=(InputValue("i", 4, 0, "integer"),),
        steps=(),
        history=ENTRY,
    )


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "a.c").write_text(SOURCE)
    return tmp_path


class FakeRun:
    """Ends when it is told to."""

    def __init__(self, finding: Finding, root: Path) -> None:
        self.finding = finding
        self.is_done, self.is_ended = threading.Event(), False
        self.report = ReplayReport("replayed", "said")
        self.key = replays.key(finding, root)

    def result(self) -> tuple[ReplayReport, Outcome]:
        assert self.is_done.wait(PATIENCE)
        if self.is_ended:
            raise Ended
        return self.report, Outcome(self.report.state, self.report.reason, self.key)

    def end(self) -> None:
        self.is_ended = True
        self.is_done.set()


@dataclass
class Desk:
    """An editor's side, and the runs that were begun."""

    root: Path
    runs: list[FakeRun] = field(default_factory=list)
    known: list[tuple[dict[str, Outcome], frozenset[str]]] = field(default_factory=list)
    ready: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    is_saved: bool = True

    def begin(self, finding: Finding, root: Path) -> FakeRun:
        self.runs.append(FakeRun(finding, root))
        return self.runs[-1]

    def outcomes_known(self, outcomes: Mapping[str, Outcome], pending: frozenset[str]) -> None:
        self.known.append((dict(outcomes), pending))

    def replay_ready(self, finding: Finding, outcome: Outcome) -> None:
        self.ready.append((finding.id, outcome.state))

    def trouble(self, message: str) -> None:
        self.troubles.append(message)

    @property
    def begun(self) -> list[str]:
        return [run.finding.id for run in self.runs]


@pytest.fixture
def desk(project: Path) -> Desk:
    return Desk(project)


@pytest.fixture
def background(desk: Desk) -> Iterator[Background]:
    made = Background(lambda: desk.is_saved, desk.trouble, pause=0.3)
    yield made
    for run in desk.runs:
        run.end()
    made.close()


@pytest.fixture
def replayer(desk: Desk, background: Background) -> Iterator[Replayer]:
    yield Replayer(background, desk.root, desk, when_idle=True, begin=desk.begin)
    assert desk.troubles == []


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.01)


def test_findings_are_replayed_one_by_one_after_a_pause(desk: Desk, replayer: Replayer) -> None:
    started = time.monotonic()
    replayer.offer([finding("a1"), finding("b2")])
    until(lambda: desk.known == [({}, frozenset({"a1", "b2"}))])
    until(lambda: desk.begun == ["a1"])
    assert time.monotonic() - started >= 0.3
    time.sleep(0.5)
    assert desk.begun == ["a1"]  # the other one waits for it
    desk.runs[0].is_done.set()
    until(lambda: desk.begun == ["a1", "b2"])
    desk.runs[1].report = ReplayReport("disagrees", reason="it ended well")
    desk.runs[1].is_done.set()
    until(lambda: desk.ready == [("a1", "replayed"), ("b2", "disagrees")])

    # The next check finds the same in the same code: nothing is run again.
    replayer.offer([finding("a1"), finding("b2"), finding("c3")])
    until(lambda: len(desk.known) == 2)
    outcomes, pending = desk.known[1]
    assert ({i: o.state for i, o in outcomes.items()}, pending) == ({"a1": "replayed", "b2": "disagrees"}, {"c3"})
    (desk.root / "a.c").write_text(SOURCE + "\n")
    replayer.offer([finding("a1")])
    until(lambda: len(desk.known) == 3)
    assert desk.known[2] == ({}, frozenset({"a1"}))


def test_an_edit_ends_what_nobody_asked_for_and_it_begins_again(
    desk: Desk, background: Background, replayer: Replayer
) -> None:
    replayer.offer([finding("a1"), finding("b2")])
    until(lambda: desk.begun == ["a1"])
    for _ in range(4):  # while somebody types, nothing begins
        background.pause()
        time.sleep(0.15)
    assert (desk.begun, desk.runs[0].is_ended) == (["a1"], True)
    until(lambda: desk.begun == ["a1", "a1"])
    desk.runs[1].is_done.set()
    until(lambda: desk.begun == ["a1", "a1", "b2"])
    assert desk.ready == [("a1", "replayed")]


def test_a_check_makes_what_was_offered_out_of_date(desk: Desk, background: Background, replayer: Replayer) -> None:
    replayer.offer([finding("a1"), finding("b2")])
    until(lambda: desk.begun == ["a1"])
    background.forget()
    time.sleep(0.6)
    assert (desk.begun, desk.runs[0].is_ended) == (["a1"], True)
    replayer.offer([finding("c3")])
    until(lambda: desk.begun == ["a1", "c3"])


def test_hints_are_replayed_for_who_asks(desk: Desk, replayer: Replayer) -> None:
    hint = replace(finding("a1"), tier="latent")
    replayer.offer([hint])
    until(lambda: desk.known == [({}, frozenset())])
    time.sleep(0.5)
    assert desk.begun == []
    replayer.request(hint)
    until(lambda: desk.begun == ["a1"])


def test_nothing_is_run_while_the_editor_holds_other_text(
    desk: Desk, background: Background, replayer: Replayer
) -> None:
    desk.is_saved = False
    replayer.offer([finding("a1")])
    time.sleep(0.6)
    assert desk.begun == []
    desk.is_saved = True
    background.pause()  # the edit that was taken back
    until(lambda: desk.begun == ["a1"])


def test_who_asks_comes_first_and_is_not_disturbed(desk: Desk, background: Background, replayer: Replayer) -> None:
    replayer.offer([finding("a1")])
    until(lambda: desk.begun == ["a1"])
    answer = replayer.request(finding("b2"))
    until(lambda: desk.begun == ["a1", "b2"])
    assert desk.runs[0].is_ended
    background.pause()
    background.forget()
    assert not desk.runs[1].is_ended
    desk.runs[1].is_done.set()
    assert answer.result(PATIENCE) == ReplayReport("replayed", "said")
    assert desk.ready == [("b2", "replayed")]


def test_code_that_has_changed_meanwhile_has_no_state(desk: Desk, replayer: Replayer) -> None:
    answer = replayer.request(finding("a1"))
    until(lambda: desk.begun == ["a1"])
    desk.runs[0].key = ""
    desk.runs[0].is_done.set()
    assert answer.result(PATIENCE).state == "replayed"
    assert desk.ready == []


def test_without_leave_only_who_asks_is_answered(desk: Desk, background: Background) -> None:
    replayer = Replayer(background, desk.root, desk, when_idle=False, begin=desk.begin)
    replayer.offer([finding("a1")])
    until(lambda: desk.known == [({}, frozenset())])
    time.sleep(0.5)
    assert desk.begun == []
    answer = replayer.request(finding("a1"))
    until(lambda: desk.begun == ["a1"])
    desk.runs[0].end()  # it died
    assert answer.result(PATIENCE).state == "replay-refused"


def test_what_goes_wrong_costs_one_replay(desk: Desk, background: Background) -> None:
    def broken(finding: Finding, root: Path) -> FakeRun:
        raise ValueError("broken") if finding.id == "a1" else OSError("no processes")

    replayer = Replayer(background, desk.root, desk, begin=broken)
    assert replayer.request(finding("a1")).result(PATIENCE).reason == "it failed in Gnomon"
    assert replayer.request(finding("b2")).result(PATIENCE).reason == "it cannot be started here: no processes"
    assert desk.troubles == ["ValueError: broken"]


def test_closing_ends_what_runs_and_answers_nobody(desk: Desk, background: Background) -> None:
    replayer = Replayer(background, desk.root, desk, begin=desk.begin)
    answers = [replayer.request(finding(identity)) for identity in ("a1", "b2")]
    until(lambda: desk.begun == ["a1"])
    background.close()
    assert (desk.begun, desk.runs[0].is_ended, [a.cancelled() for a in answers]) == (["a1"], True, [True, True])


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_a_process_replays_at_low_priority(project: Path) -> None:
    process = ReplayProcess(finding("a1"), project)
    report, outcome = process.result()
    assert report.state in ("replayed", "replay-refused"), report
    if report.state == "replay-refused":
        pytest.skip(report.reason)
    assert replays.known([finding("a1")], project) == {"a1": outcome}


LOOPING = "int get(int i) {\n    for (volatile int n = 0;; n = !n);\n    return i;\n}\n"


def processes(word: str) -> list[int]:
    """Those that have a word in their environment or command."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                text = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if word.encode() in text:
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_a_process_that_is_ended_leaves_nothing_behind(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(project / "scratch"))
    (project / "a.c").write_text(LOOPING)
    process = ReplayProcess(finding("a1"), project)
    ended = threading.Event()

    def wait() -> None:
        with pytest.raises(Ended):
            process.result()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    build = f"GNOMON_BUILD={project}"
    end = time.monotonic() + PATIENCE
    while not processes(build):
        if ended.wait(0.05) or time.monotonic() > end:
            pytest.skip("nothing can be replayed here")
    assert all(os.getpriority(os.PRIO_PROCESS, pid) >= 15 for pid in processes(build))
    process.end()
    assert ended.wait(PATIENCE)
    until(lambda: processes(build) == [])
    until(lambda: list((project / "scratch").iterdir()) == [])


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_no_module_of_the_workspace_is_taken_for_pythons_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "pickle.py").write_text("open('taken', 'w')\n")
    monkeypatch.chdir(project)
    report, _ = ReplayProcess(finding("a1"), project).result()
    assert report.state in ("replayed", "replay-refused")
    assert not (project / "taken").exists()


def test_a_process_that_dies_says_so(project: Path) -> None:
    process = ReplayProcess(finding("a1"), project)
    os.kill(process.child.process.pid, signal.SIGKILL)
    with pytest.raises(Ended):
        process.result()
