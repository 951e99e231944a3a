"""Measures the index of debug information: reading, writing, size, look-ups; beside pyelftools and readelf.

    python benchmarks/debuginfo.py [LIBRARY ...]

Without arguments: the running Python's own library, and the engine's, where they have debug information. Each row is a
process of its own. Seconds are the processor's, so that other work counts little; "wall" is by the clock.
"""

from __future__ import annotations

import importlib.util
import os
import random
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile
from gnomon.analysis.debuginfo.dwarf import DebugFile, open_debug_file
from gnomon.analysis.debuginfo.elf import Unsupported
from gnomon.analysis.debuginfo.elf import opened as opened_elf
from gnomon.analysis.debuginfo.gather import gather
from gnomon.analysis.debuginfo.index import default_folder, open_index
from gnomon.analysis.debuginfo.sections import has_debug_sections
from rich.console import Console
from rich.table import Table

LOOK_UPS = 3000


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        what, library = sys.argv[2:]
        result = MEASURED[what](library)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{peak:.0f}", *result, sep="\t")
        return
    table = Table(title="Debug information")
    for column in ("library", "what", "seconds", "wall", "peak MB", "result"):
        table.add_column(column, justify="left" if column in ("library", "what", "result") else "right")
    for library in sys.argv[1:] or default_libraries():
        with tempfile.TemporaryDirectory() as cache:
            for what in MEASURED:
                peak, seconds, wall, result = measure(what, library, cache)
                table.add_row(Path(library).name[:30], what, seconds, wall, peak, result[:60])
        table.add_section()
    Console(width=140).print(table)


def default_libraries() -> list[str]:
    engine = importlib.util.find_spec("gnomon._engine")
    folder, name = sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("INSTSONAME")
    candidates = [str(Path(folder) / str(name)), str(engine.origin if engine is not None else "")]
    return [path for path in candidates if has_debug_information(path)]


def has_debug_information(path: str) -> bool:
    """Looks at the sections only: a child's peak of memory begins at what its parent uses."""
    with opened_elf(path) as file:
        return not isinstance(file, Unsupported) and has_debug_sections(file)


def measure(what: str, library: str, cache: str) -> list[str]:
    command = [sys.executable, __file__, "--measure", what, library]
    process = subprocess.run(command, env={**os.environ, "XDG_CACHE_HOME": cache}, capture_output=True, text=True)
    if process.returncode == 0:
        return process.stdout.splitlines()[-1].split("\t")
    reasons = process.stderr.splitlines() or [f"ended by signal {-process.returncode}"]
    return ["", "", "", reasons[-1][:60]]


def timed(work: Callable[[], Any]) -> tuple[str, str, Any]:
    start, clock = time.process_time(), time.perf_counter()
    result = work()
    return f"{time.process_time() - start:.3f}", f"{time.perf_counter() - clock:.3f}", result


def read(library: str) -> tuple[str, ...]:
    seconds, wall, found = timed(lambda: gather(library))
    rows = found.rows
    return seconds, wall, f"{rows.function_count} functions, {rows.type_count} types, {rows.unit_count} units"


def read_and_write(library: str) -> tuple[str, ...]:
    seconds, wall, _ = timed(lambda: open_index(library, default_folder(), is_anew=True))
    (file,) = default_folder().glob("*.sqlite")
    return seconds, wall, f"an index of {file.stat().st_size / 1e6:.2f} MB"


def opened(library: str) -> DebugFile:
    file = open_debug_file(library)
    assert isinstance(file, DebugFile), file
    return file


def names_of(library: str) -> list[str]:
    """Functions with code, in no order; not asked of the file that is measured."""
    found = gather(library)
    assert not isinstance(found, Unsupported)
    rows = map(found.rows.function, range(found.rows.function_count))
    names = sorted({row[1] or row[0] for row in rows if row[5]})
    random.Random(1).shuffle(names)
    return names


def open_and_look_up(library: str) -> tuple[str, ...]:
    name = names_of(library)[0]
    opened(library)  # the index is there, and the modules are loaded
    seconds, wall, found = timed(lambda: opened(library).function(name))
    return seconds, wall, found.name if found is not None else f"{name}: several"


def look_up(library: str) -> tuple[str, ...]:
    names, file = names_of(library)[:LOOK_UPS], opened(library)
    spent = []
    for name in names:
        start = time.process_time()
        file.function(name)
        spent.append((time.process_time() - start) * 1e6)
    median, last = statistics.median(spent), sorted(spent)[int(len(spent) * 0.95)]
    return f"{sum(spent) / 1e6:.3f}", "", f"{len(spent)} look-ups: median {median:.0f} us, p95 {last:.0f} us"


def pyelftools(library: str) -> tuple[str, ...]:
    def walk() -> int:
        with Path(library).open("rb") as stream:
            return sum(1 for unit in ELFFile(stream).get_dwarf_info().iter_CUs() for _ in unit.iter_DIEs())

    seconds, wall, count = timed(walk)
    return seconds, wall, f"{count} entries walked"


def readelf(library: str) -> tuple[str, ...]:
    command = ["readelf", "--debug-dump=info", library]
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter() - start
    return f"{used.ru_utime + used.ru_stime:.3f}", f"{wall:.3f}", f"{used.ru_maxrss / 1024:.0f} MB, as text"


MEASURED: dict[str, Callable[[str], tuple[str, ...]]] = {
    "read": read,
    "read and write the index": read_and_write,
    "open it, first look-up": open_and_look_up,
    "look-ups": look_up,
    "pyelftools, full walk": pyelftools,
    "readelf --debug-dump=info": readelf,
}

if __name__ == "__main__":
    main()
