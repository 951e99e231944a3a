"""Symbols of the boundary, in a file and in the workspace.

The outline of a Python file shows the native functions that it declares, by library; that of a C file the modules and
types of its tables, with what they hold. Workspace symbols find a binding by its Python name or its C name. C
functions and Python code as such are the other language servers' to show.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index

MOST = 500  # workspace symbols in one answer: editors ask again when more is typed


@dataclass(frozen=True, slots=True)
class Symbol:
    """`detail` is the C signature; `kind` that of the binding, or "library" or "module" for what only holds others."""

    name: str
    kind: str
    detail: str
    span: Span
    holder: str = ""
    inner: tuple[Symbol, ...] = ()


def document_symbols(index: Index, path: str) -> list[Symbol]:
    """The bindings that a file declares, in order, below what holds them."""
    held: dict[str, list[Symbol]] = defaultdict(list)
    holders: dict[str, Symbol] = {}
    for binding in index.boundary.bindings:
        if binding.declared is None or binding.declared.path != path or binding.kind == "slot":
            continue
        symbol = _symbol(binding)
        if binding.kind == "type":
            holders[binding.python] = symbol
        else:
            held[symbol.holder].append(symbol)
    found = [_with(holders.get(name) or _holder(name, members), members) for name, members in held.items() if members]
    found += [symbol for name, symbol in holders.items() if name not in held]
    return sorted(found, key=lambda s: (s.span.line, s.span.column))


def workspace_symbols(index: Index, query: str) -> list[Symbol]:
    """Bindings whose Python or C name holds the letters of the query in order, whole matches first."""
    wanted, found = query.lower(), list[tuple[int, Symbol]]()
    in_order = re.compile(
        "".join(f"[^{re.escape(letter)}]*{re.escape(letter)}" for letter in wanted)
    )  # never goes back
    for binding in index.boundary.bindings:
        if binding.declared is None or binding.kind == "slot":
            continue
        python, native = binding.python.lower(), binding.native.lower()
        if in_order.match(python) or in_order.match(native):
            rank = min(_rank(wanted, name) for name in (python.rpartition(".")[2], native, python))
            found.append((rank, _symbol(binding)))
    found.sort(key=lambda pair: (pair[0], pair[1].name, pair[1].holder))
    return [symbol for _, symbol in found[:MOST]]


def _rank(wanted: str, name: str) -> int:
    """Whole names come first, then those that begin so, those that hold it, and the rest."""
    if wanted not in name:
        return 3
    return 0 if name == wanted else 1 if name.startswith(wanted) else 2


def _symbol(binding: Binding) -> Symbol:
    assert binding.declared is not None
    holder, _, name = binding.python.rpartition(".")
    return Symbol(name, binding.kind, binding.signature, binding.declared, holder)


def _holder(name: str, members: list[Symbol]) -> Symbol:
    kind = "library" if members[0].kind == "ctypes" else "module"
    first = min((m.span for m in members), key=lambda s: (s.line, s.column))
    return Symbol(name, kind, "", first)


def _with(holder: Symbol, members: list[Symbol]) -> Symbol:
    inner = tuple(sorted(members, key=lambda s: (s.span.line, s.span.column)))
    return Symbol(holder.name, holder.kind, holder.detail, holder.span, holder.holder, inner)
