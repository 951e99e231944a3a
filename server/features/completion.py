"""Completion across the boundary: what may follow the dot of a library, or of what a C extension provides.

What is known of a name is told when the editor shows it.
"""

from __future__ import annotations

from gnomon.analysis.navigation.completion import MOST, completion, documentation
from gnomon.server.state import State
from lsprotocol import types

OPTIONS = types.CompletionOptions(trigger_characters=[".", '"'], resolve_provider=True)
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
            documentation=_markdown(candidate.doc),
            data=candidate.edge or None,
        )
        for candidate in completion(state.snapshot, state.index, state.parsed, at)
    ]
    return types.CompletionList(is_incomplete=len(items) >= MOST, items=items) if items else None


def resolve(state: State, item: types.CompletionItem) -> types.CompletionItem:
    """With its documentation."""
    known = documentation(state.index, item.data) if isinstance(item.data, str) else ""
    item.documentation = _markdown(known) or item.documentation
    return item


def _markdown(text: str) -> types.MarkupContent | None:
    return types.MarkupContent(types.MarkupKind.Markdown, text) if text else None
