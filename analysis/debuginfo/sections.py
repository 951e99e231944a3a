"""Debug sections of ELF files, uncompressed: plain, zlib and zstd ones, and GNU's older .zdebug_ sections."""

from __future__ import annotations

import ctypes
import struct
import zlib
from typing import Any

from elftools.common.exceptions import ELFParseError
from gnomon.analysis.debuginfo.elf import section_bytes

NAMES = ("info", "types", "abbrev", "str", "line_str", "str_offsets", "addr", "line", "ranges", "rnglists")
Sections = dict[str, bytes]  # by a name of NAMES

SIZE_BOUND = 1 << 32  # bytes of one section, uncompressed; more is taken for damage
_COMPRESSED = 0x800
_ZLIB, _ZSTD = 1, 2


def debug_sections(file: Any, suffix: str = "") -> list[Sections]:
    """The debug sections of a file; with the suffix ".dwo", those of split DWARF. Raises READ_ERRORS.

    The first element has one section of each name. Files that were not linked may have more units, in sections of the
    same name: each is in a further element, with what it refers to.
    """
    found: dict[str, list[bytes]] = {}
    wanted = {f"{prefix}{name}{suffix}": name for name in NAMES for prefix in (".debug_", ".zdebug_")}
    for section in file.iter_sections():
        name = wanted.get(section.name)
        if name is not None and section["sh_type"] != "SHT_NOBITS":
            found.setdefault(name, []).append(_uncompressed(file, section))
    first = {name: parts[0] for name, parts in found.items()}
    shared = {name: data for name, data in first.items() if name not in ("info", "types")}
    further = [{**shared, name: data} for name in ("info", "types") for data in found.get(name, [])[1:]]
    return [first, *further]


def has_debug_sections(file: Any) -> bool:
    """Are there entries to read in the file itself? Raises READ_ERRORS."""
    sections = (file.get_section_by_name(name) for name in (".debug_info", ".zdebug_info"))
    return any(section is not None and section["sh_type"] != "SHT_NOBITS" for section in sections)


def _uncompressed(file: Any, section: Any) -> bytes:
    data = section_bytes(file, section)
    if section["sh_flags"] & _COMPRESSED:
        order = "<" if file.little_endian else ">"
        header = struct.Struct(order + ("IIQQ" if file.elfclass == 64 else "III"))
        fields = header.unpack_from(data)
        kind, size = fields[0], fields[-2]
        if kind == _ZLIB:
            return _inflated(data[header.size :], size)
        if kind == _ZSTD:
            return _zstd(data[header.size :], size)
        raise ELFParseError(f"{section.name} is compressed in an unknown way ({kind})")
    if section.name.startswith(".zdebug_"):
        if data[:4] != b"ZLIB":
            raise ELFParseError(f"{section.name} is not compressed by zlib")
        return _inflated(data[12:], int.from_bytes(data[4:12], "big"))
    return data


def _inflated(data: bytes, size: int) -> bytes:
    if not 0 < size <= SIZE_BOUND:
        raise ELFParseError(f"a compressed section claims {size} bytes")
    try:
        found = zlib.decompressobj().decompress(data, size)
    except zlib.error as error:
        raise ELFParseError(f"a damaged compressed section: {error}") from error
    if len(found) != size:
        raise ELFParseError("a damaged compressed section")
    return found


def _zstd(data: bytes, size: int) -> bytes:
    """By the system's libzstd: Python has no zstd of its own before 3.14."""
    try:
        library = ctypes.CDLL("libzstd.so.1")
    except OSError as error:
        raise ELFParseError("sections compressed by zstd need libzstd.so.1, which is not installed") from error
    library.ZSTD_decompress.restype = ctypes.c_size_t
    library.ZSTD_decompress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
    library.ZSTD_getFrameContentSize.restype = ctypes.c_ulonglong
    library.ZSTD_getFrameContentSize.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    # The frame says its size too: a section that claims gigabytes reserves them only if its own frame agrees.
    if not 0 < size <= SIZE_BOUND or library.ZSTD_getFrameContentSize(data, len(data)) != size:
        raise ELFParseError("a damaged compressed section")
    found = ctypes.create_string_buffer(size)
    if library.ZSTD_decompress(found, size, data, len(data)) != size:
        raise ELFParseError("a damaged compressed section")
    return found.raw
