"""How long until the first answer, and what a large workspace costs.

    python benchmarks/start.py

Start: from the spawn of the server to its first definition across the boundary, with an empty and with a filled cache,
and how much of that is spent before it answers `initialize`. Index: reading 100,000 lines of C (generated modules of an
extension, 250 lines each) and of Python (the standard library's) into facts and edges, each in a process of its own.
Seconds are by the clock; "processor" is what the processes used, which other work on the machine changes little.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from latency import Editor, copied
from lsprotocol import types
from rich.console import Console
from rich.table import Table

LINES = 100_000
PATIENCE = 120.0  # seconds for the first answer
START_GOAL, INDEX_GOAL = 2.0, 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    seconds: float
    processor: float
    peak: int  # MB, of the largest process
    note: str


def main() -> int:
    if sys.argv[1:2] == ["--index"]:
        return index(Path(sys.argv[2]))
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        # As installed packages are: compiled to bytecode.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(root / "bytecode")
        telemetry = copied("telemetry", root)
        measured_start(telemetry, root / "unused")
        for what in ("cold start", "warm start"):
            rows.append(measured_start(telemetry, root / "cache", f"{what}, example of 3 C files"))
        for language, make in MADE.items():
            made = root / language
            count = make(made)
            rows.append(measured_index(made, f"index {count} lines of {language}"))
    table = Table(title="Start and index")
    for column in ("", "seconds", "processor", "peak MB", ""):
        table.add_column(column, justify="right" if column else "left")
    for row in rows:
        table.add_row(row.what, f"{row.seconds:.2f}", f"{row.processor:.2f}", str(row.peak), row.note)
    Console(width=120).print(table)
    starts, indices = rows[:2], rows[2:]
    is_met = all(r.seconds <= START_GOAL for r in starts) and all(r.seconds <= INDEX_GOAL for r in indices)
    print(f"goals: start in {START_GOAL} s, 100,000 lines in {INDEX_GOAL} s: {'met' if is_met else 'not met'}")
    return int(not is_met)


def used() -> float:
    """Seconds of the processor in all processes that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def measured_start(root: Path, cache: Path, what: str = "") -> Row:
    os.environ["XDG_CACHE_HOME"] = str(cache)
    before = used()
    first, answered = asyncio.run(first_answer(root))
    return Row(what, answered, used() - before, peak(), f"initialized after {first:.2f} s; with the first check")


async def first_answer(root: Path) -> tuple[float, float]:
    """Seconds until `initialize` and until a definition is answered."""
    path = root / "telemetry" / "ring.py"
    lines = path.read_text().splitlines()
    number = next(number for number, line in enumerate(lines) if "lib.ring_push" in line)
    at = types.Position(number, lines[number].index("ring_push"))
    uri, begin = path.as_uri(), time.perf_counter()
    editor = Editor()
    await editor.start(root)
    first = time.perf_counter() - begin
    item = types.TextDocumentItem(uri, "python", 1, path.read_text())
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    params = types.DefinitionParams(types.TextDocumentIdentifier(uri), at)
    while not await editor.client.text_document_definition_async(params):
        if time.perf_counter() - begin > PATIENCE:
            raise SystemExit("no definition was answered")
        await asyncio.sleep(0.01)
    answered = time.perf_counter() - begin
    await editor.stop()
    return first, answered


def measured_index(root: Path, what: str) -> Row:
    begin, before = time.perf_counter(), used()
    command = [sys.executable, __file__, "--index", str(root)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\t")
    return Row(what, time.perf_counter() - begin, used() - before, int(said[0]), said[1].strip())


def index(root: Path) -> int:
    """Reads a workspace in this process, and once more with nothing changed."""
    from gnomon.analysis.checking.session import Session
    from gnomon.analysis.checking.settings import Settings

    session = Session(root, Settings(store=None))
    facts = session.open({})
    begin = time.perf_counter()
    session.open({})
    again = time.perf_counter() - begin
    peak_now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{peak_now}\t{len(facts.boundary.bindings)} edges; {again:.2f} s when nothing has changed")
    return 0


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def written(folder: Path, files: Iterator[tuple[str, str]]) -> int:
    """Writes files until there are enough lines; how many there are then."""
    folder.mkdir()
    count = 0
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
        count += text.count("\n")
        if count >= LINES:
            break
    return count


def c_files() -> Iterator[tuple[str, str]]:
    for number in range(LINES):
        yield f"module{number}.c", module_of(number)


def module_of(number: int) -> str:
    """An extension module: a structure, functions on it, and methods that call them."""
    parts = [HEAD.replace("@", str(number))]
    parts += [FUNCTION.replace("@", f"{number}_{at}") for at in range(15)]
    rows = "".join(f'    {{"work{at}", method_{number}_{at}, METH_VARARGS, "Works."}},\n' for at in range(15))
    return "".join(parts) + TAIL.replace("@", str(number)).replace("ROWS", rows)


HEAD = """\
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes;
    size_t used, room;
    int32_t counts[16];
} state@;

static state@ *shared;
"""
FUNCTION = """
static int work_@(int *values, size_t count, int wanted) {
    int found = -1;
    for (size_t i = 0; i < count; i++) {
        if (values[i] == wanted) {
            found = (int)i;
        } else if (values[i] > 1000) {
            values[i] -= wanted;
        }
    }
    return found;
}

static PyObject *method_@(PyObject *self, PyObject *args) {
    int wanted, values[4] = {1, 2, 3, 4};
    if (!PyArg_ParseTuple(args, "i", &wanted)) return NULL;
    return PyLong_FromLong(work_@(values, 4, wanted));
}
"""
TAIL = """
static PyMethodDef methods[] = {
ROWS    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "module@", NULL, -1, methods};

PyMODINIT_FUNC PyInit_module@(void) {
    shared = NULL;
    return PyModule_Create(&definition);
}
"""


def python_files() -> Iterator[tuple[str, str]]:
    library = Path(sysconfig.get_path("stdlib"))
    sources = sorted(path for path in library.rglob("*.py") if not {"site-packages", "test"} & set(path.parts))
    for number, path in enumerate(sources):
        yield f"m{number}_{path.name}", path.read_text(encoding="utf-8", errors="replace")


MADE: dict[str, Callable[[Path], int]] = {
    "C": lambda folder: written(folder, c_files()),
    "Python": lambda folder: written(folder, python_files()),
}

if __name__ == "__main__":
    sys.exit(main())
