"""Format strings of the C API, against the arguments that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.finding import Fix, TextEdit, Tier
from gnomon.analysis.contracts.c_values import bare, is_integer, passed, size_of
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.format_calls import FormatCall, format_calls, plain_name
from gnomon.analysis.contracts.format_units import Taken
from gnomon.analysis.contracts.headers import Version, oldest_python, python_versions, says
from gnomon.analysis.contracts.intact import intact_calls
from gnomon.analysis.contracts.passed_types import misfit
from gnomon.analysis.metamodel import Pointer, spell
from gnomon.analysis.syntax.csource import CArgument, CCall
from gnomon.analysis.workspace import Snapshot

CODE = "contract.format"
_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*[<\"]Python\.h[>\"]", re.M)
_COUNTED = (3, 13)  # from here on every `#` is a Py_ssize_t
_SIGNED = {1: "b", 2: "h", 4: "i", 8: "n"}


def check(subject: Subject) -> Iterator[Contradiction]:
    """Format strings of `PyArg_Parse*`, `Py_BuildValue`, `PyObject_Call*`, `PyErr_Format`, `PyOS_snprintf` and their
    like: wrong units, a wrong number of arguments, and arguments of another class, size or depth of pointers than their
    unit takes. The counts that `PyArg_UnpackTuple` and `PyTuple_Pack` are given are compared, too.

    The functions have variable arguments, so the compiler compares nothing, and what does not fit is undefined
    behaviour: a `p` that is given a `bool *` writes four bytes where one is. Also `#` without `PY_SSIZE_T_CLEAN`: in
    Python 3.10 to 3.12 every call that reaches it raises SystemError. A project that asks for 3.13 or later is told
    nothing; one that is built with such headers, and asks for less, is warned.

    A format may be held by a variable, or a `_PyArg_Parser`, that can hold no other. Signs are not compared, nor
    pointers that are cast, nor formats that are computed. Where less is read than was
    passed (`i` for a `long`), it is a warning.
    """
    versions = python_versions(subject.snapshot, subject.sources.values())
    oldest = oldest_python(subject.snapshot)
    for facts in subject.sources.values():
        version = versions.get(facts.path, _COUNTED)
        for call in format_calls(facts, subject.c_source):
            is_unclean = False
            if call.format.has_length and not call.is_clean and (oldest or version) < _COUNTED:
                is_unclean = version < _COUNTED or not says(subject.snapshot, facts, "PY_SSIZE_T_CLEAN")
            if is_unclean:
                tier: Tier = "error" if version < _COUNTED else "warning"
                yield _said(call, _not_clean(call, version), tier, _define_clean(subject.snapshot, facts.path))
            yield from _compared(call, subject.snapshot, is_counted=not is_unclean or version >= _COUNTED)
        for plain in intact_calls(facts):
            if plain_name(plain.name) == "PyArg_UnpackTuple":
                yield from _unpacked(plain)
            elif plain.name == "PyTuple_Pack":
                yield from _packed(plain)


def _compared(call: FormatCall, snapshot: Snapshot, is_counted: bool) -> Iterator[Contradiction]:
    format_, given = call.format, call.given
    if format_.problem:
        yield _said(call, f"the format of `{call.name}` {format_.problem}")
    elif len(given) < len(format_.taken) and call.unread_after is None:
        text = f"the format of `{call.name}` takes {_counted(len(format_.taken))}, and {len(given)} follow it"
        yield _said(call, text)
    elif len(given) > len(format_.taken) and format_.is_complete:
        text = f"the format of `{call.name}` takes {_counted(len(format_.taken))}, and {len(given)} follow it"
        yield _said(call, text, tier="warning")
    for taken, argument in zip(format_.taken, given, strict=False):
        if taken.unit.endswith("#") and taken.kind == "integer" and not is_counted:
            continue
        wrong = misfit(taken, argument)
        if wrong is not None:
            yield Contradiction(
                CODE,
                f"`{taken.unit}` of `{call.name}` takes `{taken.needs}`, and `{_shown(argument)}` is "
                f"`{spell(argument.type)}`{wrong.consequence}",
                _span(call.call.path, argument),
                call.call.function,
                truth=call.written,
                tier=wrong.tier,
                fixes=_other_unit(call, taken, argument, snapshot),
            )


def _unpacked(call: CCall) -> Iterator[Contradiction]:
    """PyArg_UnpackTuple(args, name, min, max, ...)"""
    if len(call.arguments) < 4 or not call.arguments[3].source.isdecimal():
        return
    most, given = int(call.arguments[3].source), call.arguments[4:]
    if most != len(given):
        tier: Tier = "error" if most > len(given) else "warning"
        text = f"`PyArg_UnpackTuple` stores up to {_counted(most)}, and {len(given)} follow"
        yield Contradiction(CODE, text, _span(call.path, call.arguments[3]), call.function, tier=tier)
    for argument in given[:most]:
        wrong = misfit(Taken("O", 0, "object", "PyObject **", 0, True), argument)
        if wrong is not None:
            text = f"`PyArg_UnpackTuple` takes `PyObject **`, and `{_shown(argument)}` is `{spell(argument.type)}`"
            yield Contradiction(CODE, text, _span(call.path, argument), call.function)


def _packed(call: CCall) -> Iterator[Contradiction]:
    """PyTuple_Pack(count, ...)"""
    if not call.arguments or not call.arguments[0].source.isdecimal():
        return
    count, given = int(call.arguments[0].source), call.arguments[1:]
    if count != len(given):
        tier: Tier = "error" if count > len(given) else "warning"
        text = f"`PyTuple_Pack` reads {_counted(count)}, and {len(given)} follow"
        yield Contradiction(CODE, text, _span(call.path, call.arguments[0]), call.function, tier=tier)
    for argument in given[:count]:
        if misfit(Taken("O", 0, "object", "PyObject *"), argument) is not None:
            text = f"`PyTuple_Pack` takes `PyObject *`, and `{_shown(argument)}` is `{spell(argument.type)}`"
            yield Contradiction(CODE, text, _span(call.path, argument), call.function)


def _counted(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _shown(argument: CArgument) -> str:
    line = " ".join(argument.source.split())
    return line if len(line) <= 40 else line[:37] + "..."


def _span(path: str, argument: CArgument) -> Span:
    return Span(path, argument.line, argument.column, argument.end_line, argument.end_column)


def _said(call: FormatCall, text: str, tier: Tier = "error", fixes: tuple[Fix, ...] = ()) -> Contradiction:
    return Contradiction(CODE, text, _span(call.call.path, call.literal), call.call.function, tier=tier, fixes=fixes)


def _not_clean(call: FormatCall, version: Version) -> str:
    where = "" if version < _COUNTED else " before Python 3.13"
    raised = f"every call that reaches it raises SystemError{where}"
    return f"`#` in the format of `{call.name}` without `PY_SSIZE_T_CLEAN`: {raised}"


def _define_clean(snapshot: Snapshot, path: str) -> tuple[Fix, ...]:
    text = snapshot.text(path)
    found = _INCLUDE.search(text)
    if found is None:
        return ()
    line = text.count("\n", 0, found.start()) + 1
    edit = TextEdit(snapshot.relative(path), line, 1, line, 1, "#define PY_SSIZE_T_CLEAN\n")
    return (Fix("Define PY_SSIZE_T_CLEAN before Python.h", (edit,)),)


def _other_unit(call: FormatCall, taken: Taken, argument: CArgument, snapshot: Snapshot) -> tuple[Fix, ...]:
    """The unit for an integer of another size, where the format is one plain literal."""
    literal = call.literal
    actual = passed(argument.type)
    if taken.is_output and isinstance(actual, Pointer):
        actual = bare(actual.target)
    size = size_of(actual) if is_integer(actual) else None
    is_plain = literal.text is not None and literal.source == f'"{literal.text}"' and literal.text.isascii()
    is_number = taken.kind == "integer" and len(taken.unit) == 1 and call.language in ("parse", "keywords", "build")
    if not (is_plain and is_number and size in _SIGNED):
        return ()
    unit, column = _SIGNED[size], literal.column + 1 + taken.at
    edit = TextEdit(snapshot.relative(call.call.path), literal.line, column, literal.line, column + 1, unit)
    return (Fix(f"Use `{unit}` for `{spell(argument.type)}`", (edit,)),)
