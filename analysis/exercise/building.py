"""Builds of a project with sanitizers by its own build, in the sandbox; where it has none, by its sources alone."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.exercise.plan import Exercise
from gnomon.analysis.replay.builds import EXERCISED, build
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.sandbox import run
from gnomon.analysis.workspace import SKIPPED_FOLDERS

FLAGS = ("-g", "-O1", "-fno-omit-frame-pointer", "-DNDEBUG", "-fsanitize=address,undefined")
_SECONDS, _FILE_BYTES = 300, 1 << 30
_SOURCES = (".c", ".h", ".py", ".toml", ".cfg", ".build", ".in", ".txt", ".pyx", ".inc", ".cpp", ".hpp", ".cc")
_OF_PIP = re.compile(r"error: subprocess-exited|error: metadata-gen|error: failed-|encountered error", re.I)
EDGES = Path(__file__).parent / "inside" / "edges.c"


def variables_of_build(copy: str, root: str) -> dict[str, str]:
    """The environment of setuptools, meson and CMake. Places are told by the project's own paths."""
    flags = " ".join(
        ("-g", "-O1", "-fno-omit-frame-pointer", "-DNDEBUG", *EXERCISED, "-w", f"-ffile-prefix-map={copy}={root}")
    )
    return {"CFLAGS": flags, "CXXFLAGS": flags, "LDFLAGS": "-fsanitize=address,undefined"}


def folder_of(root: Path, cache: Path) -> Path:
    """Where a build of the sources as they are now is, or would be."""
    return cache / f"exercised-{_key(root)}"


def built(exercise: Exercise, cache: Path) -> Path:
    """The folder to import from; it stays until the sources change. Raises ReplayRefusedError."""
    folder = folder_of(exercise.root, cache)
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="building-") as name:
        scratch = Path(name).resolve()
        said = _by_its_own(exercise.root, scratch)
        if not _has_all(scratch / "out", exercise.sources):
            _by_sources(exercise, scratch / "out", cache, said)
        _compile_edges(scratch / "out" / "gnomon_edges.so")
        (scratch / "out").rename(folder)
    return folder


def _key(root: Path) -> str:
    digest = hashlib.sha256()
    for word in (sys.version, str(root), *FLAGS, EDGES.read_text(encoding="utf-8")):
        digest.update(word.encode() + b"\0")
    for path in sorted(p for p in root.rglob("*") if p.suffix in _SOURCES and not _is_skipped(p, root)):
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def _is_skipped(path: Path, root: Path) -> bool:
    return not path.is_file() or any(
        part in SKIPPED_FOLDERS or part.startswith(".") for part in path.relative_to(root).parts[:-1]
    )


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
    ran = run(command, scratch, variables_of_build(str(copy), str(root)), _SECONDS, True, _FILE_BYTES)
    lines = ran.output.splitlines()
    told = [line.strip() for line in lines if "error" in line.lower() and not _OF_PIP.search(line)] or lines
    return told[0] if ran.status and told else ""


def _ignored(folder: str, names: list[str]) -> Iterable[str]:
    return [n for n in names if n in SKIPPED_FOLDERS or n.startswith(".git") or n.endswith((".so", ".o", ".pyc"))]


def _has_all(folder: Path, modules: Iterable[str]) -> bool:
    return all(any(folder.glob(f"{module.replace('.', '/')}.*so")) for module in modules)


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


def _compile_edges(output: Path) -> None:
    compiler = shutil.which("gcc") or shutil.which("cc") or "cc"
    done = run([compiler, "-shared", "-fPIC", "-O2", str(EDGES), "-o", str(output)], output.parent, {}, alone=True)
    if done.status:
        raise ReplayRefusedError(f"the compiler failed: {done.output}")
