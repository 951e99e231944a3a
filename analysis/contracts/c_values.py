"""What a C type is to a caller: a number of some size, a pointer, a record; typedefs and qualifiers looked through."""

from __future__ import annotations

from gnomon.analysis.metamodel import (
    Alias,
    Array,
    Base,
    Enumeration,
    FunctionType,
    Pointer,
    Qualified,
    Record,
    Type,
    Void,
)


def bare(type_: Type) -> Type:
    """Without typedefs and qualifiers."""
    while isinstance(type_, Alias | Qualified):
        type_ = type_.target
    return type_


def passed(type_: Type) -> Type:
    """As a parameter: arrays and functions are pointers."""
    plain = bare(type_)
    match plain:
        case Array(element):
            return Pointer(element)
        case FunctionType():
            return Pointer(plain)
    return plain


def is_integer(type_: Type) -> bool:
    return isinstance(type_, Enumeration) or (
        isinstance(type_, Base) and type_.encoding in ("signed", "unsigned", "boolean", "character")
    )


def is_float(type_: Type) -> bool:
    return isinstance(type_, Base) and type_.encoding == "float"


def is_character(type_: Type) -> bool:
    """One byte of text or memory: nobody cares for its sign."""
    return isinstance(type_, Base) and type_.size == 1


def is_object(type_: Type) -> bool:
    """PyObject, whatever its members."""
    return isinstance(type_, Record) and type_.name == "_object"


def size_of(type_: Type) -> int | None:
    """Bytes; None where it is not known."""
    match type_:
        case Base(_, size) | Enumeration(_, size) | Record(_, _, size):
            return size or None
        case Pointer(_, size):
            return size
        case Void():
            return None
    return None
