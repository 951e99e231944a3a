"""Inlay hints across the boundary: C parameters at Python calls; and the values of a witness that is shown."""

from __future__ import annotations

from gnomon.analysis.navigation.inlay_hints import inlay_hints
from gnomon.analysis.navigation.text import Lines
from gnomon.server.features import witness
from gnomon.server.positions import path_of, position_of
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.InlayHintParams) -> list[types.InlayHint]:
    path, lines = path_of(params.text_document.uri), Lines(state.snapshot)
    first, last = params.range.start.line + 1, params.range.end.line + 1
    crossing = [
        types.InlayHint(
            position=position_of(lines, path, hint.at.line, hint.at.column, state.encoding),
            label=hint.label,
            kind=types.InlayHintKind.Parameter,
            tooltip=hint.tooltip,
            padding_right=True,
        )
        for hint in inlay_hints(state.snapshot, state.index, state.parsed, path, first, last)
    ]
    return [*crossing, *witness.hints(state, lines, path, first, last)]
