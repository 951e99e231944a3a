"""The tables of an index, and how the rows of the native reader are stored in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gnomon.analysis.debuginfo.gather import Gathered

SCHEMA = 1

# Flags of functions, variables and types.
IS_EXTERNAL, IS_DECLARATION, IS_VARIADIC, HAS_SYMBOL, IS_INCOMPLETE = 1, 2, 4, 8, 16

# Texts and numbers that are empty or 0 are NULL where they are rare; `parts` and `parameters` are JSON.
_TABLES = """
CREATE TABLE source (path TEXT, size INTEGER, modified_ns INTEGER);
CREATE TABLE problem (reason TEXT);
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT);
CREATE TABLE function (id INTEGER PRIMARY KEY, name TEXT, linkage_name TEXT, scope TEXT, file INTEGER, line INTEGER,
    address INTEGER, result INTEGER, flags INTEGER, parameters TEXT);
CREATE TABLE variable (id INTEGER PRIMARY KEY, name TEXT, linkage_name TEXT, scope TEXT, file INTEGER, line INTEGER,
    address INTEGER, type INTEGER, flags INTEGER);
CREATE TABLE type (id INTEGER PRIMARY KEY, tag INTEGER, name TEXT, file INTEGER, line INTEGER, size INTEGER,
    encoding INTEGER, target INTEGER, flags INTEGER, parts TEXT, key TEXT);
CREATE TABLE range (begin INTEGER PRIMARY KEY, end INTEGER, function INTEGER);
CREATE TABLE symbol (name TEXT PRIMARY KEY, address INTEGER) WITHOUT ROWID;
"""
_INDICES = """
CREATE INDEX function_name ON function (name);
CREATE INDEX function_linkage_name ON function (linkage_name) WHERE linkage_name IS NOT NULL;
CREATE INDEX function_address ON function (address) WHERE address IS NOT NULL;
CREATE INDEX variable_name ON variable (name) WHERE address IS NOT NULL;
CREATE INDEX type_key ON type (key) WHERE key IS NOT NULL;
"""

_Row = tuple[object, ...]


def fill(connection: sqlite3.Connection, gathered: Gathered) -> None:
    """Makes the tables of an empty database and stores all rows. Raises sqlite3.Error."""
    _Filling(connection, gathered).run()


@dataclass(slots=True)
class _Filling:
    connection: sqlite3.Connection
    gathered: Gathered
    files: dict[str, int] = field(default_factory=dict)
    symbols: dict[str, set[int]] = field(default_factory=dict)  # addresses of what the library defines
    spoken_for: set[str] = field(default_factory=set)  # symbols that a function's own name leads to
    addresses: set[int] = field(default_factory=set)  # of functions

    def run(self) -> None:
        rows, gathered = self.gathered.rows, self.gathered
        kinds = ("FUNC", "OBJECT", "GNU_IFUNC")
        for symbol in gathered.symbols:
            if symbol.is_defined and symbol.kind in kinds:
                self.symbols.setdefault(symbol.name, set()).add(symbol.address)
        self.connection.executescript(_TABLES)
        self.connection.execute("BEGIN")
        functions = range(rows.function_count)
        self._insert("function", map(self._function, functions))
        self._insert("range", ((_stored(b), _stored(e), n) for n in functions for b, e in rows.function(n)[-1]))
        self._insert("variable", map(self._variable, range(rows.variable_count)))
        self._insert("type", map(self._type, range(2, rows.type_count)))
        self._insert("symbol", self._aliases())
        self._insert("file", ((number, path) for path, number in self.files.items()))
        self._insert("source", ((s.path, s.size, s.modified_ns) for s in gathered.sources))
        self._insert("problem", ((reason,) for reason in gathered.problems))
        self.connection.execute("COMMIT")
        self.connection.executescript(_INDICES)
        self.connection.execute(f"PRAGMA user_version={SCHEMA}")

    def _insert(self, table: str, rows: Iterable[_Row]) -> None:
        columns = len(self.connection.execute(f"PRAGMA table_info({table})").fetchall())
        marks = ",".join("?" * columns)
        # Code that functions share (merged by the linker) stays with the first.
        self.connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)

    def _aliases(self) -> Iterator[_Row]:
        """Symbols of functions that their entries call otherwise."""
        for name, addresses in self.symbols.items():
            if name not in self.spoken_for and len(addresses) == 1 and addresses <= self.addresses:
                yield name, _stored(min(addresses))

    def _file(self, path: str) -> int:
        return self.files.setdefault(path, len(self.files))

    def _function(self, number: int) -> _Row:
        row = self.gathered.rows.function(number)
        name, linkage_name, scope, path, line, address, result, external, declaration, variadic, parameters, _ = row
        symbol = linkage_name or name
        has_symbol = address != 0 and address in self.symbols.get(symbol, ())
        if has_symbol:
            self.spoken_for.add(symbol)
        self.addresses.add(address)
        flags = external * IS_EXTERNAL | declaration * IS_DECLARATION | variadic * IS_VARIADIC | has_symbol * HAS_SYMBOL
        where = self._file(path), line, _stored(address) or None
        return number, name, linkage_name or None, scope or None, *where, result, flags, _json(parameters)

    def _variable(self, number: int) -> _Row:
        row = self.gathered.rows.variable(number)
        name, linkage_name, scope, path, line, address, type_, external, declaration = row
        flags = external * IS_EXTERNAL | declaration * IS_DECLARATION
        where = self._file(path), line, _stored(address) or None
        return number, name, linkage_name or None, scope or None, *where, type_, flags

    def _type(self, number: int) -> _Row:
        row = self.gathered.rows.type(number)
        tag, name, scope, path, line, size, encoding, target, declaration, variadic, is_local, incomplete, parts = row
        flags = declaration * IS_DECLARATION | variadic * IS_VARIADIC | incomplete * IS_INCOMPLETE
        full = f"{scope}::{name}" if scope and name and not is_local else name
        # Types inside functions are not looked up by name.
        key = full if full and not is_local else None
        return number, tag, full, self._file(path), line, _stored(size), encoding, target, flags, _parts(parts), key


def _parts(parts: list[tuple[str, int, int | None, int]]) -> str | None:
    """Name, type and value of each part, and the width of bit fields."""
    return _json([part if part[3] else part[:3] for part in parts])


def _json(value: object) -> str | None:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) if value else None


def _stored(number: int) -> int:
    """As sqlite keeps numbers of 64 bits."""
    return number - (1 << 64) if number >> 63 else number
