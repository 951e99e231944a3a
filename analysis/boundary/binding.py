"""Binding edges: from a Python name to a native symbol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gnomon.analysis.metamodel import FunctionType

BindingKind = Literal["ctypes", "cffi", "function", "method", "getset", "member", "slot", "type", "capsule"]


@dataclass(frozen=True, slots=True)
class Span:
    """A range in a file: lines and columns count from 1, columns in UTF-8 bytes, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __reduce__(self) -> tuple[type[Span], tuple[str, int, int, int, int]]:
        """Thousands leave the worker with the edges: this takes half the time of what dataclasses do."""
        return Span, (self.path, self.line, self.column, self.end_line, self.end_column)


@dataclass(frozen=True, slots=True)
class DeclaredType:
    """A ctypes type as Python declares it: "c_int", "POINTER(Ring)", "c_char_p"; bits and sign for integers."""

    text: str
    kind: Literal["integer", "float", "string", "pointer", "void", "structure", "callback", "object", "unknown"]
    bits: int = 0
    signed: bool = False
    pointee: str = ""
    parts: tuple[DeclaredType, ...] = ()  # of a callback: its result, then its arguments
    at: Span | None = field(default=None, compare=False)  # where it is written, in argtypes or restype


@dataclass(frozen=True, slots=True)
class Gives:
    """What a native function gives back, as its source shows: instances of `types` (dotted names), or the object that
    it is called on or one of the same type; `is_all`: nothing else but None."""

    types: tuple[str, ...]
    is_self: bool
    is_all: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """An edge. Paths are absolute inside the library and relative to the workspace root in reports."""

    python: str  # "pkg.mod.Type.count", or "telemetry.lib.ring_push"
    kind: BindingKind
    native: str  # the C symbol's name; empty when there is none (a method table entry through a NULL)
    native_key: str = ""  # unique key of the native function in the engine's program; empty when not in a source
    definition: Span | None = None  # of the C function's name
    truth: Literal["dwarf", "source", "header", "none"] = "none"
    signature: str = ""
    type: FunctionType | None = None  # of the native function, as the truth has it
    declared: Span | None = None  # where the binding is made: the argtypes line, the method table's string
    uses: tuple[Span, ...] = ()  # Python uses of the name
    possible_uses: tuple[Span, ...] = ()  # places that may mean it, or something else
    # ctypes
    library: str = ""
    argtypes: tuple[DeclaredType, ...] | None = None
    restype: DeclaredType | None = None
    is_redeclared: bool = False  # argtypes or restype are set to different things: these are the last
    is_prototyped: bool = False  # also made by a prototype, with types of its own
    # cffi
    cdef: str = ""  # the C declaration that Python gives; empty when cdefs contradict each other
    # C API
    flags: int = 0  # METH_*
    doc: str = ""
    owner: str = ""  # key of the PyTypeObject or PyModuleDef that holds it
    module: str = ""  # dotted name of the Python module
    slots: tuple[tuple[str, str], ...] = field(default=())  # of a type: ("tp_init", key of the function)
    size: int = 0  # of a type: tp_basicsize
    has_weak_references: bool = False  # of a type: it says where its instances keep them
    gives: Gives | None = None  # None: nothing is known

    @property
    def all_uses(self) -> tuple[Span, ...]:
        """Certain and possible ones."""
        return (*self.uses, *self.possible_uses)
