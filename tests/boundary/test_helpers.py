"""Helpers that put names together, build prototypes, and register what they make."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import Fixture, load
from gnomon.analysis.boundary.ctypes_objects import PrototypeUse

START = "from ctypes import *\nlib = CDLL('libx.so')\n"


def _joined(folder: Path, source: str, **others: str) -> Fixture:
    (folder / "m.py").write_text(START + source)
    for name, text in others.items():
        (folder / f"{name}.py").write_text(text)
    return load(folder, "//- x.c\nint ring_push(int a) { return a; }\n")


def _lines(fixture: Fixture) -> dict[str, list[str]]:
    return {b.native: [f"{Path(u.path).stem}:{u.line}" for u in b.uses] for b in fixture.boundary.bindings}


FFI = """
def ffi(name, arguments, result):
    f = getattr(lib, 'ring_' + name)
    f.argtypes = arguments
    f.restype = result
    globals()[name] = f
    return f
ffi('push', [c_int], c_int)
ffi('pop', [c_void_p], None)
push(1)
"""


def test_names_with_a_prefix_that_become_globals(tmp_path: Path) -> None:
    fixture = _joined(
        tmp_path,
        FFI,
        use="from m import pop\nimport m\npop(2)\nm.push(3)\nm.other(4)\n",
        star="from m import *\npop(5)\n",
    )
    assert _lines(fixture) == {
        "ring_push": ["m:10", "m:12", "use:4"],
        "ring_pop": ["m:11", "star:2", "use:1", "use:3"],
    }
    assert [[t.text for t in b.argtypes or ()] for b in fixture.boundary.bindings] == [["c_int"], ["c_void_p"]]


CACHED = """
made = {}
def function(name, flags, check, *types):
    if hasattr(lib, name) and name in wanted:
        prototype = CFUNCTYPE(*types)
        f = prototype((name, lib), flags)
        if check is not None:
            f.errcheck = check
        made[name] = f
        return f
    raise NameError(name)
def push(value):
    f = made.get('ring_push', None) or function('ring_push', ((1,),), None, c_int, c_long)
    return f(value)
"""
BUILT = """
def function(name, result, *arguments):
    if hasattr(lib, name):
        types = []
        flags = []
        for argument in arguments:
            types.append(argument[1])
            flags.append((argument[2], argument[0]))
        return CFUNCTYPE(result, *types)((name, lib), tuple(flags))
    else:
        return None
push = function('ring_push', c_int, ('value', c_long, 1))
push(3)
"""


@pytest.mark.parametrize(("source", "uses", "line"), [(CACHED, [15, 16], 15), (BUILT, [14, 15], 14)])
def test_prototypes_that_a_helper_builds(tmp_path: Path, source: str, uses: list[int], line: int) -> None:
    fixture = _joined(tmp_path, source)
    (binding,) = fixture.boundary.bindings
    assert (binding.native, binding.is_prototyped, binding.argtypes) == ("ring_push", True, None)
    assert sorted({use.line for use in binding.uses}) == uses
    (prototype,) = (p for objects in fixture.boundary.objects for p in objects.prototypes)
    assert isinstance(prototype, PrototypeUse)
    assert (prototype.result.text, [t.text for t in prototype.arguments]) == ("c_int", ["c_long"])
    assert prototype.place.line == line and [t.at and t.at.line for t in prototype.arguments] == [line]


SIGNATURES = (
    "from ctypes import *\nalias = c_int\nSIGNATURES = {'ring_push': ([alias], alias), 'ring_size': ([], c_size_t)}\n"
)
LOADER = """
from signatures import SIGNATURES
def load(name, signatures):
    loaded = CDLL(name)
    for function_name, signature in signatures.items():
        function = getattr(loaded, function_name, None)
        if function:
            argtypes, restype = signature
            function.argtypes = argtypes
            function.restype = restype
    return loaded
class Ring:
    def __init__(self):
        self._lib = load('libring.so', SIGNATURES)
    def push(self):
        self._lib.ring_push(1)
"""


def test_a_table_of_another_module_that_a_loader_goes_through(tmp_path: Path) -> None:
    fixture = _joined(tmp_path, LOADER, signatures=SIGNATURES)
    shown = {
        b.native: ([t.text for t in b.argtypes or ()], b.restype and b.restype.text) for b in fixture.boundary.bindings
    }
    assert shown == {"ring_push": (["c_int"], "c_int"), "ring_size": ([], "c_size_t")}
    assert {b.library for b in fixture.boundary.bindings} == {"libring.so"}
    assert _lines(fixture)["ring_push"] == ["m:18"]


@pytest.mark.parametrize(
    "source",
    [
        FFI.replace("'ring_' + name", "prefix + name").replace("push(1)\n", ""),
        "def f(name):\n    globals()[name()] = getattr(lib, name())\nf(x)\npush(1)\n",
        "made = {}\nmade = {}\nmade['push'] = lib.ring_push\nmade['push'].argtypes = [c_int]\n",
    ],
)
def test_what_is_computed_declares_nothing(tmp_path: Path, source: str) -> None:
    assert all(b.argtypes is None for b in _joined(tmp_path, source).boundary.bindings)


def test_helpers_with_arguments_that_call_each_other_in_many_ways(tmp_path: Path) -> None:
    functions = "".join(
        f"def f{n}(x, y):\n"
        + "".join(f"    if x == {m}: return f{m}(y, x)\n" for m in range(12))
        + "    return getattr(lib, x)\n"
        for n in range(12)
    )
    fixture = _joined(tmp_path, f"{functions}f0('ring_push', 1)(2)\n")
    assert {b.native for b in fixture.boundary.bindings} == {"ring_push"}


def test_helpers_that_call_each_other_in_many_ways(tmp_path: Path) -> None:
    """What parts of their results are is asked of each once."""
    functions = "".join(
        f"def f{n}(x):\n" + "".join(f"    if x == {m}: return f{m}(x)\n" for m in range(12)) + "    return lib, x\n"
        for n in range(12)
    )
    fixture = _joined(tmp_path, f"{functions}first, second = f0(1)\nf3(2)[0].ring_push(1)\n")
    assert fixture.boundary.bindings == ()  # in so many circles nothing is certain
