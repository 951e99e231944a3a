"""Functions that a source calls and nobody has: in a replay they do nothing, and give zero.

What a finding says depends on none of them: the engine leaves unknown what they return and what they may touch.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_INCLUDE = re.compile(r'^\s*#\s*include\s*"(?P<name>[^"\n]+)"', re.M)
_PROTOTYPE = re.compile(
    r"^(?!\s*(?:static|typedef|return|else)\b)[A-Za-z_][\w \t*]*?\b(?P<name>\w+)\s*\((?P<parameters>[^;{}]*)\)\s*;",
    re.M,
)


def undefined_functions(source: Path) -> list[str]:
    """Functions that a C file, or a header beside it, declares, and that the file calls; defined neither in the C files
    beside it nor by the C library."""
    text = _COMMENT.sub(" ", _read(source))
    declared = {match["name"] for part in _with_headers(source, set()) for match in _PROTOTYPE.finditer(part)}
    called = {name for name in declared if len(re.findall(rf"\b{name}\s*\(", text)) > _declarations(name, text)}
    beside = "\n".join(_COMMENT.sub(" ", _read(path)) for path in sorted(source.parent.glob("*.c")))
    return sorted(name for name in called if not _is_defined(name, beside) and not _is_of_library(name))


def _with_headers(path: Path, seen: set[Path]) -> Iterator[str]:
    """The text of a file, and of the headers that it includes by a relative path."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    text = _COMMENT.sub(" ", _read(path))
    yield text
    for match in _INCLUDE.finditer(text):
        yield from _with_headers((path.parent / match["name"]).resolve(), seen)


def _declarations(name: str, text: str) -> int:
    return sum(match["name"] == name for match in _PROTOTYPE.finditer(text))


def _is_defined(name: str, text: str) -> bool:
    return re.search(rf"\b{name}\s*\([^;{{}}]*\)\s*\{{", text) is not None


def _is_of_library(name: str) -> bool:
    return hasattr(ctypes.CDLL(None), name)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
