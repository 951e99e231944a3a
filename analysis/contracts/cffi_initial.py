"""Literals that `ffi.new` is to begin with, and what cffi makes of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gnomon.analysis.boundary.cffi_text import is_left_open
from gnomon.analysis.contracts.c_values import bare, is_character, is_integer
from gnomon.analysis.contracts.cffi_calls import fits, is_text
from gnomon.analysis.contracts.cffi_declared import Declared
from gnomon.analysis.metamodel import Array, Base, Enumeration, Member, Pointer, Record, Type, spell

_DEPTH_BOUND = 8


@dataclass(frozen=True, slots=True)
class Opened:
    """Which structures a `cdef` opens."""

    declared: Declared

    def is_opaque(self, record: Record) -> bool:
        """Does nothing in the text give the structure members?"""
        if self.declared.record(record) is not None or not record.name:
            return False
        text, name = self.declared.interface.text, re.escape(record.name)
        return not re.search(rf"\b(?:struct|union)\s+{name}\s*\{{|\}}[^;]*\b{name}\b", text)

    def members(self, record: Record) -> Sequence[Member] | None:
        """All members; None where more may be there, where one has no name, or the last is as long as one wants."""
        found = None if is_left_open(self.declared.interface.text) else self.declared.record(record)
        members = found.members if found is not None else None
        if not members or not all(member.name.isidentifier() for member in members):
            return None
        last = bare(members[-1].type)
        return None if isinstance(last, Array) and not last.count else members


def literal_value(text: str) -> tuple[object] | None:
    """The value of a literal, alone in a tuple as it may be None; None of anything else."""
    try:
        return (ast.literal_eval(text),)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def refused_value(value: object, type_: Type, opened: Opened, depth: int = 0) -> str:
    """Why cffi refuses to begin with a value; empty where it may not. None is left out: at the top it stands for
    nothing."""
    actual = bare(type_)
    if depth > _DEPTH_BOUND or value is None:
        return ""
    if isinstance(actual, Array):
        return _array(value, actual, opened, depth)
    if isinstance(actual, Record):
        return _record(value, actual, opened, depth)
    if isinstance(value, dict | set | complex):
        return ""
    if isinstance(actual, Pointer):
        return f"`{spell(type_)}` takes a pointer of cffi, and {_kind(value)} is none"
    if isinstance(actual, Base | Enumeration):
        return _number(value, type_, actual)
    return ""


def _number(value: object, type_: Type, actual: Base | Enumeration) -> str:
    if is_text(type_):
        if isinstance(value, int | float | list | tuple):
            return f"`{spell(type_)}` takes one character, and {_kind(value)} is given"
        wanted = str if _is_wide(type_) else bytes
        if not isinstance(value, str | bytes) or not isinstance(value, wanted):
            return f"`{spell(type_)}` takes {_name(wanted)}, and {_kind(value)} is given"
        is_one = len(value) == 1 or (len(value) == 2 and isinstance(value, str))
        return "" if is_one else f"`{spell(type_)}` takes one character, and {len(value)} are given"
    if isinstance(value, str | bytes | list | tuple):
        return f"`{spell(type_)}` takes a number, and {_kind(value)} is given"
    if is_integer(actual) and isinstance(value, float):
        return f"`{spell(type_)}` takes an integer, and a float is given"
    if is_integer(actual) and isinstance(value, int) and not fits(value, type_):
        return f"`{spell(type_)}` cannot hold {value}"
    return ""


def _array(value: object, array: Array, opened: Opened, depth: int) -> str:
    element = bare(array.element)
    if isinstance(value, float) or (isinstance(value, int) and array.count):
        return f"an array takes a list, and {_kind(value)} is given"
    if isinstance(value, int):
        return "the length of an array is negative" if value < 0 else ""
    if isinstance(value, str | bytes):
        wanted = str if _is_wide(array.element) else bytes
        if not is_text(array.element) and not (is_character(element) and is_integer(element)):
            return f"an array of `{spell(array.element)}` takes a list, and {_kind(value)} is given"
        if not isinstance(value, wanted):
            return f"an array of `{spell(array.element)}` takes {_name(wanted)}, and {_kind(value)} is given"
        return _too_many(len(value), array) if isinstance(value, bytes) else ""
    if not isinstance(value, list | tuple):
        return ""
    found = (refused_value(item, array.element, opened, depth + 1) for item in value)
    return _too_many(len(value), array) or next((why for why in found if why), "")


def _too_many(count: int, array: Array) -> str:
    is_longer = array.count is not None and 0 < array.count < count
    return f"an array of {array.count} takes no {count} values" if is_longer else ""


def _record(value: object, record: Record, opened: Opened, depth: int) -> str:
    members = opened.members(record)
    if members is None:
        return ""
    if isinstance(value, int | float | str | bytes):
        return f"`{spell(record)}` takes a list or a dictionary, and {_kind(value)} is given"
    if isinstance(value, list | tuple):
        most = 1 if record.kind == "union" else len(members)
        if len(value) > most:
            return f"`{spell(record)}` has {len(members)} members, and {len(value)} values are given"
        pairs = list(zip(value, members, strict=False))
    elif isinstance(value, dict):
        by_name = {member.name: member for member in members}
        unknown = next((key for key in value if isinstance(key, str) and key not in by_name), None)
        if unknown is not None:
            return f"`{spell(record)}` has no member `{unknown}`"
        pairs = [(item, by_name[key]) for key, item in value.items() if key in by_name]
    else:
        return ""
    found = (refused_value(v, member.type, opened, depth + 1) for v, member in pairs if not member.bit_size)
    return next((why for why in found if why), "")


def _is_wide(type_: Type) -> bool:
    return is_text(type_) and spell(bare(type_)) != "char"


def _name(kind: type) -> str:
    return "a string" if kind is str else "bytes"


def _kind(value: object) -> str:
    match value:
        case bool():
            return "a truth value"
        case int():
            return "a number"
        case float():
            return "a float"
        case str():
            return "a string"
        case bytes():
            return "bytes"
    return f"a {type(value).__name__}"
