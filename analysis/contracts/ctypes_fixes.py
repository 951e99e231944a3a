"""Corrections of ctypes declarations, made from the true types."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.checking.finding import Fix, TextEdit
from gnomon.analysis.contracts.ctypes_spelling import ctypes_name, spelled_in
from gnomon.analysis.metamodel import Type
from gnomon.analysis.workspace import Snapshot

_FROM = re.compile(r"^from ctypes import ", re.M)


def replaced(snapshot: Snapshot, at: Span, true: Type) -> tuple[Fix, ...]:
    """Another type in the place of a declared one."""
    name = ctypes_name(true)
    text = spelled_in(snapshot.text(at.path), name) if name is not None else None
    if text is None:
        return ()
    edit = TextEdit(snapshot.relative(at.path), at.line, at.column, at.end_line, at.end_column, text)
    return (Fix(f"Declare it as {text}", (edit,)),)


def declared(snapshot: Snapshot, use: Span, binding: Binding, others: Sequence[Binding]) -> tuple[Fix, ...]:
    """Lines that declare a function, and then all functions of its library that the file uses: what is not declared
    yet, behind the line that loads the library. None where that is not plain.

    `others` are the edges of the same library, `binding` among them.
    """
    text = snapshot.text(use.path)
    place = _behind_load(text, use)
    one = _lines(place[0], binding) if place is not None else ""
    if place is None or not one:
        return ()
    holder, line, column = place
    used = [b for b in others if any(at.path == use.path for at in b.uses)]
    missing = [b for b in used if _lines(holder, b)]
    fixes = [(f"Declare argtypes and restype of {binding.native}", one)]
    if len(missing) > 1:
        all_ = "".join(_lines(holder, b) for b in missing)
        fixes.append((f"Declare the {len(missing)} functions of {holder} that this file uses", all_))
    found = []
    for title, added in fixes:
        edits = _added(text, snapshot.relative(use.path), line, column, added)
        if edits:
            found.append(Fix(title, edits))
    return tuple(found)


def _behind_load(text: str, use: Span) -> tuple[str, int, int] | None:
    """The variable that a use takes a function of, and where the one line that loads it ends."""
    lines = text.split("\n")
    written = lines[use.line - 1].encode()[: use.column - 1].decode() if use.line <= len(lines) else ""
    holder = re.search(r"(?<![\w.])([A-Za-z_]\w*)\.$", written)
    if holder is None:
        return None
    loads = [number for number, line in enumerate(lines, 1) if re.match(rf"{holder[1]}\s*=[^=].*\)\s*(#.*)?$", line)]
    if len(loads) != 1 or loads[0] >= use.line:
        return None
    return holder[1], loads[0], len(lines[loads[0] - 1].encode()) + 1


def _lines(holder: str, binding: Binding) -> str:
    """What a function lacks, each line behind a line break; empty where ctypes has no names for its types."""
    if binding.type is None:
        return ""
    names = [ctypes_name(parameter.type) for parameter in binding.type.parameters]
    result, text = ctypes_name(binding.type.result), ""
    if result is None or None in names:
        return ""
    if binding.argtypes is None:
        text += f"\n{holder}.{binding.native}.argtypes = [{', '.join(str(name) for name in names)}]"
    if binding.restype is None:
        text += f"\n{holder}.{binding.native}.restype = {result}"
    return text


def _added(text: str, path: str, line: int, column: int, added: str) -> tuple[TextEdit, ...]:
    """The lines as the module can write them; where it imports too few names of ctypes, with `import ctypes`."""
    spelled = spelled_in(text, added)
    if spelled is not None:
        return (TextEdit(path, line, column, line, column, spelled),)
    first, spelled = _FROM.search(text), spelled_in("import ctypes\n", added)
    if first is None or spelled is None:
        return ()
    above = text.count("\n", 0, first.start()) + 1
    imported = TextEdit(path, above, 1, above, 1, "import ctypes\n")
    return (imported, TextEdit(path, line, column, line, column, spelled)) if above <= line else ()
