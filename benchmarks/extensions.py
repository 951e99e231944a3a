"""Whole C extensions: how long a check takes from nothing, again by a new process, and after an edit of one function.

    python benchmarks/extensions.py [--edits N] [--cache FOLDER] [PACKAGE ...]

Checks the newest versions of bitarray, simplejson and multidict in the development set (development_set.py downloads
them). In each edit a function gets a statement more before a `return`, and loses it again. As in an editor, a check
then answers with what is near to the edit, and the checks that follow it do the rest: "whole s" is the median of all of
it. Ends with status 1 when a check from nothing takes longer than 60 s or more than 2 GB, or the median of the answers
more than 1 s.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from development_set import bugs, download
from gnomon.analysis.checking.client import Client
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.settings import EDIT_SECONDS, Settings, cores

PACKAGES = ("bitarray", "simplejson", "multidict")
MOST_SECONDS, MOST_SECONDS_EDITED, MOST_MEGABYTES = 60.0, 1.0, 2048
REST_SECONDS = 2.0
PLACE = re.compile(r"(?<=[;}]\n)    return\b")
STATEMENT = "    { volatile int edited = 1; (void)edited; }\n"


def downloaded(packages: list[str], cache: Path | None) -> Iterator[tuple[str, Path]]:
    """The newest versions of packages, all of PACKAGES when none are named, with their sources."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = (cache or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        newest = {bug.package: bug.versions[1] for bug in bugs(packages or PACKAGES)}
        for version in newest.values():
            yield version, download(version, folder)


def edits(root: Path, count: int) -> Iterator[dict[str, str]]:
    """Overlays; each second one is as the files are."""
    choose = random.Random(2)
    texts = {str(path): path.read_text(errors="replace") for path in sorted(root.rglob("*.c"))}
    places = [(path, found.start()) for path, text in texts.items() for found in PLACE.finditer(text)]
    for _ in range(count):
        path, at = choose.choice(places)
        yield {path: texts[path][:at] + STATEMENT + texts[path][at:]}
        yield {path: texts[path]}


def checked(client: Client, overlays: dict[str, str]) -> tuple[float, float, CheckResult]:
    """Seconds to the first answer, and to the end, where nothing more is to be said. People rest between edits."""
    time.sleep(REST_SECONDS)
    begin = time.perf_counter()
    client.open(overlays)
    result = client.check(overlays)
    answered = time.perf_counter() - begin
    while result.is_partial:
        result = client.check(overlays)
    return answered, time.perf_counter() - begin, result


def row(package: str, root: Path, count: int) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(store=Path(scratch) / "verdicts.sqlite", jobs=cores(), edit_seconds=EDIT_SECONDS)
        client = Client(root, settings)
        cold, _, first = checked(client, {})
        edited = [checked(client, overlays) for overlays in edits(root, count)]
        client.close()
        client = Client(root, settings)
        again, _, _ = checked(client, {})
        client.close()
    answered, ended, results = zip(*edited, strict=True)
    median, longest, whole = statistics.median(answered), max(answered), statistics.median(ended)
    megabytes = max(result.statistics.peak_memory_mb for result in (first, *results))
    functions = first.functions
    open_, proved = sum(f.undecided for f in functions), sum(f.proved for f in functions)
    is_held = cold <= MOST_SECONDS and median <= MOST_SECONDS_EDITED and megabytes <= MOST_MEGABYTES
    said = f"{len(first.findings)} findings, {proved} proved, {open_} open"
    seconds = f"{cold:.1f} | {again:.1f} | {median:.2f} | {longest:.2f} | {whole:.2f}"
    return f"| {package} | {seconds} | {megabytes} | {said} |", is_held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--cache", type=Path, help="keeps what was downloaded")
    asked = parser.parse_args()
    is_held = True
    print("| package | cold s | again s | after an edit s | longest s | whole s | MB | |\n" + "| --- " * 8 + "|")
    for version, root in downloaded(asked.packages, asked.cache):
        text, holds = row(version, root, asked.edits)
        print(text, flush=True)
        is_held &= holds
    return int(not is_held)


if __name__ == "__main__":
    sys.exit(main())
