"""The format language of Py_BuildValue, PyObject_CallFunction and PyObject_CallMethod."""

from __future__ import annotations

import re

from gnomon.analysis.contracts.format_units import Format, Kind, Taken

_UNIT = re.compile(r"[szyUu]#?|[NSO]&?|[bBhiHIlknLKcCpfdD]")
_NUMBERS: dict[str, tuple[Kind, str, int]] = {
    **dict.fromkeys("bBhicCp", ("integer", "int", 4)),  # `p` since 3.14
    "H": ("integer", "unsigned int", 4), "I": ("integer", "unsigned int", 4),
    "n": ("integer", "Py_ssize_t", 8), "l": ("integer", "long", 8), "k": ("integer", "unsigned long", 8),
    "L": ("integer", "long long", 8), "K": ("integer", "unsigned long long", 8),
    "f": ("float", "double", 8), "d": ("float", "double", 8), "D": ("complex", "Py_complex *", 0),
}  # fmt: skip
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def read_build_format(text: str) -> Format:
    """Never fails: what is wrong becomes the format's problem."""
    taken: list[Taken] = []
    opened: list[tuple[str, int]] = []  # the bracket that ends the list, and how many values were before it began
    values, at, problem, has_length = 0, 0, "", False
    while at < len(text) and not problem:
        unit = _UNIT.match(text, at)
        letter = text[at]
        if unit:
            values += 1
            taken += _taken(at, unit[0])
            has_length |= unit[0].endswith("#")
        elif letter in _CLOSING:
            opened.append((_CLOSING[letter], values))
            values = 0
        elif letter in ")]}":
            problem = _closing(letter, opened, values)
            values = opened.pop()[1] + 1 if opened else 0
        elif letter not in ":, \t":
            problem = f"has `{letter}`, which is no unit: CPython raises SystemError there"
        at = unit.end() if unit else at + 1
    if opened and not problem:
        problem = f"lacks a `{opened[-1][0]}`: CPython raises SystemError"
    return Format(tuple(taken), problem, True, has_length)


def _closing(letter: str, opened: list[tuple[str, int]], values: int) -> str:
    if not opened or opened[-1][0] != letter:
        return f"has a `{letter}` that closes nothing: CPython raises SystemError"
    if letter == "}" and values % 2:
        return "has a dictionary with a key and no value: CPython raises SystemError"
    return ""


def _taken(at: int, unit: str) -> list[Taken]:
    letter = unit[0]
    if letter in _NUMBERS:
        kind, needs, size = _NUMBERS[letter]
        return [Taken(unit, at, kind, needs, size)]
    if unit.endswith("&"):
        return [Taken(unit, at, "converter", "PyObject *(*)(void *)", 1), Taken(unit, at, "address", "void *")]
    if letter in "NSO":
        return [Taken(unit, at, "object", "PyObject *")]
    text = Taken(unit, at, "wide", "const wchar_t *") if letter == "u" else Taken(unit, at, "text", "const char *")
    return [text, Taken(unit, at, "integer", "Py_ssize_t", 8)] if unit.endswith("#") else [text]
