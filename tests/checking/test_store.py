"""The verdict store: what is put comes back, across restarts and after damage."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

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
