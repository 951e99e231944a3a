"""Names that Python looks up in a library that does not export them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.python_calls import Calls
from gnomon.analysis.debuginfo.elf import Unsupported, read_elf


def check(subject: Subject) -> Iterator[Contradiction]:
    """A function of ctypes or cffi that no library of that name in the workspace exports, and no source defines.

    Silent where the program itself asks: in a `try`, or where the name is a string anywhere, as for `hasattr`.

    Example: `lib.ring_pusj(r, 3)`.
    """
    calls = Calls(subject)
    exported: dict[str, frozenset[str] | None] = {}
    for binding in subject.boundary.bindings:
        if (
            binding.kind not in ("ctypes", "cffi")
            or binding.truth not in ("none", "dwarf")
            or not binding.library
            or not binding.uses
        ):
            continue
        name = Path(binding.library).name
        if name not in exported:
            exported[name] = _exported(subject, name)
        symbols = exported[name]
        if symbols is None or binding.native in symbols or any(calls.attributes_named(binding.native, strings=True)):
            continue
        yield from _missing(binding, name, calls)


def _missing(binding: Binding, library: str, calls: Calls) -> Iterator[Contradiction]:
    if any(calls.is_guarded(use) for use in binding.uses):
        return
    text = f"`{library}` exports no `{binding.native}`"
    yield Contradiction("contract.symbol", text, binding.uses[0], binding.native, binding.python)


def _exported(subject: Subject, name: str) -> frozenset[str] | None:
    """What the libraries of that name in the workspace export; None when there is none, or one cannot be read."""
    found: set[str] = set()
    files = [path for path in subject.snapshot.libraries if Path(path).name == name]
    for path in files:
        facts = read_elf(path)
        if isinstance(facts, Unsupported) or not facts.symbols:
            return None
        found |= {symbol.name.split("@")[0] for symbol in facts.symbols if symbol.is_global and symbol.is_defined}
    return frozenset(found) if files else None
