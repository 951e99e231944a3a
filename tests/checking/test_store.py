"""The verdict store: what is put comes back, across restarts and after damage."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from pathlib import Path

import pytest
from gnomon.analysis.checking import store as store_module
from gnomon.analysis.checking.store import StoredInput, StoredVerdict, VerdictStore
from hypothesis import given
from hypothesis import strategies as st

REFUTED = StoredVerdict(
    "refuted", "", (StoredInput("a.c:f", 0, 2, "n", (1 << 64) - 1), StoredInput("g", 1, 0, "s", b"\x00\xff"))
)


def test_a_verdict_survives_a_restart(tmp_path: Path) -> None:
    first = VerdictStore(tmp_path / "v.sqlite")
    first.put({"k": REFUTED, "p": StoredVerdict("proved")})
    first.close()
    second = VerdictStore(tmp_path / "v.sqlite")
    assert second.get(["k", "p", "absent"]) == {"k": REFUTED, "p": StoredVerdict("proved")}


def test_a_corrupted_file_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"not a database, but as long as a header would be" * 100)
    store = VerdictStore(path)
    assert store.get(["k"]) == {}
    store.put({"k": REFUTED})
    assert store.get(["k"]) == {"k": REFUTED}


def _write(path: Path, prefix: str) -> None:
    store = VerdictStore(path)
    for number in range(50):
        store.put({f"{prefix}{number}": StoredVerdict("proved")})


def test_two_processes_share_a_store(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, prefix)) for prefix in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    keys = [f"{prefix}{number}" for prefix in "ab" for number in range(50)]
    assert len(VerdictStore(path).get(keys)) == 100


@given(st.dictionaries(st.text(min_size=1), st.sampled_from(["proved", "undecided"]), max_size=20), st.text())
def test_whatever_is_put_comes_back(answers: dict[str, str], reason: str) -> None:
    store = VerdictStore(None)
    verdicts = {key: StoredVerdict(answer, reason) for key, answer in answers.items()}  # type: ignore[arg-type]
    store.put(verdicts)
    assert store.get(answers) == verdicts


def test_a_locked_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "v.sqlite"
    first = VerdictStore(path)
    first.put({"k": REFUTED})
    first.close()
    monkeypatch.setattr("gnomon.analysis.checking.store.LOCK_SECONDS", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    second = VerdictStore(path)
    assert "locked" in second.problem
    second.put({"p": StoredVerdict("proved")})
    assert second.get(["k", "p"]) == {"p": StoredVerdict("proved")}
    holder.execute("ROLLBACK")
    holder.close()
    assert VerdictStore(path).get(["k", "p"]) == {"k": REFUTED}


def test_a_lock_that_is_held_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gnomon.analysis.checking.store.LOCK_SECONDS", 0.5)
    store = VerdictStore(tmp_path / "v.sqlite")
    holder = sqlite3.connect(tmp_path / "v.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    for number in range(20):
        store.put({str(number): REFUTED})
    assert time.monotonic() - started < 5


def test_a_place_that_cannot_be_written_keeps_verdicts_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "v.sqlite").mkdir()
    for path in (tmp_path / "file" / "v.sqlite", tmp_path / "v.sqlite"):
        store = VerdictStore(path)
        assert str(path) in store.problem
        store.put({"k": REFUTED})
        assert store.get(["k"]) == {"k": REFUTED}


def test_damage_after_the_opening_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    first = VerdictStore(path)
    first.put({f"k{number}": REFUTED for number in range(500)})
    first.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    store = VerdictStore(path)
    store.get(["k1"])
    store.put({"k": REFUTED})
    store.close()
    assert VerdictStore(path).get(["k"]) == {"k": REFUTED}


def test_there_are_so_many_traces_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MOST_TRACES", 3)
    store = VerdictStore(tmp_path / "v.sqlite")
    for number in range(5):
        store.put_trace(f"k{number}", b"%d" % number)
    store.put_trace("k3", b"again")
    assert [store.trace(f"k{number}") for number in range(5)] == [None, None, None, b"again", b"4"]
