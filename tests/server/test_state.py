"""What is answered from facts that the text has outrun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.boundary.edges import bindings
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay.outcomes import Outcome
from gnomon.server.features import definition, rename, signature
from gnomon.server.shown import Edit
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


@pytest.mark.parametrize(
    ("saved", "shown", "is_saved"),
    [
        (b"int x;\n", "int x;\n", True),
        (b"int x;\r\n", "int x;\r\n", True),
        (b"\xef\xbb\xbfint x;\n", "int x;\n", True),
        (b"int x;\n", "int y;\n", False),
        (b"/* \xe9 */\n", "/* \u00e9 */\n", False),  # how an editor reads it, is not known
        (None, "int x;\n", False),
    ],
)
def test_whether_the_files_hold_what_is_shown(saved: bytes | None, shown: str, is_saved: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    if saved is not None:
        path.write_bytes(saved)
    assert State(tmp_path, overlays={str(path): shown}).is_saved == is_saved
    assert State(tmp_path).is_saved


def test_what_the_real_code_denies_is_withdrawn_until_it_is_replayed_again(tmp_path: Path) -> None:
    history = Entry("f", "ctypes", ())
    here = Finding("f00", "null.deref", "error", "confirmed", "m", "a.c", 1, 1, "f", "f", (), (), history=history)
    state = State(tmp_path, findings=(here, replace(here, id="f01", history=None)))
    denied, failed = Outcome("disagrees", "it ended well", "k"), Outcome("replayed", "", "k")
    state.take_outcomes({"f00": denied, "f01": denied}, frozenset())
    assert [f.id for f in state.shown] == ["f01"]  # which nothing can deny
    found = state.finding("f00")
    assert found is not None and (found.state, found.state_reason) == ("replay-disagrees", "it ended well")
    state.take_outcomes({}, frozenset({"f00"}))
    assert [f.id for f in state.shown] == ["f01"]
    state.take_outcomes({"f00": failed}, frozenset())
    assert [(f.id, f.state) for f in state.shown] == [("f00", "replayed"), ("f01", "confirmed")]
    state.take_outcomes({}, frozenset({"f00"}))
    assert [(f.id, f.state) for f in state.shown] == [("f00", "confirmed"), ("f01", "confirmed")]
    state.take_outcomes({"f00": denied}, frozenset())
    state.take_outcomes({}, frozenset())  # nothing is replayed by itself here
    assert len(state.shown) == 2


def test_of_leaks_running_need_not_tell_the_line(tmp_path: Path) -> None:
    here = Finding("f00", "owner.leak", "error", "confirmed", "m", "a.c", 3, 1, "f", "f", (), ())
    same, other = replace(here, id="e00", line=2), replace(here, id="e01", line=9, function="g")
    state = State(tmp_path, findings=(here,), exercised=(same, other))
    assert [f.id for f in state.shown] == ["f00", "e01"]


def test_what_exercising_finds_stands_beside_what_the_check_finds(tmp_path: Path) -> None:
    history = Entry("f", "capi", (), "ext")
    here = Finding("f00", "null.deref", "error", "confirmed", "m", "a.c", 3, 1, "f", "f", (), (), history=history)
    same, other = replace(here, id="e00", state="replayed"), replace(here, id="e01", state="replayed", line=5)
    state = State(tmp_path, findings=(here,), exercised=(same, other))
    assert [f.id for f in state.shown] == ["f00", "e01"]
    state.edited(Edit("a.c", 1, 0, 2))
    assert [(f.id, f.line) for f in state.shown] == [("f00", 5), ("e01", 7)]
    denied = Outcome("disagrees", "it did not fail", "k")
    state.take_outcomes({"f00": denied, "e01": denied}, frozenset())
    assert [f.id for f in state.shown] == ["e00"]  # where the check's inputs do not fail, others do
    found = state.finding("e01")
    assert found is not None and found.is_withdrawn
