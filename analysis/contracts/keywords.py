"""Lists of keywords, against the format of PyArg_ParseTupleAndKeywords that they name the items of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.format_calls import FormatCall, format_calls
from gnomon.analysis.syntax.csource import CArgument

CODE = "contract.keywords"


def check(subject: Subject) -> Iterator[Contradiction]:
    """Lists of keywords that do not fit their format: another number of names than the format has items, no NULL at
    the end, an empty name (positional only) behind a named one, the same name twice.

    CPython looks at the list when the function is called, and raises SystemError for some calls and not for others; a
    list without its NULL is read beyond its end. Where the names end at the `|` or `$` of the format, the items behind
    it are never read, and it is a warning.

    Lists that are not written out with an initialiser are not looked at.
    """
    for facts in subject.sources.values():
        for call in format_calls(facts, subject.c_source):
            if call.names is not None and call.names.strings is not None:
                yield from _list(call, call.names.strings, subject)


def _list(call: FormatCall, strings: tuple[str | None, ...], subject: Subject) -> Iterator[Contradiction]:
    assert call.names is not None
    names, variable = _before_null(strings), call.names.variable
    for text, tier in wrong_names(call.names, _is_open(subject.snapshot.text(call.call.path), variable)):
        yield _said(call, text, tier)
    items = call.format.items
    if items is None or None not in strings:
        return
    if call.format.is_complete and not call.format.problem and len(names) != items.total:
        text = f"`{variable}` has {_counted(len(names), 'name')}, and the format has {_counted(items.total, 'item')}"
        is_unread = call.unread_after is not None
        yield _said(call, f"{text}: the rest is never read" if is_unread else text, "warning" if is_unread else "error")
    first = _first_named(names)
    if "" not in names[first:] and items.positional < first and items.positional < items.total:
        yield _said(call, f"`{variable}` has an empty name behind the `$` of the format: CPython raises SystemError")


def wrong_names(names: CArgument, is_open: bool) -> Iterator[tuple[str, Tier]]:
    """What is wrong with a list of keywords by itself; `is_open`: it is as long as what is written in it."""
    assert names.strings is not None
    if None not in names.strings:
        if is_open:
            yield f"`{names.variable}` has no NULL at its end: CPython reads beyond it", "error"
        return
    listed = _before_null(names.strings)
    first = _first_named(listed)
    if "" in listed[first:]:
        yield f"`{names.variable}` has an empty name behind `{listed[first]}`: CPython raises SystemError", "error"
    for name in dict.fromkeys(n for n in listed if n and listed.count(n) > 1):
        yield f"`{names.variable}` has `{name}` twice", "warning"


def _before_null(strings: tuple[str | None, ...]) -> list[str]:
    end = strings.index(None) if None in strings else len(strings)
    return [name for name in strings[:end] if name is not None]


def _first_named(names: list[str]) -> int:
    return next((i for i, name in enumerate(names) if name), len(names))


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _is_open(text: str, variable: str) -> bool:
    """Is every list of the name as long as what is written in it? With a bound, the rest of it would be NULL."""
    declared = re.findall(rf"\b{re.escape(variable)}\s*\[([^\]]*)\]\s*=\s*\{{", text)
    return bool(declared) and not any(bound.strip() for bound in declared)


def _said(call: FormatCall, text: str, tier: Tier = "error") -> Contradiction:
    names, path = call.names, call.call.path
    assert names is not None
    at = Span(path, names.line, names.column, names.end_line, names.end_column)
    return Contradiction(CODE, text, at, call.call.function, truth=call.written, tier=tier)
