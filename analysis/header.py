"""gnomon.h, which programs include to assert, to assume and to name entries: compilers see nothing of it."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "include"
# How it is found and understood where Gnomon parses; a project's own file of that name comes first.
ARGUMENTS = ("-D__GNOMON__=1", f"-idirafter{FOLDER}")


def text() -> str:
    return (FOLDER / "gnomon.h").read_text(encoding="utf-8")
