"""The language server over stdio: documents in, answers and diagnostics out."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from gnomon.analysis.checking.client import Client, Settings, WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.checking.settings import EDIT_SECONDS
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.analysis.syntax.encoding import encodable
from gnomon.analysis.workspace import project_of
from gnomon.server import replay_commands
from gnomon.server.background import Background
from gnomon.server.exercising import Exerciser
from gnomon.server.features import code_lenses, diagnostics, signature, witness
from gnomon.server.places import open_checks, open_references
from gnomon.server.positions import path_of, uri_of
from gnomon.server.progress import BackgroundProgress
from gnomon.server.registration import register
from gnomon.server.replaying import Replayer
from gnomon.server.scheduling import CheckingClient, Scheduler
from gnomon.server.shown import Edit
from gnomon.server.state import Replays, State
from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

ClientFactory = Callable[[Path, Settings], CheckingClient]


class GnomonServer(LanguageServer):
    """Owns the state, and the scheduler whose results it takes over on its own loop."""

    def __init__(self, client_factory: ClientFactory = Client) -> None:
        super().__init__("gnomon", version("gnomon") if _is_installed() else "0")
        self.state = State(Path.cwd())
        self.scheduler: Scheduler | None = None
        self.background: Background | None = None
        self.replayer: Replayer | None = None
        self.exerciser: Exerciser | None = None
        self._client_factory = client_factory
        self._loop: asyncio.AbstractEventLoop | None = None
        self.wants_push = False
        self.checks_when_idle = False
        self.replays: Replays = "asked"
        self.settings = Settings(edit_seconds=EDIT_SECONDS)
        self._published: dict[str, list[types.Diagnostic]] = {}  # by path, as the client has them
        self._saved: set[str] = set()  # paths whose savers wait for an answer
        self._told: set[str] = set()
        self._settled: set[str] = set()
        self._checking = BackgroundProgress(self, "checking", self._cancel_check)
        self._exercising = BackgroundProgress(self, "exercising", self._forget_background)

    def begin(self, root: Path) -> None:
        """The client has said where it is; facts are gathered at once, checks begin with the first file."""
        self.state = State(root, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)
        self.state.pulls = not self.wants_push and diagnostics.can_pull(self.client_capabilities)
        self.state.takes_offsets = signature.takes_offsets(self.client_capabilities)
        self.state.lists_references = _knows(self.client_capabilities, code_lenses.SHOW)
        self.state.lists_checks = _knows(self.client_capabilities, code_lenses.SHOW_CHECKS)
        self._loop = asyncio.get_running_loop()
        self.scheduler = Scheduler(
            self._client_factory(root, self.settings),
            self,
            lambda: self.state.overlays,
            checks_when_idle=self.checks_when_idle,
        )
        self.state.replays = self.replays
        state, when_idle = self.state, self.replays == "idle"
        self.background = Background(lambda: state.is_saved, self.trouble)
        self.replayer = Replayer(self.background, root, self, when_idle)
        if self.replays != "never":
            self.exerciser = Exerciser(self.background, root, self, when_idle)
        self.scheduler.refresh()

    def take_overlays(self) -> None:
        """Open documents, whether saved or not, stand for their files; those without one (untitled:) for nothing."""
        documents = self.workspace.text_documents.values()
        named = ((path_of(document.uri), encodable(document.source)) for document in documents)
        self.state.overlays = {path: source for path, source in named if path}

    def publish(self, is_answer: bool = False) -> None:
        """Shows the findings as they stand; files that have none any more are cleared. Only what has changed is sent,
        unless a client may wait for the answer to a save."""
        if self.state.pulls:
            self.workspace_diagnostic_refresh(None)
            return
        found = diagnostics.by_path(self.state, self.state.shown)
        asked = self._saved if is_answer else set()
        for path in self._published.keys() | found.keys() | asked:
            if is_answer or found.get(path, []) != self._published.get(path, []):
                params = types.PublishDiagnosticsParams(uri_of(path), found.get(path, []))
                self.text_document_publish_diagnostics(params)
        self._published, self._saved = found, self._saved - asked

    def expect_answer(self, path: str) -> None:
        """Whoever saved a file wants to hear of the check, also when nothing was found in it."""
        if path:
            self._saved.add(path)

    def show_again(self, path: str) -> None:
        """A client may have dropped what it was told of a file that it opens anew."""
        if self._published.pop(path, None) and not self.state.pulls:
            self.publish()

    def end(self) -> None:
        """The client is done with it."""
        if self.scheduler is not None:
            self.scheduler.close()
        if self.background is not None:
            self.background.close()
        self.scheduler = self.background = self.replayer = self.exerciser = None

    # What the scheduler and the background report, from their threads.

    def contracts_ready(self, contracts: tuple[Finding, ...]) -> None:
        self._on_loop(lambda: self._take_contracts(contracts))

    def facts_ready(self, facts: WorkspaceFacts, read: Mapping[str, str]) -> None:
        self._on_loop(lambda: self._take_facts(facts, read))

    def check_started(self) -> None:
        self._forget_background()
        self._on_loop(self._checking.begin)

    def check_progress(self, text: str, part: float) -> None:
        self._on_loop(lambda: self._checking.report(text, part))

    def check_found(self, findings: tuple[Finding, ...]) -> None:
        self._on_loop(lambda: self._take_found(findings))

    def check_ready(self, result: CheckResult) -> None:
        self._on_loop(lambda: self._take_result(result))

    def check_ended(self) -> None:
        self._on_loop(self._checking.end)

    def outcomes_known(self, outcomes: Mapping[str, Outcome], pending: frozenset[str]) -> None:
        self._on_loop(lambda: self._take_outcomes(outcomes, pending))

    def replay_ready(self, finding: Finding, outcome: Outcome) -> None:
        self._on_loop(lambda: self._take_outcomes({**self.state.outcomes, finding.id: outcome}, frozenset()))

    def exercised_known(self, findings: tuple[Finding, ...]) -> None:
        self._on_loop(lambda: self._take_exercised(findings))

    def exercise_started(self) -> None:
        self._on_loop(self._exercising.begin)

    def exercise_progress(self, text: str, part: float) -> None:
        self._on_loop(lambda: self._exercising.report(text, part))

    def exercise_ended(self) -> None:
        self._on_loop(self._exercising.end)

    def exercise_problem(self, message: str) -> None:
        self._on_loop(lambda: self._log_once(message))

    def trouble(self, message: str) -> None:
        self._on_loop(lambda: self.tell(message, types.MessageType.Error))

    def _on_loop(self, action: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(action)

    def _take_contracts(self, contracts: tuple[Finding, ...]) -> None:
        if contracts != self.state.contracts:
            self.state.contracts = contracts
            self.publish()

    def _take_facts(self, facts: WorkspaceFacts, read: Mapping[str, str]) -> None:
        before = self.state.facts, self.state.read
        self.state.take(facts, read)
        if self.exerciser is not None and "facts" not in self._settled:
            self.exerciser.remember(facts)
        self._settle("facts")
        if (facts, read) != before:
            self._ask_again()
        for problem in (*facts.problems, *facts.parse_errors):
            self._log_once(problem)

    def _log_once(self, problem: str) -> None:
        if problem not in self._told:
            self._told.add(problem)
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, problem))

    def _settle(self, what: str) -> None:
        """The first facts and the first result are large, and mostly stay: collections pass them over."""
        if what not in self._settled:  # gc itself would count all that is passed over
            self._settled.add(what)
            gc.freeze()

    def _ask_again(self) -> None:
        """What editors show unasked is out of date once there are new facts."""
        self.ask_for_lenses_and_hints()
        workspace = self.client_capabilities.workspace
        if workspace and workspace.semantic_tokens and workspace.semantic_tokens.refresh_support:
            self.workspace_semantic_tokens_refresh(None)

    def ask_for_lenses_and_hints(self) -> None:
        """Has the client ask again, if it can be told to."""
        workspace = self.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        if workspace and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def _take_found(self, findings: tuple[Finding, ...]) -> None:
        """Of a check that goes on: what is new is shown, and nothing is taken back before it has ended."""
        known = {(f.path, f.line, f.column, f.code) for f in self.state.findings}
        fresh = tuple(f for f in findings if not f.is_contract and (f.path, f.line, f.column, f.code) not in known)
        if fresh:
            self.state.findings += fresh
            self.publish()
            self.ask_for_lenses_and_hints()

    def _take_result(self, result: CheckResult) -> None:
        self.state.findings = tuple(f for f in result.findings if not f.is_contract)
        self.state.take_verdicts(result.functions)
        self.publish(is_answer=True)
        self._settle("result")
        if self.replayer is not None and not result.is_partial:  # the next check is under way by now
            self.replayer.offer(self.state.findings)
        if self.exerciser is not None and not result.is_partial:
            self.exerciser.offer(self.state.facts)
        self.ask_for_lenses_and_hints()
        for problem in result.problems:
            if problem not in self._told:
                self._told.add(problem)
                self.tell(problem, types.MessageType.Warning)

    def _take_outcomes(self, outcomes: Mapping[str, Outcome], pending: frozenset[str]) -> None:
        before = self.state.outcomes
        self.state.take_outcomes(outcomes, pending)
        if self.state.outcomes != before:
            self.publish()
            self.ask_for_lenses_and_hints()

    def _take_exercised(self, findings: tuple[Finding, ...]) -> None:
        """They are of the files as they are saved, so that lines may be others in the editor."""
        shown = findings if self.state.is_saved else ()
        if shown != self.state.exercised:
            self.state.exercised = shown
            self.publish()
            self.ask_for_lenses_and_hints()

    def _cancel_check(self) -> None:
        """The user has had enough of it; what it has decided is known by the next."""
        if self.scheduler is not None:
            self.scheduler.cancel()

    def _forget_background(self) -> None:
        """What runs unasked is out of date, or unwanted, until the next check has ended."""
        if self.background is not None:
            self.background.forget()

    def tell(self, message: str, severity: types.MessageType) -> None:
        self.window_show_message(types.ShowMessageParams(severity, f"Gnomon: {message}"))


def _is_installed() -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        version("gnomon")
    except PackageNotFoundError:
        return False
    return True


def _edits(path: str, changes: list[types.TextDocumentContentChangeEvent], root: Path) -> list[Edit]:
    """Changes of lines; a change of the whole text moves nothing."""
    edits = []
    absolute = Path(path)
    relative = str(absolute.relative_to(root)) if absolute.is_relative_to(root) else path
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end, lines = change.range.start, change.range.end, change.text.count("\n")
            if end.character == 0 and (change.text.endswith("\n") or (not change.text and start.character == 0)):
                edits.append(Edit(relative, start.line + 1, end.line, lines))  # the line it ends before stays whole
            else:
                edits.append(Edit(relative, start.line + 1, end.line + 1, lines + 1))
    return edits


def _knows(capabilities: types.ClientCapabilities, command: str) -> bool:
    """Does the client say, in `experimental.commands`, that it has a command of its own?"""
    experimental = capabilities.experimental
    commands = experimental.get("commands") if isinstance(experimental, dict) else None
    return isinstance(commands, list) and command in commands


def _option(given: object, name: str) -> object:
    """What the client's initialization options say."""
    return given.get(name) if isinstance(given, dict) else getattr(given, name, None)


