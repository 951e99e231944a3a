"""Builds of a project with sanitizers by its own build, in the sandbox; where it has none, by its sources alone."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.exercise.plan import Exercise
from gnomon.analysis.exercise.unstripped import path_without_stripping
from gnomon.analysis.replay.builds import EXERCISED, FAILING_SOURCE, WRAPPED, build
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.workspace import SKIPPED_FOLDERS

_PLAIN = ("-g", "-O1", "-fno-omit-frame-pointer", "-DNDEBUG")
FLAGS = (*_PLAIN, "-fsanitize=address,undefined")  # by hand
_SECONDS, _FILE_BYTES = 300, 1 << 30
_SOURCES = (".c", ".h", ".py", ".toml", ".cfg", ".build", ".in", ".txt", ".pyx", ".inc", ".cpp", ".hpp", ".cc")
_TESTS = re.compile(r"(?:^|/)(?:tests?/.*|test_[^/]*|conftest)\.py$")  # no build depends on them
_MOST_BUILDS = 4  # of a project: those of its last sources
_OF_PIP = re.compile(r"error: subprocess-exited|error: metadata-gen|error: failed-|encountered error", re.I)
EDGES = Path(__file__).parent / "inside" / "edges.c"


def variables_of_build(copy: str, root: str, failing: str) -> dict[str, str]:
    """The environment of setuptools, meson and CMake. Places are told by the project's own paths. `failing`: what
    FAILING_SOURCE is compiled to."""
    flags = " ".join((*_PLAIN, *EXERCISED, "-w", f"-ffile-prefix-map={copy}={root}"))
    linked = " ".join((failing, "-fsanitize=address,undefined", *WRAPPED))
    return {"CFLAGS": flags, "CXXFLAGS": flags, "LDFLAGS": linked}


def folder_of(root: Path, cache: Path) -> Path:
    """Where a build of the sources as they are now is, or would be."""
    return cache / f"{_of_project(root)}{_key(root)}"


def built(exercise: Exercise, cache: Path) -> Path:
    """The folder to import from, as long as the sources stay the same. Raises ReplayRefusedError."""
    folder = folder_of(exercise.root, cache)
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="building-") as name:
        scratch = Path(name).resolve()
        said = _by_its_own(exercise.root, scratch)
        if not made_in(scratch / "out", exercise.sources):
            _by_sources(exercise, scratch / "out", cache, said)
        _compile(EDGES, scratch / "out" / "gnomon_edges.so", "-shared", "-fPIC")
        if folder_of(exercise.root, cache) != folder:
            raise ReplayRefusedError("the sources changed while they were built")
        (scratch / "out").rename(folder)
    _forget_oldest(exercise.root, cache)
    return folder


def _of_project(root: Path) -> str:
    """What the names of a project's builds begin with."""
    return f"exercised-{hashlib.sha256(os.fsencode(root)).hexdigest()[:12]}-"


def _forget_oldest(root: Path, cache: Path) -> None:
    with contextlib.suppress(OSError):  # somebody else is at it
        found = sorted(cache.glob(f"{_of_project(root)}*"), key=lambda folder: folder.stat().st_mtime)
        for folder in found[:-_MOST_BUILDS]:
            shutil.rmtree(folder, ignore_errors=True)


def _key(root: Path) -> str:
    digest = hashlib.sha256()
    ours = [path.read_text(encoding="utf-8") for path in (EDGES, FAILING_SOURCE)]
    for word in (sys.version, str(root), *_PLAIN, *EXERCISED, *WRAPPED, *ours):
        digest.update(word.encode() + b"\0")
    for path in sorted(_sources(root)):
        digest.update(os.fsencode(path) + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def _sources(root: Path) -> Iterator[Path]:
    """What a build may read."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith(".")]
        for path in (Path(folder, name) for name in files if name.endswith(_SOURCES)):
            if path.is_file() and not _TESTS.search(path.relative_to(root).as_posix()):
                yield path


def _by_its_own(root: Path, scratch: Path) -> str:
    """What was said when it failed. It works on a copy: the project's folder stays as it is."""
    if not any((root / name).is_file() for name in ("setup.py", "pyproject.toml")):
        return "it has neither setup.py nor pyproject.toml"
    if find_spec("pip") is None:
        return "this interpreter has no pip"
    copy = scratch / "copy"
    shutil.copytree(root, copy, symlinks=True, ignore=_ignored)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    command += ["--disable-pip-version-check", "--target", str(scratch / "out"), str(copy)]
    failing = scratch / "failing_malloc.o"
    _compile(FAILING_SOURCE, failing, "-c", "-fPIC")
    variables = variables_of_build(str(copy), str(root), str(failing))
    variables["PATH"] = path_without_stripping(scratch / "bin")
    ran = run(command, scratch, variables, _SECONDS, True, _FILE_BYTES)
    lines = ran.output.splitlines()
    told = [line.strip() for line in lines if "error" in line.lower() and not _OF_PIP.search(line)] or lines
    return told[0] if ran.status and told else ""


def _ignored(folder: str, names: list[str]) -> Iterable[str]:
    return [n for n in names if n in SKIPPED_FOLDERS or n.startswith(".git") or n.endswith((".so", ".o", ".pyc"))]


def made_in(folder: Path, modules: Iterable[str]) -> list[str]:
    """Those of the modules that a build made: many projects have some for other systems."""
    return [module for module in modules if any(folder.glob(f"{module.replace('.', '/')}.*so"))]


def _by_sources(exercise: Exercise, out: Path, cache: Path, said: str) -> None:
    """Each module from its C files, and the project's Python files beside them."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(exercise.root, out, symlinks=True, ignore=_not_python)
    for module, sources in exercise.sources.items():
        entry = Entry(module, "capi", (), module, sources=sources)
        try:
            found = build(entry, exercise.root, cache, "exercised").folder
        except ReplayRefusedError as refused:
            raise ReplayRefusedError(f"{said}; {refused}" if said else str(refused)) from None
        shutil.copytree(found, out, dirs_exist_ok=True)


def _not_python(folder: str, names: Sequence[str]) -> Iterable[str]:
    kept = [n for n in names if n.endswith((".py", ".json", ".txt")) or (Path(folder) / n).is_dir()]
    return [n for n in names if n not in kept or n in SKIPPED_FOLDERS or n.startswith(".")]


def _compile(source: Path, output: Path, *flags: str) -> None:
    compiler = shutil.which("gcc") or shutil.which("cc") or "cc"
    done = run([compiler, *flags, "-O2", str(source), "-o", str(output)], output.parent, {}, alone=True)
    if done.status:
        raise ReplayRefusedError(f"the compiler failed: {done.output}")
