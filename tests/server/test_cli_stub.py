"""`gnomon stub`: exact texts for small sources, and the real extension and library as their judges."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.stub import extension_stub
from gnomon.analysis.stub_ctypes import Declaration, ctypes_stub, declarations, parsed_signature
from gnomon.analysis.syntax.csource import CFunction
from gnomon.server.commands import app
from typer.testing import CliRunner

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

MODULE = """
    //- ext.c
    {body}
    static PyMethodDef methods[] = {{{{"f", f, {flags}, NULL}}, {{NULL}}}};
    static struct PyModuleDef module = {{0, "ext", NULL, -1, methods}};
    PyObject *PyInit_ext(void) {{ return PyModule_Create(&module); }}
"""


def stub_of(folder: Path, body: str, flags: str = "METH_VARARGS") -> str:
    """The line of `f` in the stub of a module that holds nothing else."""
    fixture = load(folder, MODULE.format(body=body, flags=flags))
    lines = extension_stub(fixture.snapshot, fixture.boundary.bindings, "ext").splitlines()
    (line,) = [line for line in lines if line.startswith("def f(")]
    return line.removeprefix("def f").removesuffix(": ...")


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ('PyArg_ParseTuple(args, "si", &name, &count); return PyLong_FromLong(1);',
         "(name: str, count: SupportsIndex, /) -> int"),
        ('PyArg_ParseTuple(args, "y#|d:f", &data, &n, &by); Py_RETURN_NONE;',
         "(data: Buffer, by: SupportsFloat | SupportsIndex = ..., /) -> None"),
        ('PyArg_ParseTuple(args, "O!O", &T, &x, &y); return NULL;', "(x: Any, y: Any, /) -> Any"),
        ('PyArg_ParseTuple(args, "sz", &self->a, b); return a ? PyLong_FromLong(1) : NULL;',
         "(arg0: str, arg1: str | None, /) -> int"),
        ('PyArg_ParseTuple(args, "(ii)", &a, &b); return x;', "(*args: Any, **kwargs: Any) -> Any"),
        ('PyArg_ParseTuple(args, format, &a); return PyErr_NoMemory();', "(*args: Any, **kwargs: Any) -> Any"),
        ('PyArg_ParseTuple(args, "i", &a) || PyArg_ParseTuple(args, "s", &b); return NULL;',
         "(*args: Any, **kwargs: Any) -> Any"),
        ('PyArg_ParseTuple(state, "i", &a); return NULL;', "(*args: Any, **kwargs: Any) -> Any"),
        ('PyArg_ParseTuple(args, ""); if (a) Py_RETURN_TRUE; Py_RETURN_FALSE;', "() -> bool"),
        ('PyArg_ParseTuple(args, ""); if (a) Py_RETURN_NONE; return PyUnicode_FromString(s);', "() -> str | None"),
        ('PyArg_ParseTuple(args, ""); CHECK(a); Py_RETURN_NONE;', "() -> Any"),
        ('PyArg_ParseTuple(args, ""); Py_RETURN_RICHCOMPARE(a, b, op);', "() -> Any"),
        ('static char *names[] = {"a", "b", NULL}; KW("i|$s", names, &x, &y); return 0;',
         "(a: SupportsIndex, *, b: str = ...) -> Any"),
        ('static char *names[] = {"", "b", NULL}; KW("ii", names, &x, &y); return 0;',
         "(arg0: SupportsIndex, /, b: SupportsIndex) -> Any"),
        ('static char *names[] = {"a", NULL}; KW("ii", names, &x, &y); return 0;',
         "(*args: Any, **kwargs: Any) -> Any"),
        ('PyArg_ParseTuple(args, "i" ; return 1;', "(*args: Any, **kwargs: Any) -> Any"),
    ],
)  # fmt: skip
def test_signatures(tmp_path: Path, text: str, signature: str) -> None:
    text = text.replace("KW(", "PyArg_ParseTupleAndKeywords(args, kw, ")
    body = f"static PyObject *f(PyObject *self, PyObject *args, PyObject *kw) {{ {text} }}"
    assert stub_of(tmp_path, body) == signature


@pytest.mark.parametrize(
    ("flags", "given"), [("METH_NOARGS", "()"), ("METH_O", "(arg: Any, /)"), ("0", "(*args: Any, **kwargs: Any)")]
)
def test_flags_say_what_is_given(tmp_path: Path, flags: str, given: str) -> None:
    body = "static PyObject *f(PyObject *self, PyObject *x) { return PyFloat_FromDouble(1); }"
    assert stub_of(tmp_path, body, flags) == f"{given} -> float"


def function(signature: str, name: str = "f") -> CFunction:
    return CFunction(name, name, "a.c", 1, 1, 1, 1, signature, "", False, True, True, "")


@pytest.mark.parametrize(
    ("signature", "argtypes", "restype"),
    [
        ("int f(void)", "", "c_int"),
        ("void f(const char *s, char *d)", "c_char_p, c_char_p", "None"),
        ("char *f(unsigned long int n)", "c_ulong", "c_void_p"),
        ("const char *f(size_t n, int64_t m)", "c_size_t, c_int64", "c_char_p"),
        ("double **f(double *x, int v[4], void *p)", "POINTER(c_double), POINTER(c_int), c_void_p",
         "POINTER(POINTER(c_double))"),
        ("struct ring *f(ring *r, const long long unsigned x)", "c_void_p, c_ulonglong", "c_void_p"),
        ("int f(int argc, char *argv[])", "c_int, POINTER(c_char_p)", "c_int"),
        ("unsigned f(signed char c, unsigned char d, char e)", "c_byte, c_ubyte, c_char", "c_uint"),
        ("long double f(int (*visit)(int), int *(*p)[3], int m[2][3])", "c_void_p, c_void_p, c_void_p", "c_longdouble"),
    ],
)  # fmt: skip
def test_types_of_c_in_the_words_of_ctypes(signature: str, argtypes: str, restype: str) -> None:
    (found,) = declarations(["f"], [function(signature)])
    assert (", ".join(found.argtypes), found.restype, found.refusal) == (argtypes, restype, "")


@pytest.mark.parametrize(
    "signature", ["int f(mode m)", "point f(void)", "int f(struct p q)", "int f(const char *, ...)"]
)
def test_what_is_not_certain_is_left_out(signature: str) -> None:
    (found,) = declarations(["f"], [function(signature)])
    assert found.refusal
    assert "    pass\n    # left out: " in ctypes_stub("liba.so", [found])


@pytest.mark.parametrize("text", ["", "int", "int f", "int f(", "int (*f(void))(int)", "static", "}{", "int f(int x"])
def test_what_is_no_declaration_is_none(text: str) -> None:
    assert parsed_signature(text) is None


def test_a_name_that_two_sources_define_differently_is_not_declared() -> None:
    assert declarations(["f"], [function("int f(int x)"), function("int f(long x)")]) == []


def test_a_whole_module() -> None:
    text = ctypes_stub("liba.so", [Declaration("f", "int f(char *s)", ("c_char_p",), "c_int")])
    library: dict[str, object] = {}
    exec(text, library)
    assert text.splitlines()[2:] == [
        "from ctypes import CDLL, c_char_p, c_int",
        "",
        "",
        "def declare(library: CDLL) -> None:",
        "    # int f(char *s)",
        "    library.f.argtypes = [c_char_p]",
        "    library.f.restype = c_int",
    ]


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["stub", *words])
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.slow
def test_the_library_takes_what_its_stub_declares(tmp_path: Path) -> None:
    """The example's own declarations, written by hand, are the truth."""
    copy = tmp_path / "telemetry"
    shutil.copytree(EXAMPLES / "telemetry", copy, ignore=shutil.ignore_patterns("*.so", "*.o", "__pycache__"))
    subprocess.run(["make", "-C", str(copy), "--silent"], check=True, capture_output=True)
    path = copy / "telemetry" / "libtelemetry.so"
    for name in ("libtelemetry.so", str(path)):  # by sources, and by the file's symbols and DWARF
        text = run(name, "--root", str(copy))
        declared: dict[str, object] = {}
        exec(text, declared)
        library = ctypes.CDLL(str(path))
        declared["declare"](library)  # type: ignore[operator]
        assert library.codec_scale.argtypes == [ctypes.c_int, ctypes.c_int]
        assert library.board_open.restype == ctypes.c_void_p
        board = library.board_open(b"a")
        assert library.board_add(board, 3, 5) == 0
        assert library.board_gain(board, 3) == 5
        library.board_close(board)


