"""What a built extension really holds and who really calls it: the truth for navigation.py, from a running CPython.

    python observed.py tables OUT MODULE ...
    python observed.py calls OUT SECONDS MODULE ... -- PYTEST_ARGUMENT ...

Needs nothing but the interpreter (3.11 or later, 64 bits) and, for calls, pytest. Writes JSON rows; native addresses
are given as the library's path and the offset in it.
"""

from __future__ import annotations

import ast
import ctypes
import gc
import importlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FrameType, GetSetDescriptorType, MethodDescriptorType, ModuleType
from typing import Any

WORD = ctypes.sizeof(ctypes.c_void_p)
HEAD = 2 * WORD  # of an object: reference count and type; no free-threaded or tracing builds
DESCRIPTOR = HEAD + 3 * WORD  # d_type, d_name, d_qualname; then the table's entry

# The pointers to functions of PyTypeObject, by their word behind the object's head and size.
TYPE_SLOTS = {
    3: "tp_dealloc", 5: "tp_getattr", 6: "tp_setattr", 8: "tp_repr", 12: "tp_hash", 13: "tp_call", 14: "tp_str",
    15: "tp_getattro", 16: "tp_setattro", 20: "tp_traverse", 21: "tp_clear", 22: "tp_richcompare", 24: "tp_iter",
    25: "tp_iternext", 31: "tp_descr_get", 32: "tp_descr_set", 34: "tp_init", 35: "tp_alloc", 36: "tp_new",
    37: "tp_free", 38: "tp_is_gc", 44: "tp_del", 46: "tp_finalize",
}  # fmt: skip
SUITES = {
    7: ["am_await", "am_aiter", "am_anext", "am_send"],
    9: [
        "nb_add", "nb_subtract", "nb_multiply", "nb_remainder", "nb_divmod", "nb_power", "nb_negative", "nb_positive",
        "nb_absolute", "nb_bool", "nb_invert", "nb_lshift", "nb_rshift", "nb_and", "nb_xor", "nb_or", "nb_int", "",
        "nb_float", "nb_inplace_add", "nb_inplace_subtract", "nb_inplace_multiply", "nb_inplace_remainder",
        "nb_inplace_power", "nb_inplace_lshift", "nb_inplace_rshift", "nb_inplace_and", "nb_inplace_xor",
        "nb_inplace_or", "nb_floor_divide", "nb_true_divide", "nb_inplace_floor_divide", "nb_inplace_true_divide",
        "nb_index", "nb_matrix_multiply", "nb_inplace_matrix_multiply",
    ],
    10: ["sq_length", "sq_concat", "sq_repeat", "sq_item", "", "sq_ass_item", "", "sq_contains", "sq_inplace_concat",
         "sq_inplace_repeat"],
    11: ["mp_length", "mp_subscript", "mp_ass_subscript"],
    17: ["bf_getbuffer", "bf_releasebuffer"],
}  # fmt: skip


def word(address: int) -> int:
    return ctypes.c_size_t.from_address(address).value


@dataclass(frozen=True, slots=True)
class Mapped:
    """A loaded library: its path, and where it lies."""

    path: str
    begin: int
    end: int

    def offset(self, address: int) -> int | None:
        return address - self.begin if self.begin <= address < self.end else None


def mapped(paths: list[str]) -> list[Mapped]:
    ranges: dict[str, tuple[int, int]] = {}
    for line in Path("/proc/self/maps").read_text().splitlines():
        parts = line.split(maxsplit=5)
        if len(parts) == 6 and parts[5] in paths:
            begin, end = (int(part, 16) for part in parts[0].split("-"))
            known = ranges.get(parts[5], (begin, end))
            ranges[parts[5]] = (min(begin, known[0]), max(end, known[1]))
    return [Mapped(path, *bounds) for path, bounds in ranges.items()]


def native(libraries: list[Mapped], address: int) -> tuple[str, int] | None:
    for library in libraries:
        offset = library.offset(address)
        if offset is not None:
            return library.path, offset
    return None


def modules_of(names: list[str]) -> list[ModuleType]:
    return [importlib.import_module(name) for name in names]


def function_entries(holders: list[str], members: dict[str, Any]) -> Iterator[tuple[list[str], str, str, int]]:
    """(names of the holder, kind, name, address) of what methods and getters call."""
    for name, value in members.items():
        if isinstance(value, staticmethod):
            value = value.__func__
        if isinstance(value, BuiltinFunctionType):
            yield holders, "method", name, word(word(id(value) + HEAD) + WORD)
        elif isinstance(value, MethodDescriptorType) or type(value).__name__ == "classmethod_descriptor":
            yield holders, "method", name, word(word(id(value) + DESCRIPTOR) + WORD)
        elif isinstance(value, GetSetDescriptorType):
            row = word(id(value) + DESCRIPTOR)
            yield holders, "getter", name, word(row + WORD)
            yield holders, "setter", name, word(row + 2 * WORD)


