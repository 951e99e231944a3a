"""Signature help across the boundary: what C takes, while a Python call is typed."""

from __future__ import annotations

from gnomon.analysis.navigation.signature import signature
from gnomon.server.state import State
from lsprotocol import types

OPTIONS = types.SignatureHelpOptions(trigger_characters=["(", ","])


def takes_offsets(capabilities: types.ClientCapabilities) -> bool:
    """Can the client be told where in the label a parameter stands? Else it looks for the text, which may repeat."""
    document = capabilities.text_document
    information = document.signature_help.signature_information if document and document.signature_help else None
    parameters = information.parameter_information if information else None
    return bool(parameters and parameters.label_offset_support)


def answer(state: State, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    at = state.position(params.text_document.uri, params.position)
    found = signature(state.snapshot, state.index, state.parsed, at)
    if found is None:
        return None
    doc = types.MarkupContent(types.MarkupKind.Markdown, found.doc) if found.doc else None
    parameters = [
        types.ParameterInformation(
            (_utf16(found.label[:start]), _utf16(found.label[:end])) if state.takes_offsets else found.label[start:end]
        )
        for start, end in found.parameters
    ]
    shown = types.SignatureInformation(found.label, doc, parameters)
    beyond = len(parameters)  # marks none
    return types.SignatureHelp([shown], 0, beyond if found.active is None else found.active)


def _utf16(text: str) -> int:
    """Offsets into labels count so, whatever the encoding of positions."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
