"""Go to type definition across the boundary: from a Python object to the C definition of its type."""

from __future__ import annotations

from gnomon.analysis.navigation.type_definition import type_definition
from gnomon.server.state import State
from lsprotocol import types


def answer(state: State, params: types.TypeDefinitionParams) -> list[types.Location]:
    at = state.position(params.text_document.uri, params.position)
    return state.locations(type_definition(state.snapshot, state.index, state.parsed, at))
