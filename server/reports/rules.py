"""What each code stands for, in one sentence: the first of its domain's description."""

from __future__ import annotations

from gnomon.analysis.shadows import BUILT_IN
from gnomon.analysis.suppression import UNUSED


def description(code: str) -> str:
    """A sentence; empty for a code whose domain says nothing of itself."""
    if code == UNUSED:
        return "A comment that silences findings silences one."
    domain = next((domain for domain in BUILT_IN if domain.name == code.partition(".")[0]), None)
    return ((domain.__doc__ or "").strip().splitlines() or [""])[0] if domain is not None else ""
