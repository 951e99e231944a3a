"""Lists of keywords, against the format of PyArg_ParseTupleAndKeywords that they name the items of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.finding import Tier
from gnomon.analysis.contracts.contradiction import Contradiction, Subject
from gnomon.analysis.contracts.format_calls import FormatCall, format_calls

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
        for call in format_calls(facts):
            if call.names is not None and call.names.strings is not None:
                yield from _list(call, call.names.strings, subject)


def _list(call: FormatCall, strings: tuple[str | None, ...], subject: Subject) -> Iterator[Contradiction]:
    names = list(strings[: strings.index(None)]) if None in strings else list(strings)
    assert call.names is not None
    variable = call.names.variable
    if None not in strings:
        if _is_open(subject.snapshot.text(call.call.path), variable):
            yield _said(call, f"`{variable}` has no NULL at its end: CPython reads beyond it")
        return
    items = call.format.items
    if items is not None and call.format.is_complete and not call.format.problem and len(names) != items.total:
        text = f"`{variable}` has {_counted(len(names), 'name')}, and the format has {_counted(items.total, 'item')}"
        is_unread = call.unread_after is not None
        yield _said(call, f"{text}: the rest is never read" if is_unread else text, "warning" if is_unread else "error")
    first = next((i for i, name in enumerate(names) if name), len(names))
    if "" in names[first:]:
        yield _said(call, f"`{variable}` has an empty name behind `{names[first]}`: CPython raises SystemError")
    elif items is not None and items.positional < first and items.positional < items.total:
        yield _said(call, f"`{variable}` has an empty name behind the `$` of the format: CPython raises SystemError")
    for name in dict.fromkeys(n for n in names if n and names.count(n) > 1):
        yield _said(call, f"`{variable}` has `{name}` twice", tier="warning")


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _is_open(text: str, variable: str) -> bool:
    """Is every list of the name as long as what is written in it? With a bound, the rest of it would be NULL."""
    declared = re.findall(rf"\b{re.escape(variable)}\s*\[([^\]]*)\]\s*=\s*\{{", text)
    return bool(declared) and not any(bound.strip() for bound in declared)


def _said(call: FormatCall, text: str, tier: Tier = "error") -> Contradiction:
    names, literal, path = call.names, call.literal, call.call.path
    assert names is not None
    at = Span(path, names.line, names.column, names.end_line, names.end_column)
    truth = Span(path, literal.line, literal.column, literal.end_line, literal.end_column)
    return Contradiction(CODE, text, at, call.call.function, truth=truth, tier=tier)
