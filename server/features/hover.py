"""Hover across the boundary: the C signature on a Python use, the Python callers on a C function, checks on C."""

from __future__ import annotations

from gnomon.analysis.navigation.checks import decided
from gnomon.analysis.navigation.expectations import expected
from gnomon.analysis.navigation.hover import hover
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import path_of
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.HoverParams) -> types.Hover | None:
    at = state.position(params.text_document.uri, params.position)
    crossing = hover(state.snapshot, state.index, state.parsed, at)
    verdicts = state.verdicts(path_of(params.text_document.uri))
    checked = decided(Lines(state.snapshot), at, verdicts)
    expects = expected(Lines(state.snapshot), at, verdicts, state.found)
    text = "\n\n---\n\n".join(filter(None, (crossing, expects, checked)))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None
