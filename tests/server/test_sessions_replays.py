"""Sessions in which findings are replayed, debugged and saved as tests."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from gnomon.analysis.checking.client import Client
from gnomon.analysis.replay.outcomes import Outcome, keep
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sandbox import confinement
from gnomon.server import replays
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient
from test_sessions import messages, open_file, save, until

SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"])
SOURCE = "int get(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n"
BINDING = "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_int]\nlib.get(1)\n"
REPLAYED = "\nReplayed: the compiled code fails here as well."

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text(SOURCE)
    (folder / "a.py").write_text(BINDING)
    return folder


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


async def session(client: LanguageClient, project: Path, replays: str) -> None:
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16])
    window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True))
    capabilities = types.ClientCapabilities(general=general, window=window)
    options = {"replays": replays} if replays else {}
    await client.initialize_session(
        types.InitializeParams(capabilities=capabilities, root_uri=project.as_uri(), initialization_options=options)
    )


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    await session(lsp_client, project, "")
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def idle_client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    await session(lsp_client, project, "idle")
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def distrusting_client(lsp_client: LanguageClient, project: Path) -> AsyncIterator[None]:
    await session(lsp_client, project, "never")
    yield
    await lsp_client.shutdown_session()


def need_a_sandbox(project: Path) -> None:
    try:
        confinement(project)
    except ReplayRefusedError as refused:
        pytest.skip(str(refused))


def field(data: Any, name: str) -> Any:
    return data[name] if isinstance(data, dict) else getattr(data, name)


async def found(client: LanguageClient, project: Path) -> str:
    """The id of the finding, once it is shown."""
    uri = open_file(client, project / "a.c")
    await until(lambda: messages(client, uri))
    return state(client, project)[0]


def state(client: LanguageClient, project: Path) -> tuple[str, str, str]:
    (diagnostic,) = client.diagnostics[(project / "a.c").as_uri()]
    return tuple(field(diagnostic.data, name) for name in ("id", "state", "stateReason"))  # type: ignore[return-value]


async def lenses(client: LanguageClient, project: Path) -> list[tuple[int, str, str]]:
    """Lines, titles and commands of those over findings."""
    document = types.TextDocumentIdentifier((project / "a.c").as_uri())
    listed = await client.text_document_code_lens_async(types.CodeLensParams(document)) or []
    resolved = [await client.code_lens_resolve_async(lens) for lens in listed]
    shown = [(lens.range.start.line, lens.command) for lens in resolved if lens.command and lens.range.start.line > 0]
    return [(line, command.title, command.command) for line, command in shown]


async def command(client: LanguageClient, name: str, *arguments: Any) -> Any:
    params = types.ExecuteCommandParams(name, arguments=list(arguments))
    return await client.workspace_execute_command_async(params)


@pytest.mark.asyncio
async def test_a_replay_is_told_and_stays_with_the_finding(client: LanguageClient, project: Path) -> None:
    need_a_sandbox(project)
    identity = await found(client, project)
    uri = (project / "a.c").as_uri()
    assert state(client, project) == (identity, "confirmed", "")
    assert await lenses(client, project) == [
        (2, "Replay", "gnomon.replayFinding"),
        (2, "Debug", "gnomon.debugFinding"),
        (2, "Save as test", "gnomon.saveTest"),
    ]
    told = messages(client, uri)[0]
    answer = await command(client, "gnomon.replayFinding", identity)
    assert (field(answer, "state"), field(answer, "reason")) == ("replayed", "")
    assert "a.c:3:13: runtime error: index 4 out of bounds" in field(answer, "output")
    await until(lambda: messages(client, uri) == [told + REPLAYED])
    assert client.messages[-1].message == "Gnomon: a.c:3: the compiled code fails as the finding says"
    assert state(client, project) == (identity, "replayed", "")
    assert (await lenses(client, project))[0][1] == "Replay again"

    # The same code is known; other code is not.
    save(client, project / "a.py", BINDING + "\n", 2)
    await until(lambda: messages(client, uri) == [told + REPLAYED])
    save(client, project / "a.c", "\n" + SOURCE, 2)
    await until(lambda: messages(client, uri) == [told])
    assert state(client, project) == (identity, "confirmed", "")


@pytest.mark.asyncio
async def test_what_is_not_saved_is_not_run(client: LanguageClient, project: Path) -> None:
    identity = await found(client, project)
    at = types.Range(types.Position(0, 0), types.Position(0, 0))
    identifier = types.VersionedTextDocumentIdentifier(2, (project / "a.c").as_uri())
    edit = types.TextDocumentContentChangePartial(at, "\n")
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [edit]))
    for name in ("gnomon.replayFinding", "gnomon.debugFinding"):
        assert await command(client, name, identity) is None
        await until(lambda: client.messages and "save the files first" in client.messages[-1].message)
        client.messages.clear()
    assert await command(client, "gnomon.replayFinding", "0000") is None
    await until(lambda: client.messages and "there is no such finding any more" in client.messages[-1].message)


@pytest.mark.asyncio
async def test_a_test_is_written_into_the_folder_of_tests_and_shown(client: LanguageClient, project: Path) -> None:
    (project / "tests").mkdir()
    identity = await found(client, project)
    first = await command(client, "gnomon.saveTest", identity)
    second = await command(client, "gnomon.saveTest", identity)
    wanted = [project / "tests" / f"test_get_bounds_read{n}.py" for n in ("", "_2")]
    assert [first, second] == list(map(str, wanted))
    assert [shown.uri for shown in client.shown_documents] == [path.as_uri() for path in wanted]
    assert "def test_get_bounds_read(tmp_path):" in wanted[0].read_text()


@pytest.mark.asyncio
async def test_a_debugger_is_told_what_to_start(client: LanguageClient, project: Path) -> None:
    identity = await found(client, project)
    (project / ".vscode").mkdir()
    file = project / ".vscode" / "launch.json"
    file.write_text('{\n  // mine\n  "configurations": [{"name": "a"}], // kept\n}\n')
    answer = await command(client, "gnomon.debugFinding", identity)
    assert (field(answer, "file"), "gdb" in field(answer, "command")) == (str(file), True)
    text = file.read_text()
    assert text.startswith(
        '{\n  // mine\n  "configurations": [{"name": "a"},\n    {\n      "name": "Gnomon: bounds.read in get'
    )
    assert text.endswith("], // kept\n}\n")
    configuration = json.loads(text[text.index("{\n      ") : text.rindex("\n  ]")])
    assert (configuration["type"], configuration["program"]) == ("cppdbg", sys.executable)
    script = Path(configuration["args"][-1])
    assert "lib.get(4)" in script.read_text()
    variables = {row["name"]: row["value"] for row in configuration["environment"]}
    assert Path(variables["GNOMON_BUILD"], "replayed.so").is_file() and "libasan" in variables["LD_PRELOAD"]
    assert configuration["setupCommands"][-1]["text"] == f'break -source "{project}/a.c" -line 3'

    again = await command(client, "gnomon.debugFinding", identity, "lldb-dap")
    assert field(field(again, "configuration"), "type") == "lldb-dap"
    assert file.read_text().count('"name": "Gnomon: bounds.read in get') == 1
    assert await command(client, "gnomon.debugFinding", identity, "windbg") is None

    file.write_text("{ broken")
    answer = await command(client, "gnomon.debugFinding", identity)
    assert (field(answer, "file"), file.read_text()) == (None, "{ broken")
    assert any("launch.json is left as it is: line 1 is no JSON" in told.message for told in client.messages)


@pytest.mark.asyncio
async def test_without_trust_nothing_is_run(distrusting_client: LanguageClient, project: Path) -> None:
    client = distrusting_client
    identity = await found(client, project)
    assert await lenses(client, project) == [(2, "Save as test", "gnomon.saveTest")]
    for name in ("gnomon.replayFinding", "gnomon.debugFinding"):
        assert await command(client, name, identity) is None
        await until(lambda: client.messages and "is not trusted" in client.messages[-1].message)
        client.messages.clear()
    assert not (project.parent / "cache" / "gnomon" / "builds").exists()
    assert not (project / ".vscode").exists()


@pytest.mark.asyncio
async def test_replays_come_by_themselves_where_that_is_allowed(idle_client: LanguageClient, project: Path) -> None:
    need_a_sandbox(project)
    client = idle_client
    identity = await found(client, project)
    uri = (project / "a.c").as_uri()
    await until(lambda: messages(client, uri)[0].endswith(REPLAYED))
    assert state(client, project) == (identity, "replayed", "")
    assert client.messages == []  # nobody asked


@pytest.mark.asyncio
async def test_what_was_denied_is_not_shown(client: LanguageClient, project: Path) -> None:
    checking = Client(project)
    (finding,) = checking.check({}).findings
    checking.close()
    outcome = Outcome("disagrees", "it ended well", replays.key(finding, project))
    keep(outcome, finding, project, project.parent / "cache" / "gnomon" / "replays", is_lasting=True)
    uri = open_file(client, project / "a.c")
    await until(lambda: uri in client.diagnostics)
    await until(lambda: messages(client, uri) == [])
    assert await lenses(client, project) == []
    document, here = types.TextDocumentIdentifier(uri), types.Range(types.Position(2, 0), types.Position(2, 0))
    params = types.CodeActionParams(document, here, types.CodeActionContext([]))
    assert not await client.text_document_code_action_async(params)
    save(client, project / "a.c", SOURCE.replace("{0}", "{1}"), 2)
    await until(lambda: messages(client, uri))
