"""C structures with their members, for types that only name them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.metamodel import Record, Type, record_name


class TrueRecords:
    """Asks where the function's own type came from: sources, debug information, or headers; each library once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._records = {
            t.name: t for unit in subject.sources.values() for t in unit.types if isinstance(t, Record) and t.name
        }
        self._libraries: dict[str, DebugFile | Unsupported] = {}

    def opened(self, binding: Binding, type_: Type) -> Record | None:
        """The record that a type of this edge's function is; None where its members are not known for certain."""
        named, name = bare(type_), record_name(type_)
        if not isinstance(named, Record):
            return None
        if named.members is not None or not name:
            return named if named.members is not None else None
        if binding.truth == "dwarf":  # one of a name in a library, or none: its place is not kept
            found = self._from_debug(binding, name)
            is_same = found is not None and (found.kind, found.size) == (named.kind, named.size)
            return replace(found, name=name) if found is not None and is_same else None
        found = self._records.get(name)
        if binding.truth == "header" and found is None and self._subject.headers is not None:
            found = self._subject.headers.record(binding, name)
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
