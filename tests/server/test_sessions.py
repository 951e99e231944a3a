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


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project that is checked in no time, however busy the machine is: for tests of the server, not of the checks."""
    folder = tmp_path / "small project"
    folder.mkdir()
    (folder / "a.c").write_text("int get(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n")
    (folder / "a.py").write_text(
        "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_int]\n"
        "x = '\U0001f600'; lib.get(1)\n"
    )
    return folder


def capabilities_of(encoding: str) -> types.ClientCapabilities:
    encodings = [types.PositionEncodingKind(encoding)]
    return types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=encodings))


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"]),
    params=["utf-8", "utf-16", "utf-32"],
)
async def lettered_client(
    lsp_client: LanguageClient, small: Path, request: pytest.FixtureRequest
) -> AsyncIterator[None]:
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities_of(request.param), root_uri=small.as_uri())
    )
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"]),
)
async def small_client(lsp_client: LanguageClient, small: Path) -> AsyncIterator[None]:
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities_of("utf-16"), root_uri=small.as_uri())
    )
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"]),
)
async def bare_client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """An editor without a folder."""
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities_of("utf-16")))
    yield
    await lsp_client.shutdown_session()


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other sessions on this machine decided, or left undecided, must not matter."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"]),
    params=["utf-8", "utf-16"],
)
async def client(
    lsp_client: LanguageClient, workspace: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    capabilities = capabilities_of(request.param)
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


async def until(condition: Callable[[], object], seconds: int = PATIENCE) -> None:
    for _ in range(seconds * 20):
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


@pytest.mark.asyncio
async def test_broken_text_and_a_dead_worker_leave_the_server_alive(small_client: LanguageClient, small: Path) -> None:
    path = small / "a.c"
    text = path.read_text()
    uri = open_file(small_client, path)
    await until(lambda: len(messages(small_client, uri)) == 1)

    save(small_client, path, text.replace("return a[i];", "return a[(i ; {"), 2)
    await until(lambda: messages(small_client, uri) == [])

    server = small_client._server
    assert server is not None
    subprocess.run(["pkill", "-9", "-P", str(server.pid), "-f", "gnomon.analysis.checking.worker"], check=True)
    (small / "libbroken.so").write_bytes(b"\x7fELF\x02\x01\x01 and then nothing that makes sense")
    save(small_client, path, text, 3)
    await until(lambda: len(messages(small_client, uri)) == 1)


@pytest.mark.asyncio
async def test_saves_that_cancel_checks_lose_no_finding(small_client: LanguageClient, small: Path) -> None:
    path = small / "a.c"
    text = path.read_text()
    uri = open_file(small_client, path)
    for version in range(2, 22):
        save(small_client, path, text.replace("a[i]", f"a[i + {version}]"), version)
        await asyncio.sleep(0.02)
    save(small_client, path, text, 22)
    await until(lambda: any("when i = 4" in message for message in messages(small_client, uri)))


@pytest.mark.asyncio
async def test_letters_beyond_the_basic_plane(
    lettered_client: LanguageClient, small: Path, request: pytest.FixtureRequest
) -> None:
    path = small / "a.py"
    open_file(lettered_client, path)
    open_file(lettered_client, small / "a.c")
    await until(lambda: messages(lettered_client, (small / "a.c").as_uri()))
    encoding = request.node.callspec.params["lettered_client"]
    units = {"utf-8": len("x = '\U0001f600'; lib.".encode()), "utf-16": 14, "utf-32": 13}
    start = units[str(encoding)]
    (found,) = await definition(lettered_client, path, types.Position(3, start + 1))
    assert found.range.start == types.Position(0, 4)
    assert await definition(lettered_client, path, types.Position(3, start - 3)) == []
    (back,) = await definition(lettered_client, small / "a.c", found.range.start)
    assert back.range == types.Range(types.Position(3, start), types.Position(3, start + 3))


@pytest.mark.asyncio
async def test_documents_without_a_file(small_client: LanguageClient, small: Path) -> None:
    for uri in ("untitled:Untitled-1", "git:/x/a.c?ref"):
        item = types.TextDocumentItem(uri, "c", 1, "int x;")
        small_client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 5))
        assert await small_client.text_document_hover_async(params) is None
    uri = open_file(small_client, small / "a.c")
    await until(lambda: len(messages(small_client, uri)) == 1)
    assert list(small_client.diagnostics) == [uri]
    assert small_client.messages == []


@pytest.mark.asyncio
async def test_a_file_opened_without_a_folder(bare_client: LanguageClient, small: Path) -> None:
    uri = open_file(bare_client, small / "a.c")
    await until(lambda: len(messages(bare_client, uri)) == 1)


@pytest.mark.asyncio
async def test_a_folder_behind_a_link(bare_client: LanguageClient, small: Path, tmp_path: Path) -> None:
    """Files are answered under the names that the editor uses."""
    link = tmp_path / "link"
    link.symlink_to(small)
    uri = open_file(bare_client, link / "a.c")
    await until(lambda: len(messages(bare_client, uri)) == 1)


@pytest.mark.asyncio
async def test_a_file_that_vanishes_takes_its_findings_along(small_client: LanguageClient, small: Path) -> None:
    path = small / "a.c"
    uri = open_file(small_client, path)
    await until(lambda: len(messages(small_client, uri)) == 1)
    path.unlink()
    small_client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    open_file(small_client, small / "a.py")
    await until(lambda: messages(small_client, uri) == [])


@pytest.mark.asyncio
async def test_the_boundary_is_answered(small_client: LanguageClient, small: Path) -> None:
    for _ in range(PATIENCE * 10):
        answer = await small_client.protocol.send_request_async("gnomon/bindings", {})
        if answer.libraries:
            break
        await asyncio.sleep(0.1)
    (library,) = answer.libraries
    assert (library.name, library.functions[0].native) == ("liba.so", "get")
    assert library.functions[0].location.uri == (small / "a.c").as_uri()
