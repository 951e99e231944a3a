"""Call hierarchy across the boundary: an item is a function of either language, found again by where its name is."""

from __future__ import annotations

from collections.abc import Iterable

from gnomon.analysis.navigation.call_hierarchy import Caller, incoming_calls, outgoing_calls, prepare_calls
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import range_of, uri_of
from gnomon.server.state import State
from lsprotocol import types

_KINDS = {"function": types.SymbolKind.Function, "module": types.SymbolKind.Module}


def prepare(state: State, params: types.CallHierarchyPrepareParams) -> list[types.CallHierarchyItem] | None:
    at = state.position(params.text_document.uri, params.position)
    return _items(state, prepare_calls(state.snapshot, state.index, state.parsed, at)) or None


def incoming(state: State, params: types.CallHierarchyIncomingCallsParams) -> list[types.CallHierarchyIncomingCall]:
    at = state.position(params.item.uri, params.item.selection_range.start)
    found = incoming_calls(state.snapshot, state.index, state.parsed, at)
    items = _items(state, (calls.end for calls in found))
    return [
        types.CallHierarchyIncomingCall(item, state.ranges(calls.places))
        for item, calls in zip(items, found, strict=True)
    ]


def outgoing(state: State, params: types.CallHierarchyOutgoingCallsParams) -> list[types.CallHierarchyOutgoingCall]:
    at = state.position(params.item.uri, params.item.selection_range.start)
    found = outgoing_calls(state.snapshot, state.index, state.parsed, at)
    items = _items(state, (calls.end for calls in found))
    return [
        types.CallHierarchyOutgoingCall(item, state.ranges(calls.places))
        for item, calls in zip(items, found, strict=True)
    ]


def _items(state: State, callers: Iterable[Caller]) -> list[types.CallHierarchyItem]:
    lines = Lines(state.snapshot)
    return [
        types.CallHierarchyItem(
            name=caller.name,
            kind=_KINDS[caller.kind],
            uri=uri_of(caller.whole.path),
            range=range_of(lines, caller.whole, state.encoding),
            selection_range=range_of(lines, caller.name_at, state.encoding),
            detail=caller.detail,
        )
        for caller in callers
    ]
