"""From a library without sources to what the editor and the checks say of it: edges, types, layouts, definitions."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.debuginfo import locate
from gnomon.analysis.navigation.definition import definition
from gnomon.analysis.navigation.hover import hover
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.workspace import Snapshot

C = """
#include <stdint.h>
struct sample { int32_t value; uint32_t tick; };
typedef struct { char kind; double weight; } item;
struct later;
int use_sample(const struct sample *s) { return s->value; }
item use_item(item i) { return i; }
int use_later(struct later *l) { return l != 0; }
"""
RIGHT = """
from ctypes import *
class Sample(Structure):
    _fields_ = [("value", c_int32), ("tick", c_uint32)]
class Item(Structure):
    _fields_ = [("kind", c_char), ("weight", c_double)]
class Later(Structure):
    _fields_ = [("anything", c_char * 3)]
lib = CDLL("./lib.so")
lib.use_sample.argtypes = [POINTER(Sample)]
lib.use_sample.restype = c_int
lib.use_item.argtypes = [Item]
lib.use_item.restype = Item
lib.use_later.argtypes = [POINTER(Later)]
"""
WRONG = RIGHT.replace("c_uint32)", "c_uint64)").replace("c_double)", "c_float)").replace("c_int\n", "c_short\n")
SAID = {
    "field `tick` of `Sample` is at byte 8, and at byte 4 in `struct sample`",
    "field `weight` of `Item` is at byte 4, and at byte 8 in `struct {...}`",
    "result of `use_sample`: `c_short` has 16 bits, and `int` has 32",
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def run(folder: Path, *command: str) -> None:
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(made.stderr)


def compiled(folder: Path, *flags: str, compiler: str = "gcc", source: str = C, name: str = "lib.c") -> Path:
    """A workspace that has a library, and no source; the source is beside it."""
    built, workspace = folder / "built", folder / "workspace"
    built.mkdir()
    workspace.mkdir()
    (built / name).write_text(source)
    run(built, compiler, "-g", *flags, "-fPIC", "-c", "-o", "lib.o", name)
    run(built, compiler, *flags, "-shared", "-o", str(workspace / "lib.so"), "lib.o")
    return workspace


def said(workspace: Path, python: str) -> tuple[set[str], list[Binding]]:
    """What contradicts the truth, and the edges."""
    (workspace / "m.py").write_text(python)
    facts = Session(workspace, Settings(store=None)).open({})
    assert facts.problems == () and facts.parse_errors == ()
    return {finding.message for finding in facts.contracts}, list(facts.boundary.bindings)


def check(workspace: Path) -> None:
    assert said(workspace, RIGHT)[0] == set()
    messages, edges = said(workspace, WRONG)
    assert messages == SAID
    assert {(b.native, b.truth) for b in edges} == {(f"use_{n}", "dwarf") for n in ("sample", "item", "later")}


def as_compiled(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pass


def beside_it(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(workspace, "objcopy", "--only-keep-debug", "lib.so", "lib.debug")
    run(workspace, "objcopy", "--strip-all", "--add-gnu-debuglink=lib.debug", "lib.so")


def by_build_id(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = subprocess.run(["readelf", "-n", "lib.so"], cwd=workspace, capture_output=True, text=True, check=True)
    identity = notes.stdout.split("Build ID:")[1].split()[0]
    installed = workspace.parent / "debug" / ".build-id" / identity[:2] / f"{identity[2:]}.debug"
    installed.parent.mkdir(parents=True)
    run(workspace, "objcopy", "--only-keep-debug", "lib.so", str(installed))
    run(workspace, "objcopy", "--strip-all", "lib.so")
    monkeypatch.setattr(locate, "DEBUG_FOLDERS", (str(workspace.parent / "debug"),))


def compressed(kind: str) -> Callable[[Path, pytest.MonkeyPatch], None]:
    return lambda workspace, monkeypatch: run(workspace, "objcopy", f"--compress-debug-sections={kind}", "lib.so")


def packaged(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = workspace.parent / "built"
    run(built, "dwp", "lib.dwo", "-o", str(workspace / "lib.so.dwp"))
    (built / "lib.dwo").unlink()


FORMS: dict[str, tuple[list[str], Callable[[Path, pytest.MonkeyPatch], None]]] = {
    "dwarf2": (["-gdwarf-2"], as_compiled),
    "dwarf4": (["-gdwarf-4"], as_compiled),
    "dwarf5": (["-gdwarf-5"], as_compiled),
    "type units": (["-gdwarf-5", "-fdebug-types-section"], as_compiled),
    "optimized": (["-O2", "-flto"], as_compiled),
    "split4": (["-gdwarf-4", "-gsplit-dwarf"], as_compiled),
    "split5": (["-gdwarf-5", "-gsplit-dwarf"], as_compiled),
    "package": (["-gdwarf-4", "-gsplit-dwarf"], packaged),
    "debug link": ([], beside_it),
    "build id": (["-Wl,--build-id=sha1"], by_build_id),
    "zlib": ([], compressed("zlib")),
    "zlib-gnu": ([], compressed("zlib-gnu")),
    "zstd": ([], compressed("zstd")),
}


@pytest.mark.parametrize("form", FORMS)
def test_layouts_of_c(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flags, changed = FORMS[form]
    workspace = compiled(tmp_path, *flags)
    changed(workspace, monkeypatch)
    check(workspace)


CPP = """
namespace space {
class Base { public: virtual ~Base() {} int id; };
class Child : public Base { public: int size; };
struct Pair { short first; struct { int a, b; } inner; };
int area(Pair *p) { return p->first; }
}
extern "C" int plain(space::Pair p, const space::Child *c) { return p.first + c->size; }
"""
CPP_RIGHT = """
from ctypes import *
class Pair(Structure):
    _fields_ = [("first", c_short), ("a", c_int), ("b", c_int)]
