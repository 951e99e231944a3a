"""Functions that loops over tables and helper functions declare, and what must not be taken for certain."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load

Shown = dict[str, tuple[list[str] | None, str | None]]


def _declared(folder: Path, source: str) -> Shown:
    (folder / "m.py").write_text("from ctypes import *\nlib = CDLL('libx.so')\n" + source)
    fixture = load(folder, "//- x.c\nint f(int a) { return a; }\n")
    return {
        b.native: (b.argtypes and [t.text for t in b.argtypes], b.restype and b.restype.text)
        for b in fixture.boundary.bindings
    }


ROWS = "[('f', [c_int], None), ('g', (c_char_p, c_long), c_void_p)]"
BODY = "    h = getattr(lib, name)\n    h.argtypes = args\n    h.restype = res\n"
BOTH: Shown = {"f": (["c_int"], "None"), "g": (["c_char_p", "c_long"], "c_void_p")}


@pytest.mark.parametrize(
    "source",
    [
        f"for name, args, res in {ROWS}:\n{BODY}",
        f"TABLE = {ROWS}\nfor name, args, res in TABLE:\n{BODY}",
        f"def setup():\n  for name, args, res in {ROWS}:\n{BODY}",
        f"for (name, args, res) in {ROWS}:\n    lib[name].argtypes, lib[name].restype = args, res\n",
        f"def bind(name, args, res):\n{BODY}    return h\n"
        "bind('f', [c_int], None)\nbind('g', res=c_void_p, args=[c_char_p, c_long])\n",
        f"def bind(name, res=None, *args):\n{BODY}    return h\nbind('f', None, c_int)\n"
        "bind('g', c_void_p, c_char_p, c_long)\n",
    ],
)
def test_tables_and_helpers(tmp_path: Path, source: str) -> None:
    assert _declared(tmp_path, source) == BOTH


HELPERS = """\
def register(lib, item):
    try:
        found = getattr(lib, item[0])
    except AttributeError:
        return
    if len(item) >= 2:
        found.argtypes = item[1]
    if len(item) == 3:
        found.restype = item[2]
TABLE = [("f", [c_int]), ("g", (c_char_p, c_long), c_void_p)]
"""
ITEMS: Shown = {"f": (["c_int"], None), "g": (["c_char_p", "c_long"], "c_void_p")}


@pytest.mark.parametrize(
    "source",
    [
        f"{HELPERS}for row in TABLE:\n    register(lib, row)\n",
        f"{HELPERS}def register_all(lib):\n    def one(row):\n        return register(lib, row)\n"
        "    for row in TABLE:\n        one(row)\nregister_all(lib)\n",
    ],
)
def test_loops_call_helpers_and_helpers_loop(tmp_path: Path, source: str) -> None:
    assert _declared(tmp_path, source) == ITEMS


def test_a_library_that_a_function_loads_into_a_global(tmp_path: Path) -> None:
    source = "handle = None\ndef load():\n    global handle\n    handle = CDLL('liby.so')\ndef f():\n    handle.f(1)\n"
    assert _declared(tmp_path, source) == {"f": (None, None)}


def test_a_global_is_read_where_it_is_written(tmp_path: Path) -> None:
    source = "name = 'g'\ndef load():\n    global chosen\n    name = 'f'\n    chosen = name\n"
    assert _declared(tmp_path, source + "getattr(lib, chosen).argtypes = [c_int]\n") == {"f": (["c_int"], None)}


def test_a_file_that_a_helper_names(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(
        "from ctypes import *\nclass A:\n    def name(self):\n"
        "        return 'libx.dylib' if mac else 'libx.so'\n"
        "    @CachedProperty\n    def lib(self):\n        lib = cdll.LoadLibrary(self.name())\n        return lib\n"
        "A().lib.f(1)\n"
    )
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert (binding.native, binding.library, [use.line for use in binding.uses]) == ("f", "libx.so", [9])


def test_what_a_helper_gives_is_the_function(tmp_path: Path) -> None:
    text = f"from ctypes import *\nlib = CDLL('libx.so')\ndef bind(name, res, *args):\n{BODY}    return h\n"
    (tmp_path / "m.py").write_text(text + "f = bind('f', None, c_int)\nf(3)\n")
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert [(use.line, use.column) for use in binding.uses] == [(8, 11), (9, 1)]
    assert binding.declared is not None and binding.declared.line == 8
    assert binding.native_key == "f"


@pytest.mark.parametrize(
    "source",
    [
        f"for name, args, res in rows():\n{BODY}",  # computed
        f"def bind(name, args, res):\n{BODY}bind(*sys.argv)\n",
        f"def bind(name, args, res):\n{BODY}bind(prefix + 'f', [c_int], None)\n",
        "def bind(name, args):\n    if old:\n        getattr(lib, name).argtypes = args\nbind('f', [c_int])\n",
    ],
)
def test_what_is_not_certain_is_not_declared(tmp_path: Path, source: str) -> None:
    assert _declared(tmp_path, source) == {}


WRAPPED = """
from ctypes.util import wrap_dll_function
@wrap_dll_function(lib)
def f(a: c_char_p, skipped, b: POINTER(c_int)) -> None:
    pass
