"""How long a start takes, and what it costs to know a large workspace.

    python benchmarks/start.py [LINES]

From the start of the server to the first answer (a definition across the boundary), on the examples and on a synthetic
workspace of that many lines of C and Python (100000 unless told): cold, with an empty cache, and warm, with what the
first run left there. Prints seconds, and the peak of resident memory of the server and of its checking process.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from features import EXAMPLES, Editor, place_of
from lsprotocol import types

FILES = 40  # libraries of the synthetic workspace
C_LINES, PYTHON_LINES = 15, 10  # of one function
COLD_GOAL = 2.0  # seconds, on an example

C_FUNCTION = """
/* Sums what is above a limit. */
int {name}(const int *values, int count, int limit)
{{
    int total = 0;
    int largest = limit;
    for (int i = 0; i < count; i++) {{
        if (values[i] > limit)
            total += values[i];
        if (values[i] > largest)
            largest = values[i];
    }}
    return largest > limit ? total : -{number};
}}
"""
PYTHON_FUNCTION = """
def call_{name}(values, limit):
    \"\"\"Sums in C what is above a limit.\"\"\"
    numbers = (c_int * len(values))(*values)
    found = lib.{name}(numbers, len(values), limit)
    if found < 0:
        return None
    shown = [value for value in values if value > limit]
    return found, shown

"""


@dataclass(frozen=True, slots=True)
class Start:
    """`memory`: peaks of the server and of its children, in megabytes."""

    seconds: float
    memory: tuple[float, float]


def synthetic(root: Path, lines: int) -> tuple[Path, str]:
    """Writes the workspace; a Python file of it, and a function that it calls."""
    each = max(lines // (FILES * (C_LINES + PYTHON_LINES + 1)), 1)
    for library in range(FILES):
        names = [f"sum{library}_{number}" for number in range(each)]
        body = "".join(C_FUNCTION.format(name=name, number=k) for k, name in enumerate(names))
        (root / f"sums{library}.c").write_text(f"#include <stddef.h>\n{body}")
        declared = "".join(f"lib.{name}.argtypes = [POINTER(c_int), c_int, c_int]\n" for name in names)
        calls = "".join(PYTHON_FUNCTION.format(name=name) for name in names)
        head = f"from ctypes import CDLL, POINTER, c_int\n\nlib = CDLL('./libsums{library}.so')\n"
        (root / f"sums{library}.py").write_text(head + declared + calls)
    return root / "sums0.py", "sum0_0"


def line_count(root: Path) -> int:
    files = [path for path in root.rglob("*") if path.suffix in (".c", ".h", ".py")]
    return sum(path.read_bytes().count(b"\n") for path in files)


def peak(pid: int) -> float:
    """Megabytes of resident memory at most, so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


async def started(root: Path, python: Path, name: str) -> Start:
    editor = Editor(root)
    begin = time.perf_counter()
    await editor.start()
    editor.open(python)
    at = types.DefinitionParams(types.TextDocumentIdentifier(python.as_uri()), place_of(python, f".{name}("))
    await editor.until_known(lambda: editor.client.text_document_definition_async(at))
    seconds = time.perf_counter() - begin
    server = editor.client._server
    assert server is not None
    listed = [path.read_text().split() for path in Path(f"/proc/{server.pid}/task").glob("*/children")]
    children = [child for children in listed for child in children]
    memory = (peak(server.pid), sum(peak(int(child)) for child in children))
    await editor.stop()
    return Start(seconds, memory)


def table_row(what: str, lines: int, start: Start) -> str:
    server, checking = start.memory
    return f"{what:32} {lines:7}  {start.seconds:7.2f}  {server:9.0f}  {checking:11.0f}"


def measured(what: str, root: Path, python: Path, name: str, folder: Path) -> float:
    """Prints a row for a cold and a warm start; the seconds of the cold one."""
    os.environ["XDG_CACHE_HOME"] = str(folder / f"cache of {what}")
    cold = asyncio.run(started(root, python, name))
    print(table_row(f"{what}, cold", line_count(root), cold))
    print(table_row(f"{what}, warm", line_count(root), asyncio.run(started(root, python, name))), flush=True)
    return cold.seconds


def main() -> int:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'from the start to an answer':32} {'lines':>7}  seconds  server MB  checking MB")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        example = folder / "telemetry"
        shutil.copytree(EXAMPLES / "telemetry", example)
        python = next(path for path in sorted(example.rglob("*.py")) if ".ring_push(" in path.read_text())
        cold = measured("telemetry", example, python, "ring_push", folder)
        large = folder / "large"
        large.mkdir()
        measured("synthetic", large, *synthetic(large, lines), folder)
    print(f"a cold start on the example within {COLD_GOAL:.0f} s: {'yes' if cold <= COLD_GOAL else 'no'}")
    return int(cold > COLD_GOAL)


if __name__ == "__main__":
    sys.exit(main())
