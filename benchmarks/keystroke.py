"""How long an editor waits while someone types: from a change of a Python file to its contract diagnostics, over LSP.

    python benchmarks/keystroke.py [--cache FOLDER]

A line is made wrong and right again, with pauses as between keys, so that each change has other diagnostics than the
one before: of the example, and of the source distributions in FOLDER, where benchmarks/navigation.py keeps them.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from latency import Editor, copied
from lsprotocol import types

WARM = 4  # changes before those that count; the first check of the workspace is behind them
CHANGES = 60
PAUSE = 0.25  # seconds between keys
PATIENCE = 120.0  # seconds for one, the first reading of the workspace included
GOAL = 0.05  # seconds, for 95 of 100


@dataclass(frozen=True, slots=True)
class Line:
    """In the second half of a file, `right` is made `wrong`."""

    project: str
    file: str
    right: str
    wrong: str


EXAMPLE = Line("telemetry", "telemetry/native.py", "ring_new.argtypes = [c_int]", "ring_new.argtypes = [c_char_p]")
KEPT = (
    Line("bitarray", "bitarray/util.py", "\n\ndef ", "\n\nbits2bytes(1, 2)\n\ndef "),
    Line("bitarray", "bitarray/test_bitarray.py", "\n\nclass ", "\n\nbits2bytes(1, 2)\n\nclass "),
    Line("psutil", "psutil/_pslinux.py", "cext.proc_priority_get(self.pid)", "cext.proc_priority_get(self.pid, 1, 2)"),
)


def texts_of(line: Line, path: Path) -> tuple[str, str]:
    """The file as it is, and with the line made wrong."""
    text = path.read_text()
    at = text.find(line.right, 0 if line is EXAMPLE else len(text) // 2)
    if at < 0:
        raise SystemExit(f"{path.name} has no {line.right!r} any more")
    return text, text[:at] + line.wrong + text[at + len(line.right) :]


async def measured(root: Path, line: Line) -> list[float]:
    path = root / line.file
    right, wrong = texts_of(line, path)
    editor = Editor()
    await editor.start(root)
    uri = path.as_uri()
    shown = editor.published[uri] = asyncio.Event()
    document = types.TextDocumentItem(uri, "python", 1, right)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    times = []
    for number in range(-WARM, CHANGES):
        shown.clear()
        change = types.TextDocumentContentChangeWholeDocument(right if number % 2 else wrong)
        begin = time.perf_counter()
        identifier = types.VersionedTextDocumentIdentifier(number + WARM + 2, uri)
        editor.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        await asyncio.wait_for(shown.wait(), PATIENCE)
        if number >= 0:
            times.append(time.perf_counter() - begin)
        await asyncio.sleep(PAUSE)
    await editor.stop()
    return times


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, help="the folder of the source distributions")
    cache = parser.parse_args().cache
    is_slow = False
    print("from a key to contract diagnostics    lines  changes  p50 ms  p95 ms  largest ms")
    for line in (EXAMPLE, *(KEPT if cache is not None else ())):
        with tempfile.TemporaryDirectory() as folder:
            if line is EXAMPLE:
                root = copied("telemetry", Path(folder))
            else:
                home = next(path for path in cache.glob(f"{line.project}-*") if path.is_dir())
                root = Path(shutil.copytree(home, Path(folder) / line.project))
            times = asyncio.run(measured(root, line))
            length = len((root / line.file).read_text().splitlines())
        p95 = statistics.quantiles(times, n=20)[18]
        row = f"{len(times):7}  {1000 * statistics.median(times):6.0f}  {1000 * p95:6.0f}  {1000 * max(times):10.0f}"
        print(f"{line.project + ' ' + Path(line.file).name:36} {length:6}  {row}", flush=True)
        is_slow |= p95 > GOAL
    print("slower than 50 ms for 95 of 100" if is_slow else "95 of 100 within 50 ms")
    return int(is_slow)


if __name__ == "__main__":
    sys.exit(main())
