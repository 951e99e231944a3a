"""Code lenses over C functions: who calls them from Python, and what was decided of their checks.

What a lens says is worked out when the editor asks for it, which it does for those in view. A client that says it knows
`gnomon.showReferences` and `gnomon.showChecks` (in `experimental.commands`) lists the places itself; for others the
server opens one, and asks which when there are several.
"""

from __future__ import annotations

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.finding import Check
from gnomon.analysis.navigation.checks import check_lenses, check_text, listed, title_of
from gnomon.analysis.navigation.code_lenses import code_lenses, shown
from gnomon.analysis.navigation.text import Lines
from gnomon.server.features import replays
from gnomon.server.positions import path_of, range_of, uri_of
from gnomon.server.state import State
from lsprotocol import types

SHOW, OPEN = "gnomon.showReferences", "gnomon.openReferences"
SHOW_CHECKS, OPEN_CHECKS = "gnomon.showChecks", "gnomon.openChecks"
OPTIONS = types.CodeLensOptions(resolve_provider=True)


def answer(state: State, params: types.CodeLensParams) -> list[types.CodeLens]:
    lines, path = Lines(state.snapshot), path_of(params.text_document.uri)
    crossing = [
        types.CodeLens(range_of(lines, lens.at, state.encoding), data=[path, lens.native, lens.bound])
        for lens in code_lenses(state.snapshot, state.index, path)
    ]
    checked = [
        types.CodeLens(range_of(lines, lens.at, state.encoding), data=[path, lens.at.line])
        for lens in check_lenses(state.snapshot, path, state.verdicts(path))
    ]
    return [*crossing, *checked, *replays.lenses(state, path)]


def resolve(state: State, lens: types.CodeLens) -> types.CodeLens:
    """With its title and command; a lens over what is no longer there says nothing."""
    match lens.data:
        case [str(path), str(native), str(bound)]:
            found = shown(state.snapshot, state.index, path, native, bound)
        case [str(path), int(line)]:
            return types.CodeLens(lens.range, _of_checks(state, path, line), lens.data)
        case {"finding": str(identity), "command": str(name)}:
            return types.CodeLens(lens.range, replays.command(state, identity, name), lens.data)
        case _:
            path, found = "", None
    title, places = (found.title, found.places) if found is not None else ("", ())
    command = (SHOW if state.lists_references else OPEN) if places else ""  # without one it is only text
    arguments = [uri_of(path), lens.range.start, state.locations(places)] if places else None
    return types.CodeLens(lens.range, types.Command(title, command, arguments=arguments), lens.data)


def _of_checks(state: State, path: str, line: int) -> types.Command:
    """A lens without places to go to is only text."""
    function = next((f for f in state.verdicts(path) if f.line == line), None)
    if function is None:
        return types.Command("", "")
    checks = [_check(state, check) for check in listed(function)]
    command = (SHOW_CHECKS if state.lists_checks else OPEN_CHECKS) if checks else ""
    title = title_of(function)
    return types.Command(title, command, arguments=[f"{function.function}: {title}", checks] if checks else None)


def _check(state: State, check: Check) -> dict[str, object]:
    path = state.absolute(check.path)
    first = check.text.split("\n")[0].encode()
    at = Span(path, check.line, check.column, check.line, check.column + len(first))
    (place,) = state.locations([at])
    return {"title": f"{check_text(check)}: {' '.join(check.text.split())}", "answer": check.answer, "location": place}
