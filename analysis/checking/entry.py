"""Entries: functions with inputs that their world may choose freely, described so that the engine can call them and
the replay can write the same call as a script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

LONGEST_TEXT = 64  # bytes: loops over letters take all their time with longer ones


@dataclass(frozen=True, slots=True)
class IntegerArgument:
    """Any integer of a C type. `minimum` > `maximum`: the whole range of the type."""

    name: str
    bits: int
    signed: bool
    minimum: int = 0
    maximum: int = -1


@dataclass(frozen=True, slots=True)
class FloatArgument:
    """Any float (32) or double (64)."""

    name: str
    bits: int = 64


@dataclass(frozen=True, slots=True)
class BytesArgument:
    """A NUL-terminated string (`char *` from `bytes`), without NUL inside; None when `may_be_null`."""

    name: str
    maximum: int = LONGEST_TEXT
    may_be_null: bool = False


@dataclass(frozen=True, slots=True)
class ResultArgument:
    """What an earlier step of the history returned."""

    step: int


@dataclass(frozen=True, slots=True)
class StructureArgument:
    """A pointer to a structure that the caller allocated, zeroed: `byref(Record())`. `type` is its C name."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class AddressArgument:
    """The address of a global or function, by key: the type that `tp_new` gets."""

    key: str


@dataclass(frozen=True, slots=True)
class ConstantArgument:
    """A number: what a model is told."""

    value: int


@dataclass(frozen=True, slots=True)
class NullArgument:
    """A null pointer: `kwds` when there are none."""


Argument = (
    IntegerArgument
    | FloatArgument
    | BytesArgument
    | ResultArgument
    | StructureArgument
    | AddressArgument
    | ConstantArgument
    | NullArgument
)


@dataclass(frozen=True, slots=True)
class EntryStep:
    """One call: the native function, its arguments, and how Python writes the call.

    `python` is the callable's expression: "lib.ring_push" (ctypes), "ext.fill" (a module function), "Ring" (a type's
    constructor), "Ring.__new__" (the first half of a constructor whose second half, `tp_init`, is the next step and
    gets the same arguments), ".push" (a method of the object that an earlier step made), ".size=get" (a getter),
    "len()" (a slot of that object, as the built-in function), "main".
    """

    function: str
    arguments: tuple[Argument, ...]
    python: str
    stop_if_null: bool = False
    stop_if_negative: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A history of calls from Python, `main`, or a C function that may be called by anybody (its arguments are the
    engine's to choose). `name` is unique in the workspace: the last call's Python name, or the function's."""

    name: str
    kind: Literal["ctypes", "capi", "main", "function"]
    steps: tuple[EntryStep, ...]
    module: str = ""  # capi: what to import; ctypes: the Python module that declares the binding
    library: str = ""  # ctypes: the library as the declaration spells it
    sources: tuple[str, ...] = field(default=())  # C files, relative to the workspace root
    asked: tuple[str, ...] = ()  # keys of the functions whose demands, and those of what they reach, are asked; (): all
    is_late: bool = False  # capi: what rarely happens, asked in the time that the others leave
    takes_anything: bool = False  # function: the project says that any numbers and strings may be passed


@dataclass(frozen=True, slots=True)
class NoEntry:
    """A bound function that cannot be called with free inputs, and why."""

    function: str
    reason: str


_BY_ITSELF = "function "


def harness_name(entry: Entry) -> str:
    """Of the harness function that the engine builds; no C function has such a name."""
    kind = "declared " if entry.takes_anything else _BY_ITSELF if entry.kind == "function" else "entry "
    return kind + " > ".join(map(_named, entry.steps))


def _named(step: EntryStep) -> str:
    """Slots of one function differ by how Python calls them, constructors by the type."""
    types = "".join(f" of {argument.key}" for argument in step.arguments if isinstance(argument, AddressArgument))
    return step.function + types + (f" as {step.python}" if "{" in step.python else "")


def is_by_itself(harness: str) -> bool:
    """Does a harness call a C function whose callers have their reasons for what they hand over?"""
    return harness.startswith(_BY_ITSELF)
