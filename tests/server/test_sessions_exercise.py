"""A session in which an extension is exercised by itself, and one that knows of it."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from gnomon.analysis.shadows import DEFAULT
from gnomon.server.background import PAUSE
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient
from test_sessions import messages, open_file, until
from test_sessions_replays import command, field, need_a_sandbox

JARS = Path(__file__).parent.parent / "exercise" / "jars"
SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"])
# Nothing is checked: this is about what is run.
CONFIGURATION = f"[tool.gnomon]\ndomains = {[f'-{name}' for name in DEFAULT]}\n"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(JARS, folder)
    (folder / "pyproject.toml").write_text(CONFIGURATION)
    return folder


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@asynccontextmanager
async def session(project: Path, replays: str) -> AsyncIterator[LanguageClient]:
    client: Any = await SERVER.start()
    window = types.WindowClientCapabilities(work_done_progress=True)
    await client.initialize_session(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(window=window),
            root_uri=project.as_uri(),
            initialization_options={"replays": replays},
        )
    )
    try:
        yield client
    finally:
        await client.shutdown_session()
        await client.stop()


def lost(client: LanguageClient, uri: str) -> list[tuple[int, str]]:
    """Lines and states of the reference to None that is lost."""
    listed = client.diagnostics.get(uri, [])
    return [
        (d.range.start.line, field(d.data, "state"))
        for d in listed
        if d.code == "owner.leak" and "reference to None" in d.message
    ]


async def lenses(client: LanguageClient, uri: str, identity: str) -> list[str]:
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    listed = await client.text_document_code_lens_async(params) or []
    resolved = [(await client.code_lens_resolve_async(lens)).command for lens in listed]
    return [lens.title for lens in resolved if lens is not None and identity in (lens.arguments or ())]


@pytest.mark.asyncio
async def test_what_does_not_build_is_said_once_in_the_log(project: Path) -> None:
    need_a_sandbox(project)
    source = project / "jars.c"
    source.write_text(source.read_text() + "\n#error not now\n")
    async with session(project, "idle") as client:
        uri = open_file(client, source)

        def told() -> list[str]:
            return [m.message for m in client.log_messages if "exercised" in m.message]

        await until(told, seconds=120)
        client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await asyncio.sleep(PAUSE + 3)
        (message,) = told()
        assert message.startswith("nothing was exercised: ") and "not now" in message
        assert client.messages == []


@pytest.mark.asyncio
async def test_it_is_exercised_once_and_known_from_then_on(project: Path) -> None:
    need_a_sandbox(project)
    source = project / "jars.c"
    async with session(project, "idle") as client:
        uri = open_file(client, source)
        await until(lambda: lost(client, uri), seconds=300)
        ((line, state),), told = lost(client, uri), sorted(messages(client, uri))
        assert state == "replayed"
        assert all(text.endswith("\nExercised: called so, the compiled code fails here.") for text in told)
        reports: list[Any] = [report for listed in client.progress_reports.values() for report in listed]
        assert "exercising" in [report.message for report in reports if report.kind == "begin"]
        assert client.messages == []  # nobody asked

    async with session(project, "asked") as client:
        # It is shown before any file is open; nothing is run, as that is not allowed.
        await until(lambda: sorted(messages(client, uri)) == told)
        assert lost(client, uri) == [(line, "replayed")]
        open_file(client, source)
        (identity,) = [field(d.data, "id") for d in client.diagnostics[uri] if "reference to None" in d.message]
        assert await lenses(client, uri, identity) == ["Replay again", "Debug", "Save as test"]
        assert field(await command(client, "gnomon.replayFinding", identity), "state") == "replayed"

        # It moves with the text, and is gone once other text is saved.
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        edit = types.TextDocumentContentChangePartial(start, "\n")
        identifier = types.VersionedTextDocumentIdentifier(2, uri)
        client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [edit]))
        await until(lambda: lost(client, uri) == [(line + 1, "replayed")])
        source.write_text("\n" + source.read_text())
        client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await until(lambda: lost(client, uri) == [])
