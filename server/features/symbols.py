"""Symbols of the boundary, in the outline of a file and across the workspace."""

from __future__ import annotations

from collections.abc import Sequence

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.navigation.symbols import Symbol, document_symbols, workspace_symbols
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import location_of, path_of, range_of
from gnomon.server.state import State
from lsprotocol import types

_KINDS = {
    "ctypes": types.SymbolKind.Function,
    "function": types.SymbolKind.Function,
    "method": types.SymbolKind.Method,
    "getset": types.SymbolKind.Property,
    "member": types.SymbolKind.Field,
    "type": types.SymbolKind.Class,
    "library": types.SymbolKind.Package,
    "module": types.SymbolKind.Module,
}


def in_document(state: State, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    lines = Lines(state.snapshot)
    found = document_symbols(state.index, path_of(params.text_document.uri))
    return [_symbol(symbol, lines, state.encoding) for symbol in found]


def in_workspace(state: State, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    lines = Lines(state.snapshot)
    return [
        types.WorkspaceSymbol(
            name=symbol.name,
            kind=_KINDS.get(symbol.kind, types.SymbolKind.Function),
            container_name=symbol.holder,
            location=location_of(lines, symbol.span, state.encoding),
        )
        for symbol in workspace_symbols(state.index, params.query)
    ]


def _symbol(symbol: Symbol, lines: Lines, encoding: str) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail,
        kind=_KINDS.get(symbol.kind, types.SymbolKind.Function),
        range=range_of(lines, _around(symbol.span, symbol.inner), encoding),
        selection_range=range_of(lines, symbol.span, encoding),
        children=[_symbol(inner, lines, encoding) for inner in symbol.inner],
    )


def _around(span: Span, inner: Sequence[Symbol]) -> Span:
    """The range of a symbol holds those of its members, though a type's table may stand anywhere."""
    spans = [span, *(symbol.span for symbol in inner)]
    start = min((s.line, s.column) for s in spans)
    end = max((s.end_line, s.end_column) for s in spans)
    return Span(span.path, *start, *end)
