"""Objects of cffi that are made in a call of C: `lib.fill(ffi.new("long[4]"))`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.contracts.c_difference import difference
from gnomon.analysis.contracts.c_values import bare, is_character, passed
from gnomon.analysis.contracts.cffi_declared import called_through, declared_interfaces
from gnomon.analysis.contracts.cffi_types import NamedType, understood
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.python_calls import Calls, PassedValue
from gnomon.analysis.metamodel import FunctionType, Parameter, Pointer, spell

_MAKERS = ("new", "cast", "callback")


def check(subject: Subject) -> Iterator[Contradiction]:
    """Pointers, arrays and callbacks that are made in a call, of another type than the function's parameter. cffi
    refuses them: it compares the types themselves.

    Example: `lib.fill(ffi.new("long[4]"), 4)` for `int fill(int *numbers, size_t count);`
    """
    calls = Calls(subject)
    for declared in declared_interfaces(subject):
        if not any(typed.method in _MAKERS for typed in declared.interface.typed):
            continue
        made = [n for n in understood(declared, subject.declarations) if n.typed.method in _MAKERS]
        for binding, type_, _ in called_through(subject, declared):
            for use in binding.uses:
                call = calls.around(use)
                values = call.values if call is not None and not call.is_guarded else ()
                for value, parameter in zip(values, type_.parameters, strict=False):
                    yield from _passed(binding, value, parameter, made)


def _passed(
    binding: Binding, value: PassedValue, parameter: Parameter, made: Sequence[NamedType]
) -> Iterator[Contradiction]:
    method = value.callee.rpartition(".")[2]
    found = [n for n in made if n.typed.method == method and _is_callee(n.typed.name, value)]
    if not found or method not in _MAKERS:
        return
    mine = passed(found[0].type)
    wanted = passed(parameter.type)
    if method == "callback" and isinstance(mine, FunctionType):
        mine = Pointer(mine)
    if not isinstance(mine, Pointer) or not isinstance(wanted, Pointer):
        return
    if is_character(bare(mine.target)) or is_character(bare(wanted.target)):
        return  # cffi 1 takes them, with a warning
    why = difference(mine, wanted)
    if why:
        code = "contract.callback" if method == "callback" else "contract.argtypes"
        shown = spell(parameter.type, parameter.name)
        text = f"`{found[0].typed.text}` is passed for `{shown}`, which cffi refuses: {why}"
        yield Contradiction(code, text, value.at, binding.native, binding.python, binding.definition)


def _is_callee(name: Span, value: PassedValue) -> bool:
    """Does the method's name end what is called there?"""
    lines = value.callee.split("\n")
    return (
        len(lines) == 1
        and (name.path, name.line) == (value.at.path, value.at.line)
        and name.end_column == value.at.column + len(value.callee.encode())
    )
