"""What a Python expression can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gnomon.analysis.boundary.binding import BindingKind, Gives
from gnomon.analysis.syntax.python import Scope
from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Module:
    name: str


@dataclass(frozen=True, slots=True)
class External:
    """A name of a module whose Python source is not in the workspace: "ctypes.c_int", "ring_ext.Ring.push"."""

    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """The result of calling an external name."""

    callee: str
    call: Node
    scope: Scope


@dataclass(frozen=True, slots=True)
class Library:
    """A loaded library, named after the first name it was assigned to."""

    text: str
    name: str = ""
    is_local: bool = field(default=False, compare=False)  # the name is a function's own


@dataclass(frozen=True, slots=True)
class NativeFunction:
    """A function of a library; one made by a prototype says its types itself, and one that is an alternative comes from
    a helper that may give something else in its place."""

    library: Library
    name: str
    is_prototyped: bool = False
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class PythonClass:
    scope: Scope


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the workspace's Python code; where it is one for certain, the call that makes it."""

    scope: Scope
    made: tuple[Node, Scope] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PythonFunction:
    """A function, and the object that a method was taken from."""

    scope: Scope
    receiver: Instance | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Several:
    """One of these, or something that is not known. Only where alternatives are asked for."""

    values: tuple[Value, ...]


Value = Module | External | Made | Library | NativeFunction | PythonClass | Instance | PythonFunction | Several

SEVERAL_BOUND = 16  # alternatives of one expression


@dataclass(frozen=True, slots=True)
class NativeName:
    """What a dotted name that a C extension provides is, and what its function gives back."""

    kind: BindingKind
    gives: Gives | None = None


def alternatives(value: Value | None) -> tuple[Value, ...]:
    """All that an expression may stand for, as far as it is known."""
    return () if value is None else value.values if isinstance(value, Several) else (value,)


def joined(values: Iterable[Value | None]) -> Value | None:
    """One of the values; each counts once, an object by what made it."""
    found: dict[object, Value] = {}
    for value in (inner for outer in values for inner in alternatives(outer)):
        known = found.setdefault(value.callee if isinstance(value, Made) else value, value)
        if isinstance(value, Instance) and isinstance(known, Instance) and value.made != known.made:
            found[value] = Instance(value.scope)
    listed = tuple(found.values())[:SEVERAL_BOUND]
    return None if not listed else listed[0] if len(listed) == 1 else Several(listed)


def likeliest(values: Iterable[Value | None]) -> Library | None:
    """The library among values that each mean one, of some system: the one for Linux where that is told."""
    libraries = [value for value in values if isinstance(value, Library)]
    named = [library for library in libraries if library.text]
    for_linux = [library for library in named if ".so" in library.text]
    return next(iter(for_linux or named or libraries), None)


def without_local_name(value: Value | None, function: str) -> Value | None:
    """A library that a function gives: the caller's name for it says more than a local variable's."""
    is_local = isinstance(value, Library) and value.name.startswith(f"{function}.")
    return Library(value.text) if is_local and isinstance(value, Library) else value


def common(values: Sequence[Value]) -> Value | None:
    """The one thing that all values are; None when they differ."""
    first = values[0]
    library = likeliest(values)
    if library is not None:
        return library if all(isinstance(value, Library) for value in values) else None
    for value in values[1:]:
        if isinstance(first, Made) and isinstance(value, Made):
            if first.callee != value.callee:
                return None
        elif type(value) is not type(first) or (isinstance(first, (Instance, NativeFunction)) and value != first):
            return None
        elif isinstance(first, Instance) and isinstance(value, Instance) and first.made != value.made:
            first = Instance(first.scope)
    return first
