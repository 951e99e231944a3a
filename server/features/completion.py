"""Completion across the boundary: what may follow the dot of a library, or of what a C extension provides."""

from __future__ import annotations

from gnomon.analysis.navigation.completion import MOST, completion
from gnomon.server.state import State
from lsprotocol import types

OPTIONS = types.CompletionOptions(trigger_characters=[".", '"'])
_KINDS = {
    "function": types.CompletionItemKind.Function,
    "method": types.CompletionItemKind.Method,
    "property": types.CompletionItemKind.Property,
    "member": types.CompletionItemKind.Field,
    "class": types.CompletionItemKind.Class,
    "unit": types.CompletionItemKind.Value,
}


def answer(state: State, params: types.CompletionParams) -> types.CompletionList | None:
    at = state.position(params.text_document.uri, params.position)
    items = [
        types.CompletionItem(
            label=candidate.name,
            kind=_KINDS[candidate.kind],
            detail=candidate.detail or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, candidate.doc) if candidate.doc else None,
        )
        for candidate in completion(state.snapshot, state.index, state.parsed, at)
    ]
    return types.CompletionList(is_incomplete=len(items) >= MOST, items=items) if items else None
