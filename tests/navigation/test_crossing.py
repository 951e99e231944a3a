"""Features over a workspace whose C the engine has read: where they lead, and where they say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.navigation.call_hierarchy import Calls, incoming_calls, outgoing_calls, prepare_calls
from gnomon.analysis.navigation.code_lenses import Lens, Shown, code_lenses, shown
from gnomon.analysis.navigation.highlights import highlights
from gnomon.analysis.navigation.hover import hover
from gnomon.analysis.navigation.implementation import implementation
from gnomon.analysis.navigation.inlay_hints import inlay_hints
from gnomon.analysis.navigation.semantic_tokens import semantic_tokens
from gnomon.analysis.navigation.symbols import Symbol, document_symbols, workspace_symbols
from gnomon.analysis.navigation.type_definition import type_definition
from gnomon.analysis.workspace import Snapshot
from workspace import EXTENSION, RING, Workspace, opened


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("ring"), RING)


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("extension"), EXTENSION)


def types_at(workspace: Workspace, file: str, text: str, inside: int = 0) -> list[str]:
    found = type_definition(workspace.snapshot, workspace.index, workspace.parsed, workspace.at(file, text, inside))
    return [workspace.shown(span) for span in found]


def test_type_definition_of_instances_types_and_methods(extension: Workspace) -> None:
    place = ["ext.c:16:21 RingType"]
    assert types_at(extension, "use.py", "ring = Ring") == place
    assert types_at(extension, "use.py", "ring.push") == place
    assert types_at(extension, "use.py", "push(3)") == place
    assert types_at(extension, "use.py", "Ring(4") == place
    assert types_at(extension, "ext.c", "ring_push(PyObject", 3) == place
    assert types_at(extension, "use.py", "scale") == []
    assert types_at(extension, "use.py", "made") == []


def implementations(workspace: Workspace, file: str, text: str) -> list[str]:
    return [workspace.shown(s).split()[1] for s in implementation(workspace.index, workspace.at(file, text))]


def test_implementation_is_all_c_behind_a_name(extension: Workspace, ring: Workspace) -> None:
    assert implementations(extension, "use.py", "count = ") == ["ring_get_count", "ring_set_count"]
    assert implementations(extension, "use.py", "Ring(4") == ["ring_init"]
    assert implementations(extension, "ext.c", 'push", ring_push') == ["ring_push"]
    assert implementations(ring, "use.py", "ring_push(r, 3)") == ["ring_push"]
    assert implementations(ring, "use.py", "push(r)") == []


def test_highlights_stay_in_the_file(ring: Workspace, extension: Workspace) -> None:
    found = highlights(ring.snapshot, ring.index, ring.at("use.py", "ring_push(r, 3)"))
    assert [(ring.shown(h.span), h.is_write) for h in found] == [
        ("use.py:3:9 ring_push", False), ("use.py:4:17 ring_push", False)]  # fmt: skip
    declared = highlights(ring.snapshot, ring.index, ring.at("lib.py", "ring_push.argtypes"))
    assert [h.is_write for h in declared] == [True, True]
    entry = highlights(extension.snapshot, extension.index, extension.at("ext.c", 'push", ring_push'))
    assert [extension.shown(h.span) for h in entry] == [
        "ext.c:11:18 ring_push", "ext.c:14:40 push", "ext.c:14:47 ring_push"]  # fmt: skip
    assert highlights(ring.snapshot, ring.index, ring.at("use.py", "push(r)")) == []


def outline(symbols: list[Symbol] | tuple[Symbol, ...]) -> list[object]:
    return [(s.name, outline(s.inner)) if s.inner else s.name for s in symbols]


def test_the_outline_has_the_bindings_that_a_file_declares(ring: Workspace, extension: Workspace) -> None:
    assert outline(document_symbols(ring.index, str(ring.root / "lib.py"))) == [("lib.lib", ["ring_push"])]
    assert document_symbols(ring.index, str(ring.root / "use.py")) == []
    assert document_symbols(ring.index, str(ring.root / "ring.c")) == []
    assert outline(document_symbols(extension.index, str(extension.root / "ext.c"))) == [
        ("Ring", ["push", "count"]), ("ext", ["scale", "odd", "nothing"])]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("push", ["push"]),
        ("ring_push", ["push"]),
        ("RING", ["Ring", "count", "push"]),
        ("xyz", []),
        ("^]\\", []),
        ("hsup", []),
        ("epuh", ["push"]),
        ("ext.sc", ["scale"]),
    ],
)
def test_workspace_symbols_by_either_name(extension: Workspace, query: str, names: list[str]) -> None:
    assert sorted(s.name for s in workspace_symbols(extension.index, query)) == names


def calls(workspace: Workspace, found: list[Calls]) -> dict[str, list[str]]:
    return {c.end.name: [workspace.shown(p).split()[0] for p in c.places] for c in found}


def test_callers_of_a_c_function_are_in_both_languages(ring: Workspace) -> None:
    at = ring.at("ring.c", "ring_push(void *r")
    (item,) = prepare_calls(ring.snapshot, ring.index, ring.parsed, at)
    assert (item.name, item.detail) == ("ring_push", "int ring_push(void *r, int value)")
    assert calls(ring, incoming_calls(ring.snapshot, ring.index, ring.parsed, at)) == {
        "push": ["use.py:3:9", "use.py:4:17"],
        "ring_fill": ["ring.c:5:33", "ring.c:5:51"],
    }


def test_a_call_at_the_top_of_a_module_is_the_modules(ring: Workspace) -> None:
    at = ring.at("ring.c", "ring_log")
    found = incoming_calls(ring.snapshot, ring.index, ring.parsed, at)
    assert [(c.end.name, c.end.kind) for c in found] == [("use", "module")]


def test_callers_continue_in_c(ring: Workspace) -> None:
    found = incoming_calls(ring.snapshot, ring.index, ring.parsed, ring.at("ring.c", "hidden"))
    assert calls(ring, found) == {"reached": ["ring.c:8:28"]}


def test_native_calls_of_a_python_function(ring: Workspace) -> None:
    at = ring.at("use.py", "push(r)")
    (item,) = prepare_calls(ring.snapshot, ring.index, ring.parsed, at)
    assert item.name == "push"
    assert calls(ring, outgoing_calls(ring.snapshot, ring.index, ring.parsed, at)) == {
        "ring_push": ["use.py:3:9", "use.py:4:17"]}  # fmt: skip
    outer = outgoing_calls(ring.snapshot, ring.index, ring.parsed, ring.at("use.py", "__len__"))
    assert calls(ring, outer) == {"ring_fill": ["use.py:9:30"]}
    inner = outgoing_calls(ring.snapshot, ring.index, ring.parsed, ring.at("use.py", "inner():"))
    assert calls(ring, inner) == {"ring_size": ["use.py:8:24"]}
    c = outgoing_calls(ring.snapshot, ring.index, ring.parsed, ring.at("ring.c", "ring_fill"))
    assert calls(ring, c) == {"ring_push": ["ring.c:5:33", "ring.c:5:51"]}


def test_making_an_object_calls_the_types_functions(extension: Workspace) -> None:
    at = extension.at("ext.c", "ring_init(")
    found = incoming_calls(extension.snapshot, extension.index, extension.parsed, at)
    assert calls(extension, found) == {"made": ["use.py:4:12"]}
    out = outgoing_calls(extension.snapshot, extension.index, extension.parsed, extension.at("use.py", "made"))
    assert calls(extension, out) == {
        "ring_init": ["use.py:4:12"], "ring_push": ["use.py:5:10"], "scale": ["use.py:7:16"]}  # fmt: skip


def test_a_python_function_without_native_calls_has_no_hierarchy(tmp_path: Path) -> None:
    plain = opened(tmp_path, "//- a.py\ndef f():\n    return f()\n")
    assert prepare_calls(plain.snapshot, plain.index, plain.parsed, plain.at("a.py", "f()")) == []


def test_inlay_hints_name_and_type_the_arguments(ring: Workspace) -> None:
    path = str(ring.root / "use.py")
    found = inlay_hints(ring.snapshot, ring.index, ring.parsed, path, 1, 99)
    assert [(h.at.line, h.at.column, h.label) for h in found] == [
        (3, 19, "void *r:"), (3, 22, "int value:"), (4, 29, "void *r:"), (4, 32, "int value:"),
        (8, 34, "const void *r:"), (9, 40, "void *r:"), (10, 14, "const char *format:")]  # fmt: skip
    assert [h.at.line for h in inlay_hints(ring.snapshot, ring.index, ring.parsed, path, 4, 4)] == [4, 4]


def test_inlay_hints_leave_out_text_that_has_moved(ring: Workspace) -> None:
    path = str(ring.root / "use.py")
    moved = Snapshot(ring.root, {path: "\n" + ring.snapshot.text(path)})
    assert inlay_hints(moved, ring.index, {}, path, 1, 99) == []
    assert semantic_tokens(moved, ring.index, path) == []
    assert (
        code_lenses(Snapshot(ring.root, {str(ring.root / "ring.c"): "\n"}), ring.index, str(ring.root / "ring.c")) == []
    )


def test_semantic_tokens_are_the_native_names(ring: Workspace, extension: Workspace) -> None:
    found = semantic_tokens(ring.snapshot, ring.index, str(ring.root / "use.py"))
    assert [ring.shown(t.span) for t in found] == [
        "use.py:3:9 ring_push", "use.py:8:24 ring_size", "use.py:9:30 ring_fill", "use.py:10:5 ring_log"]  # fmt: skip
    kinds = semantic_tokens(extension.snapshot, extension.index, str(extension.root / "use.py"))
    assert {extension.shown(t.span).split()[1]: t.kind for t in kinds} == {
        "Ring": "class", "push": "method", "count": "property", "scale": "function"}  # fmt: skip
    assert semantic_tokens(extension.snapshot, extension.index, str(extension.root / "ext.c")) == []


def test_code_lenses_count_callers_and_name_bindings(ring: Workspace, extension: Workspace) -> None:
    path = str(ring.root / "ring.c")

    def said(in_: Workspace, lens: Lens) -> Shown:
        what = shown(in_.snapshot, in_.index, lens.at.path, lens.native, lens.bound)
        assert what is not None
        return what

    found = [(lens, said(ring, lens)) for lens in code_lenses(ring.snapshot, ring.index, path)]
    assert [(lens.at.line, what.title) for lens, what in found if not lens.bound] == [
        (3, "2 Python callers"), (4, "1 Python caller"), (5, "1 Python caller"), (6, "1 Python caller")]  # fmt: skip
    assert shown(ring.snapshot, ring.index, path, found[0][0].native, "nobody") is None
    assert shown(ring.snapshot, ring.index, path, "gone", "") is None
    lenses = code_lenses(extension.snapshot, extension.index, str(extension.root / "ext.c"))
    ends = {what.title: [extension.shown(p) for p in what.places] for what in (said(extension, x) for x in lenses)}
    assert ends["bound as ext.Ring.push"] == ["ext.c:14:40 push"]
    assert "bound as ext.scale" in ends


def test_hover_tells_of_slots_and_declarations(ring: Workspace, extension: Workspace) -> None:
    shown = hover(extension.snapshot, extension.index, extension.parsed, extension.at("use.py", "Ring(4"))
    assert "- `tp_init`: `ring_init`" in shown and "objects of 24 bytes" in shown
    native = hover(ring.snapshot, ring.index, ring.parsed, ring.at("use.py", "ring_push(r, 3)"))
    assert "Appends a value." in native and "declared in `lib.py:3`" in native and "defined in `ring.c:3`" in native
