"""Which definition a name gets in each file, where several files of a workspace define it: they are parts of different
programs and libraries, since one cannot have two of them.

A file that defines the name means its own; another one means that of the files it is built with, where the build says
so, or the only one in its own folder. Elsewhere nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

WEAK = re.compile(r"\bweak\b|__weak__")


@dataclass(frozen=True, slots=True)
class Linkage:
    """`keys`: what names mean in a file, by its path and the name. `apart` are all names that several files define."""

    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    def of(self, path: str) -> Mapping[str, str]:
        return self.keys.get(path, {})


def linkage(defined: Mapping[str, Sequence[str]], named: Mapping[str, Set[str]], built: Sequence[Set[str]]) -> Linkage:
    """`defined` are the files that define each name, `named` the names that each file declares or defines, and `built`
    the files of each program or library, as far as the build is known."""
    keys: dict[str, dict[str, str]] = {}
    for path, names in named.items():
        for name in sorted(names & defined.keys()):
            home = _home(path, defined[name], built)
            if home is not None:
                keys.setdefault(path, {})[name] = f"{home}:{name}"
    return Linkage(keys, frozenset(defined))


def _home(path: str, homes: Sequence[str], built: Sequence[Set[str]]) -> str | None:
    """The file whose definition is meant."""
    if path in homes:
        return path
    together = {home for files in built if path in files for home in homes if home in files}
    if not together:
        together = {home for home in homes if Path(home).parent == Path(path).parent}
    return together.pop() if len(together) == 1 else None
