"""Hover across the boundary: the C signature on a Python use, the Python callers on a C function."""

from __future__ import annotations

from gnomon.analysis.navigation.hover import hover
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.HoverParams) -> types.Hover | None:
    at = state.position(params.text_document.uri, params.position)
    text = hover(state.snapshot, state.index, state.parsed, at)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None
