"""Sessions with the real server over stdio, as an editor would have them."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "telemetry"
PATIENCE = 60  # seconds


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    copy = tmp_path / "telemetry"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("*.so", "*.o", "__pycache__"))
    return copy


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"]),
    params=["utf-8", "utf-16"],
)
async def client(
    lsp_client: LanguageClient, workspace: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    encodings = [types.PositionEncodingKind(request.param)]
    capabilities = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=encodings))
    folder = types.WorkspaceFolder(uri=workspace.as_uri(), name="telemetry")
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities, root_uri=workspace.as_uri(), workspace_folders=[folder])
    )
    yield
    await lsp_client.shutdown_session()


def open_file(client: LanguageClient, path: Path) -> str:
    uri = path.as_uri()
    item = types.TextDocumentItem(uri, "c" if path.suffix == ".c" else "python", 1, path.read_text())
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return uri


def save(client: LanguageClient, path: Path, text: str, version: int) -> None:
    """The whole text is replaced, written, and saved."""
    uri = path.as_uri()
    change = types.TextDocumentContentChangeWholeDocument(text)
    identifier = types.VersionedTextDocumentIdentifier(version, uri)
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    path.write_text(text)
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))


async def until(condition: Callable[[], object]) -> None:
    for _ in range(PATIENCE * 20):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to that in time")


def messages(client: LanguageClient, uri: str) -> list[str]:
    return [diagnostic.message for diagnostic in client.diagnostics.get(uri, [])]


def place_of(path: Path, text: str, word: str) -> types.Position:
    """The position of a word in the first line that holds a text."""
    lines = path.read_text().splitlines()
    number = next(number for number, line in enumerate(lines) if text in line)
    return types.Position(number, lines[number].index(word, lines[number].index(text)))


async def definition(client: LanguageClient, path: Path, at: types.Position) -> list[types.Location]:
    params = types.DefinitionParams(types.TextDocumentIdentifier(path.as_uri()), at)
    found = await client.text_document_definition_async(params)
    return [location for location in found or [] if isinstance(location, types.Location)]  # type: ignore[union-attr]


@pytest.mark.slow
@pytest.mark.asyncio
async def test_a_finding_comes_on_save_and_goes_with_its_fix(client: LanguageClient, workspace: Path) -> None:
    path = workspace / "codec.c"
    uri = open_file(client, path)
    await until(lambda: any("divide" in m or "shifts" in m for m in messages(client, uri)))
    shift = next(d for d in client.diagnostics[uri] if d.code == "arith.shift")
    assert "when channel = 32" in shift.message
    assert shift.source == "gnomon"
    assert shift.related_information

    fixed = path.read_text().replace("channel > 32", "channel > 31")
    assert fixed != path.read_text()
    save(client, path, fixed, 2)
    await until(lambda: messages(client, uri) and not any("shifts" in m for m in messages(client, uri)))
    assert len(messages(client, uri)) == 2


@pytest.mark.slow
@pytest.mark.asyncio
async def test_navigation_both_ways(client: LanguageClient, workspace: Path) -> None:
    python = workspace / "telemetry" / "ring.py"
    open_file(client, python)
    at = place_of(python, "lib.ring_push", "ring_push")
    for _ in range(PATIENCE * 10):  # the facts come soon after the start
        found = await definition(client, python, at)
        if found:
            break
        await asyncio.sleep(0.1)
    assert [Path(location.uri).name for location in found] == ["ring.c"]
    target = found[0].range.start
    assert "ring_push" in (workspace / "ring.c").read_text().splitlines()[target.line]

    open_file(client, workspace / "ring.c")
    back = await definition(client, workspace / "ring.c", target)
    assert any(location.uri == python.as_uri() for location in back)

    params = types.HoverParams(types.TextDocumentIdentifier(python.as_uri()), at)
    hover = await client.text_document_hover_async(params)
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "int ring_push(" in hover.contents.value

    reference = types.ReferenceParams(types.ReferenceContext(True), types.TextDocumentIdentifier(python.as_uri()), at)
    places = await client.text_document_references_async(reference)
    assert {Path(place.uri).suffix for place in places or []} == {".c", ".py"}


@pytest.mark.slow
@pytest.mark.asyncio
async def test_broken_text_and_a_dead_worker_leave_the_server_alive(client: LanguageClient, workspace: Path) -> None:
    path = workspace / "codec.c"
    text = path.read_text()
    uri = open_file(client, path)
    await until(lambda: len(messages(client, uri)) == 3)

    save(client, path, text.replace("return value * gain / 1000;", "return value * (gain ; {"), 2)
    await until(lambda: len(messages(client, uri)) != 3)

    server = client._server
    assert server is not None
    subprocess.run(["pkill", "-9", "-P", str(server.pid), "-f", "gnomon.analysis.checking.worker"], check=True)
    (workspace / "libbroken.so").write_bytes(b"\x7fELF\x02\x01\x01 and then nothing that makes sense")
    save(client, path, text, 3)
    await until(lambda: len(messages(client, uri)) == 3)
