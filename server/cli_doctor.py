"""`gnomon doctor`: what was found of all that Gnomon can use, and what to do about what is missing.

Runs no code of the user."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.client import Settings
from gnomon.analysis.checking.finding import CheckResult, FunctionVerdicts
from gnomon.analysis.checking.settings import default_store
from gnomon.analysis.configuration import Configuration, configuration_of, headers_of
from gnomon.analysis.debuginfo.dwarf import Unsupported, open_debug_file
from gnomon.analysis.replay.builds import RUNTIMES
from gnomon.analysis.replay.interpreters import debug_build
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sandbox import confinement
from gnomon.analysis.workspace import Snapshot, python_includes
from gnomon.server.cli_project import Paths, check_project, open_project, root_and_files
from gnomon.server.reports.doctor import Row, Section, print_sections
from rich.console import Console

# Reasons for undecided checks that say nothing of how Python leads there.
_OF_THE_CHECK = ("budget", "recursion", "no entry reaches it", "not modelled", "not confirmed", "solver")


def doctor_command(paths: Paths = None) -> None:
    """Say what was found: Python, compilers, flags, libraries, and what to do about what is missing.

    Ends with status 0, or 2 when the project could not be read.
    """
    root, _ = root_and_files(paths)
    snapshot = Snapshot.of(root)
    configuration = configuration_of(snapshot)
    snapshot = configuration.narrowed(snapshot)
    facts = open_project(root)
    # No time for a check: what is left open says which functions have no entry, and why.
    result = check_project(root, None, Settings(store=None, check_seconds=0.0, fixed=frozenset({"check_seconds"})))
    told = [Row("missing", error, _advice(error)) for error in facts.parse_errors]
    told += [Row("missing", problem) for problem in dict.fromkeys((*snapshot.problems, *facts.problems))]
    sections = [
        Section("Python", _python(root, configuration)),
        Section("Compilers and tools", [*_compilers(), *_tools()]),
        Section("Sources and their flags", [*_flags(snapshot, configuration), *told]),
        Section("Libraries", list(_libraries(snapshot))),
        Section("Boundary", [*_edges(facts.boundary.bindings), *_refused(result.functions), *_unmodelled(result)]),
        Section("Store", [_store(default_store())]),
    ]
    print_sections(Console(), sections)


def _python(root: Path, configuration: Configuration) -> list[Row]:
    rows = [Row("found", f"Python {platform.python_version()}: {sys.executable}")]
    if configuration.python:
        rows.append(Row("found", f"headers of {configuration.python}: {headers_of(root / configuration.python)}"))
        return rows
    here = next((folder for folder in python_includes() if Path(folder, "Python.h").is_file()), None)
    advice = "install the headers of this Python (Debian: python3-dev), or name another one as `python`"
    rows.append(Row("found", f"headers: {here}") if here else Row("missing", "Python.h", advice))
    return rows


def _compilers() -> Iterator[Row]:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        yield Row("missing", "a C compiler (gcc or cc)", "install gcc: without it no finding can be replayed")
        return
    yield Row("found", f"{_first_line(compiler, '--version')}: {compiler}")
    for runtime in RUNTIMES:
        place = _first_line(compiler, f"-print-file-name={runtime}")
        advice = "install the sanitizers of the compiler: most replays need them"
        yield Row("found", f"{runtime}: {place}") if Path(place).is_absolute() else Row("missing", runtime, advice)


def _tools() -> Iterator[Row]:
    valgrind = shutil.which("valgrind")
    advice = "install valgrind: findings of undefined values are replayed with it"
    yield Row("found", f"valgrind: {valgrind}") if valgrind else Row("missing", "valgrind", advice)
    if debug := debug_build():
        yield Row("found", f"a debug build of this Python: {debug}")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            yield Row("found", f"sandbox: {Path(confinement(Path(scratch))[0]).name}")
        except (ReplayRefusedError, OSError, subprocess.SubprocessError) as error:
            yield Row("missing", "a sandbox", f"{error}; install bubblewrap")


def _first_line(*command: str) -> str:
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return (ended.stdout.splitlines() or [""])[0]


def _flags(snapshot: Snapshot, configuration: Configuration) -> Iterator[Row]:
    """How many C files have their flags from where."""
    origins = Counter(_origin(snapshot, path) for path in snapshot.units)
    if not origins:
        yield Row("missing", "C sources", "run gnomon in the folder of the project; see `include` and `exclude`")
    for origin, count in origins.most_common():
        yield Row("found", f"{count} C file{'' if count == 1 else 's'}: flags from {origin}")
    if configuration.compile_flags:
        yield Row("found", f"for all of them, from pyproject.toml: {' '.join(configuration.compile_flags)}")


def _origin(snapshot: Snapshot, path: str) -> str:
    if path in snapshot.commands:
        return "compile_commands.json"
    relative = snapshot.relative(path)
    for extension in snapshot.extensions:
        if relative in (Path(source).as_posix() for source in extension.sources):
            return f"the build of {extension.name}"
    return "what is usual (no build file names it)"


def _advice(error: str) -> str:
    if "file not found" in error:
        return 'install the header\'s package, or name its folder: compile_flags = ["-I..."] in [tool.gnomon]'
    return "the file is read as far as it can be; see `compile_flags` if a macro is missing"


def _libraries(snapshot: Snapshot) -> Iterator[Row]:
    for path in snapshot.libraries:
        file = open_debug_file(path)
        name = snapshot.relative(path)
        if isinstance(file, Unsupported):
            yield Row("missing", f"{name}: {file.reason}")
        else:
            yield Row("found", f"{name}: debug information")
    if not snapshot.libraries:
        yield Row("note", "no built library in the workspace: sources alone are asked")


def _edges(bindings: Sequence[Binding]) -> Iterator[Row]:
    native = [b for b in bindings if b.kind not in ("type", "member", "capsule") and b.native]
    known = sum(1 for b in native if b.definition is not None)
    yield Row("found", f"{len(bindings)} bindings, {known} of {len(native)} functions with their source")
    libraries: dict[str, list[str]] = {}
    for binding in native:
        if binding.kind == "ctypes" and binding.truth == "none":
            libraries.setdefault(binding.library, []).append(binding.native)
    for library, names in libraries.items():
        shown = ", ".join(sorted(set(names))[:5]) + (", ..." if len(set(names)) > 5 else "")
        advice = "build the library with -g in the workspace, or add its sources or headers"
        yield Row("missing", f"{library or 'a library'}: nothing is known of {shown}", advice)


def _refused(functions: Sequence[FunctionVerdicts]) -> Iterator[Row]:
    for function in functions:
        place = f"{function.path}:{function.line}: {function.function}"
        if function.not_lowered:
            yield Row("note", f"{place} is not modelled: {function.not_lowered}")
        for reason in function.reasons:
            if not reason.startswith(_OF_THE_CHECK):
                yield Row("note", f"{place} has no entry: {reason}")


def _unmodelled(result: CheckResult) -> Iterator[Row]:
    if result.unmodelled:
        yield Row("note", f"no model: checks follow no call of {', '.join(result.unmodelled)}")


def _store(path: Path) -> Row:
    try:
        return Row("found", f"{path}: {path.stat().st_size // 1024} KB")
    except OSError:
        return Row("note", f"{path}: not there yet")
