"""Annotated sources: `//~ error[code]: text` marks the line where a finding must be; `//~^` means the line above.

`//~ latent[code]: text` marks one that comes only where latent findings are asked for. The runner demands exactly the
marked findings. `text` must occur in the finding's message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from gnomon.analysis.checking.finding import Finding

MARK = re.compile(
    r"(?://|#)~(?P<up>\^*) (?P<tier>error|warning|note|latent)\[(?P<code>[a-z.-]+)\](?:: (?P<text>.*?))?\s*$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    path: str
    line: int
    code: str
    text: str
    is_latent: bool = False


def marks_of(path: str, source: str) -> list[Mark]:
    """The marks of a file, in order."""
    found = []
    for number, line in enumerate(source.splitlines(), 1):
        if match := MARK.search(line):
            line_meant, text = number - len(match["up"]), (match["text"] or "").strip()
            found.append(Mark(path, line_meant, match["code"], text, match["tier"] == "latent"))
    return found


def disagreements(root: Path, paths: list[str], findings: tuple[Finding, ...], with_latent: bool = False) -> list[str]:
    """One sentence per mark without its finding, and per finding without a mark."""
    wrong = []
    left = list(findings)
    for path in paths:
        for mark in marks_of(path, (root / path).read_text()):
            if mark.is_latent and not with_latent:
                continue
            match = next(
                (
                    f
                    for f in left
                    if (f.path, f.line, f.code) == (mark.path, mark.line, mark.code)
                    and mark.text in f.message
                    and mark.is_latent == (f.tier == "latent")
                ),
                None,
            )
            if match is None:
                wrong.append(f"{mark.path}:{mark.line}: no {mark.code} with {mark.text!r}")
            else:
                left.remove(match)
    return wrong + [f"{f.path}:{f.line}: unexpected {f.code}: {f.message}" for f in left]
