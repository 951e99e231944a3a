"""Flags of PyMethodDef, against the functions that they say how to call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.boundary.capi import functions_by_key
from gnomon.analysis.checking.finding import Fix, TextEdit, Tier
from gnomon.analysis.contracts.c_values import bare, is_object, passed
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.signature_shapes import unfit
from gnomon.analysis.contracts.tables import function_span, held_tables, named_rows, tables_by_key, word_span
from gnomon.analysis.metamodel import FunctionType, Pointer
from gnomon.analysis.syntax.csource import Cell, CTable
from gnomon.analysis.workspace import Snapshot

CODE = "contract.flags"
NAMES = {
    0x01: "METH_VARARGS", 0x80: "METH_FASTCALL", 0x04: "METH_NOARGS", 0x08: "METH_O", 0x02: "METH_KEYWORDS",
    0x200: "METH_METHOD", 0x10: "METH_CLASS", 0x20: "METH_STATIC", 0x40: "METH_COEXIST",
}  # fmt: skip
CALLING = 0x28F  # the bits that say how the function is called
_KEYWORDS, _CLASS, _STATIC = 0x02, 0x10, 0x20
_SHAPES = {
    0x01: "o(oo)", 0x03: "o(ooo)", 0x04: "o(oo)", 0x08: "o(oo)", 0x80: "o(oon)", 0x82: "o(oono)", 0x282: "o(ooono)",
}  # fmt: skip
_WRITTEN = re.compile(r"METH_\w+(?:\s*\|\s*METH_\w+)*")


def check(subject: Subject) -> Iterator[Contradiction]:
    """Flags of a `PyMethodDef` that do not say what its function is: `METH_VARARGS` for a function of three parameters
    (`METH_KEYWORDS` is missing, and the third is garbage), `METH_KEYWORDS` for one of two (keywords are ignored in
    silence), combinations that CPython refuses with SystemError.

    The cast to `PyCFunction` that most tables need hides all of that from the compiler.

    A function that leaves out its last parameter is not reported, unless that is where keywords are: with `METH_NOARGS`
    it is always NULL, and a `__deepcopy__` has no use for its memo. Every native ABI lets a function ignore what it is
    passed, and CPython itself keeps a trampoline to call such functions on WebAssembly, where the ABI does not.
    """
    units = intact_units(subject.sources.values())
    functions = functions_by_key(units)
    tables = tables_by_key(units)
    of_modules = {held.table.key for held in held_tables(tables) if held.field == "m_methods"}
    for table in tables.values():
        for row in named_rows(table, "ml_name") if table.record == "PyMethodDef" else ():
            pointer, flags = row.get("ml_meth"), row.get("ml_flags")
            if pointer is None or flags is None or not pointer.function or flags.number & ~0x2FF:
                continue
            why = _refused(flags.number, table.key in of_modules)
            if why:
                at = _place(subject.snapshot, table, row)
                yield Contradiction(CODE, f"flags of `{row['ml_name'].text}`: {why}", at)
                continue
            function = functions.get(pointer.function)
            wrong = _unfit(function.type, flags.number) if function is not None and function.type is not None else None
            if function is not None and wrong is not None:
                text = f"`{_spelled(flags.number & CALLING)}` for `{function.name}`, which {wrong[0]}"
                at = _place(subject.snapshot, table, row)
                fixes = _fixes(subject.snapshot, function.type, flags.number, at)
                truth = function_span(function)
                yield Contradiction(CODE, text, at, function.name, truth=truth, tier=wrong[1], fixes=fixes)


def _refused(flags: int, is_of_module: bool) -> str:
    if flags & CALLING not in _SHAPES:
        calling = _spelled(flags & CALLING) or "no way to call it"
        return f"{calling}, which CPython refuses with SystemError"
    if flags & _CLASS and flags & _STATIC:
        return "METH_CLASS | METH_STATIC, which CPython refuses with ValueError"
    if is_of_module and flags & (_CLASS | _STATIC):
        return "a module's function cannot be METH_CLASS or METH_STATIC: CPython refuses it with ValueError"
    return ""


def _unfit(function: FunctionType | None, flags: int) -> tuple[str, Tier] | None:
    if function is None:
        return None
    calling = flags & CALLING
    wrong = unfit(function, _SHAPES[calling])
    if wrong is not None and (wrong[1] == "error" or calling & _KEYWORDS):
        return wrong
    if len(function.parameters) < 2:
        return None
    second = passed(function.parameters[1].type)
    target = bare(second.target) if isinstance(second, Pointer) else None
    if calling in (0x80, 0x82) and target is not None and is_object(target):
        return "takes one object where CPython passes an array of them", "error"
    if calling in (0x01, 0x03, 0x08) and isinstance(target, Pointer):
        return "takes an array of objects where CPython passes one", "error"
    return None


def _spelled(flags: int) -> str:
    return " | ".join(name for bit, name in NAMES.items() if flags & bit)


def _place(snapshot: Snapshot, table: CTable, row: dict[str, Cell]) -> Span:
    """The function's name in its row."""
    key = row["ml_meth"].function
    return word_span(snapshot, table, key.rsplit(":", 1)[-1], row["ml_name"].text or "")


def _fixes(snapshot: Snapshot, function: FunctionType | None, flags: int, at: Span) -> tuple[Fix, ...]:
    """The flags of a function of objects only, where they are written behind it on the same line."""
    count = len(function.parameters) if function is not None else 0
    if flags & CALLING not in (0x01, 0x03) or count not in (2, 3) or function is None:
        return ()
    right = (flags & ~CALLING) | (0x01 if count == 2 else 0x03)
    line = snapshot.line(at.path, at.line).encode()
    if unfit(function, _SHAPES[right & CALLING]) is not None:
        return ()
    found = _WRITTEN.search(line[at.end_column - 1 :].decode("utf-8", "replace"))
    if found is None or not line.isascii():
        return ()
    begin = at.end_column + found.start()
    edit = TextEdit(snapshot.relative(at.path), at.line, begin, at.line, begin + len(found[0]), _spelled(right))
    return (Fix(f"Use {_spelled(right)}", (edit,)),)
