"""The printf-like format languages of PyUnicode_FromFormat, PyErr_Format, and PyBytes_FromFormat."""

from __future__ import annotations

import re

from gnomon.analysis.contracts.format_units import Format, Taken

_CONVERSION = re.compile(
    r"%(?P<flags>[-0#+ ]*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?(?P<length>hh|h|ll|[lzjtLq])?(?P<letter>.)",
    re.DOTALL,
)
_OBJECTS = "AUSRTN"
_NEVER = "eEfFgGa"  # floating-point numbers: no version prints them
_UNFIT = {"h", "hh", "L", "q"}  # lengths that no version knows


def read_text_format(text: str, is_bytes: bool) -> Format:
    """`is_bytes`: the language of PyBytes_FromFormat, which prints no objects."""
    taken: list[Taken] = []
    at = text.find("%")
    while at >= 0:
        found = _CONVERSION.match(text, at)
        if found is None:
            return Format(tuple(taken), is_complete=False)
        problem = _problem(found, is_bytes)
        more = None if problem else _taken(found, is_bytes)
        if more is None:
            return Format(tuple(taken), problem, bool(problem))
        taken += more
        at = text.find("%", found.end())
    return Format(tuple(taken))


def _problem(found: re.Match[str], is_bytes: bool) -> str:
    """Why no version knows the conversion; empty when one may."""
    letter = found["letter"]
    is_known = letter not in _NEVER and not (is_bytes and letter in _OBJECTS + "V")
    if is_known and found["length"] not in _UNFIT and "+" not in found["flags"]:
        return ""
    if not letter.isalpha():  # a `%` that was to be printed
        return ""
    if is_bytes:
        return f"has `{found[0]}`, which is no conversion: all from there on is copied as it stands"
    return f"has `{found[0]}`, which is no conversion: SystemError, and before 3.12 all from there on is copied"


def _taken(found: re.Match[str], is_bytes: bool) -> list[Taken] | None:
    """What the conversion takes; None where versions differ."""
    unit, at, letter, length = found[0], found.start(), found["letter"], found["length"] or ""
    if letter == "%":
        return [] if unit == "%%" else None
    stars = [Taken(unit, at, "integer", "int", 4) for part in ("width", "precision") if found[part] == "*"]
    if " " in found["flags"] or ("#" in found["flags"] and letter not in "TN"):
        return None
    if letter in "diuxXo":
        needs = {"": "int", "l": "long", "ll": "long long", "z": "size_t", "j": "intmax_t", "t": "ptrdiff_t"}[length]
        return [*stars, Taken(unit, at, "integer", needs, 8 if length else 4)]
    wide = Taken(unit, at, "wide", "const wchar_t *")
    text = wide if length == "l" else Taken(unit, at, "text", "const char *")
    object_ = Taken(unit, at, "object", "PyObject *")
    if letter == "s" and length in ("", "l"):
        return [*stars, text]
    if letter == "V" and length in ("", "l") and not is_bytes:
        return [*stars, object_, text]
    if length:
        return None
    if letter == "c":
        return [*stars, Taken(unit, at, "integer", "int", 4)]
    if letter == "p":
        return [*stars, Taken(unit, at, "address", "const void *")]
    return [*stars, object_] if letter in _OBJECTS and not is_bytes else None
