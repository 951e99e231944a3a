"""C structures with their members, for types that only name them."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.metamodel import Record


class TrueRecords:
    """Asks where the function's own type came from: sources, debug information, or headers; each library once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._records = {
            t.name: t for unit in subject.sources.values() for t in unit.types if isinstance(t, Record) and t.name
        }
        self._libraries: dict[str, DebugFile | Unsupported] = {}

    def opened(self, binding: Binding, named: Record) -> Record | None:
        """The record that a type of this edge's function names; None where its members are not known for certain."""
        if named.members is not None:
            return named
        if not named.name:
            return None
        found = self._records.get(named.name)
        if binding.truth == "dwarf":
            found = self._from_debug(binding, named.name)
        elif binding.truth == "header" and found is None and self._subject.headers is not None:
            found = self._subject.headers.record(binding, named.name)
        return found if found is not None and found.place == named.place and found.members is not None else None

    def _from_debug(self, binding: Binding, name: str) -> Record | None:
        stem = Path(binding.library).name.split(".")[0]
        for path in self._subject.snapshot.libraries:
            if stem and Path(path).name.split(".")[0] not in (stem, f"lib{stem}"):
                continue
            if path not in self._libraries:
                self._libraries[path] = open_debug_file(path)
            library = self._libraries[path]
            found = None if isinstance(library, Unsupported) else library.record(name)
            if isinstance(found, Record):
                return found
        return None