def _replays(given: object) -> Replays:
    """Whoever misspells it has allowed nothing by itself."""
    return given if given == "never" or given == "idle" else "asked"


def create_server(client_factory: ClientFactory = Client) -> GnomonServer:
    """A server with all its features, not yet listening."""
    server = GnomonServer(client_factory)
    register(server, lambda: server.state)

    @server.feature(types.INITIALIZE)
    def initialize(ls: GnomonServer, params: types.InitializeParams) -> None:
        given = params.initialization_options
        ls.checks_when_idle = _option(given, "checks") == "idle"
        ls.wants_push = _option(given, "diagnostics") == "push"  # as our extension, which reads what comes with each
        ls.replays = _replays(_option(given, "replays"))
        ls.settings = replace(ls.settings, latent=_option(given, "latent") is True)

    @server.feature(types.INITIALIZED)
    def initialized(ls: GnomonServer, _: types.InitializedParams) -> None:
        folder = ls.workspace.root_path or next((uris.to_fs_path(uri) for uri in ls.workspace.folders), None)
        if folder:
            ls.begin(Path(os.path.normpath(folder)))  # not resolved: the editor names files below it as it named it

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: GnomonServer, params: types.DidOpenTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if not path:
            return
        if ls.scheduler is None:  # the editor has no folder open
            ls.begin(project_of(path))
        is_first = not ls.state.overlays
        ls.take_overlays()
        ls.show_again(path)
        if ls.scheduler is not None:
            ls.scheduler.refresh()  # its text may be another one than the saved
            if is_first:
                ls.scheduler.check()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: GnomonServer, params: types.DidChangeTextDocumentParams) -> None:
        ls.take_overlays()
        path = path_of(params.text_document.uri)
        if not path:
            return
        edits = [edit for edit in _edits(path, list(params.content_changes), ls.state.root) if edit.shift]
        for edit in edits:
            ls.state.edited(edit)
        if ls.background is not None:
            ls.background.pause()
        if edits and not ls.state.pulls:  # a client that pulls does so after each edit by itself
            ls.publish()
        if ls.scheduler is not None:
            ls.scheduler.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: GnomonServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.take_overlays()
        ls.expect_answer(path_of(params.text_document.uri))
        if ls.background is not None:
            ls.background.forget()
        if ls.scheduler is not None:
            ls.scheduler.refresh(is_save=True)
            ls.scheduler.check()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: GnomonServer, _: types.DidCloseTextDocumentParams) -> None:
        ls.take_overlays()

    @server.command("gnomon.check")
    def on_check(ls: GnomonServer) -> None:
        if ls.scheduler is not None:
            ls.scheduler.check()

    @server.command(witness.OPEN)
    def on_open_witness(ls: GnomonServer, identity: str) -> bool:
        ls.state.witness = identity
        ls.ask_for_lenses_and_hints()
        return witness.shown(ls.state) is not None

    @server.command(witness.CLOSE)
    def on_close_witness(ls: GnomonServer) -> None:
        ls.state.witness = ""
        ls.ask_for_lenses_and_hints()

    replay_commands.register(server)
    server.command(code_lenses.OPEN)(open_references)
    server.command(code_lenses.OPEN_CHECKS)(open_checks)

    @server.feature(types.SHUTDOWN)
    def on_shutdown(ls: GnomonServer, _: None) -> None:
        ls.end()

    return server
