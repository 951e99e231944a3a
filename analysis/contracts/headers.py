"""Which Python a translation unit is compiled for, by the headers it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import Snapshot

_NUMBER = re.compile(r"^[ \t]*#[ \t]*define[ \t]+PY_(MAJOR|MINOR)_VERSION[ \t]+(\d+)", re.M)


def python_versions(snapshot: Snapshot, units: Iterable[SourceFacts]) -> dict[str, tuple[int, int]]:
    """(3, 12) by the path of the unit; units that read no patchlevel.h, or one that does not say, are left out."""
    read: dict[str, tuple[int, int] | None] = {}
    found: dict[str, tuple[int, int]] = {}
    for unit in units:
        header = next((path for path in unit.includes if path.endswith("/patchlevel.h")), "")
        if header and header not in read:
            read[header] = _version(snapshot.text(header))
        version = read.get(header)
        if version is not None:
            found[unit.path] = version
    return found


def _version(text: str) -> tuple[int, int] | None:
    numbers = dict(_NUMBER.findall(text))
    return (int(numbers["MAJOR"]), int(numbers["MINOR"])) if len(numbers) == 2 else None
