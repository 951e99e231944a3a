from __future__ import annotations

from pathlib import Path

from fixture import load
from gnomon.analysis.boundary.registration import entry_span
from gnomon.analysis.navigation.declaration import declaration
from gnomon.analysis.navigation.definition import definition
from gnomon.analysis.navigation.hover import hover
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.references import references
from gnomon.analysis.syntax.csource import CTable
from gnomon.analysis.syntax.tree import parse_c

CTYPES = """
    //- ring.c
    int ring_push(void *r, int value) { return value; }
        $C
    //- pkg/__init__.py
    //- pkg/_lib.py
    import ctypes
    lib = ctypes.CDLL("./libring.so")
    lib.ring_push.argtypes = [ctypes.c_void_p, ctypes.c_int]
    lib.ring_push.restype = ctypes.c_int
    //- pkg/ring.py
    from ._lib import lib
    def push(r):
        return lib.$P(r, 3)
                   $U
"""

EXTENSION = """
    //- ext.c
    static PyObject *ring_push(PyObject *self, PyObject *x) { return 0; }
                     $C
    static PyMethodDef ring_methods[] = {{"push", (PyCFunction)ring_push, METH_O, NULL}, {0}};
    static PyTypeObject RingType = {.tp_name = "ext.Ring", .tp_basicsize = 24, .tp_methods = ring_methods};
    //- use.py
    from ext import Ring
    ring = Ring(4)
    ring.$P(3)
         $U
"""


def fill(text: str, **parts: str) -> str:
    for name, part in {"C": "", "U": "", "P": "ring_push" if "_lib" in text else "push", **parts}.items():
        text = text.replace(f"${name}", part)
    return text


def test_definition_of_a_ctypes_use(tmp_path: Path) -> None:
    fixture = load(tmp_path, fill(CTYPES, P="ring$0_push", C="^^^^^^^^^"))
    assert fixture.cursor
    assert definition(fixture.snapshot, fixture.boundary, fixture.cursor) == fixture.marks


def test_from_the_c_function_to_its_python_uses(tmp_path: Path) -> None:
    text = fill(CTYPES, U="^^^^^^^^^").replace("int ring_push", "int ring$0_push")
    fixture = load(tmp_path, text)
    assert fixture.cursor
    assert definition(fixture.snapshot, fixture.boundary, fixture.cursor) == fixture.marks
    shown = hover(fixture.snapshot, Index(fixture.boundary, fixture.facts), {}, fixture.cursor)
    assert shown == "called from Python as `pkg._lib.lib.ring_push` (1 use)"


def test_declaration_is_the_argtypes_line(tmp_path: Path) -> None:
    fixture = load(tmp_path, fill(CTYPES, P="ring$0_push"))
    assert fixture.cursor
    (place,) = declaration(fixture.snapshot, fixture.boundary, fixture.cursor)
    assert (Path(place.path).name, place.line, place.column) == ("_lib.py", 3, 1)


def test_hover_shows_the_signature_and_the_declared_types(tmp_path: Path) -> None:
    fixture = load(tmp_path, fill(CTYPES, P="ring$0_push"))
    assert fixture.cursor
    shown = hover(fixture.snapshot, Index(fixture.boundary, fixture.facts), {}, fixture.cursor)
    assert "int ring_push(void *r, int value)" in shown
    assert "`ring.c:1`" in shown and "argtypes `[c_void_p, c_int]`" in shown


def test_definition_through_a_method_table(tmp_path: Path) -> None:
    fixture = load(tmp_path, fill(EXTENSION, P="pu$0sh", C="^^^^^^^^^"))
    assert fixture.cursor
    assert definition(fixture.snapshot, fixture.boundary, fixture.cursor) == fixture.marks


def test_definition_from_the_tables_string(tmp_path: Path) -> None:
    fixture = load(tmp_path, fill(EXTENSION, C="^^^^^^^^^").replace('{{"push"', '{{"pu$0sh"'))
    assert fixture.cursor
    assert definition(fixture.snapshot, fixture.boundary, fixture.cursor) == fixture.marks


def test_references_are_in_both_languages(tmp_path: Path) -> None:
    fixture = load(tmp_path, fill(EXTENSION, P="pu$0sh", C="^^^^^^^^^", U="^^^^"))
    assert fixture.cursor
    found = references(fixture.snapshot, Index(fixture.boundary, fixture.facts), fixture.cursor)
    assert set(fixture.marks) < set(found)
    assert [(Path(s.path).name, s.line) for s in found] == [("ext.c", 1), ("ext.c", 2), ("use.py", 3)]


def test_what_does_not_cross_answers_nothing(tmp_path: Path) -> None:
    fixture = load(tmp_path, "//- a.py\nimport os\nos.pa$0th\n")
    assert fixture.cursor
    assert definition(fixture.snapshot, fixture.boundary, fixture.cursor) == []
    assert hover(fixture.snapshot, Index(fixture.boundary, fixture.facts), {}, fixture.cursor) == ""


def test_a_slots_function_leads_to_no_other_c_code(tmp_path: Path) -> None:
    text = """
    //- ext.c
    static void ring_de$0alloc(PyObject *self) { }
    static PyTypeObject RingType = {.tp_name = "ext.Ring", .tp_basicsize = 24, .tp_dealloc = ring_dealloc};
    """
    fixture = load(tmp_path, text)
    assert fixture.cursor
    assert definition(fixture.snapshot, fixture.boundary, fixture.cursor) == []


def test_a_macro_in_a_table_stands_for_nothing_but_its_argument(tmp_path: Path) -> None:
    text = """
    //- ext.c
    #define ITEM(x) {#x, x##_py, METH_O, NULL}
    static PyMethodDef methods[] = {ITEM(push), {0}};
    """
    fixture = load(tmp_path, text)
    source = parse_c("ext.c", fixture.snapshot.text(fixture.snapshot.c_files[0]))
    span = entry_span(source, CTable("methods", "methods", "PyMethodDef", "ext.c", 2, 20, 2), 0, "push")
    assert (span.line, span.column, span.end_column) == (2, 38, 42)
