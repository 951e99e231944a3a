"""`gnomon bindings` and `gnomon stub`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.analysis.debuginfo.dwarf import DebugFile, open_debug_file
from gnomon.analysis.debuginfo.elf import Unsupported, read_elf
from gnomon.analysis.stub import extension_stub
from gnomon.analysis.stub_ctypes import ctypes_stub, declarations
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_project import Format, Paths, fail, open_project, root_and_files, warn
from gnomon.server.reports.json import bindings_report
from gnomon.server.reports.text import print_bindings
from rich.console import Console


def bindings_command(
    paths: Paths = None,
    output: Annotated[Format, typer.Option("--format", help="text for people, json for machines")] = Format.text,
) -> None:
    """List which Python name leads to which C function.

    Ends with status 0, or 2 when the project could not be read.
    """
    root, _ = root_and_files(paths)
    facts = open_project(root)
    snapshot = Snapshot(root, {})
    if output is Format.json:
        print(json.dumps(bindings_report(snapshot, facts.boundary.bindings, facts.problems), indent=2))
        return
    print_bindings(Console(), snapshot, facts.boundary.bindings)
    for problem in facts.problems:
        warn(problem)


def stub_command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="LIBRARY_OR_EXTENSION",
            help="A module (pkg._ext), or a library: its file, or its name as Python loads it.",
        ),
    ],
    root: Annotated[Path, typer.Option(help="The project's folder.")] = Path(),
) -> None:
    """Print a typed stub: of an extension its .pyi, of a library a module that declares its functions to ctypes.

    Ends with status 0, or 2 when nothing is known of that name.
    """
    folder, _ = root_and_files([root])
    facts = open_project(folder)
    bindings = facts.boundary.bindings
    short = Path(name).name.split(".")[0]
    modules = sorted({b.module for b in bindings if b.module})
    wanted = [m for m in modules if m == name] or [m for m in modules if m.rpartition(".")[2] in (name, short)]
    if len(wanted) == 1:
        print(extension_stub(Snapshot(folder, {}), bindings, wanted[0]), end="")
        return
    if wanted:
        fail(f"{name} may be {' or '.join(wanted)}; give the whole name")
    _print_ctypes(name, facts, bindings)


def _print_ctypes(name: str, facts: WorkspaceFacts, bindings: Sequence[Binding]) -> None:
    """What the library exports when its file is there, else what Python uses of it."""
    path, debug = Path(name), None
    if path.is_file():
        elf = read_elf(str(path))
        if isinstance(elf, Unsupported):
            fail(f"{name}: {elf.reason}")
        names = [s.name for s in elf.symbols if s.kind == "FUNC" and s.is_global and s.is_defined]
        opened = open_debug_file(str(path))
        debug = opened if isinstance(opened, DebugFile) else None
    else:
        names = [b.native for b in bindings if b.kind == "ctypes" and b.library and Path(b.library).name == path.name]
    functions = [function for source in facts.sources.values() for function in source.functions]
    found = declarations(names, functions, debug)
    if not found:
        fail(f"nothing is known of {name}: it is neither an extension of the project nor a library with sources")
    print(ctypes_stub(path.name, found), end="")
