"""The doctor's report: what was found, what is missing, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.markup import escape

_MARKS = {"found": "[green]+[/]", "missing": "[red]-[/]", "note": "[yellow]~[/]"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing looked for; `advice` is what to do about it."""

    mark: Literal["found", "missing", "note"]
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: Sequence[Row]


def print_sections(console: Console, sections: Iterable[Section]) -> None:
    for section in sections:
        console.print(f"[bold]{escape(section.title)}[/]", highlight=False)
        for row in section.rows:
            console.print(f"  {_MARKS[row.mark]} {escape(row.text)}", highlight=False, soft_wrap=True)
            if row.advice:
                console.print(f"      {escape(row.advice)}", highlight=False, soft_wrap=True)
