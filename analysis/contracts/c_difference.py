"""One C type against another: a declaration that Python was given, and the truth."""

from __future__ import annotations

from gnomon.analysis.contracts.c_values import bare, is_character, is_float, is_integer, passed, size_of
from gnomon.analysis.metamodel import Base, Enumeration, FunctionType, Pointer, Record, Type, Void, spell

_DEPTH_BOUND = 8  # callbacks that take callbacks


def difference(declared: Type, true: Type, depth: int = 0) -> str:
    """Why a value of the declared type cannot be what C takes or returns; empty when it can be, or nobody knows.

    Structures are compared by their layout, elsewhere.
    """
    mine, actual = passed(declared), passed(true)
    if depth > _DEPTH_BOUND:
        return ""
    if isinstance(mine, Pointer) and isinstance(actual, Pointer):
        return _pointed(mine, actual, declared, true, depth)
    kinds = _kind(mine), _kind(actual)
    if "" in kinds:
        return ""
    if kinds[0] != kinds[1]:
        return _other_kind(kinds, size_of(mine), size_of(actual), declared, true)
    sizes = size_of(mine), size_of(actual)
    if kinds[0] in ("an integer", "a floating-point number") and None not in sizes and sizes[0] != sizes[1]:
        return f"`{spell(declared)}` has {_bits(sizes[0])} bits, and `{spell(true)}` has {_bits(sizes[1])}"
    return ""


def other_sign(declared: Type, true: Type) -> str:
    """Why numbers of one size are read as others; enumerations, characters and truth values have none."""
    mine, actual = passed(declared), passed(true)
    if not isinstance(mine, Base) or not isinstance(actual, Base) or mine.size != actual.size or mine.size < 2:
        return ""
    if {mine.encoding, actual.encoding} != {"signed", "unsigned"}:
        return ""
    return f"`{spell(declared)}` is {mine.encoding}, and `{spell(true)}` is {actual.encoding}"


def _bits(size: int | None) -> int:
    return (size or 0) * 8


def _kind(type_: Type) -> str:
    if is_integer(type_):
        return "an integer"
    if is_float(type_):
        return "a floating-point number"
    match type_:
        case Pointer():
            return "a pointer"
        case Record():
            return "a structure"
        case Void():
            return "nothing"
    return ""


def _other_kind(kinds: tuple[str, str], mine: int | None, actual: int | None, declared: Type, true: Type) -> str:
    if set(kinds) == {"an integer", "a pointer"}:
        if mine == actual or mine is None or actual is None:
            return ""  # a handle as a number: it arrives whole
        first = f"`{spell(declared)}` is {kinds[0]} of {_bits(mine)} bits"
        return f"{first}, and `{spell(true)}` is {kinds[1]} of {_bits(actual)}"
    return f"`{spell(declared)}` is {kinds[0]}, and `{spell(true)}` is {kinds[1]}"


def _pointed(mine: Pointer, actual: Pointer, declared: Type, true: Type, depth: int) -> str:
    inner, other = bare(mine.target), bare(actual.target)
    if isinstance(inner, FunctionType) and isinstance(other, FunctionType):
        return called_otherwise(inner, other, depth + 1)
    if isinstance(inner, Void | FunctionType) or isinstance(other, Void | FunctionType):
        return ""
    inner, other = _element(inner), _element(other)
    is_number, is_other = is_integer(inner) or is_float(inner), is_integer(other) or is_float(other)
    if is_number and isinstance(other, Pointer) and size_of(inner) != other.size and not is_character(inner):
        return f"`{spell(declared)}` points to a number, and `{spell(true)}` to a pointer"
    if isinstance(inner, Pointer) and (is_other or (isinstance(other, Record) and other.size > 0)):
        return f"`{spell(declared)}` points to a pointer, and `{spell(true)}` does not"
    if not is_number or not is_other or is_character(inner) or is_character(other):
        return ""  # bytes of anything
    if is_float(inner) != is_float(other):
        return f"`{spell(declared)}` points to {_numbers(inner)}, and `{spell(true)}` to {_numbers(other)}"
    sizes = size_of(inner), size_of(other)
    if None in sizes or sizes[0] == sizes[1]:
        return ""
    return f"`{spell(declared)}` points to values of {sizes[0]} bytes, and `{spell(true)}` to values of {sizes[1]}"


def _element(type_: Type) -> Type:
    """What an array behind a pointer holds."""
    plain = passed(type_)
    return bare(plain.target) if plain is not type_ and isinstance(plain, Pointer) else type_


def _numbers(type_: Type) -> str:
    return "floating-point numbers" if is_float(type_) else "integers"


def called_otherwise(declared: FunctionType, true: FunctionType, depth: int = 0) -> str:
    """Why a function of the declared type cannot stand where C calls the true one."""
    mine, actual = declared.parameters, true.parameters
    if len(mine) != len(actual) and not declared.is_variadic and not true.is_variadic:
        return f"the function pointed to takes {len(mine)}, and C calls it with {len(actual)}"
    for number, (one, other) in enumerate(zip(mine, actual, strict=False), 1):
        if why := difference(one.type, other.type, depth):
            return f"parameter {number} of the function pointed to: {why}"
    if why := difference(declared.result, true.result, depth):
        return f"result of the function pointed to: {why}"
    return ""


def is_truth(type_: Type) -> bool:
    """`_Bool`, into which C converts without loss."""
    actual = passed(type_)
    return isinstance(actual, Base) and actual.encoding == "boolean"


def is_number_wider(declared: Type, true: Type) -> bool:
    """Does the true number have more bytes than the declared one, so that it is cut?"""
    mine, actual = passed(declared), passed(true)
    if not isinstance(mine, Base | Enumeration) or not isinstance(actual, Base | Enumeration):
        return False
    sizes = size_of(mine), size_of(actual)
    return is_integer(mine) and is_integer(actual) and sizes[0] is not None and (sizes[1] or 0) > sizes[0]
