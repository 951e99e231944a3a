"""The argument format of a C function, read from its source: what Python must pass for the bytes that C receives.

`s` takes a str and `y` takes bytes, so the same witness is written differently.
"""

from __future__ import annotations

import re
from pathlib import Path

_PARSE = re.compile(r'\b_?PyArg_Parse\w*\s*\([^"{};]*"(?P<format>[^"]*)"')
_UNIT = re.compile(r"[a-zA-Z][#*!&]?")


def units_of(format_text: str) -> list[str]:
    """The units of a format: "s#|i:fold" gives ["s#", "i"]."""
    return _UNIT.findall(re.split(r"[:;]", format_text, maxsplit=1)[0])


def format_of(function: str, sources: list[Path]) -> str | None:
    """The format that the C function parses its arguments with; None when it parses none, or is not found."""
    definition = re.compile(rf"\b{re.escape(function)}\s*\([^;{{}}]*\)\s*\{{")
    for source in sources:
        text = source.read_text(encoding="utf-8", errors="replace")
        if match := definition.search(text):
            end = re.compile(r"^\}", re.M).search(text, match.end())
            body = text[match.end() : end.start() if end else len(text)]
            parse = _PARSE.search(body)
            return parse["format"] if parse else None
    return None
