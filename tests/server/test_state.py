"""What is answered from facts that the text has outrun."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.boundary.edges import bindings
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.server.features import definition, rename, signature
from gnomon.server.state import State
from lsprotocol import types
from pygls.exceptions import JsonRpcException

WORKSPACE = """
//- a.c
int add(int a) { return a; }
//- a.py
import ctypes
lib = ctypes.CDLL("./liba.so")
lib.add(1)
"""


def test_nothing_is_renamed_before_the_last_edits_are_read(tmp_path: Path) -> None:
    fixture = load(tmp_path, WORKSPACE)
    state = State(tmp_path)
    state.take(WorkspaceFacts(fixture.facts, fixture.boundary), {})
    document = types.TextDocumentIdentifier((tmp_path / "a.py").as_uri())
    params = types.RenameParams(document, types.Position(2, 5), "plus")
    edit = rename.answer(state, params)
    assert edit is not None and edit.changes is not None and len(edit.changes) == 2

    state.overlays = {str(tmp_path / "a.c"): "\nint add(int a) { return a; }\n"}
    with pytest.raises(JsonRpcException):
        rename.answer(state, params)
    state.take(state.facts, state.overlays)
    assert state.is_current


def test_a_form_feed_ends_no_line(tmp_path: Path) -> None:
    """Python's splitlines would count one line more than the editor does."""
    fixture = load(tmp_path, WORKSPACE)
    path = tmp_path / "a.py"
    path.write_text(path.read_text().replace("import ctypes", "import ctypes  # \f"))
    state = State(tmp_path)
    state.take(WorkspaceFacts(fixture.facts, bindings(fixture.snapshot, fixture.facts)), {})
    document = types.TextDocumentIdentifier((tmp_path / "a.py").as_uri())
    (found,) = definition.answer(state, types.DefinitionParams(document, types.Position(2, 5)))
    assert found.range == types.Range(types.Position(0, 4), types.Position(0, 7))


def test_parameters_are_told_by_place_to_clients_that_take_it(tmp_path: Path) -> None:
    fixture = load(tmp_path, WORKSPACE.replace("int a)", "int, int)"))
    state = State(tmp_path)
    state.take(WorkspaceFacts(fixture.facts, fixture.boundary), {})
    params = types.SignatureHelpParams(
        types.TextDocumentIdentifier((tmp_path / "a.py").as_uri()), types.Position(2, len("lib.add("))
    )
    told = signature.answer(state, params)
    assert told is not None and [p.label for p in told.signatures[0].parameters or []] == ["int", "int"]
    state.takes_offsets = True
    told = signature.answer(state, params)
    assert told is not None and [p.label for p in told.signatures[0].parameters or []] == [(8, 11), (13, 16)]
