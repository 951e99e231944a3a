"""Settings of a check: what the user may tune."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path


def default_store() -> Path:
    """The verdict store: one file under the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "gnomon" / "verdicts.sqlite"


@dataclass(frozen=True, slots=True)
class Settings:
    """`store` None keeps verdicts in memory only. Budgets are seconds: for a slice, for an entry, for a whole check."""

    store: Path | None = field(default_factory=default_store)
    budget_seconds: float = 2.0
    entry_seconds: float = 10.0
    check_seconds: float = 60.0
    instructions: int = 5_000_000
    paths: int = 20_000
    memory_mb: int = 1024
    solver_milliseconds: int = 500
    python: str = sys.executable
    domains: tuple[str, ...] = ("null", "lifetime", "bounds", "defined", "arith")

    def key(self) -> str:
        """What a verdict depends on besides its slice: what a small budget left undecided, a larger one may decide."""
        return f"{self.budget_seconds}:{self.instructions}:{self.paths}:{self.solver_milliseconds}"
