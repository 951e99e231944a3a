"""Types and functions in DWARF's vocabulary, whatever they were read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Base:
    """An arithmetic type. `encoding`: "signed", "unsigned", "float", "boolean", "character", "other"."""

    name: str
    size: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Void:
    pass


@dataclass(frozen=True, slots=True)
class Qualified:
    qualifier: str  # "const", "volatile", "restrict", "_Atomic"
    target: Type


@dataclass(frozen=True, slots=True)
class Pointer:
    """`target` is named only when it is a record, so that types that point to themselves stay finite."""

    target: Type
    size: int = 8


@dataclass(frozen=True, slots=True)
class Array:
    """`count` None: of unknown bound."""

    element: Type
    count: int | None


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    type: Type
    offset: int
    bit_offset: int = 0
    bit_size: int = 0  # 0: no bit field


@dataclass(frozen=True, slots=True)
class Record:
    """A struct or union; `members` is None for one that is only declared, or named without being opened."""

    kind: str
    name: str
    size: int = 0
    members: tuple[Member, ...] | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Enumeration:
    name: str
    size: int
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A typedef."""

    name: str
    target: Type


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class FunctionType:
    result: Type
    parameters: tuple[Parameter, ...]
    is_variadic: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A type that could not be read, and why."""

    reason: str


Type = Base | Void | Qualified | Pointer | Array | Record | Enumeration | Alias | FunctionType | Unknown


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    type: FunctionType
    place: Place | None = None
    address: int = 0
    is_external: bool = True


def record_name(type_: Type) -> str:
    """Of a struct or union: its tag, or for one without the typedef that names it; empty for other types."""
    name = ""
    while isinstance(type_, Alias | Qualified):
        name = type_.name if isinstance(type_, Alias) else name
        type_ = type_.target
    return (type_.name or name) if isinstance(type_, Record) else ""


def spell(type_: Type, declarator: str = "") -> str:
    """The C declaration of `declarator` with a type: spell(Pointer(Base("int", 4, "signed")), "p") is "int *p"."""
    match type_:
        case Pointer(FunctionType() | Array() as target):
            return spell(target, f"(*{declarator})")
        case Pointer(target):
            return spell(target, f"*{declarator}")
        case Array(element, count):
            return spell(element, f"{declarator}[{'' if count is None else count}]")
        case FunctionType(result, parameters, is_variadic):
            inside = [spell(p.type, p.name) for p in parameters] + (["..."] if is_variadic else [])
            return spell(result, f"{declarator}({', '.join(inside) or 'void'})")
        case Qualified(qualifier, Pointer(target)):
            return spell(target, f"*{qualifier}{' ' + declarator if declarator else ''}")
        case Qualified(qualifier, target):
            return f"{qualifier} {spell(target, declarator)}"
    return f"{_plain(type_)} {declarator}".rstrip()


def _plain(type_: Type) -> str:
    match type_:
        case Base(name) | Alias(name):
            return name
        case Record(kind, name):
            return f"{kind} {name}" if name else f"{kind} {{...}}"
        case Enumeration(name):
            return f"enum {name}" if name else "enum {...}"
        case Unknown(reason):
            return f"/* {reason} */"
    return "void"


def spell_function(function: Function) -> str:
    return spell(function.type, function.name)
