"""Values as C writes them."""

from __future__ import annotations


def number(value: int | float) -> str:
    if isinstance(value, float):
        special = {"inf": "__builtin_inf()", "-inf": "-__builtin_inf()", "nan": '__builtin_nan("")'}
        return special.get(repr(value), repr(value))
    if value == -(1 << 63):
        return "(-9223372036854775807LL - 1)"
    return f"{value}{'ULL' if value >> 63 > 0 else 'LL' if not -(1 << 31) <= value < 1 << 31 else ''}"


def string(value: bytes) -> str:
    """A literal; octal escapes, since those end after three digits."""
    plain = set(range(0x20, 0x7F)) - set(b'"\\?')
    return '"' + "".join(chr(b) if b in plain else f"\\{b:03o}" for b in value) + '"'