class Child(Structure):
    _fields_ = [("table", c_void_p), ("id", c_int), ("size", c_int)]
lib = CDLL("./lib.so")
lib.plain.argtypes = [Pair, POINTER(Child)]
lib._ZN5space4areaEPNS_4PairE.argtypes = [POINTER(Pair)]
"""


@pytest.mark.skipif(shutil.which("g++") is None, reason="no g++")
@pytest.mark.parametrize("version", [4, 5])
def test_layouts_of_cpp(version: int, tmp_path: Path) -> None:
    """A base class may lend its padding to what is derived from it: that is no reason for a report."""
    workspace = compiled(tmp_path, f"-gdwarf-{version}", compiler="g++", source=CPP, name="lib.cpp")
    messages, edges = said(workspace, CPP_RIGHT)
    assert messages == set()
    assert {b.native: b.signature for b in edges} == {
        "plain": "int plain(struct space::Pair p, const struct space::Child *c)",
        "_ZN5space4areaEPNS_4PairE": "int space::area(struct space::Pair *p)",
    }
    messages, _ = said(workspace, CPP_RIGHT.replace('("first", c_short)', '("first", c_long)'))
    assert messages == {"field `first` of `Pair` has 8 bytes, and 2 in `struct space::Pair`"}


RUST = """
#[repr(C)] pub struct Point { pub x: i32, pub y: i64 }
#[repr(C)] pub struct Line { pub from: Point, pub to: [Point; 2], pub kind: u8 }
#[no_mangle] pub extern "C" fn length(line: &Line, scale: f64) -> f64 { line.from.y as f64 * scale }
#[no_mangle] pub extern "C" fn moved(p: Point) -> Point { p }
"""
RUST_RIGHT = """
from ctypes import *
class Point(Structure):
    _fields_ = [("x", c_int32), ("y", c_int64)]
class Line(Structure):
    _fields_ = [("start", Point), ("to", Point * 2), ("kind", c_ubyte)]
lib = CDLL("./lib.so")
lib.length.argtypes = [POINTER(Line), c_double]
lib.length.restype = c_double
lib.moved.argtypes = [Point]
lib.moved.restype = Point
"""


@pytest.mark.skipif(shutil.which("rustc") is None, reason="no rustc")
def test_layouts_of_rust(tmp_path: Path) -> None:
    workspace, source = tmp_path / "workspace", tmp_path / "lib.rs"
    workspace.mkdir()
    source.write_text(RUST)
    command = ["rustc", "-g", "--crate-type=cdylib", "-C", "panic=abort", "-o", workspace / "lib.so", source]
    subprocess.run(command, check=True, capture_output=True)
    messages, edges = said(workspace, RUST_RIGHT)
    assert messages == set()
    assert {(b.native, b.truth) for b in edges} == {("length", "dwarf"), ("moved", "dwarf")}
    messages, _ = said(
        workspace, RUST_RIGHT.replace("c_int64", "c_int32").replace("restype = c_double", "restype = c_int")
    )
    assert messages == {
        "field `y` of `Point` is at byte 4, and at byte 8 in `struct lib::Point`",
        "field `start` (in C `struct lib::Point from`) of `Line` has 8 bytes, and 16 in `struct lib::Line`",
        "result of `length`: `c_int` is an integer, and `f64` is a floating-point number",
    }


@pytest.mark.parametrize(("name", "compiler", "source"), [("lib.c", "gcc", C), ("lib.cpp", "g++", CPP)])
def test_a_definition_outside_of_the_workspace(name: str, compiler: str, source: str, tmp_path: Path) -> None:
    """The file that the debug information names leads there, as long as its line still has the name."""
    workspace = compiled(tmp_path, compiler=compiler, source=source, name=name)
    used = "use_sample" if name == "lib.c" else "_ZN5space4areaEPNS_4PairE"
    shown = "use_sample" if name == "lib.c" else "area"
    python = f"from ctypes import *\nlib = CDLL('./lib.so')\nlib.{used}(1)\n"
    (edge,) = said(workspace, python)[1]
    snapshot, at = Snapshot.of(workspace), Position(str(workspace / "m.py"), 3, 6)
    facts = Session(workspace, Settings(store=None)).open({})
    (target,) = definition(snapshot, facts.boundary, at)
    path = tmp_path / "built" / name
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if f"int {shown}(" in text)
    assert (target.path, target.line, target.column) == (str(path), line, len("int ") + 1)
    assert f"defined in `{path}:{line}` (from debug information)" in hover(snapshot, Index(facts.boundary, {}), {}, at)
    path.write_text("// changed\n" + source)
    (edge,) = said(workspace, python)[1]
    assert edge.truth == "dwarf" and edge.definition is None
    path.unlink()
    (edge,) = said(workspace, python)[1]
    assert edge.truth == "dwarf" and edge.definition is None
