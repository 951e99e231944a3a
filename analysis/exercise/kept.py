"""What is remembered of a build, in its folder: what failed when it was exercised, and which scripts failed then."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gnomon.analysis.exercise.failure import Failure, failures_of

INSIDE = Path(__file__).parent / "inside"


@dataclass(frozen=True)
class Kept:
    """`folder` is the build's, which may not be there."""

    folder: Path
    seconds: float

    @cached_property
    def _key(self) -> str:
        """Changes with the time that is spent and with the exerciser itself."""
        digest = hashlib.sha256(f"{self.seconds:g}".encode())
        for path in sorted(INSIDE.glob("*.*")):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def failures(self, module: str) -> list[Failure] | None:
        """None when it was not exercised so."""
        place = self._place(module)
        return list(failures_of(place.read_text(encoding="utf-8"))) if place.is_file() else None

    def keep_failures(self, module: str, text: str) -> None:
        self._place(module).write_text(text, encoding="utf-8")

    def was_replayed(self, script: str) -> bool | None:
        """None when it was not run."""
        place = self._script(script)
        return place.read_text(encoding="utf-8") == "replayed" if place.is_file() else None

    def keep_replayed(self, script: str, is_replayed: bool) -> None:
        self._script(script).write_text("replayed" if is_replayed else "disagrees", encoding="utf-8")

    def _place(self, module: str) -> Path:
        return self.folder / f"{module}-{self._key}.jsonl"

    def _script(self, script: str) -> Path:
        return self.folder / f"run-{hashlib.sha256(script.encode()).hexdigest()[:24]}"
