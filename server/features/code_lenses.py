"""Code lenses over C functions that Python reaches.

What a lens says is worked out when the editor asks for it, which it does for those in view. A client that says it knows
`gnomon.showReferences` (in `experimental.commands`) lists the places itself; for others the server opens one, and asks
which when there are several.
"""

from __future__ import annotations

from gnomon.analysis.navigation.code_lenses import code_lenses, shown
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import path_of, range_of, uri_of
from gnomon.server.state import State
from lsprotocol import types

SHOW, OPEN = "gnomon.showReferences", "gnomon.openReferences"
OPTIONS = types.CodeLensOptions(resolve_provider=True)


def answer(state: State, params: types.CodeLensParams) -> list[types.CodeLens]:
    lines, path = Lines(state.snapshot), path_of(params.text_document.uri)
    return [
        types.CodeLens(range_of(lines, lens.at, state.encoding), data=[path, lens.native, lens.bound])
        for lens in code_lenses(state.snapshot, state.index, path)
    ]


def resolve(state: State, lens: types.CodeLens) -> types.CodeLens:
    """With its title and command; a lens over what is no longer there says nothing."""
    match lens.data:
        case [str(path), str(native), str(bound)]:
            found = shown(state.snapshot, state.index, path, native, bound)
        case _:
            path, found = "", None
    title, places = (found.title, found.places) if found is not None else ("", ())
    command = (SHOW if state.lists_references else OPEN) if places else ""  # without one it is only text
    arguments = [uri_of(path), lens.range.start, state.locations(places)] if places else None
    return types.CodeLens(lens.range, types.Command(title, command, arguments=arguments), lens.data)
