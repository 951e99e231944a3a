"""From a mistake to its finding, in real extensions: how long after the save it is shown, and how long a replay takes.

    python benchmarks/saves.py [--tries N] [--replays N] [--cache FOLDER] [PACKAGE ...]

Of the newest versions of bitarray, simplejson and multidict in the development set. A mistake is made before a
`return`: NULL is written through, or a list is made and lost. This is done over LSP, once all is checked: the text
changes, the file is saved, and what is shown then is watched until the mistake is told of, or all is checked;
afterwards it is mended. Of some nothing is found, as no entry comes there: of these there is no time. Some are replayed
twice, the second time with a build that is there. Ends with status 1 when the 95th percentile of the first is more than
1 s, a replay does not show the mistake, or takes more than 3 s with a ready build.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extensions import PLACE, downloaded
from gnomon.analysis.checking.client import Client
from gnomon.analysis.checking.settings import Settings, cores
from gnomon.server import replays
from latency import Edit, Editor
from lsprotocol import types
from pygls.lsp.client import LanguageClient

MISTAKES = {
    "null.deref": "    { int *nothing = 0; *nothing = 1; }\n",
    "owner.leak": "    (void)PyList_New(0);\n",
}
PATIENCE = 120.0  # seconds for all that is checked after a save
QUIET = 2.0  # seconds without a check, after which there will be none
GOAL, REPLAY_GOAL = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Mistake:
    code: str
    line: int  # from 1
    edit: Edit
    mended: Edit


@dataclass(slots=True)
class Watching(Editor):
    shown: dict[str, list[types.Diagnostic]] = field(default_factory=dict)
    is_checking: bool = False
    quiet_since: float = 0.0

    async def start(self, root: Path) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def on_diagnostics(_: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = list(params.diagnostics)

        @self.client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def on_create(_: LanguageClient, params: types.WorkDoneProgressCreateParams) -> None:
            return None

        @self.client.feature(types.PROGRESS)
        def on_progress(_: LanguageClient, params: types.ProgressParams) -> None:
            kind = params.value.get("kind") if isinstance(params.value, dict) else None
            self.is_checking, self.quiet_since = kind != "end", time.perf_counter()

        await self.client.start_io(sys.executable, "-m", "gnomon.server", "serve", "--stdio")
        window = types.WindowClientCapabilities(work_done_progress=True)
        await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(window=window),
                root_uri=root.as_uri(),
                initialization_options={"replays": "never"},
            )
        )
        self.client.initialized(types.InitializedParams())

    async def until(self, mistake: Mistake) -> float | None:
        """Seconds until the finding is shown, None when it is not."""
        begin, uri = time.perf_counter(), mistake.edit.path.as_uri()
        while not self.is_quiet(begin):
            for one in self.shown.get(uri, ()):
                if one.code == mistake.code and one.range.start.line + 1 == mistake.line:
                    return time.perf_counter() - begin
            await asyncio.sleep(0.01)
        return None

    async def rest(self) -> None:
        """Until all is checked."""
        begin = time.perf_counter()
        while not self.is_quiet(begin):
            await asyncio.sleep(0.05)

    def is_quiet(self, begin: float) -> bool:
        now = time.perf_counter()
        is_over = not self.is_checking and now - max(begin, self.quiet_since) > QUIET
        return is_over or now - begin > PATIENCE

    async def saves(self, edit: Edit) -> None:
        """The text was there a moment before it is saved."""
        uri = edit.path.as_uri()
        if uri not in self.versions:
            self.versions[uri] = 1
            item = types.TextDocumentItem(uri, "c", 1, edit.path.read_text(errors="replace"))
            self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(edit.text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        await asyncio.sleep(0.4)
        edit.path.write_text(edit.text)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))


def mistakes(root: Path, count: int) -> Iterator[Mistake]:
    choose = random.Random(3)
    texts = {path: path.read_text(errors="replace") for path in sorted(root.rglob("*.c"))}
    places = [(path, found.start()) for path, text in texts.items() for found in PLACE.finditer(text)]
    for number in range(count):
        path, at = choose.choice(places)
        code = list(MISTAKES)[number % len(MISTAKES)]
        text = texts[path]
        edited = Edit("made", path, text[:at] + MISTAKES[code] + text[at:])
        yield Mistake(code, text.count("\n", 0, at) + 1, edited, Edit("mended", path, text))


async def saved(root: Path, made: list[Mistake]) -> list[tuple[Mistake, float | None]]:
    editor = Watching()
    await editor.start(root)
    await editor.saves(made[0].mended)
    await editor.rest()
    times = []
    for mistake in made:
        await editor.saves(mistake.edit)
        times.append((mistake, await editor.until(mistake)))
        await editor.saves(mistake.mended)
        await editor.rest()
    await editor.stop()
    return times


def replayed(root: Path, mistake: Mistake) -> tuple[str, float]:
    """The state after a replay, and how long a second one takes."""
    overlays = {str(mistake.edit.path): mistake.edit.text}
    mistake.edit.path.write_text(mistake.edit.text)
    client = Client(root, Settings(jobs=cores()))
    try:
        found = client.check(overlays).findings
        finding = next((f for f in found if f.code == mistake.code and f.line == mistake.line), None)
        if finding is None:
            return "not found by the command line", 0.0
        replays.run(finding, root)
        begin = time.perf_counter()
        report, _ = replays.run(finding, root)
        return report.state, time.perf_counter() - begin
    finally:
        client.close()
        mistake.edit.path.write_text(mistake.mended.text)


def row(package: str, root: Path, tries: int, replays_wanted: int) -> tuple[str, bool]:
    times = asyncio.run(saved(root, list(mistakes(root, tries))))
    found = [(mistake, seconds) for mistake, seconds in times if seconds is not None]
    waited = sorted(seconds for _, seconds in found) or [PATIENCE]
    median, most = waited[len(waited) // 2], waited[min(len(waited) - 1, int(0.95 * len(waited)))]
    again = [replayed(root, mistake) for mistake, _ in found[:replays_wanted]]
    longest = max((seconds for _, seconds in again), default=0.0)
    count = sum(state == "replayed" for state, _ in again)
    within = sum(seconds <= GOAL for seconds in waited)
    is_held = most <= GOAL and longest <= REPLAY_GOAL and count == len(again)
    counts = f"{tries} | {len(found)} | {within} | {median:.2f} | {most:.2f}"
    return f"| {package} | {counts} | {count} of {len(again)} | {longest:.2f} |", is_held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--replays", type=int, default=3)
    parser.add_argument("--cache", type=Path, help="keeps what was downloaded")
    asked = parser.parse_args()
    is_held = True
    print("| package | made | found | within 1 s | median s | p95 s | replayed | replay s |\n" + "| --- " * 8 + "|")
    for version, root in downloaded(asked.packages, asked.cache):
        text, holds = row(version, root, asked.tries, asked.replays)
        print(text, flush=True)
        is_held &= holds
    return int(not is_held)


if __name__ == "__main__":
    sys.exit(main())
