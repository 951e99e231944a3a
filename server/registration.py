"""Which feature answers which request of the protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gnomon.server.features import (
    boundary,
    call_hierarchy,
    code_action,
    code_lenses,
    completion,
    declaration,
    definition,
    diagnostics,
    highlights,
    hover,
    implementation,
    inlay_hints,
    references,
    rename,
    semantic_tokens,
    signature,
    symbols,
    type_definition,
)
from gnomon.server.state import State
from lsprotocol import types
from pygls.lsp.server import LanguageServer

Answer = Callable[[State, Any], object]

_FEATURES: tuple[tuple[str, Answer, object], ...] = (
    (types.TEXT_DOCUMENT_DEFINITION, definition.answer, None),
    (types.TEXT_DOCUMENT_DECLARATION, declaration.answer, None),
    (types.TEXT_DOCUMENT_TYPE_DEFINITION, type_definition.answer, None),
    (types.TEXT_DOCUMENT_IMPLEMENTATION, implementation.answer, None),
    (types.TEXT_DOCUMENT_REFERENCES, references.answer, None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights.answer, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, symbols.in_document, None),
    (types.WORKSPACE_SYMBOL, symbols.in_workspace, None),
    (types.TEXT_DOCUMENT_HOVER, hover.answer, None),
    (types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, call_hierarchy.prepare, None),
    (types.CALL_HIERARCHY_INCOMING_CALLS, call_hierarchy.incoming, None),
    (types.CALL_HIERARCHY_OUTGOING_CALLS, call_hierarchy.outgoing, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, rename.prepare, None),
    (types.TEXT_DOCUMENT_RENAME, rename.answer, None),
    (types.TEXT_DOCUMENT_COMPLETION, completion.answer, completion.OPTIONS),
    (types.COMPLETION_ITEM_RESOLVE, completion.resolve, None),
    (types.TEXT_DOCUMENT_SIGNATURE_HELP, signature.answer, signature.OPTIONS),
    (types.TEXT_DOCUMENT_INLAY_HINT, inlay_hints.answer, None),
    (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, semantic_tokens.answer, semantic_tokens.LEGEND),
    (types.TEXT_DOCUMENT_CODE_ACTION, code_action.answer, code_action.OPTIONS),
    (types.TEXT_DOCUMENT_CODE_LENS, code_lenses.answer, code_lenses.OPTIONS),
    (types.CODE_LENS_RESOLVE, code_lenses.resolve, None),
    (types.TEXT_DOCUMENT_DIAGNOSTIC, diagnostics.of_document, diagnostics.OPTIONS),
    (types.WORKSPACE_DIAGNOSTIC, diagnostics.of_workspace, None),
)


def register(server: LanguageServer, state: Callable[[], State]) -> None:
    """Has every feature answered from the state as it is when the request comes."""
    for method, answer, options in _FEATURES:
        server.feature(method, options)(_handler(answer, state))
    boundary.register(server, state)


def _handler(answer: Answer, state: Callable[[], State]) -> Callable[[Any], object]:
    return lambda params: answer(state(), params)
