"""A type as ctypes declares it, against the type that C has."""

from __future__ import annotations

from gnomon.analysis.boundary.binding import DeclaredType
from gnomon.analysis.contracts.c_values import bare, is_character, is_float, is_integer, is_object, passed, size_of
from gnomon.analysis.metamodel import Base, Enumeration, FunctionType, Pointer, Record, Type, Void, spell

_SIZES = {
    "c_bool": 1, "c_char": 1, "c_byte": 1, "c_ubyte": 1, "c_int8": 1, "c_uint8": 1, "c_short": 2, "c_ushort": 2,
    "c_int16": 2, "c_uint16": 2, "c_int": 4, "c_uint": 4, "c_int32": 4, "c_uint32": 4, "c_long": 8, "c_ulong": 8,
    "c_longlong": 8, "c_ulonglong": 8, "c_int64": 8, "c_uint64": 8, "c_size_t": 8, "c_ssize_t": 8, "c_wchar": 4,
}  # fmt: skip
_FLOATS = {"c_float": 4, "c_double": 8, "c_longdouble": 16}
_POINTERS = frozenset({"c_char_p", "c_wchar_p", "c_void_p", "py_object"})


def argument_contradiction(declared: DeclaredType, true: Type) -> str:
    """As `contradiction`, of what Python passes: integers of 32 bits and less are all passed as an int."""
    size = size_of(passed(true))
    if (
        declared.kind == "integer"
        and declared.bits <= 32
        and is_integer(passed(true))
        and size is not None
        and size <= 4
    ):
        return ""
    return contradiction(declared, true)


def other_sign(declared: DeclaredType, true: Type) -> str:
    """Why numbers of an int's size or more come out as others; enumerations have no sign to speak of."""
    actual = passed(true)
    if declared.kind != "integer" or declared.text == "c_wchar" or not isinstance(actual, Base):
        return ""
    mine = "signed" if declared.signed else "unsigned"
    if actual.size < 4 or actual.size * 8 != declared.bits or {mine, actual.encoding} != {"signed", "unsigned"}:
        return ""
    return f"`{declared.text}` is {mine}, and `{spell(true)}` is {actual.encoding}"


def contradiction(declared: DeclaredType, true: Type) -> str:
    """Why a value declared so cannot be what C takes or returns; empty when it can be, or nobody knows."""
    actual = passed(true)
    match declared.kind:
        case "integer":
            return _integer(declared, actual, true)
        case "float":
            return _float(declared, actual, true)
        case "string" | "pointer" | "callback" | "object":
            return _pointer(declared, actual, true)
        case "structure":
            return _structure(declared, actual, true)
    return ""


def _integer(declared: DeclaredType, actual: Type, true: Type) -> str:
    if isinstance(actual, Pointer):
        if declared.bits == 64:  # a handle as a number: it arrives whole
            return ""
        return f"`{declared.text}` has {declared.bits} bits, and `{spell(true)}` is a pointer of 64"
    if is_float(actual):
        return f"`{declared.text}` is an integer, and `{spell(true)}` is a floating-point number"
    if isinstance(actual, Record):
        return f"`{declared.text}` is an integer, and `{spell(true)}` is a structure"
    size, bits = size_of(actual), max(declared.bits, 8)  # c_bool has one bit, in a byte
    if not is_integer(actual) or size is None or size * 8 == bits:
        return ""
    return f"`{declared.text}` has {bits} bits, and `{spell(true)}` has {size * 8}"


def _float(declared: DeclaredType, actual: Type, true: Type) -> str:
    if is_integer(actual) or isinstance(actual, Pointer | Record):
        what = "an integer" if is_integer(actual) else "a pointer" if isinstance(actual, Pointer) else "a structure"
        return f"`{declared.text}` is a floating-point number, and `{spell(true)}` is {what}"
    size = size_of(actual)
    if is_float(actual) and size is not None and size != _FLOATS.get(declared.text, size):
        return f"`{declared.text}` has {declared.bits} bits, and `{spell(true)}` has {size * 8}"
    return ""


