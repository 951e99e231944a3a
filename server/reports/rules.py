"""What each code stands for: in one sentence, the first of its domain's description, and on a page of its own."""

from __future__ import annotations

import re
from pathlib import Path

from gnomon.analysis.exercise import codes as exercise_codes
from gnomon.analysis.shadows import BUILT_IN
from gnomon.analysis.suppression import UNUSED

_PAGES = Path(__file__).resolve().parent.parent.parent / "docs" / "checks"  # installed beside the server


def page_of(code: str) -> Path | None:
    """Where the page of a code is; None for one that has none."""
    path = _PAGES / f"{code}.md"
    return path if path.is_file() else None


def page(code: str) -> str:
    """Its text, Markdown; empty where there is none."""
    path = page_of(code)
    return path.read_text(encoding="utf-8") if path is not None else ""


def description(code: str) -> str:
    """A sentence; empty for a code whose domain says nothing of itself."""
    if code == UNUSED:
        return "A comment that silences findings silences one."
    if said := exercise_codes.description(code):
        return said
    domain = next((domain for domain in BUILT_IN if domain.name == code.partition(".")[0]), None)
    first = " ".join((domain.__doc__ or "").split("\n\n")[0].split()) if domain is not None else ""
    return re.split(r"(?<=\.)\s", first, maxsplit=1)[0]
