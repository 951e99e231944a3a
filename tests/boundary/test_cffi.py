"""cffi in ABI and API mode."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load

C = "//- x.c\nint f(int a) { return a; }\nchar *g(void) { return 0; }\nint other(void) { return 0; }\n"


def test_abi_mode(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        C
        + '''
//- m.py
from cffi import FFI
ffi = FFI()
ffi.cdef("""
    typedef struct { int x; } point;
    int f(int a);
    char *g(void);
            //^^^
    int (*hook)(int);
    extern "Python" int back(int);
""")
lib = ffi.dlopen("./libx.so")
lib.f(1)
  //^^^
lib.other(1)
lib.hook(1)
def call():
    return lib.g()
''',
    )
    found = {b.python: b for b in fixture.boundary.bindings}
    assert set(found) == {"m.lib.f", "m.lib.g"}
    edge = found["m.lib.f"]
    assert (edge.kind, edge.native, edge.native_key, edge.truth) == ("cffi", "f", "f", "source")
    assert (edge.cdef, edge.library, edge.signature) == ("int f(int a)", "./libx.so", "int f(int a)")
    assert found["m.lib.g"].cdef == "char *g(void)"
    assert edge.declared is not None
    assert (edge.declared.line, edge.declared.column, edge.declared.end_column) == (5, 9, 10)
    assert [(use.line, use.column) for use in edge.uses] == [(11, 5)]
    assert [use.line for use in found["m.lib.g"].uses] == [15]


@pytest.mark.parametrize(
    "line", ["from pkg._x import ffi, lib", "from pkg._x import lib", "import pkg._x as x\nlib = x.lib"]
)
def test_api_mode(tmp_path: Path, line: str) -> None:
    fixture = load(
        tmp_path,
        C
        + f"""
//- build.py
import cffi
CDEF = "int f(int a);"
builder = cffi.FFI()
builder.cdef(CDEF)
builder.set_source("pkg._x", '#include "x.h"')
//- pkg/__init__.py
//- use.py
{line}
lib.f(3)
""",
    )
    (edge,) = fixture.boundary.bindings
    assert (edge.python, edge.kind, edge.native_key, edge.cdef) == ("pkg._x.lib.f", "cffi", "f", "int f(int a)")
    assert [Path(use.path).name for use in edge.uses] == ["use.py"]


@pytest.mark.parametrize(
    "source",
    [
        "from other import lib\nlib.f(1)",  # nobody builds it
        "lib.f(1)",
        "lib = ffi.dlopen('x')\nlib = other()\nlib.f(1)",
        "ffi.cdef(text())\nffi.dlopen('x').h(1)",
        "ffi.cdef('int h(')\nffi.dlopen('x').h(1)",
    ],
)
def test_what_is_not_certain_is_no_edge(tmp_path: Path, source: str) -> None:
    text = "from cffi import FFI\nffi = FFI()\nffi.cdef('int f(int a);')\n"
    (tmp_path / "m.py").write_text(text + source)
    assert load(tmp_path, C).boundary.bindings == ()


def test_cdefs_that_contradict_each_other_give_no_signature(tmp_path: Path) -> None:
    text = "from cffi import FFI\nffi = FFI()\nffi.cdef('int f(int a);')\nffi.cdef('int f(long a);')\n"
    (tmp_path / "m.py").write_text(text + "ffi.dlopen('x').f(1)\n")
    (edge,) = load(tmp_path, C).boundary.bindings
    assert edge.cdef == ""


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        ('CDEF = "int f(int a);"\nCDEF += "char *g(void);"', {"f", "g"}),
        ('CDEF = "int f(int a);" + "char *g(void);"', {"f", "g"}),
        ('CDEF = "int f(int a);"\nif old:\n    CDEF += "char *g(void);"', set()),
        ('CDEF = "int f(int a);"\nCDEF *= 2', set()),
    ],
)
def test_a_text_in_several_parts(tmp_path: Path, texts: str, names: set[str]) -> None:
    source = f"from cffi import FFI\n{texts}\nffi = FFI()\nffi.cdef(CDEF)\nlib = ffi.dlopen('./libx.so')\n"
    (tmp_path / "m.py").write_text(source + "lib.f(1)\nlib.g()\n")
    assert {b.native for b in load(tmp_path, C).boundary.bindings} == names


@pytest.mark.parametrize(
    "script",
    [
        "with open(os.path.join(HERE, 'lib.h')) as header:\n    ffi.cdef(header.read())\n",
        "ffi.cdef(open(HERE + '/lib.h').read())\n",
        "ffi.cdef(Path(HERE, 'lib.h').read_text())\n",
        "for path in sorted(glob.glob(os.path.join(HERE, '*.h'))):\n    with open(path) as header:\n"
        "        ffi.cdef(header.read())\n",
        "NAMES = [os.path.join(HERE, 'lib.h')]\nfor path in NAMES:\n    ffi.cdef(open(path, 'r').read())\n",
    ],
)
def test_a_cdef_that_a_script_reads_from_a_file(tmp_path: Path, script: str) -> None:
    start = "import glob, os\nfrom pathlib import Path\nfrom cffi import FFI\n"
    start += "HERE = os.path.dirname(__file__)\nffi = FFI()\n"
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "lib.h").write_text("/* one */\nint push(int value);\n")
    (tmp_path / "tools" / "make.py").write_text(f"{start}{script}ffi.set_source('_lib', '')\n")
    (tmp_path / "m.py").write_text("from _lib import lib\nlib.push(1)\nlib.pop(2)\n")
    (edge,) = load(tmp_path, "//- x.c\nint push(int value) { return value; }\n").boundary.bindings
    assert (edge.python, edge.cdef, [use.line for use in edge.uses]) == (
        "_lib.lib.push",
        "int push(int value)",
        [2],
    )
    assert edge.declared is not None and (Path(edge.declared.path).name, edge.declared.line) == ("lib.h", 2)


@pytest.mark.parametrize("name", ["'../lib.h'", "'none.h'", "sys.argv[1]", "name()"])
def test_a_file_that_is_not_found_says_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "make.py").write_text(
        f"import sys\nfrom cffi import FFI\nffi = FFI()\nffi.cdef(open({name}).read())\nffi.set_source('_lib', '')\n"
    )
    (tmp_path / "m.py").write_text("from _lib import lib\nlib.push(1)\n")
    assert load(tmp_path, "//- x.c\nint push(int value) { return value; }\n").boundary.bindings == ()
