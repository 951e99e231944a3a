"""Go to declaration across the boundary: where Python is told of the native function."""

from __future__ import annotations

from gnomon.analysis.navigation.declaration import declaration
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.DeclarationParams) -> list[types.Location]:
    at = state.position(params.text_document.uri, params.position)
    return state.locations(declaration(state.snapshot, state.facts.boundary, at))