@pytest.mark.slow
def test_the_extension_has_what_its_stub_says(tmp_path: Path) -> None:
    """Every name is there, every signature takes what is called here, and mypy reads the text."""
    text = run("sketch._sketch", "--root", str(EXAMPLES / "sketch"))
    (tmp_path / "_sketch.pyi").write_text(text)
    use = "import _sketch\nh = _sketch.Histogram(3)\nh.add(1)\nn: int = h.count(1)\nlen(h)\n"
    use += "b: bytes = _sketch.code('abc')\n"
    (tmp_path / "use.py").write_text(use)
    checked = subprocess.run([sys.executable, "-m", "mypy", "--strict", "use.py"], cwd=tmp_path, capture_output=True)
    assert checked.returncode == 0, checked.stdout
    (tmp_path / "use.py").write_text(use + "h.count('x')\n")
    refused = subprocess.run([sys.executable, "-m", "mypy", "--strict", "use.py"], cwd=tmp_path, capture_output=True)
    assert b'Argument 1 to "count" of "Histogram" has incompatible type "str"' in refused.stdout
    library = tmp_path / f"_sketch{sysconfig.get_config_var('EXT_SUFFIX')}"
    sources = [str(path) for path in (EXAMPLES / "sketch" / "src").glob("*.c")]
    include = f"-I{sysconfig.get_path('include')}"
    subprocess.run(["gcc", "-w", "-shared", "-fPIC", include, *sources, "-o", str(library)], check=True)
    spec = importlib.util.spec_from_file_location("_sketch", library)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names = [line.split("(")[0].removeprefix("def ") for line in text.splitlines() if line.startswith("def ")]
    assert [name for name in names if not hasattr(module, name)] == ["__getattr__"]
    assert isinstance(module.code("abc"), bytes)
    assert isinstance(module.Histogram(3, 2).total, int)


def test_an_unknown_name_ends_with_status_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["stub", "libnowhere.so", "--root", str(tmp_path)])
    assert (result.exit_code, "nothing is known of libnowhere.so" in result.stderr) == (2, True)
    (tmp_path / "liba.so").write_bytes(b"\x7fELF")
    result = CliRunner().invoke(app, ["stub", str(tmp_path / "liba.so"), "--root", str(tmp_path)])
    assert (result.exit_code, "liba.so: " in result.stderr) == (2, True)
