"""Flags of parameters in prototypes of ctypes, and functions that ctypes calls with each result."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.boundary.ctypes_flags import ParameterFlag, ResultCheck
from gnomon.analysis.boundary.ctypes_objects import PrototypeUse
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.ctypes_calls import refused_by
from gnomon.analysis.contracts.python_calls import Calls

_DIRECTIONS = frozenset({0, 1, 2, 3, 5})  # of the three bits that ctypes knows: in, out, and a locale
_OUT = 2


def check(subject: Subject) -> Iterator[Contradiction]:
    """Flags of parameters that ctypes refuses: a list instead of a tuple, a direction that it does not know, an output
    whose type is no pointer, a value to begin with that the type refuses. And functions set as `errcheck` that do not
    take the three arguments that ctypes gives them: the result, the function, and the arguments.

    Example: `prototype(("push", lib), ((2, "size"),))` for `prototype = CFUNCTYPE(None, c_int)`.
    """
    calls = Calls(subject)
    for objects in subject.boundary.objects:
        for prototype in objects.prototypes:
            if not calls.is_guarded(prototype.place):
                yield from _flags(calls, prototype)
        for result in objects.checks:
            if not calls.is_guarded(result.place):
                yield from _result(result)


def _flags(calls: Calls, use: PrototypeUse) -> Iterator[Contradiction]:
    if use.is_list and use.rows:
        text = f"the parameter flags of `{use.native}` are a list, and ctypes takes only a tuple"
        yield Contradiction("contract.argtypes", text, use.rows[0].place, use.native, use.holder)
    if len(use.rows) != len(use.arguments):
        return  # told elsewhere
    for number, (row, type_) in enumerate(zip(use.rows, use.arguments, strict=True), 1):
        kind = row.direction & 7 if row.direction is not None else 1
        if kind not in _DIRECTIONS:
            text = f"ctypes does not know the direction {row.direction} of parameter {number} of `{use.native}`"
        elif kind == _OUT and (type_.kind in ("integer", "float", "object")):
            text = f"parameter {number} of `{use.native}` is an output, and `{type_.text}` is no pointer"
        elif row.default is not None and kind in (0, 1) and (shown := _refused(calls, row, use, number)):
            text = f"parameter {number} of `{use.native}` begins with {shown}, which `{type_.text}` refuses"
        else:
            continue
        yield Contradiction("contract.argtypes", text, row.place, use.native, use.holder)


def _refused(calls: Calls, row: ParameterFlag, use: PrototypeUse, number: int) -> str:
    """The default, as written, when each call that needs it raises."""
    assert row.default is not None
    value = calls.value_at(row.default)
    return f"`{value.text}`" if value is not None and value.kind in refused_by(use.arguments[number - 1]) else ""


def _result(result: ResultCheck) -> Iterator[Contradiction]:
    takes = result.function.misfit(3)
    if takes is not None:
        shown = "no arguments" if takes == 0 else "1 argument" if takes == 1 else f"{takes} arguments"
        text = f"`errcheck` of `{result.native}` takes {shown}, and ctypes gives it 3: result, function, arguments"
        yield Contradiction("contract.callback", text, result.place, result.native)
