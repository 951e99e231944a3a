"""What a replay comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReplayState = Literal["replayed", "replay-refused", "disagrees"]


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """`replayed`: the real program failed as the finding says. `disagrees`: it ran, and did not. `replay-refused`: it
    was not run, for `reason`, or it ran, and nothing that looks at it need have said so (`is_unseen`). `output` is
    what the tools wrote; `script` is what was run."""

    state: ReplayState
    output: str = ""
    reason: str = ""
    script: str = ""
    is_unseen: bool = False


class ReplayRefusedError(Exception):
    """The replay cannot be run here; the text says why, to a person."""
