"""Reads the debug information of a library with the native reader, from all the files that it is spread over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gnomon.analysis.debuginfo.elf import READ_ERRORS, Symbol, Unsupported, opened, symbols_of, words
from gnomon.analysis.debuginfo.locate import alternate_of, find_alternate, find_debug_file, split_candidates
from gnomon.analysis.debuginfo.packages import units_of_package
from gnomon.analysis.debuginfo.sections import Sections, debug_sections

if TYPE_CHECKING:
    from gnomon import _engine


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read or looked for. Size and time are -1 where there was none."""

    path: str
    size: int
    modified_ns: int

    @staticmethod
    def of(path: str) -> Source:
        """The file as it is now."""
        try:
            status = Path(path).stat()
        except (OSError, ValueError):
            return Source(path, -1, -1)
        return Source(path, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Gathered:
    """`sources`: first the file with the entries, then others. `problems` say what is missing or damaged."""

    rows: _engine.DebugIndex
    symbols: tuple[Symbol, ...]
    sources: tuple[Source, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Gathering:
    """What is collected on the way."""

    library: str
    debug_file: str
    is_little_endian: bool
    sources: list[Source] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def note(self, paths: Iterable[Path | str]) -> None:
        """Remembers files whose change changes the answer, also by appearing."""
        self.sources += [Source.of(str(path)) for path in paths]


def gather(path: str) -> Gathered | Unsupported:
    """All rows of a library's debug information, or why there are none."""
    try:
        with opened(path) as file:
            if isinstance(file, Unsupported):
                return file
            if file.header["e_type"] == "ET_REL":
                return Unsupported("an object file that is not linked")
            debug_file = find_debug_file(path, file)
            symbols = tuple(symbols_of(file))
        if isinstance(debug_file, Unsupported):
            return debug_file
        return _gather(path, debug_file, symbols)
    except READ_ERRORS as error:
        return Unsupported(f"debug information that cannot be read: {words(error)}")


def _gather(path: str, debug_file: str, symbols: tuple[Symbol, ...]) -> Gathered | Unsupported:
    before = Source.of(debug_file)
    with opened(debug_file) as file:
        if isinstance(file, Unsupported):
            return file
        sections = debug_sections(file)[0]
        if debug_file != path:
            symbols = tuple(symbols_of(file)) or symbols
        found = _Gathering(path, debug_file, file.little_endian, [before])
        alternate = _alternate(file, found)
    # Imported here: most processes look up in indices that others have built, and need no engine.
    from gnomon import _engine

    split = _split(_engine.debug_split_units(not found.is_little_endian, sections), found)
    rows = _engine.read_debug_info(not found.is_little_endian, sections, alternate, split)
    if Source.of(debug_file) != before:
        return Unsupported("changed while it was read")
    return Gathered(rows, symbols, tuple(found.sources), (*found.problems, *rows.problems))


def _alternate(file: Any, found: _Gathering) -> Sections:
    """The sections of the file that dwz shares between libraries."""
    named = alternate_of(file)
    if named is None:
        return {}
    path = find_alternate(found.debug_file, named)
    if path is None:
        found.note([Path(found.debug_file).parent / named.name])
        found.problems.append(f"shared debug information, {named.name} not found")
        return {}
    found.note([path])
    with opened(path) as shared:
        return {} if isinstance(shared, Unsupported) else debug_sections(shared)[0]


def _split(units: list[tuple[str, str, int]], found: _Gathering) -> list[Sections]:
    """The sections of split units: from a package beside the library, else from the .dwo files."""
    if not units:
        return []
    sections: list[Sections] = []
    packaged: set[int] = set()
    packages = dict.fromkeys((f"{found.debug_file}.dwp", f"{found.library}.dwp"))
    found.note(packages)
    for package in packages:
        if not packaged:
            packaged = _read_package(package, sections, found)
    read: set[Path] = set()
    for name, folder, identity in units:
        if identity in packaged:
            continue
        candidates = split_candidates(found.debug_file, name, folder)
        found.note(candidates)
        path = next((candidate for candidate in candidates if candidate.is_file()), None)
        if path is not None and path not in read:
            read.add(path)
            sections += _read_split(path, found)
    return sections


def _read_split(path: Path, found: _Gathering) -> list[Sections]:
    with opened(str(path)) as file:
        try:
            return [] if isinstance(file, Unsupported) else debug_sections(file, ".dwo")
        except READ_ERRORS as error:
            found.problems.append(f"split DWARF, {path.name} cannot be read: {words(error)}")
            return []


def _read_package(path: str, sections: list[Sections], found: _Gathering) -> set[int]:
    """Adds the sections of a package's units; the ids of its compilation units."""
    with opened(path) as file:
        if isinstance(file, Unsupported):
            return set()
        try:
            whole = debug_sections(file, ".dwo")[0]
            indices = [file.get_section_by_name(name) for name in (".debug_cu_index", ".debug_tu_index")]
            data = [section.data() if section is not None else b"" for section in indices]
            units = list(units_of_package(data[0], whole, file.little_endian))
            types = list(units_of_package(data[1], whole, file.little_endian))
        except READ_ERRORS as error:
            found.problems.append(f"split DWARF, {Path(path).name} cannot be read: {words(error)}")
            return set()
    sections += [cut for _, cut in (*units, *types)]
    return {identity for identity, _ in units}
