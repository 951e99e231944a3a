"""What a format string of the C API asks for: the C arguments that follow it, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["integer", "float", "text", "wide", "object", "type", "buffer", "complex", "converter", "address"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One C argument that a format takes: a value of `kind`, or with `is_output` a pointer to where it is stored."""

    unit: str  # "s#", as written
    at: int  # where the unit begins in the format
    kind: Kind
    needs: str  # the C type: "int *"
    size: int = 0  # bytes, of an integer or float
    is_output: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """What a format of PyArg_Parse* wants from Python. A tuple in parentheses is one item."""

    required: int
    positional: int  # those before `$`
    total: int
    units: tuple[str, ...] = ()  # of each item: "O!"; "(" for a tuple


@dataclass(frozen=True, slots=True)
class Format:
    """A format as read. `problem` says why every CPython from 3.10 to 3.14 refuses it or stops in it.

    Without `is_complete` the arguments are only those before something that not every version knows.
    """

    taken: tuple[Taken, ...]
    problem: str = ""
    is_complete: bool = True
    has_length: bool = False  # `#`
    items: Items | None = None  # of PyArg_Parse*
