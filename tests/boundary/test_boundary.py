from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.workspace import Snapshot

FORMS = [
    "import ctypes\nlib = ctypes.CDLL('libx.so')\nlib.f(1)",
    "from ctypes import cdll\nlib = cdll.LoadLibrary('./libx.so')\nlib['f'](1)",
    "import ctypes as ct\nlib = ct.PyDLL('libx.so')\ngetattr(lib, 'f')(1)",
    "import ctypes, ctypes.util\nlib = ctypes.CDLL(ctypes.util.find_library('x'))\nlib.f(1)",
    "from ctypes import CDLL\nlib = None\ntry:\n    lib = CDLL('libx.so')\nexcept OSError:\n    lib = CDLL('x')\n"
    "lib.f(1)",
    "from ctypes import CDLL\ndef load():\n    return CDLL('libx.so')\nlib = load()\nlib.f(1)",
    "from ctypes import CDLL\nclass A:\n    def __init__(self):\n        self.lib = CDLL('libx.so')\n"
    "    def g(self):\n        self.lib.f(1)",
    "from ctypes import CDLL\nclass A:\n    lib = CDLL('libx.so')\nA.lib.f(1)",
    "from ctypes import CDLL\ndef g():\n    lib = CDLL('libx.so')\n    f = lib.f\n    f(1)",
    "from ctypes import CDLL\nlib = CDLL('libx.so')\nlib.f(1)\ndef broken(",
    "import ctypes\nlib = ctypes.CDLL('libx.so')\nf = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(('f', lib))\nf(1)",
]


@pytest.mark.parametrize("source", FORMS)
def test_forms_of_loading_and_naming(tmp_path: Path, source: str) -> None:
    (tmp_path / "m.py").write_text(source)
    fixture = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n")
    (binding,) = fixture.boundary.bindings
    assert (binding.native, binding.native_key, binding.kind, binding.truth) == ("f", "f", "ctypes", "source")
    assert binding.uses and binding.library


