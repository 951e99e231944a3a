"""Code lenses over C functions that Python reaches.

A client that says it knows `gnomon.showReferences` (in `experimental.commands`) lists the places itself; for others
the server opens one, and asks which when there are several.
"""

from __future__ import annotations

from gnomon.analysis.navigation.code_lenses import Lens, code_lenses
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import location_of, path_of, range_of, uri_of
from gnomon.server.state import State
from lsprotocol import types

SHOW, OPEN = "gnomon.showReferences", "gnomon.openReferences"


def answer(state: State, params: types.CodeLensParams) -> list[types.CodeLens]:
    lines = Lines(state.snapshot)
    found = code_lenses(state.snapshot, state.index, path_of(params.text_document.uri))
    return [_lens(state, lens, lines) for lens in found]


def _lens(state: State, lens: Lens, lines: Lines) -> types.CodeLens:
    at = range_of(lines, lens.at, state.encoding)
    places = [location_of(lines, place, state.encoding) for place in lens.places]
    command = (SHOW if state.lists_references else OPEN) if places else ""  # without one it is only text
    arguments = [uri_of(lens.at.path), at.start, places] if places else None
    return types.CodeLens(at, types.Command(title=lens.title, command=command, arguments=arguments))