def slot_addresses(kind: type) -> dict[str, int]:
    start = id(kind) + HEAD + WORD
    found = {name: word(start + WORD * position) for position, name in TYPE_SLOTS.items()}
    for position, names in SUITES.items():
        suite = word(start + WORD * position)
        if suite:
            found |= {name: word(suite + WORD * index) for index, name in enumerate(names) if name}
    return found


def all_types() -> list[type]:
    """Every type; static ones are not tracked by the garbage collector, but are someone's subclass."""
    found: dict[int, type] = {}
    waiting: list[type] = [object, *(o for o in gc.get_objects() if isinstance(o, type))]
    while waiting:
        kind = waiting.pop()
        if id(kind) not in found:
            found[id(kind)] = kind
            waiting += type.__subclasses__(kind)
    return list(found.values())


def tables(names: list[str]) -> list[dict[str, Any]]:
    """A row for each entry of a table whose function lies in the extensions."""
    modules = modules_of(names)
    libraries = mapped([str(module.__file__) for module in modules])
    rows: list[tuple[list[str], str, str, int]] = []
    for module in modules:
        rows += function_entries([module.__name__], vars(module))
    for kind in all_types():
        aliases = [n for module in modules for n, value in vars(module).items() if value is kind]
        holders = list(dict.fromkeys([kind.__name__, *aliases]))
        rows += function_entries(holders, dict(vars(kind)))
        inherited = [slot_addresses(base) for base in kind.__mro__[1:]]
        for name, address in slot_addresses(kind).items():
            if address and not any(base.get(name) == address for base in inherited):
                rows.append((holders, "slot", name, address))
    placed = [(row, native(libraries, row[3])) for row in rows]
    return [
        {"holders": row[0], "kind": row[1], "name": row[2], "library": place[0], "offset": place[1]}
        for row, place in placed
        if place is not None
    ]


@dataclass(slots=True)
class Calls:
    """Call sites seen, by code, instruction and native function."""

    libraries: list[Mapped]
    seen: dict[tuple[CodeType, int, int], str] = field(default_factory=dict)

    def profile(self, frame: FrameType, event: str, argument: object) -> None:
        if event != "c_call" or not isinstance(argument, BuiltinFunctionType):
            return
        address = word(word(id(argument) + HEAD) + WORD)
        if any(library.begin <= address < library.end for library in self.libraries):
            self.seen.setdefault((frame.f_code, frame.f_lasti, address), argument.__qualname__)

    def rows(self, root: str) -> list[dict[str, Any]]:
        found = []
        trees: dict[str, dict[tuple[int, int, int, int], ast.Call]] = {}
        for (code, instruction, address), name in list(self.seen.items()):
            place, path = native(self.libraries, address), str(Path(code.co_filename).absolute())
            if place is None or not path.startswith(root + "/") or not path.endswith(".py"):
                continue
            at = list(code.co_positions())[instruction // 2]
            if path not in trees:
                trees[path] = calls_in(path)
            call = trees[path].get(at) if None not in at else None  # type: ignore[arg-type]
            where = named(call.func) if call is not None else None
            if where is not None:
                row = {"path": path, "line": where[0], "column": where[1], "name": name}
                found.append({**row, "library": place[0], "offset": place[1]})
        return found


def calls_in(path: str) -> dict[tuple[int, int, int, int], ast.Call]:
    """The calls of a file by line, end line, column and end column, as code objects give them."""
    tree = ast.parse(Path(path).read_bytes())
    return {
        (node.lineno, node.end_lineno or 0, node.col_offset, node.end_col_offset or 0): node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }


def named(function: ast.expr) -> tuple[int, int] | None:
    """Line and column, from 1 and in bytes, of the name that is called; None where no name is written."""
    if isinstance(function, ast.Attribute):
        return function.end_lineno or 0, (function.end_col_offset or 0) - len(function.attr.encode()) + 1
    return (function.lineno, function.col_offset + 1) if isinstance(function, ast.Name) else None


def calls(out: Path, seconds: float, names: list[str], arguments: list[str]) -> None:
    import pytest

    recorded = Calls(mapped([str(module.__file__) for module in modules_of(names)]))

    def finish() -> None:
        sys.setprofile(None)
        out.write_text(json.dumps(recorded.rows(str(Path.cwd()))))
        os._exit(0)

    timer = threading.Timer(seconds, finish)
    timer.daemon = True
    timer.start()
    threading.setprofile(recorded.profile)
    sys.setprofile(recorded.profile)
    pytest.main(["-q", "--assert=plain", "-p", "no:cacheprovider", *arguments])
    finish()


def main(arguments: list[str]) -> None:
    command, out, *rest = arguments
    if command == "tables":
        Path(out).write_text(json.dumps(tables(rest)))
    else:
        seconds, *rest = rest
        split = rest.index("--")
        calls(Path(out), float(seconds), rest[:split], rest[split + 1 :])


if __name__ == "__main__":
    main(sys.argv[1:])
