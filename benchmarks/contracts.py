"""What the contract checks say of real extensions: downloads their sources, compares, prints a table.

    python benchmarks/contracts.py [NAME_OR_FOLDER ...]

Every report must be a mistake of the package: look at each; the true ones are listed in benchmarks/README.md. A quiet
package counts for as much as is known of it: of the functions that it calls through ctypes and cffi, `typed` have a
type to compare with, from a source, debug information or an installed header. Runs nothing of what it downloads but,
for the metadata that pip asks for, their setup.py. Milliseconds are those of the checks alone, the best of three.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.boundary.headers import Headers, Remembered
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.contracts.check import Subject, findings
from gnomon.analysis.contracts.format_calls import format_calls
from gnomon.analysis.workspace import Snapshot, python_includes
from pypi import download

PACKAGES = (
    "bitarray", "multidict", "pyahocorasick", "simplejson", "psutil", "ujson", "llist", "regex", "mmh3", "MarkupSafe",
    "python-Levenshtein==0.12.2", "xxhash", "python-magic", "pysodium", "sounddevice", "soundfile", "xcffib",
    "brotlicffi", "cairocffi", "PySDL2", "pyusb", "libclang", "libarchive-c", "pyenchant", "pyfluidsynth", "python-vlc",
    "pynacl", "psycopg", "pyudev", "python-augeas",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Of one package."""

    name: str
    called: int  # functions through ctypes and cffi
    typed: int  # of those, with a type to compare with
    formats: int
    tables: int
    broken: int  # C files that do not parse whole
    milliseconds: float
    reports: tuple[Finding, ...]


def measured(root: Path) -> Row:
    facts = Session(root, Settings(store=None)).open({})
    engine = Engine(Settings(store=None), python_includes())
    remembered = Remembered(engine.declarations)
    headers = Headers(engine.declarations, python_includes())
    subject = Subject(Snapshot.of(root), facts.sources, facts.boundary, declarations=remembered, headers=headers)
    best, reports = float("inf"), facts.contracts
    for _ in range(3):
        begin = time.perf_counter()
        reports = findings(subject)
        best = min(best, time.perf_counter() - begin)
    units = facts.sources.values()
    formats = sum(1 for unit in units for _ in format_calls(unit))
    tables = len({table.key for unit in units for table in unit.tables})
    called = [binding for binding in facts.boundary.bindings if binding.kind in ("ctypes", "cffi")]
    typed = sum(binding.type is not None for binding in called)
    return Row(root.name, len(called), typed, formats, tables, len(facts.parse_errors), 1000 * best, reports)


def main(names: list[str]) -> int:
    rows, missing = [], []
    for name in names or PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                rows.append(measured(Path(name) if Path(name).is_dir() else download(name, Path(folder))))
            except (subprocess.SubprocessError, StopIteration):
                missing.append(name)
    print(
        f"{'package':32} {'called':>6} {'typed':>6} {'formats':>7} {'tables':>6} {'broken':>6} {'ms':>7} {'reports':>7}"
    )
    for row in rows:
        counts = f"{row.called:6} {row.typed:6} {row.formats:7} {row.tables:6} {row.broken:6}"
        counts += f" {row.milliseconds:7.1f} {len(row.reports):7}"
        print(f"{row.name:32} {counts}")
    for row in rows:
        for report in row.reports:
            print(f"{row.name}: {report.path}:{report.line}: {report.tier}[{report.code}] {report.message}")
    for name in missing:
        print(f"{name}: no source distribution could be downloaded")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
