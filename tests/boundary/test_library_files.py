"""Which file a program loads, of all that it tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.boundary import libraries

START = "import os, sys\nfrom ctypes import *\nfrom ctypes.util import find_library\n"


@pytest.mark.parametrize(
    ("source", "library"),
    [
        ("lib = CDLL(os.path.join(here, 'lib', 'libx.so'))", "libx.so"),
        ("lib = CDLL(f'{here}/libx.so.2')", "libx.so.2"),
        ("lib = CDLL('lib' + 'x' + '.so')", "libx.so"),
        ("lib = CDLL('lib%s.so' % 'x')", "libx.so"),
        ("lib = CDLL('lib{}.so.{}'.format('x', '1'))", "libx.so.1"),
        ("lib = CDLL(os.environ.get('LIBX') or find_library('x'))", "libx.so"),
        ("lib = CDLL(os.environ.get('LIBX', 'libx.so'))", "libx.so"),
        ("lib = CDLL('x.dll' if sys.platform == 'win32' else 'libx.so')", "libx.so"),
        ("kind = WinDLL if nt else CDLL\nlib = kind('libx.so')", "libx.so"),
        ("if not (path := find_library('x')):\n    raise ImportError\nlib = CDLL(path)", "libx.so"),
        ("for name in 'x x-2'.split():\n    path = find_library(name)\nlib = CDLL(path)", "libx.so"),
        ("PATHS = ['libx.dylib', 'x.dll', 'libx.so.1']\nfor path in PATHS:\n    lib = CDLL(path)", "libx.so.1"),
        ("def find():\n    if nt:\n        return 'x.dll'\n    return found('x')\n"
         "def found(name):\n    for one in (name, name + '-2'):\n        if find_library(one):\n"
         "            return find_library(one)\nlib = CDLL(find())", "libx.so"),
        ("def both():\n    return CDLL('liby.so'), CDLL('libx.so')\nlib = both()[1]", "libx.so"),
        ("def both():\n    return CDLL('libx.so'), None\nlib, other = both()", "libx.so"),
        ("def find(name):\n    for pattern in ['lib{0}.so', '{0}.dll']:\n        return pattern.format(name())\n"
         "lib = CDLL(find(f) or find_library('x'))", "libx.so"),
        ("lib = CDLL(sys.argv[1])", ""),
        ("lib = CDLL(None)", "libc.so.6"),
    ],
)  # fmt: skip
def test_one_file(tmp_path: Path, source: str, library: str) -> None:
    (tmp_path / "m.py").write_text(f"{START}{source}\nlib.f(1)\n")
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert (binding.native, binding.library) == ("f", library)


def test_the_one_that_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libsecond.so.2").touch()
    monkeypatch.setattr(libraries, "_FOLDERS", (str(tmp_path),))
    (tmp_path / "m.py").write_text(
        f"{START}lib = CDLL(find_library('first') or find_library('second') or find_library('third'))\nlib.f(1)\n"
    )
    (binding,) = load(tmp_path, "//- x.c\nint f(int a) { return a; }\n").boundary.bindings
    assert binding.library == "libsecond.so"
