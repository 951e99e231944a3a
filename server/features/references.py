"""Find references across the boundary: all places in both languages that name a native function."""

from __future__ import annotations

from gnomon.analysis.navigation.references import references
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.ReferenceParams) -> list[types.Location]:
    at = state.position(params.text_document.uri, params.position)
    return state.locations(references(state.snapshot, state.index, at, params.context.include_declaration))
