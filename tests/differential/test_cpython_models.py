"""The models of CPython against CPython: programs that embed an interpreter print the same with both.

A probe (cpython/*.c) has a `main` that calls `Py_Initialize` and prints what API functions did: results, which
exception is set, counts. It runs with the interpreter that runs the tests, and with those of other versions that were
installed beside it, as pyenv does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest
from comparison import interpret, load

PROBES = sorted(Path(__file__).with_name("cpython").glob("*.c"))
VERSIONS = ("3.10", "3.11", "3.12", "3.13")
SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Python:
    """An interpreter that programs can be linked with. `home` is where it finds its library."""

    version: str
    home: Path
    include: Path
    library: Path


def interpreters() -> list[Python]:
    running = Python(
        f"{sys.version_info.major}.{sys.version_info.minor}",
        Path(sys.base_prefix),
        Path(sysconfig.get_path("include")),
        Path(sysconfig.get_config_var("LIBDIR")),
    )
    others = {
        version: Python(version, home, home / "include" / f"python{version}", home / "lib")
        for version in VERSIONS
        if version != running.version
        for home in sorted(running.home.parent.glob(f"{version}.*"))
    }
    found = [running, *others.values()]
    return [
        p for p in found if (p.library / f"libpython{p.version}.so").is_file() and (p.include / "Python.h").is_file()
    ]


def printed_by(python: Python, probe: Path, folder: Path) -> str:
    program = folder / probe.stem
    library = [f"-L{python.library}", f"-Wl,-rpath,{python.library}", f"-lpython{python.version}"]
    subprocess.run(
        ["gcc", "-O0", "-w", f"-I{python.include}", str(probe), "-o", str(program), *library], check=True, text=True
    )
    environment = {**os.environ, "PYTHONHOME": str(python.home), "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run([str(program)], check=True, capture_output=True, timeout=SECONDS, env=environment)
    return done.stdout.decode()


@pytest.mark.parametrize("probe", PROBES, ids=lambda path: path.stem)
@pytest.mark.parametrize("python", interpreters(), ids=lambda python: python.version)
def test_models_do_what_cpython_does(python: Python, probe: Path, tmp_path: Path) -> None:
    expected = printed_by(python, probe, tmp_path)
    run = interpret(load([probe], [f"-isystem{python.include}"], python_include=[str(python.include)]))
    assert (run.output.decode().splitlines(), run.reason) == (expected.splitlines(), "")
