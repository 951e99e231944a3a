"""The boundary as a tree, for editors that show one: the custom request `gnomon/bindings`.

Its answer is `{"libraries": [{"name", "kind", "functions": [{"python", "native", "kind", "signature", "truth",
"location", "callers": [{"location", "text"}]}]}]}`: libraries by name, functions by their Python names, `location` null
where no source is known. `kind` of a library is "ctypes" or "extension".
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.target import python_uses
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import location_of
from gnomon.server.state import State
from pygls.lsp.server import LanguageServer

METHOD = "gnomon/bindings"


def register(server: LanguageServer, state: Callable[[], State]) -> None:
    @server.feature(METHOD)
    def on_bindings(_: LanguageServer, params: object) -> dict[str, Any]:
        return answer(state())


def answer(state: State) -> dict[str, Any]:
    """All edges that stand for something callable or for a type, grouped by what Python loads."""
    groups: dict[tuple[str, str], list[Binding]] = {}
    lines = Lines(state.snapshot)
    for binding in state.facts.boundary.bindings:
        is_ctypes = binding.kind in ("ctypes", "cffi")
        name = PurePath(binding.library).name if is_ctypes else binding.module
        groups.setdefault((name, "ctypes" if is_ctypes else "extension"), []).append(binding)
    return {
        "libraries": [
            {
                "name": name,
                "kind": kind,
                "functions": [_function(state, lines, b) for b in sorted(listed, key=lambda b: (b.python, b.kind))],
            }
            for (name, kind), listed in sorted(groups.items())
        ]
    }


def _function(state: State, lines: Lines, binding: Binding) -> dict[str, Any]:
    return {
        "python": binding.python,
        "native": binding.native,
        "kind": binding.kind,
        "signature": binding.signature,
        "truth": binding.truth,
        "location": _location(state, lines, binding.definition) if binding.definition is not None else None,
        "callers": [
            {"location": _location(state, lines, use), "text": lines.line(use.path, use.line).strip()}
            for use in python_uses(state.snapshot, binding, lines)
        ],
    }


def _location(state: State, lines: Lines, span: Span) -> dict[str, Any]:
    place = location_of(lines, span, state.encoding)
    start, end = place.range.start, place.range.end
    return {
        "uri": place.uri,
        "range": {
            "start": {"line": start.line, "character": start.character},
            "end": {"line": end.line, "character": end.character},
        },
    }
