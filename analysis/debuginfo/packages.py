"""Packages of split DWARF (.dwp): the sections of each unit, cut out by its index (DWARF 5, 7.3.5, and GNU's 2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from elftools.common.exceptions import ELFParseError
from gnomon.analysis.debuginfo.sections import Sections

# What the columns of an index are about. Columns 2 and 8 changed with DWARF 5; others hold nothing that is read.
_COLUMNS = {
    2: {1: "info", 2: "types", 3: "abbrev", 4: "line", 6: "str_offsets"},
    5: {1: "info", 3: "abbrev", 4: "line", 6: "str_offsets", 8: "rnglists"},
}


def units_of_package(index: bytes, sections: Sections, is_little_endian: bool) -> Iterator[tuple[int, Sections]]:
    """Id and sections of each unit that .debug_cu_index or .debug_tu_index lists. Raises READ_ERRORS on damage."""
    if not index:
        return
    order = "<" if is_little_endian else ">"
    version, columns, units, slots = struct.unpack_from(f"{order}4I", index)
    if version not in _COLUMNS:
        version = struct.unpack_from(f"{order}H", index)[0]
    names = _COLUMNS.get(version)
    if names is None:
        raise ELFParseError(f"a package of version {version}")
    if 16 + 12 * slots + 4 * columns * (1 + 2 * units) > len(index):
        raise ELFParseError("a damaged index of a package")
    ids = struct.unpack_from(f"{order}{slots}Q", index, 16)
    rows = struct.unpack_from(f"{order}{slots}I", index, 16 + 8 * slots)
    table = 16 + 12 * slots
    kinds = struct.unpack_from(f"{order}{columns}I", index, table)
    row_format = struct.Struct(f"{order}{columns}I")
    for identity, row in zip(ids, rows, strict=True):
        if not 0 < row <= units:
            continue
        offsets = row_format.unpack_from(index, table + row_format.size * row)
        sizes = row_format.unpack_from(index, table + row_format.size * (row + units))
        cut = {
            names[kind]: sections.get(names[kind], b"")[offset : offset + size]
            for kind, offset, size in zip(kinds, offsets, sizes, strict=True)
            if kind in names
        }
        yield identity, {**cut, "str": sections.get("str", b"")}
