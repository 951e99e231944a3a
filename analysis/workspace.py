"""A workspace as it stands at one moment: its files, unsaved texts over them, and how each C file is compiled.

A snapshot is a value: later edits make another one. Reading never fails: what is wrong with a file becomes a problem.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import stat
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from gnomon.analysis.syntax.encoding import encodable
from gnomon.analysis.syntax.options import meaningful
from gnomon.analysis.syntax.setup import ExtensionModule, extensions_of_pyproject, extensions_of_setup

SKIPPED_FOLDERS = frozenset({"build", "dist", "node_modules", "__pycache__", "venv", "env", "site-packages"})
_LIBRARY = re.compile(r"\.so(\.\d+)*$")  # libx.so.1.2, but not libx.so.dwp
# Bytes of one file; larger ones are generated, and are said to be left out. SQLite in one C file has 9 MB.
C_BOUND, PYTHON_BOUND = 16 << 20, 2 << 20
FILE_BOUND = 20_000  # files listed; a larger workspace is said to be cut

# Compiler options that take the next word, and matter to a parse.
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]', re.M)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Paths are absolute text. `overlays` holds unsaved texts by path."""

    root: Path
    overlays: Mapping[str, str]
    c_files: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    python_files: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()  # .pyi
    libraries: tuple[str, ...] = ()
    extensions: tuple[ExtensionModule, ...] = ()
    problems: tuple[str, ...] = ()
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @staticmethod
    def of(root: Path, overlays: Mapping[str, str] | None = None) -> Snapshot:
        """The workspace at `root` now."""
        root = Path(os.path.normpath(Path.cwd() / root))
        overlays = {path: encodable(text) for path, text in (overlays or {}).items()}
        problems: list[str] = []
        if not root.is_dir():
            problems.append(f"{root} is not a folder")
        unsaved = {path: len(text) for path, text in overlays.items() if Path(path).is_relative_to(root)}
        on_disk = [path for path in _files(root, problems) if path not in unsaved]
        names = sorted(_not_too_large(root, on_disk, unsaved, problems))
        snapshot = Snapshot(
            root,
            overlays,
            c_files=tuple(n for n in names if n.endswith(".c")),
            headers=tuple(n for n in names if n.endswith(".h")),
            python_files=tuple(n for n in names if n.endswith(".py")),
            stubs=tuple(n for n in names if n.endswith(".pyi")),
            libraries=tuple(n for n in names if _LIBRARY.search(n)),
            stamps={path: stamp for path in names if (stamp := _stamp(path)) is not None},
        )
        extensions = tuple(_extensions(snapshot, problems))
        commands = _compile_commands(snapshot, problems)
        return replace(snapshot, extensions=extensions, commands=commands, problems=tuple(problems))

    def text(self, path: str) -> str:
        """The text of a file, unsaved or saved; empty when it cannot be read, or is too large."""
        overlay = self.overlays.get(path)
        if overlay is not None:
            return "" if _is_too_large(path, len(overlay)) else overlay
        return self.data(path).decode("utf-8", "replace")

    @staticmethod
    def data(path: str) -> bytes:
        """The saved bytes of a file; none when it cannot be read, or is too large."""
        try:
            return b"" if _is_too_large(path, Path(path).stat().st_size) else Path(path).read_bytes()
        except OSError:
            return b""

    def line(self, path: str, number: int) -> str:
        """Line `number`, from 1; empty beyond the end. Form feeds and their like end no line, as for compilers."""
        lines = self.text(path).split("\n")
        return lines[number - 1].removesuffix("\r") if 0 < number <= len(lines) else ""

    def contains(self, path: str) -> bool:
        """Is it a file of the project: under the root, and not in a folder that is skipped?"""
        return _is_of_project(str(self.root), path.rpartition("/")[0])

    def relative(self, path: str) -> str:
        """The path as reports show it."""
        root = f"{self.root}".rstrip("/") + "/"
        if path.startswith(root) and "//" not in path and "/." not in path:  # as nearly all are
            return path.removeprefix(root)
        try:
            return Path(path).relative_to(self.root).as_posix()
        except ValueError:
            return path

    def version(self, path: str) -> int:
        """Changes when the text does; the same in every process."""
        overlay = self.overlays.get(path)
        if overlay is not None:
            return int.from_bytes(
                hashlib.blake2b(overlay.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
            )
        return hash(self.stamps.get(path) or _stamp(path) or ())

    def compile_arguments(self, path: str) -> list[str]:
        """What the compiler is told for a C file: from compile_commands.json, else what is usual."""
        known = self.commands.get(path)
        if known is not None:
            return [*known, *_python_includes()]
        folders = [str(Path(path).parent), str(self.root), str(self.root / "include"), str(self.root / "src")]
        # As interpreters build extensions: their assertions are not there.
        macros = ["-DNDEBUG"] if "Python.h" in self.text(path) else []
        for extension in self.extensions:
            if extension.sources and path not in self.sources_of(extension):
                continue
            folders += [os.path.normpath(self.root / folder) for folder in extension.include_folders]
            macros += [f"-D{macro}" for macro in extension.macros]
            macros += meaningful(str(self.root), extension.options)
        folders += self._bundled(path)
        includes = [f"-I{folder}" for folder in dict.fromkeys(folders) if Path(folder).is_dir()]
        return list(dict.fromkeys([*includes, *_python_includes(), *macros]))

    def sources_of(self, extension: ExtensionModule) -> frozenset[str]:
        """The paths of what an extension module is built from."""
        return frozenset(os.path.normpath(self.root / source) for source in extension.sources)

    @property
    def units(self) -> tuple[str, ...]:
        """The C files that are compiled by themselves: not those that another one includes."""
        return separate_units(self.c_files, lambda path: included_sources(path, self.text(path)))

    def _bundled(self, path: str) -> list[str]:
        """Folders of headers that the file includes by names of which the workspace has just one."""
        found = []
        for name in _INCLUDE.findall(self.text(path)):
            homes = [header for header in self.headers if header.endswith("/" + name)]
            if len(homes) == 1:
                found.append(homes[0].removesuffix("/" + name))
        return found


def included_sources(path: str, text: str) -> tuple[str, ...]:
    """The C files that one includes."""
    names = (name for name in _INCLUDE.findall(text) if name.endswith(".c"))
    return tuple(os.path.normpath(Path(path).parent / name) for name in names)


def separate_units(paths: Sequence[str], included: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The C files that none includes."""
    found = {name for path in paths for name in included(path)}
    return tuple(path for path in paths if path not in found)


@cache
def _interpreter_folders() -> tuple[str, ...]:
    return tuple(dict.fromkeys(sysconfig.get_path(name) for name in ("include", "platinclude")))


def python_includes() -> list[str]:
    """The folders of Python.h and what belongs to it."""
    return list(_interpreter_folders())


def _python_includes() -> list[str]:
    return [f"-I{folder}" for folder in python_includes()]


@lru_cache(maxsize=4096)
def _is_of_project(root: str, folder: str) -> bool:
    """Is the folder the root, or below it and not in one that is skipped?"""
    top = root.rstrip("/") + "/"
    return f"{folder}/".startswith(top) and not any(map(_is_skipped, folder.removeprefix(root).split("/")))


def _is_skipped(folder: str) -> bool:
    return folder.startswith(".") or folder in SKIPPED_FOLDERS or folder.endswith(".egg-info")


def _files(root: Path, problems: list[str]) -> Iterator[str]:
    count = 0

    def unreadable(error: OSError) -> None:
        problems.append(f"{error.filename} cannot be read: {error.strerror}")

    for here, folders, files in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            name for name in folders if not _is_skipped(name) and not _exists(f"{here}/{name}/pyvenv.cfg")
        )
        for name in sorted(files):
            if not name.endswith((".c", ".h", ".py", ".pyi")) and not _LIBRARY.search(name):
                continue
            path = f"{here.rstrip('/')}/{name}"
            status = _status(path)
            if status is None or not stat.S_ISREG(status.st_mode):  # to read a pipe would wait for its writer
                problems.append(f"{Path(path).relative_to(root)} is not a file, or a link that leads nowhere")
                continue
            count += 1
            if count > FILE_BOUND:
                problems.append(f"the workspace has more than {FILE_BOUND} source files; the rest is not read")
                return
            yield path


def _not_too_large(root: Path, saved: Iterable[str], unsaved: Mapping[str, int], problems: list[str]) -> Iterator[str]:
    """The files that are read; of the others it is said that they are left out. What is open counts as it is there."""
    sizes = {**{path: (_stamp(path) or (0, 0))[1] for path in saved}, **unsaved}
    for path, size in sizes.items():
        if _is_too_large(path, size):
            problems.append(f"{Path(path).relative_to(root)} is left out: it is too large to be read")
        else:
            yield path


def _is_too_large(path: str, size: int) -> bool:
    return size > (PYTHON_BOUND if path.endswith((".py", ".pyi")) else C_BOUND if path.endswith((".c", ".h")) else size)


def _exists(path: str) -> bool:
    """False also where looking is not allowed."""
    return _stamp(path) is not None


def is_file(path: Path) -> bool:
    """Is it there, and no pipe or device, which to read may wait for ever?"""
    try:
        return path.is_file()
    except OSError:
        return False


def _stamp(path: str) -> tuple[int, int] | None:
    status = _status(path)
    return (status.st_mtime_ns, status.st_size) if status is not None else None


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116  all files, at every key: making their `Path`s would take longer
    except OSError:
        return None


_ROOT_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg", "compile_commands.json")


def project_of(path: str) -> Path:
    """The folder of the project that a file belongs to: the nearest one above that looks like one, else its own."""
    folder = Path(path).parent
    return next(
        (above for above in (folder, *folder.parents) if any((above / m).exists() for m in _ROOT_MARKS)), folder
    )


def _extensions(snapshot: Snapshot, problems: list[str]) -> Iterator[ExtensionModule]:
    setup, project = snapshot.root / "setup.py", snapshot.root / "pyproject.toml"
    if setup.is_file() or str(setup) in snapshot.overlays:
        yield from extensions_of_setup(snapshot.text(str(setup)))
    if project.is_file() or str(project) in snapshot.overlays:
        found = extensions_of_pyproject(snapshot.text(str(project)))
        if isinstance(found, str):
            problems.append(f"pyproject.toml: {found}")
        else:
            yield from found


def _compile_commands(snapshot: Snapshot, problems: list[str]) -> dict[str, tuple[str, ...]]:
    for place in (snapshot.root, snapshot.root / "build"):
        database = place / "compile_commands.json"
        if not database.is_file():
            continue
        try:
            rows = json.loads(database.read_text())
            return {path: flags for row in rows for path, flags in [_command(row)]}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(f"{snapshot.relative(str(database))} cannot be used: {error}")
    return {}


def _command(row: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """The file of a row of the compilation database and the options that matter to a parse."""
    folder, name = str(row["directory"]), str(row["file"])
    given = row.get("arguments")
    words = [str(word) for word in given] if isinstance(given, list) else shlex.split(str(row["command"]))
    return os.path.normpath(Path(folder) / name), tuple(meaningful(folder, words[1:]))
