"""Calls of the C API that carry a format string: where it stands, its language, and what follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.contracts.build_format import read_build_format
from gnomon.analysis.contracts.format_units import Format
from gnomon.analysis.contracts.held_formats import Reader, Written, held_string, parser_table
from gnomon.analysis.contracts.intact import intact_calls
from gnomon.analysis.contracts.parse_format import read_parse_format
from gnomon.analysis.contracts.print_format import read_print_format
from gnomon.analysis.contracts.text_format import read_text_format
from gnomon.analysis.syntax.csource import CArgument, CCall, SourceFacts

Language = Literal["parse", "keywords", "build", "text", "bytes", "print"]

# name: language, and which argument the format is
FUNCTIONS: dict[str, tuple[Language, int]] = {
    "PyArg_Parse": ("parse", 1), "PyArg_ParseTuple": ("parse", 1), "_PyArg_ParseStack": ("parse", 2),
    "PyArg_ParseTupleAndKeywords": ("keywords", 2),
    "_PyArg_ParseStackAndKeywords": ("keywords", 3), "_PyArg_ParseTupleAndKeywordsFast": ("keywords", 2),
    "Py_BuildValue": ("build", 0), "PyObject_CallFunction": ("build", 1), "PyObject_CallMethod": ("build", 2),
    "PyEval_CallFunction": ("build", 1), "PyEval_CallMethod": ("build", 2),
    "PyUnicode_FromFormat": ("text", 0), "PyErr_Format": ("text", 1), "PyErr_WarnFormat": ("text", 2),
    "PyErr_WarnExplicitFormat": ("text", 5), "PyErr_ResourceWarning": ("text", 2),
    "PyErr_FormatUnraisable": ("text", 0), "PySys_FormatStdout": ("text", 0), "PySys_FormatStderr": ("text", 0),
    "PyUnicodeWriter_Format": ("text", 1),
    "PyBytes_FromFormat": ("bytes", 0),
    "PyOS_snprintf": ("print", 2), "PySys_WriteStdout": ("print", 0), "PySys_WriteStderr": ("print", 0),
}  # fmt: skip

_OF_PARSERS = frozenset({"_PyArg_ParseStackAndKeywords", "_PyArg_ParseTupleAndKeywordsFast"})  # in a `_PyArg_Parser`


@dataclass(frozen=True, slots=True)
class FormatCall:
    """`name` is as users write it; `is_clean` where PY_SSIZE_T_CLEAN made it another function.

    `literal` is the argument that is the format, or holds it; `written` is where the string stands.
    """

    call: CCall
    name: str
    language: Language
    is_clean: bool
    literal: CArgument
    written: Span
    format: Format
    given: tuple[CArgument, ...]
    names: CArgument | None = None  # the list of keywords

    @property
    def unread_after(self) -> int | None:
        """How many items are read, where the list of keywords ends at a mark of the format: CPython stops there."""
        strings = self.names.strings if self.names is not None else None
        items = self.format.items
        if strings is None or None not in strings or items is None or self.format.problem:
            return None
        count = strings.index(None)
        return count if count < items.total and count in (items.required, items.positional) else None


def format_calls(facts: SourceFacts, read: Reader | None = None) -> Iterator[FormatCall]:
    """Those whose format is a plain string, in functions without errors; with `read` also one that is held by a
    variable which can hold no other."""
    for call in intact_calls(facts):
        name = plain_name(call.name)
        if name not in FUNCTIONS:
            continue
        language, index = FUNCTIONS[name]
        of_parser = name in _OF_PARSERS
        first = index + (2 if language == "keywords" and not of_parser else 1)
        if len(call.arguments) < first:
            continue
        literal, names = call.arguments[index], None
        if of_parser:
            table = parser_table(read, call, literal) if read is not None else None
            written, names = (table.format, table.names) if table is not None else (None, None)
        else:
            written = _written(call, literal, read)
            names = call.arguments[index + 1] if language == "keywords" else None
        if written is None:
            continue
        format_ = _read(written.text.split("\0")[0], language)
        is_clean, literal = name != call.name, replace(literal, text=written.text)
        yield FormatCall(call, name, language, is_clean, literal, written.at, format_, call.arguments[first:], names)


def _written(call: CCall, argument: CArgument, read: Reader | None) -> Written | None:
    if argument.text is None:
        return held_string(read, call, argument) if read is not None else None
    at = Span(call.path, argument.line, argument.column, argument.end_line, argument.end_column)
    return Written(argument.text, at)


def plain_name(name: str) -> str:
    """`PyArg_ParseTuple` for `_PyArg_ParseTuple_SizeT`; a few have the underline themselves."""
    plain = name.removesuffix("_SizeT")
    return plain[1:] if name.startswith("_Py") and plain != name and plain not in FUNCTIONS else plain


def _read(text: str, language: Language) -> Format:
    if language == "build":
        return read_build_format(text)
    if language == "print":
        return read_print_format(text)
    if language in ("text", "bytes"):
        return read_text_format(text, language == "bytes")
    return read_parse_format(text, language == "keywords")
