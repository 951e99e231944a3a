"""ELF files: symbols, sections and build id. A file that is none, or is damaged, gives an answer that says so."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from elftools.common.exceptions import DWARFError, ELFError, ELFParseError
from elftools.construct.core import ConstructError
from elftools.elf.elffile import ELFFile

# What pyelftools raises on bytes that are not what they should be.
READ_ERRORS = (
    ELFError, ELFParseError, DWARFError, ConstructError, OSError, ValueError, KeyError, IndexError, AttributeError,
    TypeError, AssertionError, OverflowError, NotImplementedError, UnicodeDecodeError, EOFError, RecursionError,
)  # fmt: skip


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


def load(path: str) -> Any | Unsupported:
    """pyelftools' view of a file, held in memory: the file may be rebuilt while it is read."""
    try:
        return ELFFile(BytesIO(Path(path).read_bytes()))
    except READ_ERRORS as error:
        return Unsupported(f"not a readable ELF file: {_words(error)}")


def read_elf(path: str) -> ElfFacts | Unsupported:
    """The facts of an ELF file, or why there are none."""
    file = load(path)
    if isinstance(file, Unsupported):
        return file
    return facts_of(path, file)


def facts_of(path: str, file: Any) -> ElfFacts | Unsupported:
    try:
        sections = tuple(section.name for section in file.iter_sections())
        table = file.get_section_by_name(".symtab") or file.get_section_by_name(".dynsym")
        symbols = tuple(_symbol(symbol) for symbol in table.iter_symbols() if symbol.name) if table is not None else ()
        return ElfFacts(path, _build_id(file), sections, symbols)
    except READ_ERRORS as error:
        return Unsupported(f"damaged ELF file: {_words(error)}")


def _symbol(symbol: Any) -> Symbol:
    info = symbol["st_info"]
    return Symbol(
        symbol.name,
        symbol["st_value"],
        symbol["st_size"],
        info["type"].removeprefix("STT_"),
        info["bind"] in ("STB_GLOBAL", "STB_WEAK"),
        symbol["st_shndx"] != "SHN_UNDEF",
    )


def _build_id(file: Any) -> str:
    section = file.get_section_by_name(".note.gnu.build-id")
    for note in section.iter_notes() if section is not None else ():
        if note["n_type"] == "NT_GNU_BUILD_ID":
            return str(note["n_desc"])
    return ""


def _words(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
