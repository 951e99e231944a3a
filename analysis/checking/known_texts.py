"""What the texts of a workspace say that is wanted at every request, read again only where they have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from gnomon.analysis.suppression import Suppression, read_suppressions
from gnomon.analysis.workspace import Snapshot, included_sources, separate_units

Answer = TypeVar("Answer")


@dataclass(slots=True)
class KnownTexts:
    """Each answer with the version of the text that it was read from."""

    _included: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    _suppressions: dict[str, tuple[int, tuple[Suppression, ...]]] = field(default_factory=dict)
    _arguments: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    _build: object = None  # all that options depend on besides the file

    def units(self, snapshot: Snapshot) -> tuple[str, ...]:
        """As `Snapshot.units`."""

        def included(path: str) -> tuple[str, ...]:
            return _read(self._included, snapshot, path, lambda: included_sources(path, snapshot.text(path)))

        return separate_units(snapshot.c_files, included)

    def suppressions(self, snapshot: Snapshot) -> Callable[[str], tuple[Suppression, ...]]:
        """Those of a file."""

        def of(path: str) -> tuple[Suppression, ...]:
            return _read(self._suppressions, snapshot, path, lambda: read(path))

        def read(path: str) -> tuple[Suppression, ...]:
            return read_suppressions(snapshot.relative(path), snapshot.text(path))

        return of

    def compile_arguments(self, snapshot: Snapshot, path: str) -> list[str]:
        """As `Snapshot.compile_arguments`."""
        build = (snapshot.headers, snapshot.extensions, snapshot.commands)
        if build != self._build:
            self._build = build
            self._arguments.clear()
        return _read(self._arguments, snapshot, path, lambda: snapshot.compile_arguments(path))


def _read(known: dict[str, tuple[int, Answer]], snapshot: Snapshot, path: str, read: Callable[[], Answer]) -> Answer:
    version = snapshot.version(path)
    found = known.get(path)
    if found is None or found[0] != version:
        found = known[path] = (version, read())
    return found[1]
