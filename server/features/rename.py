"""Rename across the boundary, with its dry run; refusals are errors that the editor shows."""

from __future__ import annotations

from typing import TypeVar

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.navigation.rename import Refusal, Renaming, prepare_rename, rename
from gnomon.analysis.workspace import Snapshot
from gnomon.server.state import State
from lsprotocol import types
from pygls.exceptions import JsonRpcException

Found = TypeVar("Found", Renaming, list[Span])


def prepare(state: State, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    at = state.position(params.text_document.uri, params.position)
    found = prepare_rename(Snapshot.of(state.root, state.overlays), state.index, state.parsed, at)
    if found is None:
        return None
    found = _certain(state, found)
    (here,) = state.ranges([found.here])
    return types.PrepareRenamePlaceholder(range=here, placeholder=found.name)


def answer(state: State, params: types.RenameParams) -> types.WorkspaceEdit | None:
    at = state.position(params.text_document.uri, params.position)
    found = rename(Snapshot.of(state.root, state.overlays), state.index, state.parsed, at, params.new_name)
    if found is None:
        return None
    changes: dict[str, list[types.TextEdit]] = {}
    for location in state.locations(_certain(state, found)):
        changes.setdefault(location.uri, []).append(types.TextEdit(location.range, params.new_name))
    return types.WorkspaceEdit(changes=changes)


def _certain(state: State, found: Found | Refusal) -> Found:
    """Raises what the editor shows where a name cannot be renamed, or not yet."""
    if isinstance(found, Refusal):
        raise JsonRpcException(f"Gnomon: {found.reason}", types.LSPErrorCodes.RequestFailed)
    if not state.is_current:
        raise JsonRpcException("Gnomon is still reading the last edits; try again", types.LSPErrorCodes.RequestFailed)
    return found
