"""ELF files: symbols, sections and build id. A file that is none, or is damaged, gives an answer that says so."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elftools.common.exceptions import DWARFError, ELFError, ELFParseError
from elftools.construct.core import ConstructError
from elftools.elf.elffile import ELFFile

# What pyelftools raises on bytes that are not what they should be.
READ_ERRORS = (
    ELFError, ELFParseError, DWARFError, ConstructError, OSError, ValueError, KeyError, IndexError, AttributeError,
    TypeError, AssertionError, OverflowError, NotImplementedError, UnicodeDecodeError, EOFError, RecursionError,
    MemoryError, struct.error,
)  # fmt: skip

_KINDS = {0: "NOTYPE", 1: "OBJECT", 2: "FUNC", 3: "SECTION", 4: "FILE", 5: "COMMON", 6: "TLS", 10: "GNU_IFUNC"}


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Why a file cannot be read, in words for its owner."""

    reason: str


@dataclass(frozen=True, slots=True)
class Symbol:
    name: str
    address: int
    size: int
    kind: str  # "FUNC", "OBJECT", ...
    is_global: bool
    is_defined: bool


@dataclass(frozen=True, slots=True)
class ElfFacts:
    """`symbols` are of .symtab, else of .dynsym."""

    path: str
    build_id: str
    sections: tuple[str, ...]
    symbols: tuple[Symbol, ...]


@contextmanager
def opened(path: str) -> Iterator[Any | Unsupported]:
    """pyelftools' view of a file, while it is open."""
    with ExitStack() as stack:
        try:
            file: Any = ELFFile(stack.enter_context(Path(path).open("rb")))
        except READ_ERRORS as error:
            file = Unsupported(f"not a readable ELF file: {words(error)}")
        yield file


def read_elf(path: str) -> ElfFacts | Unsupported:
    """The facts of an ELF file, or why there are none."""
    with opened(path) as file:
        if isinstance(file, Unsupported):
            return file
        try:
            sections = tuple(section.name for section in file.iter_sections())
            return ElfFacts(path, build_id_of(file), sections, tuple(symbols_of(file)))
        except READ_ERRORS as error:
            return Unsupported(f"damaged ELF file: {words(error)}")


def symbols_of(file: Any) -> Iterator[Symbol]:
    """The named symbols of .symtab, else of .dynsym. Raises READ_ERRORS."""
    table = file.get_section_by_name(".symtab") or file.get_section_by_name(".dynsym")
    if table is None or table["sh_type"] == "SHT_NOBITS":
        return
    names = section_bytes(file, file.get_section(table["sh_link"]))
    order = "<" if file.little_endian else ">"
    is_wide = file.elfclass == 64
    entry = struct.Struct(order + ("IBBHQQ" if is_wide else "IIIBBH"))
    data = section_bytes(file, table)
    for fields in entry.iter_unpack(data[: len(data) // entry.size * entry.size]):
        name, info, index, address, size = (
            (fields[0], fields[1], fields[3], fields[4], fields[5])
            if is_wide
            else (fields[0], fields[3], fields[5], fields[1], fields[2])
        )
        text = names[name : names.find(b"\0", name)].decode("utf-8", "replace")
        if text:
            kind = _KINDS.get(info & 15, "OTHER")
            yield Symbol(text, address, size, kind, info >> 4 in (1, 2), index != 0)


def section_bytes(file: Any, section: Any) -> bytes:
    """The bytes of a section as they stand in the file. Raises READ_ERRORS when they are not all there."""
    offset, size = section["sh_offset"], section["sh_size"]
    file.stream.seek(0, os.SEEK_END)
    if offset + size > file.stream.tell():
        raise ELFParseError(f"section {section.name} ends behind the file")
    file.stream.seek(offset)
    data: bytes = file.stream.read(size)
    return data


def build_id_of(file: Any) -> str:
    """In hexadecimal; empty when the file has none. Raises READ_ERRORS."""
    section = file.get_section_by_name(".note.gnu.build-id")
    for note in section.iter_notes() if section is not None and section["sh_type"] == "SHT_NOTE" else ():
        if note["n_type"] == "NT_GNU_BUILD_ID":
            return str(note["n_desc"])
    return ""


def words(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