def test_declarations_of_several_functions_in_one_line(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- m.py
        from ctypes import *
        lib = CDLL("libx.so")
        lib.f.argtypes, lib.f.restype = [c_int], None
        lib.g.argtypes = lib.h.argtypes = [c_char_p]
        """,
    )
    shown = {b.native: (b.argtypes and [t.text for t in b.argtypes], b.restype) for b in fixture.boundary.bindings}
    assert {name: types for name, (types, _) in shown.items()} == {"f": ["c_int"], "g": ["c_char_p"], "h": ["c_char_p"]}
    restype = shown["f"][1]
    assert restype is not None and restype.kind == "void"


def test_a_name_being_bound_in_an_expression_is_no_use(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text("from ctypes import CDLL\nlib = CDLL('libx.so')\nif (f := lib.f):\n    f(1)\n")
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert [(use.line, use.column) for use in binding.uses] == [(3, 14), (4, 5)]


EXTENSION = """
//- pkg/_native.c
static PyObject *count(PyObject *module, PyObject *text) { return text; }
static PyMethodDef methods[] = {{"count", count, METH_O, ""}, {0}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", "", 0, methods};
PyObject *PyInit__native(void) { return PyModule_Create(&definition); }
"""


def test_names_through_the_star_of_a_package(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- setup.py
        setup(ext_package="pkg", ext_modules=[Extension("_native", ["pkg/_native.c"])])
        //- pkg/__init__.py
        from pkg._native import *
        //- pkg/use.py
        from pkg import *
        count("a")
        print(count)
        """
        + EXTENSION.replace("\n", "\n        "),
    )
    (binding,) = [b for b in fixture.boundary.bindings if b.kind == "function"]
    assert binding.python == "pkg._native.count"
    assert [(Path(use.path).name, use.line) for use in binding.uses] == [("use.py", 2), ("use.py", 3)]


@pytest.mark.parametrize(
    "line",
    [
        "from pkg import _native",
        "from . import _native",
        "import pkg._native as _native",
        "try:\n    from . import _native\nexcept ImportError:\n    _native = None",
    ],
)
def test_a_package_that_imports_its_own_extension(tmp_path: Path, line: str) -> None:
    text = f"//- pkg/__init__.py\n{line}\n_native.count('a')\n//- use.py\nimport pkg\npkg._native.count('b')\n"
    fixture = load(tmp_path, text + EXTENSION.replace('"_native", ""', '"pkg._native", ""'))
    (binding,) = [b for b in fixture.boundary.bindings if b.kind == "function"]
    assert binding.python == "pkg._native.count"
    places = [(Path(use.path).name, use.line) for use in binding.uses]
    assert places == [("__init__.py", line.count("\n") + 2), ("use.py", 2)]


@pytest.mark.parametrize(
    "source", ["lib = object()\nlib.f(1)", "def g(lib):\n    lib.f(1)", "for lib in x:\n    lib.f(1)"]
)
def test_what_is_not_certain_is_no_edge(tmp_path: Path, source: str) -> None:
    (tmp_path / "m.py").write_text("from ctypes import CDLL\n" + source)
    assert load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings == ()


def test_declared_types(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- m.py
        from ctypes import *
        class P(Structure):
            _fields_ = [("x", c_int)]
        size = c_size_t
        V = CFUNCTYPE(None, c_int)
        lib = CDLL("libx.so")
        lib.f.argtypes = (c_uint8, size, c_char_p, POINTER(P), P, V, c_double, c_int * 3, mystery)
        lib.f.restype = None
        """,
    )
    (binding,) = fixture.boundary.bindings
    assert binding.argtypes is not None and binding.restype is not None
    shown = [(t.text, t.kind, t.bits, t.signed) for t in binding.argtypes]
    assert shown == [
        ("c_uint8", "integer", 8, False),
        ("c_size_t", "integer", 64, False),
        ("c_char_p", "string", 0, False),
        ("POINTER(P)", "pointer", 0, False),
        ("P", "structure", 0, False),
        ("V", "callback", 0, False),
        ("c_double", "float", 64, True),
        ("c_int * 3", "pointer", 0, False),
        ("mystery", "unknown", 0, False),
    ]
    assert binding.restype.kind == "void"


def test_extension_tables(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- setup.py
        from setuptools import Extension, setup
        setup(ext_modules=[Extension("pkg._ext", ["src/ext.c"], define_macros=[("FAST", "1")])])
        //- src/ext.c
        static PyObject *f(PyObject *m, PyObject *a) { return 0; }
        static PyObject *get_size(PyObject *s, void *c) { return 0; }
        static int init(PyObject *s, PyObject *a, PyObject *k) { return 0; }
        static PyMethodDef methods[] = {{"fill", f, METH_VARARGS, "fills"}, {0}};
        static PyGetSetDef getset[] = {{"size", get_size, NULL, NULL, NULL}, {0}};
        static PyTypeObject T = {.tp_name = "_ext.T", .tp_basicsize = 40, .tp_init = init, .tp_getset = getset};
        static PyModuleDef def = {PyModuleDef_HEAD_INIT, "_ext", NULL, -1, methods};
        PyObject *PyInit__ext(void) { PyModule_AddObject(m, "T", (PyObject *)&T); return 0; }
        //- pkg/__init__.py
        from ._ext import T, fill
        //- use.py
        import pkg
        pkg.fill(1)
        t = pkg.T(3)
        t.size
        """,
    )
    rows = {(b.python, b.kind, b.native, b.flags, len(b.uses)) for b in fixture.boundary.bindings}
    assert rows == {
        ("pkg._ext.fill", "function", "f", 1, 2),
        ("pkg._ext.T", "type", "T", 0, 2),
        ("pkg._ext.T.__init__", "slot", "init", 0, 0),
        ("pkg._ext.T.size", "getset", "get_size", 0, 1),
    }
    kind = next(b for b in fixture.boundary.bindings if b.kind == "type")
    assert (kind.size, kind.slots, kind.module, kind.owner) == (40, (("tp_init", "init"),), "pkg._ext", "T")
    assert "-DFAST=1" in fixture.snapshot.compile_arguments(fixture.snapshot.c_files[0])


def test_bad_workspaces_have_problems(tmp_path: Path) -> None:
    (tmp_path / "compile_commands.json").write_text("[{]")
    (tmp_path / "pyproject.toml").write_text("[[")
    (tmp_path / "x.c").write_bytes(b"\\xff\\xfe")
    snapshot = Snapshot.of(tmp_path)
    assert len(snapshot.problems) == 2 and snapshot.text(snapshot.c_files[0])
    assert Snapshot.of(tmp_path / "absent").problems
