"""Rename: all places together, or a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.navigation.rename import Refusal, Renaming, prepare_rename, rename
from workspace import EXTENSION, RING, Workspace, opened


def renamed(workspace: Workspace, file: str, text: str, new: str = "ring_append") -> list[str] | str | None:
    """The places, or the reason why not."""
    at = workspace.at(file, text)
    found = rename(workspace.snapshot, workspace.index, workspace.parsed, at, new)
    if isinstance(found, Refusal):
        return found.reason
    return None if found is None else [workspace.shown(span) for span in found]


EVERYWHERE = [
    "lib.py:3:5 ring_push", "lib.py:4:5 ring_push", "ring.c:3:5 ring_push", "ring.c:5:33 ring_push",
    "ring.c:5:51 ring_push", "ring.h:1:5 ring_push", "use.py:3:9 ring_push", "use.py:4:17 ring_push",
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "text"), [("use.py", "ring_push(r, 3)"), ("ring.c", "ring_push(void"), ("lib.py", "ring_push.argtypes")]
)
def test_a_ctypes_function_is_renamed_in_both_languages(tmp_path: Path, file: str, text: str) -> None:
    workspace = opened(tmp_path, RING)
    assert renamed(workspace, file, text) == EVERYWHERE
    found = prepare_rename(workspace.snapshot, workspace.index, workspace.parsed, workspace.at(file, text))
    assert isinstance(found, Renaming) and found.name == "ring_push" and found.here.path.endswith(file)


def test_after_a_rename_the_edges_are_the_same(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "before", RING)
    found = rename(
        workspace.snapshot, workspace.index, workspace.parsed, workspace.at("use.py", "ring_push(r, 3)"), "ring_add"
    )
    assert isinstance(found, list)
    for span in reversed(found):
        path = Path(span.path)
        lines = path.read_text().split("\n")
        line = lines[span.line - 1]
        lines[span.line - 1] = f"{line[: span.column - 1]}ring_add{line[span.end_column - 1 :]}"
        path.write_text("\n".join(lines))
    again = opened(workspace.root, "")
    (before,) = (b for b in workspace.index.boundary.bindings if b.native == "ring_push")
    (after,) = (b for b in again.index.boundary.bindings if b.native == "ring_add")
    assert len(after.uses) == len(before.uses) and after.truth == "source"
    assert not any(b.native == "ring_push" for b in again.index.boundary.bindings)


def test_the_python_name_of_a_method_is_its_tables(tmp_path: Path) -> None:
    workspace = opened(tmp_path, EXTENSION)
    places = ["ext.c:14:40 push", "use.py:5:10 push"]
    assert renamed(workspace, "use.py", "push(3)", "append") == places
    assert renamed(workspace, "ext.c", 'push", ring_push', "append") == places
    assert renamed(workspace, "ext.c", "ring_push(PyObject", "ring_append") is None  # C alone
    assert renamed(workspace, "use.py", "made", "make") is None  # Python alone


def test_a_function_of_one_name_in_both_languages(tmp_path: Path) -> None:
    workspace = opened(tmp_path, EXTENSION)
    places = ["ext.c:21:18 scale", "ext.c:30:7 scale", "ext.c:30:15 scale", "use.py:7:16 scale"]
    assert renamed(workspace, "use.py", "scale(1.0", "scaled") == places
    assert renamed(workspace, "ext.c", "scale(PyObject", "scaled") == places


REFUSED = {
    "another function has the name": (
        "",
        "use.py",
        "ring_push(r, 3)",
        "ring_fill",
        "ring_fill exists already on the Python side",
    ),
    "C has the name": ("", "use.py", "ring_push(r, 3)", "hidden", "hidden exists already, at ring.c:7"),
    "a word of C": ("", "use.py", "ring_push(r, 3)", "int", "'int' is no name in both languages"),
    "a word of Python": ("", "use.py", "ring_push(r, 3)", "lambda", "'lambda' is no name in both languages"),
    "no name": ("", "use.py", "ring_push(r, 3)", "a b", "'a b' is no name in both languages"),
    "no source": (
        "//- c.py\nfrom lib import lib\nlib.absent(1)\n",
        "c.py",
        "absent",
        "x",
        "absent has no source in the workspace",
    ),
    "only declared": (
        "//- d.h\nint far(void);\n//- d.c\n"
        '#include "d.h"\nint near(void) { return far(); }\n//- c.py\n'
        "from lib import lib\n"
        "lib.far()\n",
        "c.py",
        "far",
        "x",
        "far is only declared in the workspace; its source is elsewhere",
    ),
    "a macro calls it": (
        '//- m.c\n#include "ring.h"\n#define PUSH(r) ring_push(r, 1)\n'
        "int twice(void *r) { return PUSH(r) + PUSH(r); }\n",
        "use.py",
        "ring_push(r, 3)",
        "x",
        "a macro writes ring_push at m.c:3",
    ),
    "a macro names it": (
        "//- m.h\n#define PUSH(r) ring_push(r, 1)\n",
        "use.py",
        "ring_push(r, 3)",
        "x",
        "ring_push also stands at m.h:1",
    ),
    "code that is not compiled": (
        '//- m.c\n#include "ring.h"\n#ifdef NEVER\nint g(void *r) { return ring_push(r, 1); }\n#endif\n',
        "use.py",
        "ring_push(r, 3)",
        "x",
        "ring_push also stands at m.c:3",
    ),
    "an object that is not known": (
        "//- c.py\ndef f(library):\n    library.ring_push(1, 2)\n",
        "use.py",
        "ring_push(r, 3)",
        "x",
        "ring_push also stands at c.py:2",
    ),
    "a name in a table of Python's": (
        "//- c.py\nfrom lib import lib\nfor name in ['ring_push']:\n    getattr(lib, name)\n",
        "use.py",
        "ring_push(r, 3)",
        "x",
        "ring_push also stands at c.py:2",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_safe_is_refused(tmp_path: Path, case: str) -> None:
    more, file, text, new, reason = REFUSED[case]
    found = renamed(opened(tmp_path, RING + more), file, text, new)
    assert isinstance(found, str) and found.startswith(reason)


def test_names_of_other_things_do_not_hinder(tmp_path: Path) -> None:
    more = "//- c.py\n__all__ = ['ring_push']\n"
    more += "class A:\n    def ring_push(self): pass\n    def f(self): self.ring_push()\n"
    more += "//- n.c\nstruct s { int ring_push; };\nint n(struct s *s) { return s->ring_push; }\n"
    assert renamed(opened(tmp_path, RING + more), "use.py", "ring_push(r, 3)") == EVERYWHERE


def test_a_variable_of_pythons_keeps_its_name(tmp_path: Path) -> None:
    more = "//- c.py\nfrom lib import lib\nring_push = lib.ring_push\nring_push(1, 2)\n"
    places = sorted([*EVERYWHERE, "c.py:2:17 ring_push"])
    assert renamed(opened(tmp_path, RING + more), "use.py", "ring_push(r, 3)") == places


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("//- more.py\nimport ext\nodd = ext.odd\nodd(1)\n", "more.py:2"),
        ("//- more.py\nfrom ext import odd as even\neven(1)\n", "more.py:1"),
        ("//- more.py\nfrom ext import odd\n__all__ = ['odd']\nodd(1)\n", "more.py:2"),
    ],
)
def test_an_extensions_name_that_python_binds_again_is_refused(tmp_path: Path, more: str, place: str) -> None:
    found = renamed(opened(tmp_path, EXTENSION + more), "ext.c", 'odd", odd', "x")
    assert isinstance(found, str) and found.startswith(f"odd also stands at {place}")


def test_an_imported_name_is_renamed_with_its_import(tmp_path: Path) -> None:
    workspace = opened(tmp_path, EXTENSION + "//- more.py\nfrom ext import odd\nodd(1)\n")
    found = renamed(workspace, "more.py", "odd(1)", "even")
    assert isinstance(found, list)
    assert [place for place in found if place.startswith("more")] == ["more.py:1:17 odd", "more.py:2:1 odd"]


def test_a_string_that_a_macro_makes_is_refused(tmp_path: Path) -> None:
    entry = '{"odd", odd, METH_VARARGS, "odd(a, b): the first line\\nthe second"}'
    assert entry in EXTENSION
    text = EXTENSION.replace(entry, "ENTRY(odd)").replace(
        "static PyMethodDef functions", "#define ENTRY(n) {#n, n, METH_VARARGS, NULL}\nstatic PyMethodDef functions"
    )
    workspace = opened(tmp_path, text + "//- more.py\nimport ext\next.odd(1)\n")
    assert renamed(workspace, "more.py", "odd(1)", "x") == "the name odd in its table is written by a macro"
