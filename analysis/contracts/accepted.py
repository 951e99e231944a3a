"""Which arguments a C function accepts from Python: by its METH_ flags, and by the format that it parses them with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.capi import functions_by_key
from gnomon.analysis.contracts.c_values import bare
from gnomon.analysis.contracts.clinic import clinic_parser
from gnomon.analysis.contracts.contradiction import Subject
from gnomon.analysis.contracts.format_calls import FormatCall, format_calls, plain_name
from gnomon.analysis.contracts.held_formats import Reader
from gnomon.analysis.contracts.initial_values import initial_values
from gnomon.analysis.contracts.intact import intact_units
from gnomon.analysis.contracts.method_flags import CALLING
from gnomon.analysis.contracts.tables import function_span
from gnomon.analysis.metamodel import Pointer
from gnomon.analysis.syntax.csource import CCall, CFunction
from gnomon.analysis.workspace import Snapshot

_PARSERS = re.compile(r"_?PyArg_|_?PyTuple_Get")
_NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
_BRANCH = re.compile(r"\b(?:return|if|else|while|for|do|switch|goto|case)\b|#|\?")
_LAST_IF = re.compile(r"\bif\s*\(\s*!\s*$")
_FAILURE = {
    True: re.compile(r"\s*\)\s*\{?\s*return\s+(?:NULL|0)\s*;"),
    False: re.compile(r"\s*\)\s*\{?\s*return\s+-1\s*;"),
}
# As Argument Clinic leaves a function, with what it gave its result at first.
_EXIT = re.compile(r"\s*\)\s*\{?\s*goto\s+exit\s*;")
_FAILED = {True: re.compile(r"\breturn_value\s*=\s*NULL\s*;"), False: re.compile(r"\breturn_value\s*=\s*-1\s*;")}


@dataclass(frozen=True, slots=True)
class Accepted:
    """Counts of arguments. `names` are those of all items, empty where an item has none; None where nobody knows."""

    required: int
    positional: int
    total: int
    names: tuple[str, ...] | None
    truth: Span
    units: tuple[str, ...] = ()  # of the format, one for each item; empty where there is none
    initial: tuple[str, ...] = ()  # what the variable of each item begins with; empty where it is not known

    def refusal(self, count: int, keywords: Iterable[str]) -> str:
        """Why a call with `count` positional arguments and these keywords must fail; empty when it may not."""
        given = list(keywords)
        if given and self.names is None:
            return ""
        if given and not any(self.names or ()):
            return "takes no keyword arguments"
        names = self.names or ()
        unknown = next((name for name in given if name not in names), None)
        if unknown is not None:
            return f"has no argument named `{unknown}`"
        if count > self.positional:
            most = "exactly" if self.required == self.positional == self.total else "at most"
            return f"takes {most} {_counted(self.positional)}, and {count} are given"
        twice = next((name for name in given if names.index(name) < count), None)
        if twice is not None:
            return f"is given `{twice}` by name and by position"
        if names:
            missing = [n for i, n in enumerate(names[: self.required]) if i >= count and not (n and n in given)]
            if missing:
                return (
                    f"lacks its argument `{missing[0]}`" if missing[0] else f"takes at least {self.required} arguments"
                )
        elif count < self.required:
            least = "exactly" if self.required == self.total else "at least"
            return f"takes {least} {_counted(self.required)}, and {count} {'is' if count == 1 else 'are'} given"
        return ""


def _counted(count: int) -> str:
    return "1 positional argument" if count == 1 else f"{count} positional arguments"


@dataclass(slots=True)
class Acceptance:
    """Answers for the functions of a workspace; lives until its C side changes."""

    snapshot: Snapshot
    functions: dict[str, CFunction]
    parsers: dict[tuple[str, str], list[CCall]]  # by file and function
    formats: dict[CCall, FormatCall]
    read: Reader
    # Python names with the text behind them, up to the end of the line, where that is a call that is accepted.
    fitting: set[tuple[str, bytes]] = field(default_factory=set)
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Accepted | None] = field(default_factory=dict)

    @staticmethod
    def of(subject: Subject) -> Acceptance:
        units = intact_units(subject.sources.values())
        parsers: dict[tuple[str, str], list[CCall]] = defaultdict(list)
        formats: dict[CCall, FormatCall] = {}
        for unit in units:
            for call in unit.calls:
                if _PARSERS.match(call.name):
                    parsers[call.path, call.function].append(call)
            found = format_calls(unit, subject.c_source)
            formats.update((each.call, each) for each in found if each.language in ("parse", "keywords"))
        return Acceptance(subject.snapshot, functions_by_key(units), parsers, formats, subject.c_source)

    def of_binding(self, binding: Binding) -> Accepted | None:
        """None where it is not certain."""
        key = (binding.kind, binding.native_key, binding.flags, binding.slots)
        if key not in self._known:
            self._known[key] = self._read(binding)
        return self._known[key]

    def _read(self, binding: Binding) -> Accepted | None:
        if binding.kind == "type":
            return self._of_type(dict(binding.slots))
        function = self.functions.get(binding.native_key)
        if binding.kind not in ("function", "method") or function is None:
            return None
        match binding.flags & CALLING:
            case 0x04:
                return Accepted(0, 0, 0, (), function_span(function))
            case 0x08:
                return Accepted(1, 1, 1, (), function_span(function))
            case 0x01:
                return self._parsed(function, has_names=False)
            case 0x03:
                return self._parsed(function, has_names=True)
            case 0x80 | 0x82 as flags:
                return self._parsed(function, flags == 0x82, is_fast=True) or self._by_clinic(function)
            case 0x282:
                return self._by_clinic(function)
        return None

    def _by_clinic(self, function: CFunction) -> Accepted | None:
        lines = self._text(function.path)[function.begin_line - 1 : function.end_line]
        found = clinic_parser("\n".join(lines))
        if found is None:
            return None
        total = len(found.names) or found.positional
        return Accepted(found.required, found.positional, total, found.names, function_span(function))

    def _text(self, path: str) -> list[str]:
        return self._lines.setdefault(path, self.snapshot.text(path).splitlines())

    def _of_type(self, slots: dict[str, str]) -> Accepted | None:
        """Of the constructor: both `__new__` and `__init__` get all arguments; one of them must be CPython's own."""
        start, make = slots.get("tp_init"), slots.get("tp_new", "PyType_GenericNew")
        if start is not None and make != "PyType_GenericNew":
            return None
        function = self.functions.get(start or make)
        if function is None:
            return None
        return self._parsed(function, has_names=True) or self._by_clinic(function)

    def _parsed(self, function: CFunction, has_names: bool, is_fast: bool = False) -> Accepted | None:
        calls = self.parsers.get((function.path, function.name), [])
        if len(calls) != 1 or function.type is None or len(function.type.parameters) != 2 + is_fast + has_names:
            return None
        call, parameters = calls[0], function.type.parameters[1:]
        passed = [argument.source for argument in call.arguments[: len(parameters)]]
        if passed != [parameter.name for parameter in parameters] or not self._is_certain(function, call):
            return None
        if plain_name(call.name) == "PyArg_UnpackTuple" and not has_names:
            return _unpacked(call)
        parsed = self.formats.get(call)
        items = parsed.format.items if parsed is not None else None
        if parsed is None or items is None or parsed.format.problem or not parsed.format.is_complete:
            return None
        names = _names(parsed, items.total) if has_names else ()
        if names is None:
            return None
        initial = initial_values(self.read, parsed)
        return Accepted(items.required, items.positional, items.total, names, parsed.written, items.units, initial)

    def _is_certain(self, function: CFunction, call: CCall) -> bool:
        """Is the call the first thing that happens, does its failure end the function, and does nothing else look at
        the arguments?"""
        lines = self._text(function.path)
        before = _code([*lines[function.begin_line - 1 : call.line - 1], lines[call.line - 1][: call.column - 1]])
        rest = lines[call.end_line - 1 : function.end_line]
        after = _code([rest[0][call.end_column - 1 :], *rest[1:]])
        head, _, before = before.partition("{")
        is_pointer = function.type is not None and isinstance(bare(function.type.result), Pointer)
        last = _LAST_IF.search(before)
        fails = _FAILURE[is_pointer].match(after) or (_EXIT.match(after) and _FAILED[is_pointer].search(before))
        if last is None or _BRANCH.search(before[: last.start()]) or not fails:
            return False
        names = [parameter.name for parameter in (function.type.parameters[1:] if function.type else ())]
        return bool(head) and not any(re.search(rf"\b{re.escape(n)}\b", before + after) for n in names if n)


def _code(lines: list[str]) -> str:
    return _NOT_CODE.sub(" ", "\n".join(lines))


def _unpacked(call: CCall) -> Accepted | None:
    least, most = (argument.source for argument in call.arguments[2:4])
    if not (least.isdecimal() and most.isdecimal()):
        return None
    truth = Span(call.path, call.line, call.column, call.end_line, call.end_column)
    return Accepted(int(least), int(most), int(most), (), truth)


def _names(call: FormatCall, total: int) -> tuple[str, ...] | None:
    strings = call.names.strings if call.names is not None else None
    if strings is None or None not in strings:
        return None
    names = tuple(name for name in strings[: strings.index(None)] if name is not None)
    return names if len(names) == total else None
