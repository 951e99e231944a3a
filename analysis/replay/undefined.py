"""Functions that a source calls and nobody has: in a replay they do nothing, and give zero.

What a finding says depends on none of them: the engine leaves unknown what they return and what they may touch.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_INCLUDE = re.compile(r'^\s*#\s*include\s*"(?P<name>[^"\n]+)"', re.M)
_CONDITION = re.compile(r"\s*#\s*(?P<kind>if|endif)")
_PROTOTYPE = re.compile(
    r"^(?!(?:static|typedef|return|else)\b)[A-Za-z_][\w \t*]*?\b(?P<name>\w+)[ \t]*\([^;{}]*\)\s*;", re.M
)
_CALLED = re.compile(r"\b(?P<name>[A-Za-z_]\w*)\s*\(")
_DEFINED = re.compile(r"\b(?P<name>[A-Za-z_]\w*)(?=\s*\([^;{}]*\)\s*\{)")


def undefined_functions(source: Path) -> list[str]:
    """Functions that a C file, or a header beside it, declares, and that the file calls whatever is configured; defined
    neither in the C files beside it nor by the C library."""
    own = _unconditional(_COMMENT.sub(" ", _read(source)))
    declared_here = Counter(_names(_PROTOTYPE, own))
    declared = {name for text in _with_headers(source, set()) for name in _names(_PROTOTYPE, text)}
    called = {name for name, count in Counter(_names(_CALLED, own)).items() if count > declared_here[name]}
    missing = {name for name in declared & called if not _is_of_library(name)}
    for path in sorted(source.parent.glob("*.c")) if missing else ():
        missing -= set(_names(_DEFINED, _COMMENT.sub(" ", _read(path))))
    return sorted(missing)


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (match["name"] for match in pattern.finditer(text))


def _unconditional(text: str) -> str:
    """The lines that stand in no `#if`."""
    kept, depth = [], 0
    for line in text.splitlines():
        if match := _CONDITION.match(line):
            depth += 1 if match["kind"] == "if" else -1
        elif depth == 0:
            kept.append(line)
    return "\n".join(kept)


def _with_headers(path: Path, seen: set[Path]) -> Iterator[str]:
    """The text of a file, and of the headers that it includes by a relative path."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    text = _COMMENT.sub(" ", _read(path))
    yield text
    for match in _INCLUDE.finditer(text):
        yield from _with_headers((path.parent / match["name"]).resolve(), seen)


def _is_of_library(name: str) -> bool:
    return hasattr(ctypes.CDLL(None), name)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
