"""Corrections of ctypes declarations, made from the true types."""

from __future__ import annotations

import re

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.finding import Fix, TextEdit
from gnomon.analysis.contracts.ctypes_spelling import ctypes_name, spelled_in
from gnomon.analysis.metamodel import FunctionType, Type
from gnomon.analysis.workspace import Snapshot


def replaced(snapshot: Snapshot, at: Span, true: Type) -> tuple[Fix, ...]:
    """Another type in the place of a declared one."""
    name = ctypes_name(true)
    text = spelled_in(snapshot.text(at.path), name) if name is not None else None
    if text is None:
        return ()
    edit = TextEdit(snapshot.relative(at.path), at.line, at.column, at.end_line, at.end_column, text)
    return (Fix(f"Declare it as {text}", (edit,)),)


def declared(snapshot: Snapshot, use: Span, native: str, true: FunctionType) -> tuple[Fix, ...]:
    """Lines that declare a function, behind the line that loads its library; none where that is not plain."""
    text = snapshot.text(use.path)
    lines = text.split("\n")
    written = lines[use.line - 1].encode()[: use.column - 1].decode() if use.line <= len(lines) else ""
    holder = re.search(r"([A-Za-z_]\w*)\.$", written)
    names = [ctypes_name(parameter.type) for parameter in true.parameters]
    result = ctypes_name(true.result)
    if holder is None or result is None or None in names:
        return ()
    loads = [number for number, line in enumerate(lines, 1) if re.match(rf"{holder[1]}\s*=[^=].*\)\s*(#.*)?$", line)]
    arguments = spelled_in(text, f"[{', '.join(str(name) for name in names)}]")
    returned = spelled_in(text, result)
    if len(loads) != 1 or loads[0] >= use.line or arguments is None or returned is None:
        return ()
    path, line, column = snapshot.relative(use.path), loads[0], len(lines[loads[0] - 1].encode()) + 1
    added = f"\n{holder[1]}.{native}.argtypes = {arguments}\n{holder[1]}.{native}.restype = {returned}"
    return (Fix(f"Declare argtypes and restype of {native}", (TextEdit(path, line, column, line, column, added),)),)
