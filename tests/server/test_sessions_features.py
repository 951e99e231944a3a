"""Every feature over stdio, in each encoding, with letters beyond the basic plane in front of what is asked about."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from gnomon.analysis.workspace import PYTHON_BOUND
from gnomon.server.features.code_lenses import OPEN_CHECKS
from gnomon.server.features.replays import DEBUG, REPLAY, SAVE_TEST
from gnomon.server.features.semantic_tokens import LEGEND
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient
from test_sessions import PATIENCE, capabilities_of, messages, open_file, until

SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "gnomon.server", "serve", "--stdio"])
LETTER = "\U0001f600"
UNITS = {"utf-8": 4, "utf-16": 2, "utf-32": 1}  # of LETTER
OF_CHECKS = {OPEN_CHECKS, REPLAY, DEBUG, SAVE_TEST}  # lenses of what was decided

C = "/* Adds. */\nint add(int a, int b) { return a + b; }\nint twice(int a) { return add(a, a); }\n"
PYTHON = f"""import ctypes
lib = ctypes.CDLL("./libadd.so")
lib.add.argtypes = [ctypes.c_int, ctypes.c_int]
def total():
    x = "{LETTER}"; return lib.add(1, 2)
y = "{LETTER}"; lib.
"""
USE = len('    x = ""; return lib.')  # letters before `add`, but for LETTER


@pytest.fixture
def adder(tmp_path: Path) -> Path:
    folder = tmp_path / "adder"
    folder.mkdir()
    (folder / "add.c").write_text(C)
    (folder / "use.py").write_text(PYTHON)
    return folder


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest_lsp.fixture(config=SERVER, params=list(UNITS))  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient, adder: Path, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    capabilities = capabilities_of(request.param)
    result = await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities, root_uri=adder.as_uri())
    )
    assert result.capabilities.position_encoding == request.param
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def pulling_client(lsp_client: LanguageClient, adder: Path) -> AsyncIterator[None]:
    """A client that pulls diagnostics, and lists references itself."""
    capabilities = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities()),
        workspace=types.WorkspaceClientCapabilities(
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
            code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
        ),
        experimental={"commands": ["gnomon.showReferences"]},
    )
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities, root_uri=adder.as_uri()))
    yield
    await lsp_client.shutdown_session()


async def lenses_of(client: LanguageClient, path: Path) -> list[types.CodeLens]:
    """Each resolved, as an editor does with those in view."""
    found = await client.text_document_code_lens_async(types.CodeLensParams(document(path))) or []
    assert all(lens.command is None for lens in found)
    return [await client.code_lens_resolve_async(lens) for lens in found]


def use(units: int, extra: int = 0) -> types.Position:
    """Where `add` begins in line 5 of use.py, in a client's units."""
    return types.Position(4, USE + units + extra)


def document(path: Path) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(path.as_uri())


async def ready(client: LanguageClient, path: Path) -> None:
    """The facts come soon after the start."""
    open_file(client, path)
    for _ in range(PATIENCE * 10):
        if await client.text_document_document_symbol_async(types.DocumentSymbolParams(document(path))):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("no facts came")


@pytest.mark.asyncio
async def test_every_feature_in_every_encoding(
    client: LanguageClient, adder: Path, request: pytest.FixtureRequest
) -> None:
    units = UNITS[str(request.node.callspec.params["client"])]
    python, c = adder / "use.py", adder / "add.c"
    at, name = use(units, 1), types.Range(use(units), use(units, 3))
    await ready(client, python)

    (definition,) = await client.text_document_definition_async(types.DefinitionParams(document(python), at)) or []
    assert definition.range.start == types.Position(1, 4)  # type: ignore[union-attr]
    (implementation,) = (
        await client.text_document_implementation_async(types.ImplementationParams(document(python), at)) or []
    )
    assert implementation == definition
    assert not await client.text_document_type_definition_async(types.TypeDefinitionParams(document(python), at))

    marked = await client.text_document_document_highlight_async(types.DocumentHighlightParams(document(python), at))
    assert name in [highlight.range for highlight in marked or []]

    (library,) = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document(python))) or []
    assert [child.name for child in library.children or []] == ["add"]  # type: ignore[union-attr]
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams("add"))
    assert [symbol.name for symbol in found or []] == ["add"]

    (item,) = await client.text_document_prepare_call_hierarchy_async(
        types.CallHierarchyPrepareParams(document(python), at)) or []  # fmt: skip
    callers = await client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item)) or []
    assert {call.from_.name: list(call.from_ranges) for call in callers} == {
        "total": [name], "twice": [types.Range(types.Position(2, 26), types.Position(2, 29))]}  # fmt: skip
    total = next(call.from_ for call in callers if call.from_.name == "total")
    callees = await client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(total)) or []
    assert [(call.to.name, list(call.from_ranges)) for call in callees] == [("add", [name])]

    end = types.Position(5, len('y = ""; lib.') + units)
    offered = await client.text_document_completion_async(types.CompletionParams(document(python), end))
    assert isinstance(offered, types.CompletionList)
    assert [item.label for item in offered.items] == ["add", "twice"]
    resolved = [await client.completion_item_resolve_async(item) for item in offered.items]
    assert resolved[0].documentation == types.MarkupContent(types.MarkupKind.Markdown, "Adds.")
    assert resolved[1].documentation is None
    helped = await client.text_document_signature_help_async(
        types.SignatureHelpParams(document(python), use(units, len("add(1, "))))  # fmt: skip
    assert helped is not None and helped.signatures[0].label == "int add(int a, int b)"
    assert helped.active_parameter == 1

    everything = types.Range(types.Position(0, 0), types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(document(python), everything)) or []
    assert [(hint.position, hint.label) for hint in hints] == [
        (use(units, len("add(")), "int a:"), (use(units, len("add(1, ")), "int b:")]  # fmt: skip
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document(python)))
    assert tokens is not None
    assert LEGEND.token_types[0] == "function"
    assert list(tokens.data) == [2, 4, 3, 0, 1, 2, USE + units, 3, 0, 1]

    lenses = await lenses_of(client, c)
    titles = [lens.command.title for lens in lenses if lens.command and lens.command.command not in OF_CHECKS]
    assert titles == ["1 Python caller", "bound as use.lib.add"]


