"""Places that a person chooses among, for editors that have no list of their own: one is opened, of several it is asked
which."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gnomon.server.positions import path_of
from lsprotocol import types
from pygls.lsp.server import LanguageServer

CHOICES = 12  # places that a question in the editor offers


async def open_references(
    ls: LanguageServer, uri: str, position: types.Position, places: list[types.Location]
) -> types.Location | None:
    """Shows one of the places in the editor."""
    titles = {f"{Path(path_of(p.uri)).name}:{p.range.start.line + 1}": p for p in places}
    return await _open(ls, f"{len(places)} places", titles)


async def open_checks(ls: LanguageServer, title: str, checks: list[Any]) -> types.Location | None:
    """Shows the place of one of a function's checks, as the lens over the function lists them."""
    converter = ls.protocol._converter
    places = [converter.structure(_field(check, "location"), types.Location) for check in checks]
    titles = [f"{p.range.start.line + 1}: {_field(c, 'title')}" for c, p in zip(checks, places, strict=True)]
    return await _open(ls, title, dict(zip(titles, places, strict=True)))


def _field(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


async def _open(ls: LanguageServer, question: str, titles: Mapping[str, types.Location]) -> types.Location | None:
    offered = dict(list(titles.items())[:CHOICES])
    chosen = next(iter(offered.values()), None) if len(titles) == 1 else None
    if len(titles) > 1:
        items = [types.MessageActionItem(title) for title in offered]
        request = types.ShowMessageRequestParams(types.MessageType.Info, question, items)
        answer = await ls.window_show_message_request_async(request)
        chosen = offered.get(answer.title) if answer is not None else None
    if chosen is not None:
        await ls.window_show_document_async(
            types.ShowDocumentParams(chosen.uri, take_focus=True, selection=chosen.range)
        )
    return chosen
