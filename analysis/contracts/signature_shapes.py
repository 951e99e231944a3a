"""The shape of a C function as the ABI sees it, against the shape that CPython calls it with."""

from __future__ import annotations

from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.c_values import bare, is_float, is_integer, passed, size_of
from gnomon.analysis.metamodel import FunctionType, Pointer, Type, Void, spell

# A shape is its result and its parameters: "i(on)" returns int, and takes a pointer and a Py_ssize_t.
_NAMES = {"o": "a pointer", "i": "an `int`", "n": "a `Py_ssize_t`", "v": "nothing"}
_SIZES = {"i": 4, "n": 8}


def unfit(function: FunctionType, shape: str, is_result_used: bool = True) -> tuple[str, Tier] | None:
    """Why a function cannot be called so, as the end of a sentence; None when it can be, or nobody knows.

    Parameters that it lacks are passed and ignored: nothing breaks, but what they say is lost.
    """
    expected = shape[2:-1]
    given = function.parameters
    if len(given) > len(expected):
        return f"takes {len(given)} parameters, and CPython passes {len(expected)}", "error"
    if is_result_used and (why := _result(function.result, shape[0])):
        return why, "error"
    for parameter, class_ in zip(given, expected, strict=False):
        wrong = _parameter(parameter.type, class_)
        if wrong is not None:
            name = f" `{parameter.name}`" if parameter.name else ""
            return f"has a parameter{name} of type `{spell(parameter.type)}`, and CPython passes {wrong[0]}", wrong[1]
    if len(given) < len(expected) and not function.is_variadic:
        return f"takes {len(given)} parameters, and CPython passes {len(expected)}: the rest is ignored", "warning"
    return None


def _result(type_: Type, class_: str) -> str:
    if class_ == "v":
        return ""
    result = bare(type_)
    wanted = f"and CPython reads {_NAMES[class_]}"
    if isinstance(result, Void):
        return f"returns nothing, {wanted}"
    is_number = is_integer(result) or is_float(result)
    if class_ == "o":
        return f"returns `{spell(type_)}`, {wanted}" if is_number else ""
    size = size_of(result)
    is_narrow = is_integer(result) and size is not None and size < _SIZES[class_]
    if isinstance(result, Pointer) or is_float(result) or is_narrow:
        return f"returns `{spell(type_)}`, {wanted}"
    return ""


def _parameter(type_: Type, class_: str) -> tuple[str, Tier] | None:
    actual = passed(type_)
    is_number = is_integer(actual) or is_float(actual)
    if class_ == "o":
        return (_NAMES["o"], "error") if is_number else None
    if isinstance(actual, Pointer) or is_float(actual):
        return _NAMES[class_], "error"
    size = size_of(actual)
    if not is_integer(actual) or size is None or size == _SIZES[class_]:
        return None
    return _NAMES[class_], "error" if size > _SIZES[class_] else "warning"
