"""The verdict store: answers by slice key, in one sqlite file, so that an unchanged slice is never solved twice.

Readers and writers of several processes may share it (WAL). A corrupted file is thrown away and begun anew: it holds
nothing that cannot be computed again.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SCHEMA = 1

Answer = Literal["proved", "refuted", "undecided"]


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


def _to_json(verdict: StoredVerdict) -> str:
    rows = [
        [
            i.function,
            i.ordinal,
            i.occurrence,
            i.name,
            {"bytes": i.value.hex()} if isinstance(i.value, bytes) else i.value,
        ]
        for i in verdict.inputs
    ]
    return json.dumps(rows)


def _from_json(text: str) -> tuple[StoredInput, ...]:
    inputs = []
    for function, ordinal, occurrence, name, value in json.loads(text):
        decoded = bytes.fromhex(value["bytes"]) if isinstance(value, dict) else value
        inputs.append(StoredInput(function, ordinal, occurrence, name, decoded))
    return tuple(inputs)


class VerdictStore:
    """Maps slice keys to verdicts. `path` None: in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return self._prepare(sqlite3.connect(":memory:"))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._prepare(sqlite3.connect(self._path, timeout=5.0))
        except sqlite3.DatabaseError:
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return self._prepare(sqlite3.connect(self._path, timeout=5.0))

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA:
                connection.execute("DROP TABLE IF EXISTS verdict")
                connection.execute(f"PRAGMA user_version={SCHEMA}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS verdict (key TEXT PRIMARY KEY, answer TEXT NOT NULL, reason TEXT NOT NULL,"
                " inputs TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.commit()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def get(self, keys: Iterable[str]) -> dict[str, StoredVerdict]:
        """The verdicts known for these keys."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, StoredVerdict] = {}
        with contextlib.suppress(sqlite3.DatabaseError, ValueError, KeyError):
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT key, answer, reason, inputs FROM verdict WHERE key IN ({marks})", part
                )
                for key, answer, reason, inputs in rows:
                    found[key] = StoredVerdict(answer, reason, _from_json(inputs))
        return found

    def put(self, verdicts: Mapping[str, StoredVerdict]) -> None:
        """Stores verdicts; a store that cannot be written costs only time later."""
        rows = [(key, v.answer, v.reason, _to_json(v)) for key, v in verdicts.items()]
        with contextlib.suppress(sqlite3.DatabaseError), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        self._connection.close()
