"""What an editor shows of the checks, over stdio: lenses, hover, the witness in the text; and how checks end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient
from test_sessions import messages, open_file, until

SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"])
C = """\
int get(int i) {
    int a[4] = {1, 2, 3, 4};
    if (i < 0) return 0;
    return a[i];
}
"""
PYTHON = "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_int]\nlib.get(1)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text(C)
    (folder / "a.py").write_text(PYTHON)
    return folder


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def capabilities() -> types.ClientCapabilities:
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16]),
        window=types.WindowClientCapabilities(
            work_done_progress=True, show_document=types.ShowDocumentClientCapabilities(True)
        ),
    )


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities(), root_uri=project.as_uri()))
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def idle_client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    options = {"checks": "idle"}
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities(), root_uri=project.as_uri(), initialization_options=options)
    )
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def latent_client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    options = {"latent": True}
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities(), root_uri=project.as_uri(), initialization_options=options)
    )
    yield
    await lsp_client.shutdown_session()


def document(path: Path) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(path.as_uri())


async def lenses(client: LanguageClient, path: Path) -> list[types.Command]:
    listed = await client.text_document_code_lens_async(types.CodeLensParams(document(path))) or []
    resolved = [await client.code_lens_resolve_async(lens) for lens in listed]
    return [lens.command for lens in resolved if lens.command is not None and "check" in lens.command.title]


async def hover(client: LanguageClient, path: Path, line: int, character: int) -> str:
    params = types.HoverParams(document(path), types.Position(line, character))
    found = await client.text_document_hover_async(params)
    return found.contents.value if found and isinstance(found.contents, types.MarkupContent) else ""


async def hints(client: LanguageClient, path: Path) -> list[tuple[int, int, str]]:
    everything = types.Range(types.Position(0, 0), types.Position(99, 0))
    params = types.InlayHintParams(document(path), everything)
    found = await client.text_document_inlay_hint_async(params) or []
    return [(hint.position.line, hint.position.character, str(hint.label)) for hint in found]


async def command(client: LanguageClient, name: str, *arguments: Any) -> Any:
    params = types.ExecuteCommandParams(name, arguments=list(arguments))
    return await client.workspace_execute_command_async(params)


def identity_of(diagnostic: types.Diagnostic) -> str:
    data: Any = diagnostic.data
    return str(data["id"] if isinstance(data, dict) else data.id)


def insert(client: LanguageClient, path: Path, line: int, text: str, version: int) -> None:
    at = types.Range(types.Position(line, 0), types.Position(line, 0))
    change = types.TextDocumentContentChangePartial(at, text)
    identifier = types.VersionedTextDocumentIdentifier(version, path.as_uri())
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))


@pytest.mark.asyncio
async def test_checks_are_shown_and_stay_with_the_text(client: LanguageClient, project: Path) -> None:
    path = project / "a.c"
    uri = open_file(client, path)
    await until(lambda: messages(client, uri))
    (lens,) = await lenses(client, path)
    assert lens.title.endswith("1 refuted")
    assert lens.command == "gnomon.openChecks"
    assert "bounds.read refuted" in await hover(client, path, 3, 11)
    assert await hover(client, path, 3, 4) == ""

    # Nothing is checked before the file is saved: what was said moves with the text.
    insert(client, path, 0, "/* moved */\n", 2)
    assert "bounds.read refuted" in await hover(client, path, 4, 11)
    listed = await client.text_document_code_lens_async(types.CodeLensParams(document(path)))
    assert listed and {item.range.start.line for item in listed} == {1, 4}  # of the function, and of the finding

    # The lens asks which check is meant; the answer opens its place.
    asked: list[types.ShowMessageRequestParams] = []

    @client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
    def answer(params: types.ShowMessageRequestParams) -> types.MessageActionItem:
        asked.append(params)
        assert params.actions
        return params.actions[0]

    arguments = (await lenses(client, path))[0].arguments or []
    if len(arguments[1]) > 1:
        opened = await command(client, "gnomon.openChecks", *arguments)
        assert opened is not None
        assert asked and asked[0].message.startswith("get: ")
        assert asked[0].actions and "bounds.read refuted" in asked[0].actions[0].title


@pytest.mark.asyncio
async def test_a_witness_is_shown_in_the_text_and_hidden_again(client: LanguageClient, project: Path) -> None:
    path = project / "a.c"
    uri = open_file(client, path)
    await until(lambda: messages(client, uri))
    (diagnostic,) = client.diagnostics[uri]
    assert await hints(client, path) == []

    here = types.Range(types.Position(3, 0), types.Position(3, 0))
    params = types.CodeActionParams(document(path), here, types.CodeActionContext([]))
    (action,) = await client.text_document_code_action_async(params) or []
    assert action.title.startswith("Show the witness: ") and action.command is not None
    assert "gnomon.openWitness" in str(action.command)
    assert await command(client, "gnomon.openWitness", identity_of(diagnostic))

    shown = await hints(client, path)
    assert shown and all(character == len(C.splitlines()[line]) for line, character, _ in shown)
    assert any("i = 4" in label for _, _, label in shown)
    assert [int(label.split(".")[0]) for _, _, label in shown] == sorted(
        int(label.split(".")[0]) for _, _, label in shown
    )

    insert(client, path, 0, "\n", 2)
    assert [(line - 1, character, label) for line, character, label in await hints(client, path)] == shown
    insert(client, path, 4, " /* other */ ", 3)  # the line reads differently: its step may be another
    assert 4 not in [line for line, _, _ in await hints(client, path)]

    (action,) = (
        await client.text_document_code_action_async(
            types.CodeActionParams(
                document(path), types.Range(types.Position(4, 0), types.Position(4, 0)), types.CodeActionContext([])
            )
        )
        or []
    )
    assert action.title == "Hide the witness"
    await command(client, "gnomon.closeWitness")
    assert await hints(client, path) == []
    assert await command(client, "gnomon.openWitness", "no such finding") is False


@pytest.mark.asyncio
async def test_related_information_is_the_way_in_order(client: LanguageClient, project: Path) -> None:
    path = project / "a.c"
    uri = open_file(client, path)
    await until(lambda: messages(client, uri))
    (diagnostic,) = client.diagnostics[uri]
    lines = [information.location.range.start.line for information in diagnostic.related_information or []]
    assert lines == sorted(lines) and lines[-1] == 3
    assert diagnostic.code == "bounds.read"
    assert diagnostic.code_description is not None
    assert diagnostic.code_description.href.endswith("/bounds.read.md")


@pytest.mark.asyncio
async def test_a_worker_that_is_killed_loses_nothing(client: LanguageClient, project: Path) -> None:
    path = project / "a.c"
    uri = open_file(client, path)
    await until(lambda: messages(client, uri))
    server = client._server
    assert server is not None
    listed = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True)
    for worker in listed.stdout.split():
        os.kill(int(worker), signal.SIGKILL)
    assert messages(client, uri)
    fixed = C.replace("i < 0", "i < 0 || i > 3")
    path.write_text(fixed)
    change = types.TextDocumentContentChangeWholeDocument(fixed)
    identifier = types.VersionedTextDocumentIdentifier(2, uri)
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    client.text_document_did_save(types.DidSaveTextDocumentParams(document(path)))
    await until(lambda: messages(client, uri) == [])


@pytest.mark.asyncio
async def test_checks_run_when_typing_pauses_if_so_set(idle_client: LanguageClient, project: Path) -> None:
    path = project / "a.c"
    uri = open_file(idle_client, path)
    await until(lambda: messages(idle_client, uri))
    fixed = C.replace("i < 0", "i < 0 || i > 3")
    change = types.TextDocumentContentChangeWholeDocument(fixed)
    identifier = types.VersionedTextDocumentIdentifier(2, uri)
    idle_client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    await until(lambda: messages(idle_client, uri) == [])


EXPECTING = "int third(unsigned n) { return (int)(9 / n); }\n"


@pytest.mark.asyncio
async def test_what_a_function_expects_is_a_hint(latent_client: LanguageClient, project: Path) -> None:
    path = project / "b.c"
    path.write_text(EXPECTING)
    uri = open_file(latent_client, path)
    await until(lambda: messages(latent_client, uri))
    (hint,) = latent_client.diagnostics[uri]
    assert (hint.severity, hint.code) == (types.DiagnosticSeverity.Hint, "arith.div-zero")
    assert hint.message.endswith(" - for a caller that passes n = 0")
    assert hint.related_information
    told = await hover(latent_client, path, 0, EXPECTING.index("third"))
    assert told.startswith("`third` expects of its callers:\n\n- b.c:1: ") and hint.message in told
    assert "expects" not in await hover(latent_client, path, 0, EXPECTING.index("unsigned"))


@pytest.mark.asyncio
async def test_no_hint_comes_unasked(client: LanguageClient, project: Path) -> None:
    path = project / "b.c"
    path.write_text(EXPECTING)
    other = open_file(client, project / "a.c")
    uri = open_file(client, path)
    await until(lambda: messages(client, other))
    assert not client.diagnostics.get(uri)
    assert "expects" not in await hover(client, path, 0, EXPECTING.index("third"))
