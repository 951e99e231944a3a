"""Random edits, and every question asked in between: the server answers, or says that there is nothing.

GNOMON_FUZZ_SECONDS=600 looks for longer.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types
from pygls.lsp.client import LanguageClient

SECONDS = float(os.environ.get("GNOMON_FUZZ_SECONDS", "0"))
FILES = {
    "a.c": "int add(int a, int b) { return a + b; }\nstatic int one(void) { return add(1, 0); }\n",
    "a.py": "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.add.argtypes = [ctypes.c_int] * 2\nlib.add(1, 2)\n",
}
PIECES = st.sampled_from(
    ["lib.", "lib.add(", ")", "(", "'", '"""', "\n", "\r\n", "\f", "{", "}", "[", "#", "/*", "\\", "    def f(self):\n",
     "class A:\n", "if lib.:\n", "\U0001f600", "\u2028", "\x00", "lib.add.argtypes = [", "#define X(", "int ", ""]
)  # fmt: skip
NUMBERS = st.integers(0, 60)


@dataclass(frozen=True, slots=True)
class Edit:
    """Two places as they may come from any client, also beyond the text."""

    file: str
    first: tuple[int, int]
    last: tuple[int, int]
    text: str


EDITS = st.builds(
    Edit,
    st.sampled_from(sorted(FILES)),
    st.tuples(st.integers(0, 8), NUMBERS),
    st.tuples(st.integers(0, 8), NUMBERS),
    st.lists(PIECES, max_size=3).map("".join),
)


async def ask_everything(client: LanguageClient, uri: str, at: types.Position) -> None:
    """Raises when a request fails."""
    document = types.TextDocumentIdentifier(uri)
    everything = types.Range(types.Position(0, 0), types.Position(1000, 0))
    await asyncio.gather(
        client.text_document_definition_async(types.DefinitionParams(document, at)),
        client.text_document_declaration_async(types.DeclarationParams(document, at)),
        client.text_document_type_definition_async(types.TypeDefinitionParams(document, at)),
        client.text_document_implementation_async(types.ImplementationParams(document, at)),
        client.text_document_references_async(types.ReferenceParams(types.ReferenceContext(True), document, at)),
        client.text_document_document_highlight_async(types.DocumentHighlightParams(document, at)),
        client.text_document_document_symbol_async(types.DocumentSymbolParams(document)),
        client.text_document_hover_async(types.HoverParams(document, at)),
        client.text_document_prepare_call_hierarchy_async(types.CallHierarchyPrepareParams(document, at)),
        client.text_document_completion_async(types.CompletionParams(document, at)),
        client.text_document_signature_help_async(types.SignatureHelpParams(document, at)),
        client.text_document_inlay_hint_async(types.InlayHintParams(document, everything)),
        client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document)),
        client.text_document_code_lens_async(types.CodeLensParams(document)),
        client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document)),
    )


async def session(root: Path, edits: list[Edit]) -> bool:
    """Plays the edits; afterwards, with the text as it was, does the server still find its way?"""
    client = LanguageClient("edits", "1")
    await client.start_io(sys.executable, "-m", "gnomon.server", "serve", "--stdio")
    await client.initialize_async(
        types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=root.as_uri())
    )
    client.initialized(types.InitializedParams())
    for name, text in FILES.items():
        (root / name).write_text(text)
        item = types.TextDocumentItem((root / name).as_uri(), "c" if name.endswith(".c") else "python", 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    for version, edit in enumerate(edits, 2):
        uri = (root / edit.file).as_uri()
        first, last = sorted((types.Position(*edit.first), types.Position(*edit.last)))
        change = types.TextDocumentContentChangePartial(types.Range(first, last), edit.text)
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        await ask_everything(client, uri, last)
    for name, text in FILES.items():
        identifier = types.VersionedTextDocumentIdentifier(1000, (root / name).as_uri())
        whole = types.TextDocumentContentChangeWholeDocument(text)
        client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
    params = types.DefinitionParams(types.TextDocumentIdentifier((root / "a.py").as_uri()), types.Position(3, 5))
    found = None
    for _ in range(300):
        found = await client.text_document_definition_async(params)
        if found:
            break
        await asyncio.sleep(0.1)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return bool(found)


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITS, min_size=5, max_size=15))
def test_no_edit_breaks_the_server(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(session(Path(folder).resolve(), edits))


@pytest.mark.skipif(not SECONDS, reason="GNOMON_FUZZ_SECONDS is not set")
def test_no_edit_breaks_the_server_for_long() -> None:
    until = time.monotonic() + SECONDS

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(EDITS, min_size=20, max_size=80))
    def look(edits: list[Edit]) -> None:
        if time.monotonic() < until:
            with tempfile.TemporaryDirectory() as folder:
                assert asyncio.run(session(Path(folder).resolve(), edits))

    while time.monotonic() < until:
        look()
