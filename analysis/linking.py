"""Which definition a name gets in each file, where several files of a workspace define it: they are parts of different
programs and libraries, since one cannot have two of them.

A file that defines the name means its own; another one means that of the files it is built with, where the build says
so, or the only one in its own folder. Elsewhere nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field


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
    homes = {name: _Homes(paths) for name, paths in defined.items()}
    keys: dict[str, dict[str, str]] = {}
    for path, names in named.items():
        together = [files for files in built if path in files]
        for name in sorted(names & homes.keys()):
            home = homes[name].of(path, together)
            if home is not None:
                keys.setdefault(path, {})[name] = f"{home}:{name}"
    return Linkage(keys, frozenset(defined))


class _Homes:
    """The files that define a name."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = frozenset(paths)
        self._by_folder: dict[str, list[str]] = {}
        for path in paths:
            self._by_folder.setdefault(path.rpartition("/")[0], []).append(path)

    def of(self, path: str, together: Sequence[Set[str]]) -> str | None:
        """The one whose definition a file means that is built `together` with those."""
        if path in self._paths:
            return path
        found = {home for files in together for home in self._paths & files}
        near = found or set(self._by_folder.get(path.rpartition("/")[0], ()))
        return next(iter(near)) if len(near) == 1 else None
