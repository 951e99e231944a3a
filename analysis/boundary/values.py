"""What a Python expression can stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class NativeFunction:
    library: Library
    name: str


@dataclass(frozen=True, slots=True)
class PythonClass:
    scope: Scope


@dataclass(frozen=True, slots=True)
class Instance:
    scope: Scope


@dataclass(frozen=True, slots=True)
class PythonFunction:
    scope: Scope


Value = Module | External | Made | Library | NativeFunction | PythonClass | Instance | PythonFunction


def common(values: Sequence[Value]) -> Value | None:
    """The one thing that all values are; None when they differ."""
    first = values[0]
    for value in values[1:]:
        if isinstance(first, Made) and isinstance(value, Made):
            if first.callee != value.callee:
                return None
        elif type(value) is not type(first) or (isinstance(first, (Instance, NativeFunction)) and value != first):
            return None
    return first