@pytest.mark.asyncio
async def test_rename_and_its_refusals(client: LanguageClient, adder: Path, request: pytest.FixtureRequest) -> None:
    units = UNITS[str(request.node.callspec.params["client"])]
    python = adder / "use.py"
    await ready(client, python)
    await asyncio.sleep(0.5)  # until the facts are those of the open document
    prepared = await client.text_document_prepare_rename_async(
        types.PrepareRenameParams(document(python), use(units)))  # fmt: skip
    assert prepared == types.PrepareRenamePlaceholder(types.Range(use(units), use(units, 3)), "add")
    edit = await client.text_document_rename_async(types.RenameParams(document(python), use(units), "plus"))
    assert edit is not None
    assert {Path(uri).name: len(edits) for uri, edits in (edit.changes or {}).items()} == {"use.py": 2, "add.c": 2}
    assert types.TextEdit(types.Range(use(units), use(units, 3)), "plus") in (edit.changes or {})[python.as_uri()]
    with pytest.raises(JsonRpcException, match="twice exists already"):
        await client.text_document_rename_async(types.RenameParams(document(python), use(units), "twice"))
    assert (
        await client.text_document_prepare_rename_async(
            types.PrepareRenameParams(document(python), types.Position(3, 5))
        )
        is None
    )


@pytest.mark.asyncio
async def test_diagnostics_are_pulled_or_pushed_never_both(pulling_client: LanguageClient, adder: Path) -> None:
    @pulling_client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def on_lens_refresh(*_: object) -> None:
        pass

    path = adder / "add.c"
    path.write_text("int add(int a, int b) { int t[4] = {0}; return t[a] + b; }\n")
    uri = open_file(pulling_client, path)
    await until(lambda: pulling_client.diagnostic_refresh_count > 0)
    report = await pulling_client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document(path)))
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert [item.code for item in report.items] == ["bounds.read"]
    again = await pulling_client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(document(path), previous_result_id=report.result_id))  # fmt: skip
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    whole = await pulling_client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert [(item.uri, item.kind) for item in whole.items] == [(uri, "full")]
    known = [types.PreviousResultId(uri, report.result_id or ""), types.PreviousResultId((adder / "x.c").as_uri(), "1")]
    changed = await pulling_client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
    assert [item.kind for item in changed.items] == ["unchanged", "full"]
    assert messages(pulling_client, uri) == []

    lenses = await lenses_of(pulling_client, path)
    assert {lens.command.command for lens in lenses if lens.command} - OF_CHECKS == {"gnomon.showReferences"}


@pytest.mark.asyncio
async def test_a_lens_opens_its_place_where_the_client_has_no_list(client: LanguageClient, adder: Path) -> None:
    await ready(client, adder / "use.py")
    lenses = await lenses_of(client, adder / "add.c")
    command = next(lens.command for lens in lenses if lens.command and lens.command.title == "1 Python caller")
    await client.workspace_execute_command_async(types.ExecuteCommandParams(command.command, command.arguments))
    assert [shown.uri for shown in client.shown_documents] == [(adder / "use.py").as_uri()]


@pytest.mark.asyncio
async def test_a_text_that_is_too_large_is_left_out_with_a_word(client: LanguageClient, adder: Path) -> None:
    text = "x = 1\n" * (PYTHON_BOUND // 6 + 1)
    uri = (adder / "generated.py").as_uri()  # never saved
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, text)))

    def said() -> list[str]:
        return [message.message for message in client.log_messages if "left out" in message.message]

    await until(said)
    whole = types.TextDocumentContentChangeWholeDocument(text + "#")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(2, uri), [whole])
    )
    await ready(client, adder / "use.py")
    await asyncio.sleep(0.5)
    assert said() == ["generated.py is left out: it is too large to be read"]
