"""The verdict store: answers by slice key, in one sqlite file, so that an unchanged slice is never solved twice. Beside
them traces of what is not sliced (traces.py), so many at most.

Readers and writers of several processes may share it (WAL). A corrupted file is thrown away and begun anew: it holds
nothing that cannot be computed again. A file that cannot be used for another reason (locked, not writable, no room) is
left alone: verdicts are then kept in memory.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gnomon.analysis.checking.finding import Answer

SCHEMA = 5  # of the tables, and of what the engine means by its verdicts
MOST_TRACES = 5000
LOCK_SECONDS = 5.0  # how long another process may hold the file before it counts as locked


@dataclass(frozen=True, slots=True)
class StoredInput:
    """An input of a stored witness. `ordinal` counts the Input instructions of the function, so that edits elsewhere in
    it do not matter."""

    function: str
    ordinal: int
    occurrence: int
    name: str
    value: int | bytes | None


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    answer: Answer
    reason: str = ""
    inputs: tuple[StoredInput, ...] = ()


def inputs_to_json(inputs: Iterable[StoredInput]) -> str:
    rows = [
        [
            i.function,
            i.ordinal,
            i.occurrence,
            i.name,
            {"bytes": i.value.hex()} if isinstance(i.value, bytes) else i.value,
        ]
        for i in inputs
    ]
    return json.dumps(rows)


def inputs_from_json(text: str) -> tuple[StoredInput, ...]:
    inputs = []
    for function, ordinal, occurrence, name, value in json.loads(text):
        decoded = bytes.fromhex(value["bytes"]) if isinstance(value, dict) else value
        inputs.append(StoredInput(function, ordinal, occurrence, name, decoded))
    return tuple(inputs)


class Verdicts(Protocol):
    """What deciding needs of a store."""

    def get(self, keys: Iterable[str]) -> dict[str, StoredVerdict]: ...

    def put(self, verdicts: Mapping[str, StoredVerdict]) -> None: ...


class VerdictStore:
    """Maps slice keys to verdicts. `path` None: in memory. `problem` says why a file is not used, for its owner.

    While `is_cancelled`, what is undecided was not finished, and is not kept: it would stay undecided.
    """

    def __init__(self, path: Path | None, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        self.problem = ""
        self._is_cancelled = is_cancelled
        self._path = path
        self._connection = self._open()

    def _open(self, anew: bool = False) -> sqlite3.Connection:
        if self._path is None:
            return self._prepare(sqlite3.connect(":memory:"))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            for suffix in ("", "-wal", "-shm") if anew else ():
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return self._prepare(sqlite3.connect(self._path, timeout=LOCK_SECONDS))
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and _is_corruption(error) and not anew:
                return self._open(anew=True)
            self.problem = f"verdicts are not kept for the next time: {self._path}: {_words(error)}"
            return self._prepare(sqlite3.connect(":memory:"))

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA:
                connection.execute("DROP TABLE IF EXISTS verdict")
                connection.execute("DROP TABLE IF EXISTS trace")
                connection.execute(f"PRAGMA user_version={SCHEMA}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS verdict (key TEXT PRIMARY KEY, answer TEXT NOT NULL, reason TEXT NOT NULL,"
                " inputs TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.execute("CREATE TABLE IF NOT EXISTS trace (key TEXT PRIMARY KEY, found BLOB NOT NULL)")
            connection.commit()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def get(self, keys: Iterable[str]) -> dict[str, StoredVerdict]:
        """The verdicts known for these keys."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, StoredVerdict] = {}
        try:
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT key, answer, reason, inputs FROM verdict WHERE key IN ({marks})", part
                )
                for key, answer, reason, inputs in rows:
                    with contextlib.suppress(ValueError, KeyError, TypeError):  # a row of no use is no verdict
                        found[key] = StoredVerdict(answer, reason, inputs_from_json(inputs))
        except sqlite3.DatabaseError as error:
            self._recover(error)
        return found

    def put(self, verdicts: Mapping[str, StoredVerdict]) -> None:
        """Stores verdicts; a store that cannot be written costs only time later."""
        kept = {key: v for key, v in verdicts.items() if v.answer != "undecided" or not self._is_cancelled()}
        rows = [(key, v.answer, v.reason, inputs_to_json(v.inputs)) for key, v in kept.items()]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)", rows)
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def trace(self, key: str) -> bytes | None:
        try:
            row = self._connection.execute("SELECT found FROM trace WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._recover(error)
            return None
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def put_trace(self, key: str, trace: bytes) -> None:
        """In place of the one before; those that were put longest ago make room."""
        try:
            with self._connection:
                self._connection.execute("INSERT OR REPLACE INTO trace VALUES (?, ?)", (key, trace))
                last = "SELECT max(rowid) FROM trace"
                self._connection.execute(f"DELETE FROM trace WHERE rowid <= ({last}) - ?", (MOST_TRACES,))
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        """After damage that opening did not see; and a lock that is held for long is not waited for at each write."""
        if _is_corruption(error):
            self._connection.close()
            self._connection = self._open(anew=True)
        else:
            self._connection.execute("PRAGMA busy_timeout=0")

    def close(self) -> None:
        self._connection.close()


def _is_corruption(error: sqlite3.Error) -> bool:
    """SQLITE_CORRUPT and SQLITE_NOTADB come as DatabaseError itself; all that may pass, as one of its subclasses."""
    return type(error) is sqlite3.DatabaseError


def _words(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
