"""A check after edits to a C extension says what a new session says of the same text, though entries rest on no more
than their explorations looked at; so does a new session with a store."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from gnomon.analysis.checking import run
from gnomon.analysis.checking.decide import Decider, Decision, ObligationId
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.progress import Cancelled
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from told import told

EDITS = 7
# Time that no exploration here comes to the end of: what is cut short depends on the machine.
SETTINGS = Settings(store=None, jobs=1, entry_seconds=600, check_seconds=3600, budget_seconds=120)
HELPERS, CALLED = ("twice", "pick", "mark"), ("one", "two", "three")
HEAD = """#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int limit = 3;
static int table[4] = {1, 2, 3, 4};

typedef struct {
    PyObject_HEAD
    int count;
} Box;

"""
TAIL = """
static PyMethodDef box_methods[] = {{"step", box_step, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyTypeObject box_type = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "edited.Box", .tp_basicsize = sizeof(Box),
    .tp_flags = Py_TPFLAGS_DEFAULT, .tp_methods = box_methods, .tp_new = PyType_GenericNew};
static PyMethodDef methods[] = {{"one", one, METH_NOARGS, NULL}, {"two", two, METH_O, NULL},
    {"three", three, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "edited", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_edited(void) {
    PyObject *made = PyModule_Create(&module);
    if (!made || PyType_Ready(&box_type) < 0) return NULL;
    if (PyModule_AddObjectRef(made, "Box", (PyObject *)&box_type) < 0) return NULL;
    return made;
}
"""


@dataclass(slots=True)
class Extension:
    """A module of three functions and a type, which call helpers, and some of these each other."""

    choose: random.Random
    bodies: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    spare: int = 0
    order: list[str] = field(default_factory=lambda: list(CALLED))

    def __post_init__(self) -> None:
        for name in (*HELPERS, *CALLED, "box_step"):
            self.bodies[name] = self._body(name)

    def edit(self) -> None:
        match self.choose.randrange(8):
            case 0:
                self.comments += 1
            case 1:
                self.choose.shuffle(self.order)
            case 2:
                self.spare += 1
            case _:
                name = self.choose.choice([*self.bodies])
                self.bodies[name] = self._body(name)

    def text(self) -> str:
        helpers = [f"static int {name}(int n) {{\n    {self.bodies[name]}\n}}\n\n" for name in HELPERS]
        spare = [f"static int spare{n}(int n) {{ return table[n] / {n}; }}\n\n" for n in range(self.spare)]
        arguments = "PyObject *self, PyObject *argument"
        called = [
            f"static PyObject *{name}({arguments}) {{\n    {self.bodies[name]}\n}}\n\n"
            for name in (*self.order, "box_step")
        ]
        return HEAD + "/* */\n" * self.comments + "".join((*helpers, *spare, *called)) + TAIL

    def _body(self, name: str) -> str:
        number = self.choose.randrange(1, 7)
        other = "twice" if name != "twice" else None
        if name in HELPERS:
            listed = [
                f"return n + {number};",
                f"return table[n & {number}];",
                f"return {number} / (n - {number});",
                f"limit = {number}; return limit;",
                f"int v[3] = {{1, 2, 3}}; return v[{number - 3} + (n & 1)];",
            ]
            return self.choose.choice([*listed, *([f"return n > {number} ? {other}(n) : n;"] * 2 if other else ())])
        helper = self.choose.choice(HELPERS)
        if name == "two":
            return self.choose.choice(
                [
                    f"if (!PyLong_CheckExact(argument)) Py_RETURN_NONE; return PyLong_FromLong({helper}({number}));",
                    "Py_DECREF(argument); return PyLong_FromLong(1);",
                    f"Py_INCREF(argument); if ({helper}({number}) > 3) Py_DECREF(argument); Py_RETURN_NONE;",
                    f"return PyLong_FromLong({number});",
                ]
            )
        if name == "box_step":
            return self.choose.choice(
                [
                    f"((Box *)self)->count += {number}; return PyLong_FromLong(((Box *)self)->count);",
                    f"return PyLong_FromLong({number} / ((Box *)self)->count);",
                    f"return PyLong_FromLong(table[((Box *)self)->count + {helper}({number})]);",
                ]
            )
        return self.choose.choice(
            [
                f"return PyLong_FromLong({helper}({number}) + {self.choose.choice(HELPERS)}({number} + 1));",
                f"PyObject *made = PyLong_FromLong({number}); if ({helper}(2) > 2) return made; Py_RETURN_NONE;",
                f"if (limit > {number}) return NULL; Py_RETURN_NONE;",
                f"return PyLong_FromLong(table[{helper}({number}) & 3]);",
            ]
        )


@pytest.mark.parametrize("seed", range(4))
def test_edits_lead_where_a_new_session_begins(tmp_path: Path, seed: int) -> None:
    extension = Extension(random.Random(seed))
    session, stored = Session(tmp_path, SETTINGS), replace(SETTINGS, store=tmp_path / "verdicts.sqlite")
    quick = Session(tmp_path, replace(SETTINGS, edit_seconds=0.2))
    for _ in range(EDITS):
        (tmp_path / "edited.c").write_text(extension.text())
        found = told(session.check({}))
        expected = told(Session(tmp_path, SETTINGS).check({}))
        assert found == expected, extension.text()
        assert told(whole(quick)) == expected, extension.text()
        assert told(Session(tmp_path, stored).check({})) == expected, extension.text()
        extension.edit()


def whole(session: Session) -> CheckResult:
    """What all checks say that follow each other."""
    result = session.check({})
    while result.is_partial:
        result = session.check({})
    return result


@pytest.fixture
def explored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The harnesses of entries that are explored whole from now on."""
    names: list[str] = []
    explore = Decider.explore_whole

    def noted(self: Decider, entry: str, rest: list[Any]) -> dict[ObligationId, Decision]:
        names.append(entry)
        return explore(self, entry, rest)

    monkeypatch.setattr(Decider, "explore_whole", noted)
    return names


def test_an_edit_asks_the_entries_that_come_to_it(tmp_path: Path, explored: list[str]) -> None:
    extension, settings = Extension(random.Random(1)), replace(SETTINGS, store=tmp_path / "verdicts.sqlite")
    extension.bodies["two"] = "return PyLong_FromLong(1);"
    (tmp_path / "edited.c").write_text(extension.text())
    session = Session(tmp_path, settings)
    session.check({})
    assert any("edited.c:one" in name for name in explored)
    explored.clear()
    Session(tmp_path, settings).check({})
    assert [name for name in explored if "PyInit" in name] == []
    for number, resumed in enumerate((session, Session(tmp_path, settings))):
        extension.bodies["two"] = f"return PyLong_FromLong({number});"
        (tmp_path / "edited.c").write_text(extension.text())
        explored.clear()
        resumed.check({})
        asked = [name for name in explored if "PyInit" in name]
        assert asked and all("edited.c:two" in name for name in asked)


ENDLESS = (
    "unsigned h = 1; long n = PyLong_AsLong(argument); for (long i = 0; i < n; i++) h = (h ^ (unsigned)i) * 31; "
    "return PyLong_FromLong(h == 12345 ? 10 / (int)(h - 12345) : 0);"
)


@pytest.fixture
def endless(tmp_path: Path) -> Settings:
    """Settings in a folder with an extension of which an entry is always cut short."""
    extension = Extension(random.Random(1))
    extension.bodies["two"] = ENDLESS
    (tmp_path / "edited.c").write_text(extension.text())
    return replace(SETTINGS, store=tmp_path / "verdicts.sqlite", entry_seconds=1.0)


def of_two(explored: list[str]) -> list[str]:
    return [name for name in explored if "PyInit" in name and "edited.c:two" in name]


def test_what_was_cut_short_stays_so_in_the_next_session(
    tmp_path: Path, endless: Settings, explored: list[str]
) -> None:
    result = Session(tmp_path, endless).check({})
    (two,) = (f for f in result.functions if f.function == "two")
    assert set(two.reasons) & {"budget", "loop", "solver"}
    assert of_two(explored)
    explored.clear()
    again = Session(tmp_path, endless).check({})
    assert of_two(explored) == []
    assert [f for f in again.functions if f.function == "two"] == [two]
    Session(tmp_path, replace(endless, check_seconds=7200)).check({})
    assert of_two(explored)


def test_what_a_cancelled_check_cut_short_is_asked_again(
    tmp_path: Path, endless: Settings, explored: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FIRST_PART", 1e-9)  # so that there are several passes
    session = Session(tmp_path, endless)

    def cancel(text: str, part: float) -> None:
        if text == "edited.two" and of_two(explored):
            session.cancel()

    with pytest.raises(Cancelled):
        session.check({}, on_progress=cancel)
    for resumed in (Session(tmp_path, endless), session):
        explored.clear()
        resumed.check({})
        assert of_two(explored)


def test_what_rarely_happens_waits_after_an_edit(tmp_path: Path) -> None:
    kept, lost = "if (!made) Py_DECREF(argument);", ""
    body = (
        "Py_INCREF(argument); PyObject *made = PyList_New(1); %s if (made) PyList_SET_ITEM(made, 0, argument); "
        "return made;"
    )
    extension = Extension(random.Random(1))
    session = Session(tmp_path, replace(SETTINGS, edit_seconds=30.0))

    def checked(text: str) -> tuple[list[str], bool]:
        extension.bodies["two"] = body % text
        (tmp_path / "edited.c").write_text(extension.text())
        result = session.check({})
        return [f.code for f in result.findings if f.function == "two"], result.is_partial

    assert checked(kept) == ([], False)
    assert checked(lost) == ([], True)
    assert checked(lost) == (["owner.leak"], False)
    assert checked(kept) == ([], True), "what is mended goes at once"


def test_what_still_fails_is_told_though_nothing_is_searched_for(tmp_path: Path) -> None:
    extension = Extension(random.Random(1))
    extension.bodies["mark"] = "return n + 1;"
    session = Session(tmp_path, replace(SETTINGS, edit_seconds=0.0))

    def checked(body: str) -> tuple[list[tuple[str, int]], bool]:
        extension.bodies["two"] = body
        (tmp_path / "edited.c").write_text(extension.text())
        result = session.check({})
        return [(f.code, f.line) for f in result.findings if f.function == "two"], result.is_partial

    lost = "Py_INCREF(argument); if (mark(2) > %d) Py_DECREF(argument); Py_RETURN_NONE;"
    (found,), is_partial = checked(lost % 7)
    assert (found[0], is_partial) == ("owner.leak", False)
    extension.comments += 2
    assert checked(lost % 9) == ([("owner.leak", found[1] + 2)], True), "where it is now"
    assert checked(lost % 1) == ([], True), "what is mended goes at once"
    assert checked(lost % 1) == ([], False)
    assert checked(lost % 7) == ([], True), "there was no time"
    assert checked(lost % 7) == ([("owner.leak", found[1] + 2)], False)


def test_a_path_that_is_not_followed_does_not_end_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "FIRST_PART", 1e-9)
    monkeypatch.setattr(run, "LEAST_SECONDS", 0.002)
    extension = Extension(random.Random(1))
    extension.bodies["two"] = (
        'if (argument == Py_None) return (PyObject *)PyCode_NewEmpty("a", "b", 1); int sum = 0; '
        "for (int i = 0; i < 200000; ++i) sum += i & 1; if (sum == 100000) Py_INCREF(argument); "
        "Py_RETURN_NONE;"
    )
    (tmp_path / "edited.c").write_text(extension.text())
    result = Session(tmp_path, replace(SETTINGS, entry_seconds=20.0)).check({})
    assert "owner.leak" in {f.code for f in result.findings if f.function == "two"}


LOST_TWICE = (
    "Py_INCREF(argument);\n    Py_INCREF(Py_None);\n    if (mark(2) > %d) Py_DECREF(argument);\n"
    "    PyList_New(0);\n    PyList_New(1);\n    Py_RETURN_NONE;"
)


def test_an_answer_without_a_search_says_no_more_than_was_known(tmp_path: Path) -> None:
    """Failures stay, each of them, and nothing is proved by being left out."""
    extension = Extension(random.Random(1))
    extension.bodies["mark"] = "return n + limit;"
    extension.bodies["pick"] = "return table[n & 1];"
    extension.bodies["two"] = LOST_TWICE % 7
    session = Session(tmp_path, replace(SETTINGS, edit_seconds=0.0))

    def checked(text: str) -> tuple[list[tuple[int, str]], dict[str, int], bool]:
        (tmp_path / "edited.c").write_text(text)
        result = session.check({})
        found = sorted((f.line, f.code) for f in result.findings)
        return found, {f.function: f.proved for f in result.functions}, result.is_partial

    text = extension.text()
    found, proved, _ = checked(text)
    assert [code for _, code in found].count("owner.leak") >= 3
    for edited in (text.replace("limit = 3", "limit = 2"), text.replace("n & 1", "n & 3")):
        now, proved_now, is_partial = checked(edited)
        assert is_partial and now == found
        assert all(count <= proved[name] for name, count in proved_now.items() if name != "pick")
        while session.check({}).is_partial:
            pass
    assert checked(text.replace("n & 1", "n & 3"))[0] == found, "saved again"


def test_what_skips_what_others_refute_is_not_asked_again(tmp_path: Path, explored: list[str]) -> None:
    extension = Extension(random.Random(1))
    extension.bodies["mark"] = "return 1 / (n - 3);"
    extension.bodies["one"] = "return PyLong_FromLong(mark(3));"
    extension.bodies["two"] = "Py_INCREF(argument); return PyLong_FromLong(mark((int)PyLong_AsLong(argument)));"
    (tmp_path / "edited.c").write_text(extension.text())
    session = Session(tmp_path, replace(SETTINGS, edit_seconds=30.0))
    found = told(session.check({}))
    explored.clear()
    assert told(session.check({})) == found
    assert explored == []