f(1)
"""


def test_functions_that_annotations_declare(tmp_path: Path) -> None:
    assert _declared(tmp_path, WRAPPED) == {"f": (["c_char_p", "POINTER(c_int)"], "None")}
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert [use.line for use in binding.uses] == [8]
    assert binding.declared is not None and (binding.declared.line, binding.declared.column) == (6, 5)


@pytest.mark.parametrize("line", ["@wrap_dll_function(other)", "@wrap_dll_function", "@wrap_dll_function(lib)\n@more"])
def test_other_decorators_declare_nothing(tmp_path: Path, line: str) -> None:
    assert _declared(tmp_path, WRAPPED.replace("@wrap_dll_function(lib)", line)) == {}


REGISTRY = """
class Library:
    def __init__(self, name, candidates):
        self.handle = None
        for found in _search(candidates):
            self.handle = CDLL(found)

    def bind(self, name, args=None, res=None):
        found = getattr(self.handle, name, None)
        if not found:
            return _missing(name)
        found.argtypes = args
        found.restype = res
        return found


def _search(candidates, path=None):
    return [find_library(name) for name in candidates]


def _missing(name):
    def fail(*_):
        raise RuntimeError(name)
    return fail


library = Library("y", ["y", "y-2.0"])
bind = library.bind
"""
CLASS = "class Row:\n    def __init__(self, name, args=None, res=None):\n        self.name, self.args = name, args\n"
CLASS += "        self.res = res\n"
OBJECTS = "ROWS = [Row('f', [c_int], None), Row('g', res=c_void_p, args=(c_char_p, c_long))]\n"


@pytest.mark.parametrize(
    "rows",
    [
        CLASS + OBJECTS,
        "from collections import namedtuple\nRow = namedtuple('Row', 'name args res')\n" + OBJECTS,
        "from typing import NamedTuple\nclass Row(NamedTuple):\n    name: str\n    args: tuple\n    res: object\n"
        + OBJECTS,
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Row:\n    name: str\n    args: tuple = ()\n"
        "    res: object = None\n" + OBJECTS,
    ],
)
def test_tables_of_objects_and_a_registry(tmp_path: Path, rows: str) -> None:
    """In a module of their own, through a method of an object that another module makes."""
    (tmp_path / "dll.py").write_text("from ctypes import *\nfrom ctypes.util import find_library\n" + REGISTRY)
    uses = "g = native['g']\ng(b'', 1)\nnative['f'](1)\n"
    source = f"from ctypes import *\nfrom dll import bind\n{rows}native = {{}}\nfor row in ROWS:\n"
    source += "    native[row.name] = bind(row.name, row.args, row.res)\n"
    (tmp_path / "m.py").write_text(source + uses)
    found = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    line = source.count("\n")
    shown = {b.native: (b.argtypes and [t.text for t in b.argtypes], b.restype and b.restype.text) for b in found}
    assert shown == BOTH
    assert {b.native: (b.python, b.library) for b in found} == {
        "f": ("dll.Library.handle.f", "liby.so"),
        "g": ("dll.Library.handle.g", "liby.so"),
    }
    # The helper may give something else where the library lacks the function: these calls are not checked.
    assert {b.native: [u.line for u in b.possible_uses] for b in found} == {"f": [line + 3], "g": [line + 1, line + 2]}
    assert not any(b.uses for b in found)
    (row,) = {b.declared.line for b in found if b.declared is not None}
    assert source.splitlines()[row - 1].startswith("ROWS")


def test_each_object_has_the_library_that_it_was_made_for(tmp_path: Path) -> None:
    (tmp_path / "dll.py").write_text("from ctypes import *\nfrom ctypes.util import find_library\n" + REGISTRY)
    (tmp_path / "m.py").write_text(
        "from dll import Library, bind\nother = Library('z', ('z',))\nbind('f')(1)\nother.bind('g')(2)\n"
        "either = other if old else bind.__self__\neither.bind('h')(3)\n"
    )
    found = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert {(b.native, b.library) for b in found} == {("f", "liby.so"), ("g", "libz.so")}


@pytest.mark.parametrize(
    "source",
    [
        "for name, (args, res) in {'f': ([c_int], None), 'g': ((c_char_p, c_long), c_void_p)}.items():\n" + BODY,
        "SIGNATURES = {'f': ([c_int], None), 'g': ((c_char_p, c_long), c_void_p)}\n"
        "for name, signature in SIGNATURES.items():\n    h = getattr(lib, name)\n"
        "    h.argtypes = signature[0]\n    h.restype = signature[1]\n",
        f"for name, args, res in {ROWS[:-1].split(', (')[0]}] + [({ROWS[:-1].split(', (', 1)[1]}]:\n{BODY}",
    ],
)
def test_dictionaries_and_joined_tables(tmp_path: Path, source: str) -> None:
    assert _declared(tmp_path, source) == BOTH


@pytest.mark.parametrize(
    "source",
    [
        CLASS + "ROWS = [Row('f', [c_int])]\nclass More(Row): pass\nfor row in ROWS + more():\n"
        "    getattr(lib, row.nothing).argtypes = row.args\n",
        CLASS.replace("self.args = name, args", "self.args = name, list(args)")
        + "for row in [Row('f', [c_int])]:\n    getattr(lib, row.name).argtypes = row.args\n",
        "def bind(name, *spec):\n    args = []\n    for s in more(spec):\n        args.append(s)\n"
        "    f = getattr(lib, name)\n    f.argtypes = args\nbind('f', c_int)\n",
        "def bind(name, *spec):\n    args = []\n    for s in spec:\n        if s:\n            args.append(s)\n"
        "    f = getattr(lib, name)\n    f.argtypes = args\nbind('f', c_int)\n",
        "args = [c_int]\nargs.append(c_long)\nlib.f.argtypes = args\n",
        "args = []\nfill(args)\nlib.f.argtypes = args\n",
        "args = [c_int]\nargs[0] = c_long\nlib.f.argtypes = args\n",
        "def setup(l, name):\n    if hasattr(l, name) and version < 3:\n        f = getattr(l, name)\n"
        "        f.argtypes = [c_int]\nsetup(lib, 'f')\n",
        "native = {}\nnative['f'] = lib.f if old else lib.g\nnative['f'].argtypes = [c_int]\n",
        "native = {'f': 1}\nfor name in names():\n    native[name] = getattr(lib, name)\n"
        "native['f'].argtypes = [c_int]\n",
    ],
)
def test_what_a_table_does_not_tell_is_not_declared(tmp_path: Path, source: str) -> None:
    assert all(argtypes is None for argtypes, _ in _declared(tmp_path, source).values())


def test_a_library_of_the_first_candidate(tmp_path: Path) -> None:
    """As a helper of a helper finds it, in the linker's way; for Linux where systems differ."""
    (tmp_path / "m.py").write_text(
        "from ctypes import *\nfrom ctypes.util import find_library\n"
        "def locate(candidates):\n    for one in candidates:\n        if find_library(one): return find_library(one)\n"
        "def load(path, kind=None):\n    if kind: return kind(path)\n    return CDLL(path)\n"
        "def both(candidates, windows):\n    if nt:\n        loaded = load(windows)\n    else:\n"
        "        path = locate(candidates)\n        loaded = load(path)\n    return loaded\n"
        "_lib = both(('usb-1.0', 'usb'), 'cygusb.dll')\n"
        "def setup(lib):\n    lib.f.argtypes = [c_int]\n    lib.f.restype = None\nsetup(_lib)\n"
    )
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert (binding.python, binding.library) == ("m._lib.f", "libusb-1.0.so")
    assert binding.declared is not None and binding.declared.line == 18  # where the name is written


@pytest.mark.parametrize(
    "source",
    [
        "table = table.rows\nfor name, args, res in table:\n" + BODY,
        "a = b[0]\nb = a[1]\nlib.f.argtypes = a\n",
        "row = row.next.next\nlib.f.argtypes = row.kinds\n",
    ],
)
def test_a_name_that_is_a_part_of_itself_is_followed_once(tmp_path: Path, source: str) -> None:
    assert _declared(tmp_path, source + "lib.f(1)\n") in ({}, {"f": (None, None)})
