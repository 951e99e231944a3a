"""Go to definition across the boundary: F12 on a native function in Python, and back from C."""

from __future__ import annotations

from gnomon.analysis.navigation.definition import definition
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.DefinitionParams) -> list[types.Location]:
    at = state.position(params.text_document.uri, params.position)
    return state.locations(definition(state.snapshot, state.facts.boundary, at))
