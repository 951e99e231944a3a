"""What was decided is not decided again: after edits elsewhere, by other processes, after deaths and restarts."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from gnomon.analysis.checking.client import Client, WorkerDied
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

SOURCE = """\
int pick(int i) { int a[4] = {0}; return a[i]; }
int half(int n) { int b[8] = {0}; return n < 0 || n > 7 ? 0 : b[n] / 2; }
int mean(int total, int count) { return count > 0 ? total / count : 0; }
"""
NAMES = ("pick", "half", "mean")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text(SOURCE)
    bound = [f"lib.{name}.argtypes = [ctypes.c_int{', ctypes.c_int' * (name == 'mean')}]" for name in NAMES]
    (folder / "a.py").write_text("\n".join(["import ctypes", "lib = ctypes.CDLL('./liba.so')", *bound, ""]))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "verdicts.sqlite"


def counts(result: CheckResult) -> tuple[int, int]:
    return result.statistics.slices_solved, result.statistics.solver_queries


def test_a_restart_with_a_warm_store_solves_nothing(project: Path, store: Path) -> None:
    first = Session(project, Settings(store=store)).check({})
    assert first.statistics.slices_solved > 0
    again = Session(project, Settings(store=store)).check({})
    assert counts(again) == (0, 0)
    assert again.statistics.slices_reused >= first.statistics.slices_solved
    assert (again.findings, again.functions) == (first.findings, first.functions)


def test_an_edit_outside_of_a_slice_solves_nothing(project: Path) -> None:
    session = Session(project, Settings(store=None))
    first = session.check({})
    path = str(project / "a.c")
    unasked = SOURCE.replace("return count > 0", "int unasked = 3; (void)unasked; return count > 0")
    edited = session.check({path: unasked})
    assert edited.statistics.functions_lowered == 1
    assert counts(edited) == (0, 0)
    assert counts(session.check({path: "/* a comment */\n" + unasked})) == (0, 0)
    widened = session.check({path: unasked.replace("a[4]", "a[5]")})
    assert widened.statistics.functions_lowered == 1
    assert 0 < widened.statistics.slices_solved < first.statistics.slices_solved
    assert ["when i = 5" in f.message for f in widened.findings] == [True]


def test_verdicts_of_functions_that_stay_the_same_are_the_same_objects(project: Path) -> None:
    session = Session(project, Settings(store=None))
    first = {f.function: f for f in session.check({}).functions}
    text = SOURCE.replace("a[4]", "a[5]")
    (project / "b.c").write_text("int other(int n) { return n + 1; }\n")
    second = {
        f.function: f for f in session.check({str(project / "b.c"): "int other(int n) { return n; }\n"}).functions
    }
    assert all(second[name] is first[name] for name in NAMES)
    third = {f.function: f for f in session.check({str(project / "a.c"): text}).functions}
    assert third["pick"] is not first["pick"] and third["mean"] == first["mean"]


def test_two_processes_share_a_store_at_once(project: Path, store: Path) -> None:
    clients = [Client(project, Settings(store=store)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda client: client.check({}), clients)
    for client in clients:
        client.close()
    assert first.findings == second.findings and len(first.findings) == 1
    assert first.problems == second.problems == ()
    assert counts(Session(project, Settings(store=store)).check({})) == (0, 0)


def test_a_corrupted_store_is_begun_anew(project: Path, store: Path) -> None:
    Session(project, Settings(store=store)).check({})
    data = bytearray(store.read_bytes())
    data[: len(data) // 2] = b"\x5a" * (len(data) // 2)
    store.write_bytes(data)
    for suffix in ("-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    result = Session(project, Settings(store=store)).check({})
    assert result.statistics.slices_solved > 0
    assert result.problems == ()
    assert counts(Session(project, Settings(store=store)).check({})) == (0, 0)


def test_a_worker_killed_in_mid_check_loses_nothing(project: Path, store: Path) -> None:
    names = [f"pick{number}" for number in range(100)]  # enough for a kill to come in time
    (project / "a.c").write_text("".join(SOURCE.splitlines(True)[0].replace("pick", name) for name in names))
    bound = [f"lib.{name}.argtypes = [ctypes.c_int]" for name in names]
    (project / "a.py").write_text("\n".join(["import ctypes", "lib = ctypes.CDLL('./liba.so')", *bound, ""]))
    client = Client(project, Settings(store=store))
    begun: list[str] = []

    def kill(text: str, part: float) -> None:
        begun.append(text)
        if len(begun) == len(NAMES):  # what the entries before have decided is in the store
            assert client._process is not None
            os.kill(client._process.pid, signal.SIGKILL)

    with pytest.raises(WorkerDied, match="signal 9"):
        client.check({}, on_progress=kill)
    result = client.check({})
    client.close()
    assert len(result.findings) == len(names)
    assert result.statistics.slices_reused > 0


def test_only_new_verdicts_leave_the_worker(project: Path) -> None:
    client = Client(project, Settings(store=None))
    first = client.check({})
    second = client.check({str(project / "a.c"): SOURCE.replace("a[4]", "a[5]")})
    client.close()
    whole = Session(project, Settings(store=None)).check({})
    assert first.functions == whole.functions
    assert [f.function for f in second.functions] == list(NAMES)
