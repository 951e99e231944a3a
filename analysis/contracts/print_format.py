"""The format language of C's printf, in which PyOS_snprintf, PySys_WriteStdout and PySys_WriteStderr are written."""

from __future__ import annotations

import re

from gnomon.analysis.contracts.format_units import Format, Taken

_CONVERSION = re.compile(
    r"%(?P<flags>[-+ #0']*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?(?P<length>hh|h|ll|[lzjtL])?(?P<letter>.)",
    re.DOTALL,
)
_INTEGERS = {"": "int", "h": "int", "hh": "int", "l": "long", "ll": "long long", "z": "size_t", "j": "intmax_t",
             "t": "ptrdiff_t"}  # fmt: skip


def read_print_format(text: str) -> Format:
    """Never fails; a conversion that C does not define ends what is known of the format."""
    taken: list[Taken] = []
    at = text.find("%")
    while at >= 0:
        found = _CONVERSION.match(text, at)
        more = _taken(found) if found is not None else None
        if found is None or more is None:
            return Format(tuple(taken), is_complete=False)
        taken += more
        at = text.find("%", found.end())
    return Format(tuple(taken))


def _taken(found: re.Match[str]) -> list[Taken] | None:
    """What a conversion takes; None for one that C leaves undefined."""
    unit, at, letter, length = found[0], found.start(), found["letter"], found["length"] or ""
    if letter == "%":
        return [] if unit == "%%" else None
    stars = [Taken(unit, at, "integer", "int", 4) for part in ("width", "precision") if found[part] == "*"]
    if letter in "diouxX" and length in _INTEGERS:
        needs = _INTEGERS[length]
        return [*stars, Taken(unit, at, "integer", needs, 4 if needs == "int" else 8)]
    if letter in "fFeEgGaA" and length in ("", "l", "L"):
        is_long = length == "L"
        return [*stars, Taken(unit, at, "float", "long double" if is_long else "double", 16 if is_long else 8)]
    if letter == "s" and length in ("", "l"):
        wide = Taken(unit, at, "wide", "const wchar_t *")
        return [*stars, wide if length else Taken(unit, at, "text", "const char *")]
    if letter == "c" and length in ("", "l"):
        return [*stars, Taken(unit, at, "integer", "wint_t" if length else "int", 4)]
    return [*stars, Taken(unit, at, "address", "void *")] if letter == "p" and not length else None
