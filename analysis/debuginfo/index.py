"""The index of a library's debug information: one sqlite file, written once, then only read.

A file is named by the library's build id (by a hash of its contents where it has none) and the schema; in it is written
which files it was made of. Whatever is stale or damaged is built anew. Where the cache cannot be written, the index is
kept in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import quote

from gnomon.analysis.debuginfo.elf import READ_ERRORS, Unsupported, build_id_of, opened, words
from gnomon.analysis.debuginfo.gather import Gathered, Source, gather
from gnomon.analysis.debuginfo.rows import SCHEMA, fill


def default_folder() -> Path:
    """Where indices are kept: a folder under the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "gnomon" / "debuginfo"


def open_index(path: str, folder: Path | None, is_anew: bool = False) -> sqlite3.Connection | Unsupported:
    """The index of a library, built where there is none that is fresh. `folder` None keeps it in memory; `is_anew`
    builds it in any case."""
    name = _file_name(path)
    if isinstance(name, Unsupported):
        return name
    file = folder / name if folder is not None else None
    if file is not None and not is_anew:
        known = _open_fresh(file, path)
        if known is not None:
            return known
    gathered = gather(path)
    if isinstance(gathered, Unsupported):
        return gathered
    try:
        return (_written(file, gathered) if file is not None else None) or _in_memory(gathered)
    except (sqlite3.Error, MemoryError, UnicodeError, OverflowError) as error:
        return Unsupported(f"debug information that cannot be indexed: {words(error)}")


def _file_name(path: str) -> str | Unsupported:
    try:
        with opened(path) as file:
            if isinstance(file, Unsupported):
                return file
            identity = build_id_of(file)
            if not identity:
                file.stream.seek(0)
                digest = hashlib.blake2b(digest_size=20)
                while part := file.stream.read(1 << 20):
                    digest.update(part)
                identity = f"content-{digest.hexdigest()}"
            return f"{identity[:80]}-{SCHEMA}.sqlite"
    except READ_ERRORS as error:
        return Unsupported(f"damaged ELF file: {words(error)}")


def _open_fresh(file: Path, library: str) -> sqlite3.Connection | None:
    """The index in a file, if there is one and the files that it was made of are as they were."""
    if not file.is_file():
        return None
    connection = None
    try:
        connection = _read_only(file)
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        sources = [Source(*row) for row in connection.execute("SELECT path, size, modified_ns FROM source")]
        connection.execute("SELECT reason FROM problem").fetchall()
        if schema == SCHEMA and sources and _are_fresh(sources, library):
            return connection
    except (sqlite3.Error, UnicodeError, ValueError, TypeError):
        pass
    if connection is not None:
        connection.close()
    return None


def _are_fresh(sources: list[Source], library: str) -> bool:
    """The library itself may have been copied; what it names must be where it was."""
    first, *others = sources
    now = Source.of(library)
    is_same = Source.of(first.path) == first or (now.size, now.modified_ns) == (first.size, first.modified_ns)
    return is_same and all(Source.of(source.path) == source for source in others)


def _read_only(file: Path) -> sqlite3.Connection:
    # Never written again after it got its name: no locks are needed.
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _in_memory(gathered: Gathered) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    fill(connection, gathered)
    return connection


def _written(file: Path, gathered: Gathered) -> sqlite3.Connection | None:
    """Writes beside, then renames: readers see the whole index or none. None when the folder cannot be written."""
    temporary = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(suffix=".tmp", dir=file.parent)
        os.close(descriptor)
        with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=OFF")
            connection.execute("PRAGMA synchronous=OFF")
            fill(connection, gathered)
        Path(temporary).replace(file)
        return _read_only(file)
    except (OSError, sqlite3.OperationalError):
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
        return None
