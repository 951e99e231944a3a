"""Names and lines for the addresses in the sanitizers' reports.

While thousands of calls are tried, the sanitizers only say where an address is in which file, as finding the line takes
them a second; here that is done once for all of them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gnomon.analysis.exercise.failure import Failure

_FRAME = re.compile(
    r"^(?P<head>\s+#\d+ 0x[0-9a-f]+) +(?:in \S+ +)?\((?P<file>/[^()]*)\+(?P<offset>0x[0-9a-f]+)\).*$", re.M
)
_SECONDS = 120

Symbols = dict[tuple[str, str], list[tuple[str, str]]]  # by file and offset: functions and places, the inner ones first


def symbolised(failures: Sequence[Failure]) -> list[Failure]:
    """The same with functions and lines in their outputs, where the files say them."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for failure in failures:
        for match in _FRAME.finditer(failure.output):
            wanted[match["file"]].add(match["offset"])
    known: Symbols = {}
    for file, offsets in wanted.items():
        known.update(_asked(file, sorted(offsets)))
    return [replace(failure, output=_FRAME.sub(lambda m: _written(m, known), failure.output)) for failure in failures]


def _asked(file: str, offsets: Iterable[str]) -> Symbols:
    """addr2line writes the address, then two lines for each function that is inlined there."""
    program = shutil.which("addr2line")
    if program is None:
        return {}
    listed = list(offsets)
    try:
        done = subprocess.run(
            [program, "-a", "-f", "-i", "-e", file, *listed], capture_output=True, text=True, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return {}
    found: Symbols = {}
    blocks = re.split(r"^0x[0-9a-f]+\n", done.stdout, flags=re.M)[1:]
    for offset, block in zip(listed, blocks, strict=False):
        lines = [line.partition(" (")[0] for line in block.splitlines()]
        found[file, offset] = list(zip(lines[::2], lines[1::2], strict=False))
    return found


def _written(match: re.Match[str], known: Symbols) -> str:
    frames = known.get((match["file"], match["offset"]), [])
    if not frames or frames[0][0] == "??":
        return match[0]
    return "\n".join(f"{match['head']} in {function} {place}" for function, place in frames)