def _structure(declared: DeclaredType, actual: Type, true: Type) -> str:
    if isinstance(actual, Pointer):
        return f"`{declared.text}` is passed by value, and `{spell(true)}` is a pointer"
    if is_integer(actual) or is_float(actual):
        return f"`{declared.text}` is a structure, and `{spell(true)}` is a number"
    return ""


def _pointer(declared: DeclaredType, actual: Type, true: Type) -> str:
    if is_float(actual):
        return f"`{declared.text}` is a pointer, and `{spell(true)}` is a floating-point number"
    if isinstance(actual, Record):
        return f"`{declared.text}` is a pointer, and `{spell(true)}` is a structure passed by value"
    size = size_of(actual)
    if is_integer(actual) and size is not None and size < 8:
        return f"`{declared.text}` is a pointer of 64 bits, and `{spell(true)}` has {size * 8}"
    if not isinstance(actual, Pointer):
        return ""
    target = bare(actual.target)
    if declared.kind == "callback":
        return _callback(declared, target, true)
    if declared.kind == "object" and is_integer(target):
        return f"`py_object` is a PyObject, and `{spell(true)}` points to numbers"
    return _pointee(declared.text, target, true) if declared.kind in ("string", "pointer") else ""


def _pointee(text: str, target: Type, true: Type) -> str:
    """What is pointed to: only where both sides are plain and cannot mean the same."""
    if isinstance(target, Void | FunctionType) or text == "c_void_p" or is_object(target):
        return ""
    if text == "c_char_p":
        if isinstance(target, Pointer):
            return f"`c_char_p` points to characters, and `{spell(true)}` points to a pointer"
        return ""
    if text == "c_wchar_p":
        if is_character(target):
            return f"`c_wchar_p` points to wide characters of 4 bytes, and `{spell(true)}` to single bytes"
        return ""
    inner = text.removeprefix("POINTER(").removesuffix(")") if text.startswith("POINTER(") else ""
    declared_pointer = inner in _POINTERS or inner.startswith("POINTER(")
    if declared_pointer and (isinstance(target, Base | Enumeration) or _is_opened_record(target)):
        return f"`{text}` points to a pointer, and `{spell(true)}` does not"
    if isinstance(target, Pointer) and (inner in _FLOATS or (inner in _SIZES and _SIZES[inner] < 8)):
        return f"`{text}` points to a number, and `{spell(true)}` points to a pointer"
    return _pointed_number(text, inner, target, true)


def _is_opened_record(type_: Type) -> bool:
    return isinstance(type_, Record) and type_.size > 0


def _pointed_number(text: str, inner: str, target: Type, true: Type) -> str:
    size = size_of(target)
    if size is None or is_character(target) or _SIZES.get(inner) == 1:  # bytes of anything
        return ""
    if inner in _FLOATS and is_integer(target):
        return f"`{text}` points to floating-point numbers, and `{spell(true)}` to integers"
    if inner in _SIZES and is_float(target):
        return f"`{text}` points to integers, and `{spell(true)}` to floating-point numbers"
    expected = _SIZES.get(inner) or _FLOATS.get(inner)
    if expected is not None and (is_integer(target) or is_float(target)) and expected != size:
        return f"`{text}` points to values of {expected} bytes, and `{spell(true)}` to values of {size}"
    return ""


def _callback(declared: DeclaredType, target: Type, true: Type) -> str:
    """A Python function that C calls: what it is given and gives back."""
    if not isinstance(target, FunctionType):
        return (
            "" if isinstance(target, Void) else f"`{declared.text}` is a function, and `{spell(true)}` points to data"
        )
    if not declared.parts or target.is_variadic:
        return ""
    result, *arguments = declared.parts
    if len(arguments) != len(target.parameters):
        counts = f"{len(arguments)}, and C calls it with {len(target.parameters)}"
        return f"`{declared.text}` takes {counts}"
    for number, (mine, parameter) in enumerate(zip(arguments, target.parameters, strict=True), 1):
        if why := contradiction(mine, parameter.type):
            return f"argument {number} of the callback: {why}"
    is_nothing = isinstance(bare(target.result), Void)
    if result.kind == "void" and not is_nothing:
        return f"the callback returns nothing, and C expects `{spell(target.result)}`"
    why = "" if is_nothing else contradiction(result, target.result)
    return f"result of the callback: {why}" if why else ""
