"""Contradictions in an editor: shown before anything is saved, and corrected by a quick fix."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

PATIENCE = 60  # seconds
RIGHT = "import ctypes\nlib = ctypes.CDLL('./liba.so')\nx = '\U0001f600'; lib.get.argtypes = [ctypes.c_long]\n"
WRONG = RIGHT.replace("c_long", "c_int")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text("long get(long i) { return i; }\n")
    (folder / "a.py").write_text(RIGHT)
    return folder


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"]),
)
async def client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=project.as_uri())
    )
    yield
    await lsp_client.shutdown_session()


async def shown(client: LanguageClient, uri: str, count: int) -> list[types.Diagnostic]:
    """The diagnostics of a file once there are so many."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while len(client.diagnostics.get(uri, [])) != count:
        assert asyncio.get_running_loop().time() < deadline, client.diagnostics
        await asyncio.sleep(0.05)
    return list(client.diagnostics.get(uri, []))


@pytest.mark.asyncio
async def test_a_contradiction_comes_while_typing_and_goes_with_its_correction(
    client: LanguageClient, project: Path
) -> None:
    uri = (project / "a.py").as_uri()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, RIGHT)))
    change = types.TextDocumentContentChangeWholeDocument(WRONG)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(2, uri), [change])
    )
    (diagnostic,) = await shown(client, uri, 1)
    assert diagnostic.code == "contract.argtypes"
    assert "`c_int` has 32 bits" in diagnostic.message
    context = types.CodeActionContext([diagnostic])
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(types.TextDocumentIdentifier(uri), diagnostic.range, context)
    )
    assert actions is not None
    (action,) = actions
    assert isinstance(action, types.CodeAction)
    assert action.title == "Declare it as ctypes.c_long"
    assert action.edit is not None and action.edit.changes is not None
    (edit,) = action.edit.changes[uri]
    line = WRONG.splitlines()[2].encode("utf-16-le")
    start, end = 2 * edit.range.start.character, 2 * edit.range.end.character
    assert line[start:end].decode("utf-16-le") == "ctypes.c_int"
    partial = types.TextDocumentContentChangePartial(edit.range, edit.new_text)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(3, uri), [partial])
    )
    await shown(client, uri, 0)


@pytest.mark.asyncio
async def test_half_a_surrogate_and_a_form_feed_are_no_harm(client: LanguageClient, project: Path) -> None:
    uri = (project / "a.py").as_uri()
    text = "# \x0c page\n# \ud83d half\n" + WRONG
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, text)))
    (diagnostic,) = await shown(client, uri, 1)
    assert diagnostic.range.start.line == 4
    line = text.split("\n")[4].encode("utf-16-le")
    start, end = 2 * diagnostic.range.start.character, 2 * diagnostic.range.end.character
    assert line[start:end].decode("utf-16-le") == "ctypes.c_int"
