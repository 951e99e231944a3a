"""Which Python a translation unit is compiled for: by the headers it reads, and by what the project asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import Snapshot

Version = tuple[int, int]

_NUMBER = re.compile(r"^[ \t]*#[ \t]*define[ \t]+PY_(MAJOR|MINOR)_VERSION[ \t]+(\d+)", re.M)
_ASKED = re.compile(r"^[ \t]*[\"']?(?:requires-python|python_requires)[\"']?[ \t]*[=:][ \t]*[\"']?([^\"'#\n]*)", re.M)
_LEAST = re.compile(r"(?:>=|~=|==)\s*3\.(\d+)")


def python_versions(snapshot: Snapshot, units: Iterable[SourceFacts]) -> dict[str, Version]:
    """(3, 12) by the path of the unit; units that read no patchlevel.h, or one that does not say, are left out."""
    read: dict[str, Version | None] = {}
    found: dict[str, Version] = {}
    for unit in units:
        header = next((path for path in unit.includes if path.endswith("/patchlevel.h")), "")
        if header and header not in read:
            read[header] = _version(snapshot.text(header))
        version = read.get(header)
        if version is not None:
            found[unit.path] = version
    return found


def _version(text: str) -> Version | None:
    numbers = dict(_NUMBER.findall(text))
    return (int(numbers["MAJOR"]), int(numbers["MINOR"])) if len(numbers) == 2 else None


def oldest_python(snapshot: Snapshot) -> Version | None:
    """The oldest Python that the project says it runs on; None where it does not say, or says it in two ways."""
    asked = {
        least
        for name in ("pyproject.toml", "setup.cfg", "setup.py")
        for written in _ASKED.findall(snapshot.text(str(snapshot.root / name)))
        for least in _LEAST.findall(written)[:1]
    }
    return (3, int(asked.pop())) if len(asked) == 1 else None


def says(snapshot: Snapshot, unit: SourceFacts, macro: str) -> bool:
    """Is a macro named in the unit's own files, or given to the compiler? Headers of others do not count."""
    texts = (snapshot.text(path) for path in dict.fromkeys([unit.path, *filter(snapshot.contains, unit.includes)]))
    given = snapshot.compile_arguments(unit.path)
    return any(macro in text for text in texts) or any(word.startswith(f"-D{macro}") for word in given)
