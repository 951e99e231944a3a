"""What C sources say, as plain facts: functions, their uses, and global tables. Filled by the engine's frontend."""

from __future__ import annotations

from dataclasses import dataclass, field

from gnomon.analysis.metamodel import Alias, Enumeration, FunctionType, Record, Type


@dataclass(frozen=True, slots=True)
class COrigin:
    """Where a pointer comes from. `operands`: of a call the origins of each argument, of a field those of its record;
    without a kind it may come from anywhere."""

    kind: str  # "parameter", "global", "function", "field", "call"; empty: not known
    name: str = ""
    key: str = ""
    index: int = 0  # of a parameter, from 0
    operands: tuple[tuple[COrigin, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CFunction:
    """A C function's declaration or definition. Lines and columns count from 1; `path` is absolute."""

    name: str
    key: str
    path: str
    line: int
    column: int
    begin_line: int
    end_line: int
    signature: str
    comment: str
    is_static: bool
    is_definition: bool
    is_lowered: bool
    reason: str
    is_changed: bool = False
    type: FunctionType | None = None  # None: without a prototype
    origins: tuple[COrigin, ...] = ()  # of the pointer that a definition gives back; null pointers have none
    is_entry: bool = False  # GNOMON_ENTRY: it may be called with anything


@dataclass(frozen=True, slots=True)
class CVariable:
    """A variable at file scope that other files, and so Python, can name."""

    name: str
    path: str
    line: int
    column: int
    type: Type
    is_definition: bool


@dataclass(frozen=True, slots=True)
class CReference:
    """A use of a function's name: a call, or its address taken."""

    name: str
    key: str
    path: str
    line: int
    column: int
    function: str
    is_call: bool


@dataclass(frozen=True, slots=True)
class CArgument:
    """What is passed for a parameter: an expression, as written, and where (the end is exclusive)."""

    type: Type  # as passed
    source: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str | None = None  # of a string literal
    is_zero: bool = False  # a constant: 0, or a null pointer
    variable: str = ""  # whose value it is, when it is nothing else
    strings: tuple[str | None, ...] | None = None  # the list of strings that variable holds; None in it is NULL


@dataclass(frozen=True, slots=True)
class CCall:
    """A call of a function with variable arguments, in the body of `function`."""

    name: str
    function: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    arguments: tuple[CArgument, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One scalar of a global's initialiser: a number, the text of a string literal, or the key of a function or global.

    `field` is the record's field; `index` the element of the array.
    """

    index: int
    field: str
    number: int = 0
    text: str | None = None
    function: str = ""
    global_: str = ""


@dataclass(frozen=True, slots=True)
class CTable:
    """A global of record type, or an array of records: a method table, a module or type definition."""

    name: str
    key: str
    record: str  # "PyMethodDef"
    path: str
    line: int
    column: int
    count: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class CDiagnostic:
    severity: str
    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """All facts of one translation unit."""

    path: str
    functions: tuple[CFunction, ...] = ()
    references: tuple[CReference, ...] = ()
    calls: tuple[CCall, ...] = ()
    types: tuple[Record | Enumeration | Alias, ...] = ()  # that the unit's own files define
    tables: tuple[CTable, ...] = ()
    diagnostics: tuple[CDiagnostic, ...] = ()
    variables: tuple[CVariable, ...] = ()
    includes: tuple[str, ...] = field(default=())
