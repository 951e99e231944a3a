"""Exercising beside the editor: when it begins, what ends it, and what is known without it."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.exercise import SECONDS, Exercised, folder_of
from gnomon.analysis.exercise.failure import Failure
from gnomon.analysis.exercise.kept import Kept
from gnomon.analysis.exercise.telling import findings_of
from gnomon.analysis.workspace import Snapshot
from gnomon.server import exercised, replays
from gnomon.server.background import Background, Ended, Running, Work
from gnomon.server.exercise_process import ExerciseProcess, Question
from gnomon.server.exercised import Told
from gnomon.server.exercising import Exerciser
from test_replaying import PATIENCE, processes, until

WORKSPACE = """
//- ext.c
#include <Python.h>
static PyObject *count(PyObject *self, PyObject *x) { return NULL; }
static PyMethodDef methods[] = {{"count", count, METH_O, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "ext", NULL, -1, methods};
PyMODINIT_FUNC PyInit_ext(void) { return PyModule_Create(&module); }
"""
FAILURE = Failure("result", "ext.count", ("ext.count(0)",), ("0",), output="returned NULL without setting an exception")


def found(line: int, code: str = "null.deref") -> Finding:
    history = Entry("ext.count", "capi", (), "ext", sources=("ext.c",))
    return Finding(
        *(f"f{line}", code, "error", "replayed", "says so", "ext.c", line, 1, "count", "ext.count"),
        *((), ()),
        script="ext.count(0)",
        history=history,
    )


class FakeRun:
    def __init__(self, question: Question, told: Told) -> None:
        self.question, self.told = question, told
        self.is_done, self.is_ended = threading.Event(), False
        self.answer = Exercised((found(2),))

    def result(self) -> Exercised:
        self.told("building", 0.0)
        assert self.is_done.wait(PATIENCE)
        if self.is_ended:
            raise Ended
        return self.answer

    def end(self) -> None:
        self.is_ended = True
        self.is_done.set()


@dataclass
class Desk:
    """An editor's side, and the runs that were begun."""

    root: Path
    facts: WorkspaceFacts
    runs: list[FakeRun] = field(default_factory=list)
    known: list[list[str]] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def begin(self, question: Question, told: Told) -> FakeRun:
        self.runs.append(FakeRun(question, told))
        return self.runs[-1]

    def exercised_known(self, findings: tuple[Finding, ...]) -> None:
        self.known.append([finding.code for finding in findings])

    def exercise_started(self) -> None:
        self.progress.append("started")

    def exercise_progress(self, text: str, part: float) -> None:
        self.progress.append(text)

    def exercise_ended(self) -> None:
        self.progress.append("ended")

    def exercise_problem(self, message: str) -> None:
        self.problems.append(message)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fixture = load(tmp_path / "project", WORKSPACE)
    return Desk(fixture.snapshot.root, WorkspaceFacts(fixture.facts, fixture.boundary))


@pytest.fixture
def background(desk: Desk) -> Iterator[Background]:
    troubles: list[str] = []
    made = Background(lambda: True, troubles.append, pause=0.2)
    yield made
    for run in desk.runs:
        run.end()
    made.close()
    assert troubles == []


@pytest.fixture
def exerciser(desk: Desk, background: Background) -> Exerciser:
    return Exerciser(background, desk.root, desk, when_idle=True, begin=desk.begin)


def keep(desk: Desk, *failures: Failure) -> None:
    """As if the extension had been exercised some time ago."""
    planned = exercised.planned(desk.facts, desk.root)
    kept = Kept(folder_of(desk.root, replays.builds()), SECONDS)
    kept.folder.mkdir(parents=True)
    (kept.folder / "ext.cpython-311-x86_64-linux-gnu.so").touch()
    kept.keep_failures("ext", "\n".join(json.dumps(asdict(failure)) for failure in failures))
    for finding in findings_of(failures, planned, Snapshot(desk.root, {}), "ext"):
        kept.keep_replayed(finding.script, True)


def test_what_it_finds_is_known_as_long_as_the_sources_are_the_same(desk: Desk, exerciser: Exerciser) -> None:
    started = time.monotonic()
    exerciser.offer(desk.facts)
    until(lambda: desk.progress == ["started", "building"])
    assert time.monotonic() - started >= 0.2
    assert desk.runs[0].question == Question(
        exercised.planned(desk.facts, desk.root), folder_of(desk.root, replays.builds()), SECONDS
    )
    desk.runs[0].is_done.set()
    until(lambda: desk.known == [[], ["null.deref"]])
    assert desk.progress == ["started", "building", "ended"]

    (desk.root / "test_ext.py").write_text("a test that was saved")  # no build depends on it
    exerciser.offer(desk.facts)
    until(lambda: desk.known[2:] == [["null.deref"]])
    time.sleep(0.4)
    assert len(desk.runs) == 1
    (desk.root / "ext.c").write_text("\n" + (desk.root / "ext.c").read_text())
    exerciser.offer(desk.facts)
    until(lambda: desk.known[3:] == [[]])
    until(lambda: len(desk.runs) == 2)


def test_what_was_found_the_last_time_is_known_at_once(desk: Desk, exerciser: Exerciser) -> None:
    keep(desk, FAILURE)
    exerciser.remember(desk.facts)
    until(lambda: desk.known == [["exception.missing"]])
    exerciser.offer(desk.facts)
    until(lambda: len(desk.known) == 2)
    time.sleep(0.4)
    assert (desk.known[1], desk.runs, desk.problems) == (["exception.missing"], [], [])


def test_a_project_that_was_opened_is_not_exercised_before_it_is_checked(desk: Desk, exerciser: Exerciser) -> None:
    exerciser.remember(desk.facts)
    until(lambda: desk.known == [[]])
    time.sleep(0.4)
    assert desk.runs == []


def test_without_leave_nothing_is_run(desk: Desk, background: Background) -> None:
    Exerciser(background, desk.root, desk, begin=desk.begin).offer(desk.facts)
    until(lambda: desk.known == [[]])
    time.sleep(0.4)
    assert desk.runs == []


def test_an_edit_ends_it_and_it_begins_again(desk: Desk, background: Background, exerciser: Exerciser) -> None:
    exerciser.offer(desk.facts)
    until(lambda: len(desk.runs) == 1)
    background.pause()
    until(lambda: desk.progress == ["started", "building", "ended"])
    until(lambda: len(desk.runs) == 2)
    background.forget()  # a check
    time.sleep(0.4)
    assert (len(desk.runs), desk.runs[1].is_ended) == (2, True)
    assert (desk.known, desk.problems) == ([[]], [])


def test_what_was_to_be_done_before_comes_first(desk: Desk, background: Background, exerciser: Exerciser) -> None:
    replayed, begun = threading.Event(), threading.Event()

    @dataclass
    class Replay:
        def result(self) -> int:
            assert replayed.wait(PATIENCE)
            return 0

        def end(self) -> None:
            replayed.set()

    def begin() -> Running[int]:
        begun.set()
        return Replay()

    background.look_up(lambda: [Work(begin, lambda _: None, lambda _: None)])
    exerciser.offer(desk.facts)
    assert begun.wait(PATIENCE)
    time.sleep(0.4)
    assert desk.runs == []
    replayed.set()
    until(lambda: len(desk.runs) == 1)
    answer: Future[int] = Future()
    background.ask(Work(begin, answer.set_result, lambda _: None, answer))  # and what somebody waits for
    assert answer.result(PATIENCE) == 0
    assert desk.runs[0].is_ended
    until(lambda: len(desk.runs) == 2)


def test_what_goes_wrong_is_said_and_not_tried_again(desk: Desk, exerciser: Exerciser) -> None:
    exerciser.offer(desk.facts)
    until(lambda: len(desk.runs) == 1)
    desk.runs[0].answer = Exercised(problems=("it does not build",))
    desk.runs[0].is_done.set()
    until(lambda: desk.problems == ["it does not build"])
    exerciser.offer(desk.facts)
    until(lambda: len(desk.known) == 3)
    time.sleep(0.4)
    assert (len(desk.runs), len(desk.problems)) == (1, 1)


def test_where_there_is_no_extension_there_is_nothing_to_do(desk: Desk, exerciser: Exerciser) -> None:
    exerciser.offer(WorkspaceFacts({}, Boundary()))
    until(lambda: desk.known == [[]])
    time.sleep(0.4)
    assert desk.runs == []


def test_sources_that_have_changed_meanwhile_are_not_answered_for(desk: Desk) -> None:
    question = Question(exercised.planned(desk.facts, desk.root), folder_of(desk.root, replays.builds()), 1.0)
    (desk.root / "ext.c").write_text("int other;\n")
    with pytest.raises(Ended):
        ExerciseProcess(question, lambda text, part: None).result()


LOOPING = "import time\ntime.sleep(600)\n"


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_a_process_that_is_ended_leaves_nothing_behind(desk: Desk) -> None:
    (desk.root / "setup.py").write_text(LOOPING)
    question = Question(exercised.planned(desk.facts, desk.root), folder_of(desk.root, replays.builds()), 1.0)
    told, ended = threading.Event(), threading.Event()
    process = ExerciseProcess(question, lambda text, part: told.set())

    def wait() -> None:
        with pytest.raises(Ended):
            process.result()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    assert told.wait(PATIENCE)
    mark = f"{replays.builds()}/building-"
    end = time.monotonic() + PATIENCE
    while not processes(mark):
        if ended.wait(0.05) or time.monotonic() > end:
            pytest.skip("nothing can be built here")
    assert all(os.getpriority(os.PRIO_PROCESS, pid) >= 15 for pid in processes(mark))
    process.end()
    assert ended.wait(PATIENCE)
    until(lambda: processes(mark) == [])
    until(lambda: list(replays.builds().iterdir()) == [])
