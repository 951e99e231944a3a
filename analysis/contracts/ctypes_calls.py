"""Calls through ctypes of functions whose types Python never declared, or declared and then does not follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gnomon.analysis.boundary.binding import Binding, DeclaredType
from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.addresses import Addresses
from gnomon.analysis.contracts.c_values import bare, is_character, is_float, is_integer, passed, size_of
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_fixes import declared
from gnomon.analysis.contracts.python_calls import Calls, LiteralKind, PassedValue, PythonCall
from gnomon.analysis.metamodel import Base, FunctionType, Parameter, Pointer, Record, Type, spell

_INT_MAXIMUM = 2**32 - 1  # ctypes cuts what is larger to an int


def check(subject: Subject) -> Iterator[Contradiction]:
    """Too few arguments, literals that cannot arrive as what C takes, and results that are cut to an int.

    And pointers that Python has as numbers, passed on to a function without argtypes: ctypes passes them as an int.

    Example: `lib.scale(3)` for `double scale(double x)` without argtypes and restype.
    """
    calls = Calls(subject)
    is_sure, addresses = _Declared(subject, calls), Addresses(subject, calls)
    libraries: dict[str, list[Binding]] = {}
    for binding in subject.boundary.bindings:
        if binding.kind == "ctypes":
            libraries.setdefault(binding.python.rpartition(".")[0], []).append(binding)
    for binding in subject.boundary.bindings:
        if binding.kind != "ctypes" or binding.type is None or binding.is_redeclared or binding.is_prototyped:
            continue
        for use in binding.uses:
            call = calls.around(use)
            if call is not None and not call.is_guarded:
                for found in _checked(binding, binding.type, call, is_sure, addresses):
                    is_fixable = binding.argtypes is None and found.code in ("contract.argtypes", "contract.restype")
                    of_library = libraries[binding.python.rpartition(".")[0]]
                    fixes = declared(subject.snapshot, use, binding, of_library) if is_fixable else ()
                    yield replace(found, fixes=fixes)


class _Declared:
    """Whether all assignments of argtypes and restype in the workspace were understood.

    One that was not (in a helper, a loop, through setattr) may declare any function: then nothing is missing for sure.
    Neither is it below a parameter: a helper may be called in other ways than those that were understood.
    """

    def __init__(self, subject: Subject, calls: Calls) -> None:
        known = {
            (at.path, line)
            for b in subject.boundary.bindings
            for at in (b.declared, *(t.at for t in (b.restype, *(b.argtypes or ())) if t is not None))
            if at is not None
            for line in range(at.line, at.end_line + 1)
        }
        self.argtypes = all(place in known for place in calls.attributes_set("argtypes"))
        self.restype = all(place in known for place in calls.attributes_set("restype"))


def _checked(
    binding: Binding, true: FunctionType, call: PythonCall, sure: _Declared, addresses: Addresses
) -> Iterator[Contradiction]:
    if binding.argtypes is None and sure.argtypes:
        yield from _too_few(binding, len(true.parameters), call)
        for value, parameter in zip(call.values, true.parameters, strict=False):
            yield from _undeclared(binding, value, parameter, addresses)
        if true.is_variadic:
            yield from _variable(binding, call.values[len(true.parameters) :])
    elif binding.argtypes is not None:
        yield from _too_few(binding, len(binding.argtypes), call)
        for value, declared in zip(call.values, binding.argtypes, strict=False):
            yield from _refused(binding, value, declared)
        behind = len(binding.argtypes)
        for value, parameter in zip(call.values[behind:], true.parameters[behind:], strict=False):
            yield from _undeclared(binding, value, parameter, addresses)
        yield from _variable(binding, call.values[max(behind, len(true.parameters)) :])
    if binding.restype is None and sure.restype and call.is_result_used:
        yield from _cut(binding, true.result, call)


def _too_few(binding: Binding, count: int, call: PythonCall) -> Iterator[Contradiction]:
    if call.is_complete and len(call.values) < count:
        given = "no argument" if not call.values else f"{len(call.values)}"
        text = f"`{binding.native}` takes {count} arguments, and is given {given}"
        yield Contradiction("contract.arity", text, call.at, binding.native, binding.python, binding.definition)


def _undeclared(
    binding: Binding, value: PassedValue, parameter: Parameter, addresses: Addresses
) -> Iterator[Contradiction]:
    true = passed(parameter.type)
    why = _misfit(value, true)
    if isinstance(true, Pointer) and (maker := addresses.maker(value)):
        why = f"the address that `{maker}` returns is a number, and is cut to 32 bits"
    if why:
        text = f"`{value.text}` is passed for `{spell(parameter.type, parameter.name)}` without argtypes: {why}"
        yield Contradiction("contract.argtypes", text, value.at, binding.native, binding.python, binding.definition)


def _variable(binding: Binding, values: tuple[PassedValue, ...]) -> Iterator[Contradiction]:
    for value in values:
        if value.kind == "float":
            text = f"`{value.text}` is passed to `{binding.native}(..., ...)`: ctypes passes a float only as `c_double`"
            yield Contradiction("contract.variadic", text, value.at, binding.native, binding.python, binding.definition)


def refused_by(declared: DeclaredType) -> tuple[LiteralKind, ...]:
    """The kinds of literals on which from_param of a declared type raises."""
    if declared.kind == "integer":
        return _REFUSED.get(declared.text, ("float", "string", "bytes", "none"))
    if declared.kind == "float":
        return ("string", "bytes", "none")
    if declared.text == "POINTER(c_char)":
        return ("integer", "float", "string")
    if declared.text.startswith("POINTER("):
        return ("integer", "float", "string", "bytes")
    return _REFUSED.get(declared.text, ())


_REFUSED: dict[str, tuple[LiteralKind, ...]] = {
    "c_bool": (),
    "c_char": ("float", "string", "none"),
    "c_wchar": ("integer", "float", "bytes", "none"),
    "c_char_p": ("integer", "float", "string"),
    "c_wchar_p": ("integer", "float", "bytes"),
    "c_void_p": ("float",),
}


def _refused(binding: Binding, value: PassedValue, declared: DeclaredType) -> Iterator[Contradiction]:
    text = ""
    if value.kind in refused_by(declared):
        text = f"`{value.text}` is passed to `{binding.native}` for a `{declared.text}`, which ctypes refuses"
    elif value.kind == "integer" and declared.kind == "integer" and _is_too_large(value.number, declared.bits):
        text = f"`{value.text}` is passed to `{binding.native}` for a `{declared.text}`, which cuts it"
    if text:
        yield Contradiction("contract.argtypes", text, value.at, binding.native, binding.python, binding.definition)


def _is_too_large(number: int, bits: int) -> bool:
    """Can neither a signed nor an unsigned integer hold it? One bit is of `c_bool`, which is what the number is not."""
    return bits > 1 and not -(1 << (bits - 1)) <= number < 1 << bits


def _misfit(value: PassedValue, true: Type) -> str:
    """By what ctypes does with a value whose type is not declared."""
    size = size_of(true) or 0
    match value.kind:
        case "float":
            return "ctypes does not know how to pass a float"
        case "integer" if is_float(true):
            return "it arrives as an integer, not as a floating-point number"
        case "string" | "bytes" | "none" if is_float(true):
            return "it arrives as a pointer, not as a floating-point number"
        case "string" | "bytes" if is_integer(true) and size <= 4:
            return "it arrives as a pointer, cut to the size of the number"
        case "integer" if _is_plain(true) and size < 4 and _is_too_large(value.number, size * 8):
            return f"it is cut to {size * 8} bits"
        case "integer" if abs(value.number) > _INT_MAXIMUM and (is_integer(true) or isinstance(true, Pointer)):
            return "it is cut to 32 bits"
        case "string" if isinstance(true, Pointer) and is_character(bare(true.target)):
            return "a str arrives as wide characters"
        case "bytes" if isinstance(true, Pointer) and _is_wide(bare(true.target)):
            return "bytes arrive as single characters"
    return ""


def _is_plain(type_: Type) -> bool:
    """An integer whose values are numbers: of truth values any number is one."""
    return isinstance(type_, Base) and type_.encoding in ("signed", "unsigned", "character")


def _is_wide(type_: Type) -> bool:
    return is_integer(type_) and size_of(type_) == 4


def _cut(binding: Binding, result: Type, call: PythonCall) -> Iterator[Contradiction]:
    """Without a restype the result is an int."""
    true = passed(result)
    size = size_of(true)
    tier: Tier = "error"
    if isinstance(true, Record) or is_float(true):
        why = "is read as an int"
    elif isinstance(true, Pointer):
        why = "is cut to 32 bits"
    elif is_integer(true) and size is not None and size > 4:  # small numbers survive
        why, tier = "is cut to 32 bits", "warning"
    else:
        return
    text = f"the `{spell(result)}` that `{binding.native}` returns {why}: no restype is declared"
    yield Contradiction("contract.restype", text, call.at, binding.native, binding.python, binding.definition, tier)
