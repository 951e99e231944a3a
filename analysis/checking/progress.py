"""What a check says while it runs, and when it ends early; here, so that the server need not load the engine."""

from __future__ import annotations

from collections.abc import Callable

from gnomon.analysis.checking.finding import Finding

Progress = Callable[[str, float], None]
OnFindings = Callable[[tuple[Finding, ...]], None]  # some, or all, that were found so far


class Cancelled(Exception):
    """The check was cancelled; what it had decided is in the store."""
