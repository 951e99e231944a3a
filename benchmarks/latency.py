"""How long an editor waits: from the save of a C file to its diagnostics, over LSP, on the examples, warm.

    python benchmarks/latency.py

Three kinds of saves: nothing has changed; a statement was added that no check depends on, in every function; a planted
mistake was mended, and put back. Prints a row for each with the median and the largest time, and the counters of the
engine for the same edits.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from lsprotocol import types
from pygls.lsp.client import LanguageClient

EXAMPLES = Path(__file__).parent.parent / "examples"
PATIENCE = 120.0  # seconds for one save
GOAL = 0.5  # seconds

MENDED = {
    "codec.c": [("channel > 32", "channel > 31"), ("used > FRAME_BYTES", "used >= FRAME_BYTES")],
    "board.c": [("return c->gain;", "return c ? c->gain : 0;"), ("            free(b->title);\n", "            ;\n")],
    "ring.c": [
        ("slot > r->capacity", "slot >= r->capacity"),
        ("return (int)(total_of(r) / r->count);", "return r->count ? (int)(total_of(r) / r->count) : 0;"),
        ("    int peak;", "    int peak = 0;"),
    ],
    "module.c": [("bits < 0 || bits > 32", "bits < 1 || bits > 32"), ("used < WORD_MAX", "used < WORD_MAX - 1")],
    "histogram.c": [
        ("|| width < 0)", "|| width < 1)"),
        ("    if (bin >= self->size) {", "    if (bin < 0 || bin >= self->size) {"),
    ],
}  # fmt: skip

_BODY = re.compile(r"^(?!typedef|struct|static struct)[a-z][^\n;=]*\) \{$", re.M)


@dataclass(frozen=True, slots=True)
class Edit:
    kind: str
    path: Path
    text: str


def edits_of(path: Path) -> Iterator[Edit]:
    """Each leaves the file as it was."""
    text = path.read_text()
    yield Edit("nothing changed", path, text)
    for match in _BODY.finditer(text):
        yield Edit(
            "a statement added", path, text[: match.end()] + " int unasked = 1; (void)unasked;" + text[match.end() :]
        )
        yield Edit("and taken back", path, text)
    for wrong, right in MENDED.get(path.name, []):
        if wrong not in text:
            raise SystemExit(f"{path.name} has no {wrong!r} any more")
        yield Edit("a mistake mended", path, text.replace(wrong, right, 1))
        yield Edit("and put back", path, text)


@dataclass(slots=True)
class Editor:
    """The client's side: sends saves, and notes when diagnostics come."""

    client: LanguageClient = field(default_factory=lambda: LanguageClient("latency", "1"))
    versions: dict[str, int] = field(default_factory=dict)
    published: dict[str, asyncio.Event] = field(default_factory=dict)

    async def start(self, root: Path) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def on_diagnostics(_: LanguageClient, params: types.PublishDiagnosticsParams) -> None:
            self.published.setdefault(params.uri, asyncio.Event()).set()

        @self.client.feature(types.WINDOW_LOG_MESSAGE)
        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def on_message(_: LanguageClient, params: types.LogMessageParams | types.ShowMessageParams) -> None:
            print(f"    {params.message}", file=sys.stderr)

        await self.client.start_io(sys.executable, "-m", "gnomon.server", "serve", "--stdio")
        await self.client.initialize_async(
            types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=root.as_uri())
        )
        self.client.initialized(types.InitializedParams())

    async def open(self, path: Path) -> None:
        uri = path.as_uri()
        self.published[uri] = asyncio.Event()
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, "c", 1, path.read_text())
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await asyncio.wait_for(self.published[uri].wait(), PATIENCE)

    async def save(self, edit: Edit) -> float:
        """Seconds from the save to the diagnostics."""
        uri = edit.path.as_uri()
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(edit.text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        await asyncio.sleep(0.4)  # nobody saves while typing: the server has seen the text before
        edit.path.write_text(edit.text)
        self.published[uri].clear()
        begin = time.perf_counter()
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        await asyncio.wait_for(self.published[uri].wait(), PATIENCE)
        return time.perf_counter() - begin

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


def copied(project: str, folder: Path) -> Path:
    ignored = shutil.ignore_patterns("*.so", "*.o", "build", "__pycache__")
    return Path(shutil.copytree(EXAMPLES / project, folder / project, ignore=ignored))


async def over_lsp(root: Path) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}
    editor = Editor()
    await editor.start(root)
    for path in sorted(root.rglob("*.c")):
        await editor.open(path)
        for edit in edits_of(path):
            times.setdefault(edit.kind, []).append(await editor.save(edit))
    await editor.stop()
    return times


def in_engine(root: Path) -> dict[str, list[tuple[int, int]]]:
    """(slices solved, slices reused) after each edit."""
    counts: dict[str, list[tuple[int, int]]] = {}
    session = Session(root, Settings(store=None))
    session.check({})
    for path in sorted(root.rglob("*.c")):
        for edit in edits_of(path):
            result = session.check({str(path): edit.text}).statistics
            counts.setdefault(edit.kind, []).append((result.slices_solved, result.slices_reused))
    return counts


def main() -> int:
    is_missed = False
    for project in ("telemetry", "sketch"):
        with tempfile.TemporaryDirectory() as folder:
            counts = in_engine(copied(project, Path(folder)))
        with tempfile.TemporaryDirectory() as folder:
            times = asyncio.run(over_lsp(copied(project, Path(folder))))
        print(f"{project:22} saves  median ms  largest ms  solved  reused (slices, median)")
        for kind, seconds in times.items():
            solved, reused = (statistics.median(pair[i] for pair in counts[kind]) for i in (0, 1))
            row = f"{len(seconds):5}  {1000 * statistics.median(seconds):9.0f}  {1000 * max(seconds):10.0f}"
            print(f"  {kind:20} {row}  {solved:6.0f}  {reused:6.0f}")
            is_missed |= max(seconds) > GOAL
    print("every save within 500 ms" if not is_missed else "some saves took longer than 500 ms")
    return int(is_missed)


if __name__ == "__main__":
    sys.exit(main())
