"""Where the debug information of a library is: in itself, or in files that it names."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gnomon.analysis.debuginfo.elf import READ_ERRORS, Unsupported, build_id_of, opened, section_bytes
from gnomon.analysis.debuginfo.sections import has_debug_sections

DEBUG_FOLDERS = ("/usr/lib/debug",)  # where distributions install debug files


@dataclass(frozen=True, slots=True)
class Alternate:
    """The file that dwz made of what several libraries share: the name and the id by which it is referred to."""

    name: str
    identity: str
    is_standard: bool  # DWARF 5's .debug_sup; else GNU's .gnu_debugaltlink


def find_debug_file(path: str, file: Any) -> str | Unsupported:
    """The file with the entries: `path` itself, else one by build id, else by .gnu_debuglink. Raises READ_ERRORS."""
    if has_debug_sections(file):
        return path
    build_id = build_id_of(file)
    for candidate in _by_build_id(build_id):
        if _has_build_id(candidate, build_id):
            return str(candidate)
    link = file.get_section_by_name(".gnu_debuglink")
    if link is None:
        return Unsupported("no debug information: build it with -g")
    data = section_bytes(file, link)
    name = data.split(b"\0")[0].decode("utf-8", "surrogateescape")
    checksum = int.from_bytes(data[-4:], "little" if file.little_endian else "big")
    for candidate in _by_link(Path(path), name):
        if _checksum(candidate) == checksum:
            return str(candidate)
    return Unsupported(f"its debug information is in {name}, not found")


def alternate_of(file: Any) -> Alternate | None:
    """The shared file that a file refers to. Raises READ_ERRORS."""
    link = file.get_section_by_name(".gnu_debugaltlink")
    if link is not None:
        name, _, identity = section_bytes(file, link).partition(b"\0")
        return Alternate(name.decode("utf-8", "surrogateescape"), identity.hex(), False)
    sup = file.get_section_by_name(".debug_sup")
    if sup is None:
        return None
    # Version (2 bytes), is this file the shared one (1), name, length of the checksum, checksum.
    name, _, rest = section_bytes(file, sup)[3:].partition(b"\0")
    return Alternate(name.decode("utf-8", "surrogateescape"), rest.hex(), True) if name else None


def find_alternate(path: str, alternate: Alternate) -> str | None:
    """The file itself, known by its id; `path` is the file that refers to it."""
    candidates = [Path(path).parent / alternate.name]
    if not alternate.is_standard:
        candidates += _by_build_id(alternate.identity)
    has = _has_sup_checksum if alternate.is_standard else _has_build_id
    return next((str(candidate) for candidate in candidates if has(candidate, alternate.identity)), None)


def split_candidates(path: str, name: str, folder: str) -> list[Path]:
    """Where a .dwo file may be: where it was written, else beside the library."""
    return [Path(folder) / name, Path(path).parent / name, Path(path).parent / Path(name).name]


def _by_build_id(build_id: str) -> Iterator[Path]:
    if len(build_id) > 2:
        for folder in DEBUG_FOLDERS:
            yield Path(folder) / ".build-id" / build_id[:2] / f"{build_id[2:]}.debug"


def _by_link(path: Path, name: str) -> Iterator[Path]:
    home = path.absolute().parent
    yield from (home / name, home / ".debug" / name)
    for folder in DEBUG_FOLDERS:
        yield Path(folder) / home.relative_to(home.anchor) / name


def _has_build_id(path: Path, build_id: str) -> bool:
    with opened(str(path)) as file:
        try:
            return not isinstance(file, Unsupported) and build_id_of(file) == build_id and has_debug_sections(file)
        except READ_ERRORS:
            return False


def _has_sup_checksum(path: Path, checksum: str) -> bool:
    with opened(str(path)) as file:
        try:
            sup = None if isinstance(file, Unsupported) else file.get_section_by_name(".debug_sup")
            return sup is not None and section_bytes(file, sup)[3:].partition(b"\0")[2].hex() == checksum
        except READ_ERRORS:
            return False


def _checksum(path: Path) -> int | None:
    try:
        with path.open("rb") as stream:
            checksum = 0
            while part := stream.read(1 << 20):
                checksum = zlib.crc32(part, checksum)
            return checksum
    except (OSError, ValueError):
        return None
