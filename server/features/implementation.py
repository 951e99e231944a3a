"""Go to implementation across the boundary: all C functions behind a Python name."""

from __future__ import annotations

from gnomon.analysis.navigation.implementation import implementation
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.ImplementationParams) -> list[types.Location]:
    at = state.position(params.text_document.uri, params.position)
    return state.locations(implementation(state.index, at))
