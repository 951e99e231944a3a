"""The files of models/, and what each of them defines: they are loaded when some code refers to it.

Their functions and variables begin at the start of a line, as a formatter leaves them; a test compares what is read of
them here with what the engine makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

# What entries are built with, whatever the program refers to.
ALWAYS = ("gnomon_probe.c",)

# What the calls of Python stand in, wherever there is anything of Python's.
OF_PYTHON, HARNESS = "cpython_", "cpython_harness.c"
ALLOCATION = "libc_allocation.c"  # which fails for once where there is anything of Python's

_FUNCTION = re.compile(r"^(?!static\b|typedef\b|[#\s/}])\w[^;{}=#]*?\(?\b(?P<name>\w+)\)?\([^;{}]*\)\s*\{", re.M)
_VARIABLE = re.compile(
    r"^(?!static\b|typedef\b|extern\b)(?:\w+[ *]+)+\**(?P<name>\w+)(?:\[[^]]*\])?(?:\s*=[^;]*)?;", re.M
)


class ModelFiles:
    """`functions` and `variables` are the names of those that have a model."""

    def __init__(self) -> None:
        folder = resources.files("gnomon.analysis.models")
        self._paths = {item.name: Path(str(item)) for item in folder.iterdir() if item.name.endswith(".c")}
        self._defining: dict[str, Path] = {}
        self.functions: list[str] = []
        self.variables: list[str] = []
        for path in self._paths.values():
            text = path.read_text(encoding="utf-8")
            functions = [match["name"] for match in _FUNCTION.finditer(text)]
            variables = [match["name"] for match in _VARIABLE.finditer(text)]
            self.functions += functions
            self.variables += variables
            self._defining.update(dict.fromkeys((*functions, *variables), path))
        self._loaded: set[Path] = set()

    def first(self) -> list[Path]:
        """Those that are always loaded."""
        return self._new(self._paths[name] for name in ALWAYS)

    def defining(self, names: Iterable[str]) -> list[Path]:
        """Those that define one of the names, and were not asked for before; with the first of Python's the harness,
        and again what is another from then on."""
        found = {self._defining[name] for name in names if name in self._defining}
        if any(path.name.startswith(OF_PYTHON) for path in found) and not self.are_of_python:
            self._loaded.discard(self._paths[ALLOCATION])
            found |= {self._paths[HARNESS], self._paths[ALLOCATION]}
        return self._new(found)

    @property
    def are_of_python(self) -> bool:
        """Was anything of Python's asked for?"""
        return self._paths[HARNESS] in self._loaded

    def _new(self, paths: Iterable[Path]) -> list[Path]:
        new = sorted(set(paths) - self._loaded)
        self._loaded.update(new)
        return new
