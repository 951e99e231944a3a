"""An argument's C type against what a format's unit takes: by class, size and depth of pointers, never by sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.c_values import bare, is_character, is_float, is_integer, is_object, passed, size_of
from gnomon.analysis.contracts.format_units import Taken
from gnomon.analysis.metamodel import Array, FunctionType, Pointer, Record, Type, Void
from gnomon.analysis.syntax.csource import CArgument

_CAST = re.compile(r"\(\s*[\w\s*]+\*\s*\)\s*[\w&(*]")


@dataclass(frozen=True, slots=True)
class Misfit:
    """What comes of it, as the end of a sentence, perhaps empty."""

    consequence: str = ""
    tier: Tier = "error"


def misfit(taken: Taken, argument: CArgument) -> Misfit | None:
    """Why the argument cannot be what the unit takes; None when it can be, or nobody knows.

    A pointer that the author casts is what the author says it is.
    """
    actual = passed(argument.type)
    if argument.is_zero and (taken.is_output or taken.kind not in ("integer", "float")):
        return None  # NULL, however written
    if not isinstance(actual, Pointer):
        return _number(taken, actual, argument)
    if taken.kind in ("integer", "float") and not taken.is_output:
        return Misfit()
    if _CAST.match(argument.source):
        return None
    target = bare(actual.target)
    if taken.is_output:
        return _stored(taken, target)
    return _pointed(taken, target)


def _number(taken: Taken, actual: Type, argument: CArgument) -> Misfit | None:
    """A value that is no pointer."""
    if not (is_integer(actual) or is_float(actual) or isinstance(actual, Record)):
        return None
    size = size_of(actual)
    if taken.kind == "address" and is_integer(actual) and size == 8:
        return None
    if taken.is_output or taken.kind not in ("integer", "float"):
        return Misfit()
    if is_float(actual) != (taken.kind == "float") or isinstance(actual, Record):
        return Misfit()
    if size is None or size == taken.size:
        return None
    if size > taken.size:
        return Misfit(f": only {taken.size} of its {size} bytes are read", "warning")
    is_constant = argument.is_zero or argument.source.isdecimal()  # most compilers pass all the bytes of it
    return Misfit(f": {taken.size} bytes are read, and it has {size}", "warning" if is_constant else "error")


def _pointed(taken: Taken, target: Type) -> Misfit | None:
    """A pointer as a value: to text, an object, a function."""
    if isinstance(target, Void):
        return None
    match taken.kind:
        case "converter":
            return _converter(taken, target)
        case "text":
            is_raw = taken.unit.endswith("#")  # bytes of anything
            is_wrong = isinstance(target, Pointer | FunctionType) or _is_python(target)
            is_wrong = is_wrong or (_is_wide(target) and not is_raw)
        case "wide":
            is_wrong = isinstance(target, Pointer | FunctionType) or _is_python(target) or _is_narrow(target)
        case "object" | "type":
            is_wrong = isinstance(target, Pointer | FunctionType) or is_integer(target) or is_float(target)
        case "complex":
            is_wrong = isinstance(target, Pointer | FunctionType) or _is_python(target) or is_integer(target)
        case _:
            is_wrong = False
    return Misfit() if is_wrong else None


def _converter(taken: Taken, target: Type) -> Misfit | None:
    if not isinstance(target, FunctionType):
        return Misfit(": it is no function") if not isinstance(target, Record) else None
    if len(target.parameters) != taken.size and not target.is_variadic and target.parameters:
        return Misfit(f": as a converter it takes {taken.size}, and this one {len(target.parameters)}")
    result = bare(target.result)
    is_wrong = isinstance(result, Pointer) if taken.size == 2 else is_integer(result) or is_float(result)
    return Misfit(": a converter returns something else") if is_wrong or isinstance(result, Void) else None


def _stored(taken: Taken, target: Type) -> Misfit | None:
    """A pointer to where CPython stores what it found."""
    if isinstance(target, Void):
        return None
    if isinstance(target, FunctionType) or _is_python(target):
        return Misfit()
    match taken.kind:
        case "integer" | "float":
            return _stored_number(taken, target)
        case "buffer":
            is_wrong = isinstance(target, Pointer) or is_integer(target) or is_float(target)
        case "complex":
            is_wrong = isinstance(target, Pointer) or is_integer(target)
        case _:
            return _stored_pointer(taken, target)
    return Misfit() if is_wrong else None


def _stored_number(taken: Taken, target: Type) -> Misfit | None:
    if isinstance(target, Pointer):
        return Misfit()
    if not (is_integer(target) or is_float(target)):
        return None
    if is_float(target) != (taken.kind == "float"):
        return Misfit()
    size = size_of(target)
    if size is None or size == taken.size:
        return None
    if size < taken.size:
        return Misfit(f": {taken.size} bytes are written into {size}")
    return Misfit(
        f": only {taken.size} of its {size} bytes are written", "error" if taken.kind == "float" else "warning"
    )


def _stored_pointer(taken: Taken, target: Type) -> Misfit | None:
    """A text or an object: what is stored is a pointer."""
    if is_integer(target) or is_float(target):
        return Misfit(": a pointer is written there")
    if isinstance(target, Array):
        element = bare(target.element)
        return Misfit(": a pointer is written into the array") if is_integer(element) else None
    if not isinstance(target, Pointer):
        return None
    return _pointed(taken, bare(target.target))


def _is_python(type_: Type) -> bool:
    return is_object(type_) or (isinstance(type_, Record) and type_.name == "_typeobject")


def _is_wide(type_: Type) -> bool:
    return (is_integer(type_) and not is_character(type_)) or is_float(type_)


def _is_narrow(type_: Type) -> bool:
    return is_float(type_) or (is_integer(type_) and size_of(type_) != 4)
