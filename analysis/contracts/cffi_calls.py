"""Calls through cffi of functions that take something else, and functions that C calls through cffi."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.cffi import CffiPythonFunction
from gnomon.analysis.contracts.c_values import bare, is_float, is_integer, passed
from gnomon.analysis.contracts.cffi_declared import Declared, called_through, declared_interfaces
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.python_calls import Calls, LiteralKind, PassedValue, PythonCall
from gnomon.analysis.metamodel import Alias, Base, Enumeration, FunctionType, Pointer, Record, Type, Void, spell

_CHARACTERS = frozenset({"char", "wchar_t", "char16_t", "char32_t"})


def check(subject: Subject) -> Iterator[Contradiction]:
    """Calls that cffi refuses: too few or too many arguments, literals of another kind, numbers out of range.

    And Python functions below `def_extern` that take another number of arguments than C gives them.

    Example: `lib.ring_push(ring, "3")` for `int ring_push(struct ring *r, int value)`.
    """
    calls = Calls(subject)
    for declared in declared_interfaces(subject):
        for binding, type_, _ in called_through(subject, declared):
            for use in binding.uses:
                call = calls.around(use)
                if call is not None and not call.is_guarded:
                    yield from _called(binding, type_, call)
        for function in declared.interface.python_functions:
            yield from _implemented(declared, function)


def _called(binding: Binding, type_: FunctionType, call: PythonCall) -> Iterator[Contradiction]:
    count, given = len(type_.parameters), len(call.values)
    if call.is_complete and (given < count or (given > count and not type_.is_variadic)):
        least = "at least " if type_.is_variadic else ""
        text = f"`{binding.native}` takes {least}{_counted(count)}, and is given {given or 'none'}"
        yield Contradiction("contract.arity", text, call.at, binding.native, binding.python, binding.definition)
        return
    for value, parameter in zip(call.values, type_.parameters, strict=False):
        if value.kind in refused_by(parameter.type):
            text = f"`{value.text}` is passed for `{spell(parameter.type, parameter.name)}`, which cffi refuses"
        elif value.kind == "integer" and not fits(value.number, parameter.type):
            text = f"`{value.text}` is passed for `{spell(parameter.type, parameter.name)}`, which cannot hold it"
        else:
            continue
        yield _said("contract.argtypes", binding, text, value)
    for value in call.values[count:] if type_.is_variadic else ():
        if value.kind != "other":
            text = f"`{value.text}` is passed to `{binding.native}(..., ...)`: cffi takes only its own objects there"
            yield _said("contract.variadic", binding, text, value)


def _counted(count: int) -> str:
    return "no arguments" if count == 0 else "1 argument" if count == 1 else f"{count} arguments"


def refused_by(type_: Type) -> tuple[LiteralKind, ...]:
    """The kinds of literals that cffi does not convert to a parameter of a type."""
    actual = passed(type_)
    if is_text(type_):
        return ("integer", "float", "none")
    if is_integer(actual):
        return ("float", "string", "bytes", "none")
    if is_float(actual):
        return ("string", "bytes", "none")
    if not isinstance(actual, Pointer):
        return ("integer", "float", "none") if isinstance(actual, Record) else ()
    target = bare(actual.target)
    if is_text(actual.target) or isinstance(target, Void) or (isinstance(target, Base) and target.size == 1):
        return ("integer", "float", "none")
    return ("integer", "float", "string", "bytes", "none")


def is_text(type_: Type) -> bool:
    """A character of cffi's: by its first name that cffi knows."""
    while not isinstance(type_, Base):
        inner = getattr(type_, "target", None)
        if isinstance(type_, Alias) and type_.name in _CHARACTERS:
            return True
        if isinstance(type_, Pointer) or inner is None:
            return False
        type_ = inner
    return type_.name in _CHARACTERS


def fits(number: int, type_: Type) -> bool:
    """Is the number one that an integer parameter can hold? Of enumerations nobody knows."""
    actual = passed(type_)
    if isinstance(actual, Enumeration) or not isinstance(actual, Base) or not is_integer(actual):
        return True
    if actual.encoding == "boolean":
        return number in (0, 1)
    bits = actual.size * 8
    least = 0 if actual.encoding == "unsigned" else -(1 << (bits - 1))
    return least <= number < least + (1 << bits)


def _implemented(declared: Declared, function: CffiPythonFunction) -> Iterator[Contradiction]:
    named = [d for d in declared.interface.declarations if d.name == function.name]
    is_named = re.search(rf"\b{re.escape(function.name)}\b", declared.interface.text) is not None
    if not named and not is_named and declared.interface.is_whole:
        text = f'no `extern "Python"` declares `{function.name}`'
        yield Contradiction("contract.callback", text, function.place, function.name, function.name)
    type_ = declared.functions.get(function.name)
    if not named or type_ is None or not named[0].is_python:
        return
    given, most = len(type_.parameters), function.maximum
    if given < function.minimum or (most is not None and given > most):
        takes = function.minimum if given < function.minimum else most
        text = f"`{function.name}` takes {_counted(takes or 0)}, and C calls it with {given}"
        yield Contradiction("contract.callback", text, function.place, function.name, function.name, named[0].place)


def _said(code: str, binding: Binding, text: str, value: PassedValue) -> Contradiction:
    return Contradiction(code, text, value.at, binding.native, binding.python, binding.definition)
