"""Checks in several processes: the same results as in one, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking import forks, run
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.checking.progress import Cancelled
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

SHAPES = (
    "int {name}(int i) {{ int a[{size}] = {{0}}; if (i < 0) return 0; return shared(a[i], i); }}\n",
    "int {name}(int i) {{ return i ? shared({size} / i, i) : 0; }}\n",
    "int {name}(int i) {{ return shared(i, {size}) + 1; }}\n",
)
COUNT = 12


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Entries that share a function, which fails for several of them; divided at once."""
    monkeypatch.setattr(run, "ALONE_SECONDS", 0.0)
    text = "int shared(int value, int by) { return by == 7 ? value / (by - 7) : value; }\n"
    bound = "import ctypes\nlib = ctypes.CDLL('./liba.so')\n"
    for number in range(COUNT):
        text += SHAPES[number % len(SHAPES)].format(name=f"f{number}", size=number + 1)
        bound += f"lib.f{number}.argtypes = [ctypes.c_int]\n"
    (tmp_path / "a.c").write_text(text)
    (tmp_path / "a.py").write_text(bound)
    return tmp_path


def told(result: CheckResult) -> tuple[list[Finding], list[object]]:
    return list(result.findings), [replace(f) for f in result.functions]


def test_several_processes_say_what_one_says(project: Path) -> None:
    alone = Session(project, Settings(store=None)).check({})
    assert len(alone.findings) > 4
    session = Session(project, Settings(store=project / "v.sqlite", jobs=3))
    together = session.check({})
    assert told(together) == told(alone)
    assert together.statistics.slices_solved > 0
    again = session.check({})
    assert told(again) == told(alone)
    assert again.statistics.slices_solved == 0
    restarted = Session(project, Settings(store=project / "v.sqlite", jobs=3)).check({})
    assert told(restarted) == told(alone)
    assert restarted.statistics.slices_solved == 0


def test_several_processes_say_of_functions_what_one_says(project: Path) -> None:
    """Without Python, each C function is asked by itself, and what it leaves open, its callers."""
    (project / "a.py").unlink()
    with (project / "a.c").open("a") as text:
        text.write("int first(void) { return f0(7); }\nint second(int i) { return i ? first() : shared(1, 7); }\n")
    alone = Session(project, Settings(store=None)).check({})
    assert {finding.entry for finding in alone.findings} >= {"first"}
    together = Session(project, Settings(store=None, jobs=3)).check({})
    assert told(together) == told(alone)


def test_tasks_are_divided_and_a_copy_that_dies_loses_its_own(tmp_path: Path) -> None:
    def work(task: int, ask: forks.Ask) -> tuple[int, int]:
        if task == 3:
            os.kill(os.getpid(), signal.SIGSEGV)
        return ask(task), os.getpid()

    done = dict(forks.divided(range(8), 2, work, lambda task: task * 2, lambda: True))
    assert isinstance(done.pop(3), forks.Died)
    assert {task: answer[0] for task, answer in done.items()} == {task: task * 2 for task in done}
    assert len(done) == 7
    assert os.getpid() not in {answer[1] for answer in done.values()}


def test_what_is_no_longer_wanted_is_killed_at_once() -> None:
    begin = time.monotonic()

    def is_wanted() -> bool:
        return time.monotonic() - begin < 0.2

    list(forks.divided(range(4), 2, lambda task, ask: time.sleep(60), lambda question: None, is_wanted))
    assert time.monotonic() - begin < 20


def test_a_check_that_is_divided_can_be_cancelled(project: Path) -> None:
    session = Session(project, Settings(store=None, jobs=2))

    def cancel(text: str, part: float) -> None:
        session.cancel()

    with pytest.raises(Cancelled):
        session.check({}, on_progress=cancel)
    assert len(session.check({}).findings) > 4


def test_an_entry_whose_copy_died_is_said_and_left_open(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = run.Deciding.decide

    def dying(self: run.Deciding, name: str, refuted: object) -> object:
        if name.endswith("f5"):
            os.kill(os.getpid(), signal.SIGKILL)
        return genuine(self, name, refuted)  # type: ignore[arg-type]

    monkeypatch.setattr(run.Deciding, "decide", dying)
    result = Session(project, Settings(store=None, jobs=2)).check({})
    assert result.problems == ("a.lib.f5 is not checked: the process that did so ended",)
    (lost,) = [f for f in result.functions if f.function == "f5"]
    assert lost.reasons.get("budget")
    assert len(result.findings) > 3
