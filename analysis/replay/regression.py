"""From a finding to a test for pytest that fails now, and passes when the code is right.

It needs no Gnomon: it builds the code with sanitizers, makes the calls in a process of their own, and demands that
nobody reports a failure. An exception of Python is an answer like any other, but for those that say that the calls were
never made.
"""

from __future__ import annotations

import os
import re
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.builds import RUNTIMES, Flavour, compilation, flavour_of
from gnomon.analysis.replay.command import command_of
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.names import DRIVER, FAIL_MALLOC, SCRIPT
from gnomon.analysis.replay.replaying import may_be_seen
from gnomon.analysis.replay.report import ReplayRefusedError
from gnomon.analysis.replay.scripts import body_of

_TEMPLATE = Path(__file__).parent / "regression_test.txt"
_FOLDERS = ("tests", "test")
_BUILD, _PYTHON = "/@build@", "/@python@"  # where the test has them, is known when it runs

_REPORTED = "ERROR: |runtime error: "
_MEMCHECK = r"|^==\d+==\s+(?:at|by) .*/(?:SOURCES):\d+\)$"
_OF_PYTHON = "|SystemError: |ModuleNotFoundError: |ImportError: |undefined symbol|cannot open shared object file"


def test_of(finding: Finding, entry: Entry, root: Path, folder: Path) -> str:
    """The text of the test, for a file in `folder`. Raises ReplayRefusedError where no test could fail."""
    root = root.resolve()
    calls = body_of(finding, entry, root)
    if not may_be_seen(finding, entry, root, calls):
        raise ReplayRefusedError("no tool reports such a failure, so no test would fail")
    by_c, flavour = is_driven_by_c(finding, entry, root), flavour_of(finding)
    if FAIL_MALLOC in calls:
        raise ReplayRefusedError("a test cannot let malloc fail: what does it comes with gnomon")
    output, build = compilation(entry, root, _BUILD, flavour, calls if by_c else "")
    run = command_of(finding.code, flavour, _BUILD, by_c, _PYTHON, observer="valgrind" if flavour == "memcheck" else "")
    parts = {
        "CODE": finding.code,
        "FUNCTION": finding.function,
        "PATH": finding.path,
        "ID": finding.id,
        "MESSAGE": finding.message.replace("\\", "\\\\").replace('"""', "'''"),
        "TOOLS": repr(["gcc", "valgrind"] if flavour == "memcheck" else ["gcc"]),
        "ROOT": _root(root, folder.resolve()),
        "OUTPUT": repr(_form(output, root)),
        "BUILD": _listed(repr(_form(f"{_BUILD}/{DRIVER}" if word == DRIVER else word, root)) for word in build),
        "RUN": _listed(repr(_form(word, root)) for word in run.words),
        "VARIABLES": _listed((f"{n!r}: {_form(v, root)!r}" for n, v in run.variables.items()), "{}"),
        "RUNTIMES": repr(list(RUNTIMES) if flavour == "sanitizers" and not by_c else []),
        "REPORTS": repr(_reports(entry, flavour, by_c)),
        "CALLS": _quoted(calls),
        "NAME": name_of(finding),
        "SAVED": repr(DRIVER if by_c else SCRIPT),
    }
    return re.sub(r"@([A-Z]+)@", lambda match: parts[match[1]], _TEMPLATE.read_text(encoding="utf-8"))


def name_of(finding: Finding) -> str:
    """What the test is called."""
    return re.sub(r"\W+", "_", f"{finding.function}_{finding.code}")


def folder_for(finding: Finding, root: Path) -> Path:
    """Where the project has its tests: the nearest such folder above the finding, else the project's own."""
    inside = [above for above in (root / finding.path).parents if above.is_relative_to(root)]
    found = (above / name for above in inside for name in _FOLDERS)
    return next((folder for folder in found if folder.is_dir()), root)


def save_test(finding: Finding, entry: Entry, root: Path, place: Path) -> Path:
    """Writes the test: as a file of that name, or as a new one in a folder. Nothing is overwritten. Raises
    ReplayRefusedError."""
    if not place.is_dir():
        return _write_new(place, test_of(finding, entry, root, place.parent))
    text, number = test_of(finding, entry, root, place), 1
    while (path := place / f"test_{name_of(finding)}{f'_{number}' if number > 1 else ''}.py").exists():
        number += 1
    return _write_new(path, text)


def _write_new(path: Path, text: str) -> Path:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ReplayRefusedError(f"{path} is there already") from None
    except OSError as error:
        raise ReplayRefusedError(f"{path} cannot be written: {error.strerror}") from None
    return path


def _form(word: str, root: Path) -> str:
    """The word as a form for `str.format`, open where machines differ."""
    include, suffix = sysconfig.get_paths()["include"], str(sysconfig.get_config_var("EXT_SUFFIX"))
    names = {str(root): "{root}", _BUILD: "{build}", _PYTHON: "{python}", include: "{include}", suffix: "{suffix}"}
    longest_first = sorted(names, key=len, reverse=True)
    parts = re.split(rf"((?:{'|'.join(map(re.escape, longest_first))})(?=/|$))", word)
    return "".join(names.get(part) or part.replace("{", "{{").replace("}", "}}") for part in parts)


def _root(root: Path, folder: Path) -> str:
    if folder.is_relative_to(root):
        return f"Path(__file__).resolve().parents[{len(folder.relative_to(root).parts)}]"
    return f"Path({os.fspath(root)!r})"


def _listed(rows: Iterable[str], brackets: str = "[]") -> str:
    return "\n".join([brackets[0], *(f"    {row}," for row in rows), brackets[1]])


def _quoted(text: str) -> str:
    """Text that ends with a line's end, as a person would read it, where Python can write that."""
    return f"r'''{text}'''" if "'''" not in text else repr(text)


def _reports(entry: Entry, flavour: Flavour, by_c: bool) -> str:
    """Memcheck has much to say of the interpreter itself: only the project's code counts."""
    sources = "|".join(re.escape(Path(source).name) for source in entry.sources)
    of_memcheck = _MEMCHECK.replace("SOURCES", sources) if flavour == "memcheck" else ""
    return _REPORTED + of_memcheck + ("" if by_c else _OF_PYTHON)
