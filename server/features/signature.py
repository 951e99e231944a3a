"""Signature help across the boundary: what C takes, while a Python call is typed."""

from __future__ import annotations

from gnomon.analysis.navigation.signature import signature
from gnomon.server.state import State
from lsprotocol import types

OPTIONS = types.SignatureHelpOptions(trigger_characters=["(", ","])


def answer(state: State, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    at = state.position(params.text_document.uri, params.position)
    found = signature(state.snapshot, state.index, state.parsed, at)
    if found is None:
        return None
    doc = types.MarkupContent(types.MarkupKind.Markdown, found.doc) if found.doc else None
    parameters = [types.ParameterInformation(label=found.label[start:end]) for start, end in found.parameters]
    shown = types.SignatureInformation(found.label, doc, parameters)
    beyond = len(parameters)  # marks none
    return types.SignatureHelp([shown], 0, beyond if found.active is None else found.active)
