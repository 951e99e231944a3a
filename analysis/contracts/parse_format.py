"""The format language of PyArg_Parse, PyArg_ParseTuple and PyArg_ParseTupleAndKeywords."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gnomon.analysis.contracts.format_units import Format, Items, Kind, Taken

_NUMBERS: dict[str, tuple[Kind, str, int]] = {
    "b": ("integer", "unsigned char *", 1), "B": ("integer", "unsigned char *", 1), "c": ("integer", "char *", 1),
    "h": ("integer", "short *", 2), "H": ("integer", "unsigned short *", 2), "i": ("integer", "int *", 4),
    "I": ("integer", "unsigned int *", 4), "l": ("integer", "long *", 8), "k": ("integer", "unsigned long *", 8),
    "L": ("integer", "long long *", 8), "K": ("integer", "unsigned long long *", 8),
    "n": ("integer", "Py_ssize_t *", 8), "C": ("integer", "int *", 4), "p": ("integer", "int *", 4),
    "f": ("float", "float *", 4), "d": ("float", "double *", 8), "D": ("complex", "Py_complex *", 0),
}  # fmt: skip
_UNIT = re.compile(r"[szy][*#]?|[uZ]#?|e[st]#?|O[!&]?|w\*|[SYU]|[bBchHiIlkLKnCpfdD]")
_REMOVED = frozenset("?")  # was or may become a unit: not certain for every version


@dataclass(slots=True)
class _Reading:
    """How far a format is read."""

    taken: list[Taken] = field(default_factory=list)
    depth: int = 0
    items: list[str] = field(default_factory=list)
    required: int | None = None
    positional: int | None = None
    has_length: bool = False
    problem: str = ""
    is_complete: bool = True

    @property
    def total(self) -> int:
        return len(self.items)

    def unit(self, at: int, unit: str) -> None:
        if self.depth == 0:
            self.items.append(unit)
        self.taken += _taken(at, unit)
        self.has_length |= unit.endswith("#")

    def mark(self, mark: str, has_keywords: bool) -> None:
        """Parentheses, `|` and `$`."""
        if mark == "(":
            self.items += ["("] if self.depth == 0 else []
            self.depth += 1
        elif mark == ")":
            self.problem = "" if self.depth else "has a `)` without its `(`: CPython ends the process"
            self.depth -= 1
        elif self.depth:
            self.is_complete = False
        elif mark == "|":
            self._optional(has_keywords)
        else:
            self._keyword_only(has_keywords)

    def _optional(self, has_keywords: bool) -> None:
        if has_keywords and self.required is not None:
            self.problem = "has `|` twice: CPython raises SystemError"
        elif has_keywords and self.positional is not None:
            self.problem = "has `$` before `|`: CPython raises SystemError"
        self.required = self.total

    def _keyword_only(self, has_keywords: bool) -> None:
        if not has_keywords:
            self.problem = "has `$`, which only PyArg_ParseTupleAndKeywords knows"
        elif self.positional is not None:
            self.problem = "has `$` twice: CPython raises SystemError"
        self.positional = self.total


def read_parse_format(text: str, has_keywords: bool) -> Format:
    """Reads what is before `:` or `;`. Never fails: what is wrong becomes the format's problem."""
    text = re.split("[:;]", text, maxsplit=1)[0]
    reading, at = _Reading(), 0
    while at < len(text) and not reading.problem and reading.is_complete:
        unit = _UNIT.match(text, at)
        if unit:
            reading.unit(at, unit[0])
        elif text[at] in "()|$":
            reading.mark(text[at], has_keywords)
        elif text[at] in _REMOVED:
            reading.is_complete = False
        else:
            reading.problem = _unknown(text[at:])
        at = unit.end() if unit else at + 1
    if not reading.problem and reading.is_complete and reading.depth:
        reading.problem = "has a `(` without its `)`: CPython ends the process"
    total = reading.total
    required = total if reading.required is None else reading.required
    positional = total if reading.positional is None else reading.positional
    items = Items(required, positional, total, tuple(reading.items))
    return Format(tuple(reading.taken), reading.problem, reading.is_complete, reading.has_length, items)


def _unknown(rest: str) -> str:
    if rest[0] == "w":
        return "has `w` without `*`: CPython knows no other"
    if rest[0] == "e":
        return "has `e` without `s` or `t` behind it"
    return f"has `{rest[0]}`, which is no unit: CPython raises SystemError there"


def _taken(at: int, unit: str) -> list[Taken]:
    letter = unit[0]
    if letter in _NUMBERS:
        kind, needs, size = _NUMBERS[letter]
        return [Taken(unit, at, kind, needs, size, True)]
    if unit.endswith("*"):
        return [Taken(unit, at, "buffer", "Py_buffer *", 0, True)]
    length = [Taken(unit, at, "integer", "Py_ssize_t *", 8, True)] if unit.endswith("#") else []
    text = Taken(unit, at, "text", "const char **", 0, True)
    match letter:
        case "e":
            return [Taken(unit, at, "text", "const char *"), text, *length]
        case "s" | "z" | "y":
            return [text, *length]
        case "u" | "Z":
            return [Taken(unit, at, "wide", "wchar_t **", 0, True), *length]
    if unit == "O&":
        return [
            Taken(unit, at, "converter", "int (*)(PyObject *, void *)", 2),
            Taken(unit, at, "address", "void *"),
        ]
    object_ = Taken(unit, at, "object", "PyObject **", 0, True)
    return [Taken(unit, at, "type", "PyTypeObject *"), object_] if unit == "O!" else [object_]
