"""Semantic tokens for native names in Python files."""

from __future__ import annotations

from gnomon.analysis.navigation.semantic_tokens import semantic_tokens
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import path_of, range_of
from gnomon.server.state import State
from lsprotocol import types

LEGEND = types.SemanticTokensLegend(["function", "method", "property", "class"], ["native"])
_NATIVE = 1  # the bit of the one modifier


def answer(state: State, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    """Each token relative to the one before, as the protocol wants it; None where there are none, so that others may
    answer."""
    path, lines = path_of(params.text_document.uri), Lines(state.snapshot)
    data: list[int] = []
    last_line = last_start = 0
    for token in semantic_tokens(state.snapshot, state.index, path):
        place = range_of(lines, token.span, state.encoding)
        line, start = place.start.line, place.start.character
        delta = start - last_start if line == last_line else start
        data += [line - last_line, delta, place.end.character - start, LEGEND.token_types.index(token.kind), _NATIVE]
        last_line, last_start = line, start
    return types.SemanticTokens(data) if data else None
