"""Settings of a check: what the user may tune."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gnomon.analysis.shadows import DEFAULT

EDIT_SECONDS = 0.3  # what editors give a check after an edit before it says what it has found so far


def cores() -> int:
    """Of this machine, as far as this process may use them."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def default_store() -> Path:
    """The verdict store: one file under the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "gnomon" / "verdicts.sqlite"


@dataclass(frozen=True, slots=True)
class Settings:
    """`store` None keeps verdicts in memory only. Budgets are seconds: for a slice, for an entry, for a whole check.

    `fixed` names the settings that a project's configuration must not change.
    """

    store: Path | None = field(default_factory=default_store)
    budget_seconds: float = 2.0
    entry_seconds: float = 10.0
    check_seconds: float = 50.0
    late_seconds: float = 10.0  # of them, at most, for what rarely happens
    edit_seconds: float = math.inf  # for a check after an edit, which then leaves the rest to the one that follows
    instructions: int = 5_000_000
    paths: int = 20_000
    memory_mb: int = 1024
    solver_milliseconds: int = 500
    domains: tuple[str, ...] = DEFAULT
    allocation_failures: bool = False  # is it an input whether one of the allocations fails?
    latent: bool = False  # is it told what fails for some callers only, should there be such?
    jobs: int = 1  # processes that decide, once a check takes longer
    fixed: frozenset[str] = frozenset()

    def tuned(self, budgets: Mapping[str, float]) -> Settings:
        """These settings with the budgets of a project, by name."""
        given = {name: amount for name, amount in budgets.items() if name not in self.fixed}
        return replace(self, **given)  # type: ignore[arg-type]

    def key(self, is_by_itself: bool) -> str:
        """What a verdict depends on besides its slice: what a small budget left undecided, a larger one may decide. Of
        a C function by itself, also whether its latent failures are wanted."""
        budget = f"{self.budget_seconds}:{self.instructions}:{self.paths}:{self.solver_milliseconds}"
        return f"{budget}:latent" if self.latent and is_by_itself else budget
