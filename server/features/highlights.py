"""Document highlight across the boundary: the places of a native name in one file."""

from __future__ import annotations

from gnomon.analysis.navigation.highlights import highlights
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    """None where nothing crosses: an empty list would keep editors from asking others."""
    at = state.position(params.text_document.uri, params.position)
    found = highlights(state.snapshot, state.index, at)
    ranges = state.ranges(highlight.span for highlight in found)
    kinds = types.DocumentHighlightKind
    return [
        types.DocumentHighlight(range_, kinds.Write if highlight.is_write else kinds.Read)
        for range_, highlight in zip(ranges, found, strict=True)
    ] or None
