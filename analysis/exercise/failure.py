"""A failure, as the exerciser inside the sandbox tells it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["report", "result", "lost", "count", "interrupt", "cycle"]


@dataclass(frozen=True, slots=True)
class Failure:
    """`lines` are the statements of the history, the last of which is the call of `target`; those of `after` come after
    it, each of which may raise. `kind`: a sanitizer's
    "report", a "result" that breaks the contract, blocks that are "lost", a "count" of references to `watched` that
    has `grown`, an "interrupt" that is kept from the caller, a "cycle" that is not collected. `failing`: while one
    allocation of the interpreter fails, or, `of_library`, one of the C library's."""

    kind: Kind
    target: str
    lines: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    made: str = ""
    after: tuple[str, ...] = ()
    definitions: str = ""
    imports: tuple[str, ...] = ()
    output: str = ""
    watched: str = ""
    grown: int = 0
    failing: bool = False
    of_library: bool = False
    of_type: str = ""  # the name of what is watched, when it is a type, or of what is not collected

    @property
    def call(self) -> str:
        return self.lines[-1]


def failures_of(text: str) -> Iterator[Failure]:
    """From the lines that were written; a line that was cut off is passed over."""
    for line in text.splitlines():
        told: Any = None
        with contextlib.suppress(ValueError):
            told = json.loads(line)
        if isinstance(told, dict):
            for name in ("lines", "arguments", "after", "imports"):
                told[name] = tuple(told.get(name, ()))
            yield Failure(**told)
