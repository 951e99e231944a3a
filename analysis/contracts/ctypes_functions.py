"""Functions that Python calls through ctypes: what argtypes and restype declare, against the function's C type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gnomon.analysis.boundary.binding import Binding, DeclaredType, Span
from gnomon.analysis.checking.finding import Fix
from gnomon.analysis.contracts.c_values import bare, is_integer, passed, size_of
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_fixes import replaced
from gnomon.analysis.contracts.declared import argument_contradiction, contradiction, other_sign
from gnomon.analysis.contracts.python_calls import Calls
from gnomon.analysis.metamodel import FunctionType, Type, Void
from gnomon.analysis.workspace import Snapshot


def check(subject: Subject) -> Iterator[Contradiction]:
    """Declared counts and types of arguments, and declared results, that the function does not have.

    A result of the right size and the wrong sign is a warning: -1 comes out as a large number, or the other way round.

    Silent where a program declares a function in several ways: which of them holds when is not known.

    Example: `lib.ring_push.argtypes = [c_void_p]` for `int ring_push(struct ring *r, int value)`.
    """
    calls = Calls(subject)
    for binding in subject.boundary.bindings:
        if binding.kind == "ctypes" and not binding.is_redeclared and binding.type is not None:
            given = [call for use in binding.uses if (call := calls.around(use)) is not None]
            most = max((len(call.values) for call in given), default=0)
            yield from _arguments(subject.snapshot, binding, binding.type, most)
            yield from _result(subject.snapshot, binding, binding.type)


def _arguments(snapshot: Snapshot, binding: Binding, true: FunctionType, given: int) -> Iterator[Contradiction]:
    """`given` is the largest count of arguments in a call: ctypes passes those behind the declared ones, too."""
    declared = binding.argtypes
    if declared is None or binding.declared is None:
        return
    count = len(true.parameters)
    is_short = len(declared) < count and given < count
    if is_short or (len(declared) > count and not true.is_variadic):
        takes = f"at least {count}" if true.is_variadic else str(count)
        text = f"`argtypes` of `{binding.native}` has {_counted(len(declared))}, and the function takes {takes}"
        yield _said(binding, "contract.argtypes", text, binding.declared)
        return
    for number, (mine, parameter) in enumerate(zip(declared, true.parameters, strict=False), 1):
        why = argument_contradiction(mine, parameter.type)
        if why:
            name = f" `{parameter.name}`" if parameter.name else ""
            text = f"argument {number}{name} of `{binding.native}`: {why}"
            fixes = replaced(snapshot, mine.at, parameter.type) if mine.at is not None else ()
            code = "contract.callback" if mine.kind == "callback" else "contract.argtypes"
            yield _said(binding, code, text, mine.at or binding.declared, fixes)


def _result(snapshot: Snapshot, binding: Binding, true: FunctionType) -> Iterator[Contradiction]:
    declared = binding.restype
    if declared is None or declared.kind in ("void", "unknown") or binding.declared is None:
        return
    if isinstance(bare(true.result), Void):
        text = f"`restype` of `{binding.native}` is `{declared.text}`, and the function returns nothing"
    elif why := contradiction(declared, true.result) or other_sign(declared, true.result):
        text = f"result of `{binding.native}`: {why}"
    else:
        return
    fixes = replaced(snapshot, declared.at, true.result) if declared.at is not None else ()
    found = _said(binding, "contract.restype", text, declared.at or binding.declared, fixes)
    is_mild = _is_narrow(declared, true.result) or bool(other_sign(declared, true.result))
    yield replace(found, tier="warning") if is_mild else found


def _is_narrow(declared: DeclaredType, result: Type) -> bool:
    """Is it an int of which only the low bytes are looked at? Small numbers survive."""
    true = passed(result)
    return declared.kind == "integer" and declared.bits < 32 and is_integer(true) and size_of(true) == 4


def _counted(count: int) -> str:
    return "1 type" if count == 1 else f"{count} types"


def _said(binding: Binding, code: str, text: str, at: Span, fixes: tuple[Fix, ...] = ()) -> Contradiction:
    return Contradiction(code, text, at, binding.native, binding.python, binding.definition, fixes=fixes)
