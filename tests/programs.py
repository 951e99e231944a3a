"""The programs under tests/cases: a C file, or a folder of C files that are one program.

`//~ run: COMMAND` says how a program shows its marked mistake, or that it has none: a line for the shell where the
program has a `main` and is called `./program`, else a call of one of its functions. Without such a line, the program is
run without arguments, and every function without parameters is called.

A program that defines PyInit_NAME is an extension of Python, whose runs are statements of Python: "NAME.f([1])".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from marks import Mark, marks_of

CASES = Path(__file__).parent / "cases"

FUNCTION = re.compile(r"^(?!static)(?P<signature>[a-z][\w ]*[ *](?P<name>\w+)\((?P<parameters>[^;{}]*)\)) \{", re.M)
INIT = re.compile(r"^PyMODINIT_FUNC PyInit_(?P<name>\w+)\(", re.M)
RUN = re.compile(r"^\s*//~ run: (?P<command>.*)$", re.M)


@dataclass(frozen=True, slots=True)
class Program:
    """`files` are its C files and headers, the first C file first."""

    name: str
    files: tuple[Path, ...]

    @property
    def family(self) -> str:
        return self.name.partition("/")[0]

    @property
    def sources(self) -> tuple[Path, ...]:
        return tuple(path for path in self.files if path.suffix == ".c")

    @property
    def text(self) -> str:
        return "\n".join(path.read_text() for path in self.sources)

    @property
    def has_main(self) -> bool:
        return any(match["name"] == "main" for match in FUNCTION.finditer(self.text))

    @property
    def module(self) -> str:
        """What Python imports; "" for a program that is no extension."""
        match = INIT.search(self.text)
        return match["name"] if match else ""

    @property
    def marks(self) -> list[Mark]:
        """Of mistakes."""
        return [mark for mark in self._marks if not mark.is_latent]

    @property
    def expects(self) -> bool:
        """Does it have marks of what functions expect of their callers?"""
        return any(mark.is_latent for mark in self._marks)

    @property
    def _marks(self) -> list[Mark]:
        return [mark for path in self.files for mark in marks_of(path.name, path.read_text())]

    @property
    def runs(self) -> list[str]:
        if given := [match["command"].strip() for match in RUN.finditer(self.text)]:
            return given
        if self.has_main:
            return ["./program"]
        functions = FUNCTION.finditer(self.text)
        return [f"{match['name']}()" for match in functions if match["parameters"] in ("", "void")]


def programs(root: Path = CASES) -> list[Program]:
    """All programs of a folder of families, by name: "bounds/heap"."""
    found = []
    for entry in sorted(path for family in root.iterdir() if family.is_dir() for path in family.iterdir()):
        files = (
            sorted(entry.iterdir(), key=lambda path: (path.suffix != ".c", path.name)) if entry.is_dir() else [entry]
        )
        if any(path.suffix == ".c" for path in files):
            found.append(Program(f"{entry.parent.name}/{entry.stem}", tuple(files)))
    return found
