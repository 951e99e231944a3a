"""Which values reach a use of a name: what lies in between, branches, loops, and what names may stand for."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load
from test_instances import EXTENSION


def _uses(folder: Path, source: str) -> tuple[list[int], list[int]]:
    """Lines of the certain and of the possible uses of T.count; the import is line 0."""
    fixture = load(folder, EXTENSION + source)
    (binding,) = [b for b in fixture.boundary.bindings if b.kind == "method"]
    return [use.line - 1 for use in binding.uses], [use.line - 1 for use in binding.possible_uses]


@pytest.mark.parametrize(
    ("source", "certain", "possible"),
    [
        ("x = other()\nx = T()\nx.count(1)", [3], []),
        ("x = T()\nx.count(1)\nx = other()\nx.count(1)", [2], []),
        ("x = T()\nif a:\n    x = other()\nx.count(1)", [], [4]),
        ("if a:\n    x = T()\n    x.count(1)\nelse:\n    x = other()\n    x.count(1)\nx.count(1)", [3], [7]),
        ("x = T()\nif a:\n    x = other()\n    raise E\nx.count(1)", [5], []),
        ("x = T()\nfor i in y:\n    x.count(1)\n    x = other()", [], [3]),
        ("for i in y:\n    x = T()\n    x.count(1)\n    x = other()", [3], []),
        ("x = T()\nwhile a:\n    x = other()\n    x.count(1)", [], []),
        ("x = T()\ndel x\nx = T()\nx.count(1)", [4], []),
        ("x = other()\ndef f():\n    x = T()\n    x.count(1)", [4], []),
        ("def f():\n    global x\n    x = other()\nx = T()\nx.count(1)", [5], []),
        ("x, y = T(), other()\nx.count(1)\ny.count(1)", [2], []),
        ("for x, y in [(T(), 1), (T(), 2)]:\n    x.count(1)\n    y.count(1)", [2], []),
        ("for i, x in enumerate([T()]):\n    x.count(1)\n    i.count(1)", [2], []),
        ("m = other()\n[m.count(1) for m in [T()]]\nm.count(1)", [2], []),
        ("[m.count(1) for m in other()]\n[m.count(1) for m in [T()]]", [2], []),
        ("x = T() if a else T()\nx.count(1)\ny = a or T()\ny.count(1)", [2], [4]),
        ("f = lambda x: x.count(1)\nf(T())", [], [1]),
        ("x = T()\nf = lambda x: x.count(1)", [], []),
        ("TABLE = {'a': lambda x: x.count(1)}\nTABLE[key](T())", [], [1]),
        ("def f(x):\n    x.count(1)\nf(T())\nf(3)", [], [2]),
        ("class A:\n    def f(self, x):\n        x.count(1)\n    def g(self):\n        self.f(T())", [], [3]),
        ("def f(x):\n    x.count(1)\nf(3)", [], []),
        ("def f(call):\n    call(1)\nf(T().count)", [3], [2]),
        ("def pair():\n    return T(), 3\nx, y = pair()\nx.count(1)\ny.count(1)", [4], []),
        ("import copy\ncopy.copy(T()).count(1)", [2], []),
        ("x = T()\ntype(x)().count(1)\nx.__class__().count(1)", [2, 3], []),
        ("def f(type):\n    x = T()\n    type(x)().count(1)", [], []),
        ("def f():\n    if a:\n        return g()\n    return T(), 3\nx, y = f()\nx.count(1)", [], [6]),
        ("class A:\n    @property\n    def x(self):\n        return T()\nA().x.count(1)", [5], []),
    ],
)
def test_values_that_reach(tmp_path: Path, source: str, certain: list[int], possible: list[int]) -> None:
    assert _uses(tmp_path, source) == (certain, possible)


@pytest.mark.parametrize(
    ("source", "certain", "possible"),
    [
        ("def f(x: 'T'):\n    x.count(1)", [2], []),
        ("def f(x: T | None):\n    x.count(1)", [2], []),
        ("def f(x: Optional[T] = None):\n    x.count(1)", [2], []),
        ("def f(x: T[int]):\n    x.count(1)", [2], []),
        ("def f(x: type[T]):\n    x().count(1)", [2], []),
        ("Alias = type[T] | None\ndef f(x: Alias):\n    x().count(1)", [3], []),
        ("def f(x: T | int):\n    x.count(1)", [], [2]),
        ("def f(x: list[T]):\n    x.count(1)", [], []),
        ("def f(*, x: T):\n    x.count(1)", [2], []),
    ],
)
def test_annotations(tmp_path: Path, source: str, certain: list[int], possible: list[int]) -> None:
    assert _uses(tmp_path, source) == (certain, possible)


@pytest.mark.parametrize(
    ("source", "possible"),
    [
        ("for name in ('count', 'other'):\n    f = getattr(T(), name)\n    f(1)", [3]),
        ("for kind in ('cou', 'mou'):\n    f = getattr(T(), f'{kind}nt')\n    f(1)", [3]),
        ("for kind in KINDS:\n    f = getattr(T(), kind + 'nt')\n    f(1)\nKINDS = ['cou']", [3]),
        ("def check(name):\n    f = getattr(T(), name)\n    f(1)\ncheck('count')", [3]),
        ("class A:\n    names = ('count',)\n    def f(self):\n        for n in self.names:\n"
         "            g = getattr(T(), n)\n            g(1)", [6]),
        ("for name in other():\n    f = getattr(T(), name)\n    f(1)", []),
        ("def both():\n    return T().count, 3\nfor f in both():\n    f(1)", [4]),
    ],
)  # fmt: skip
def test_names_in_strings(tmp_path: Path, source: str, possible: list[int]) -> None:
    assert _uses(tmp_path, source)[1] == possible


@pytest.mark.parametrize(
    ("source", "certain", "possible"),
    [
        ("import importlib\nm = importlib.import_module('_ext')\nm.T().count(1)", [3], []),
        ("from importlib import import_module\nimport_module('_' + 'ext').T().count(1)", [2], []),
        ("from importlib import import_module as load\nload('_other').T().count(1)", [], []),
        ("from importlib import import_module\nclass Kind:\n    @cached_property\n    def module(self):\n"
         "        name = 'py' if self.is_pure else 'ext'\n        return import_module(f'_{name}')\n"
         "Kind().module.T().count(1)", [], [7]),
        ("import importlib\ndef f(name):\n    importlib.import_module(name).T().count(1)\nf('_ext')", [], [3]),
        ("import importlib\nimportlib.import_module(other()).T().count(1)", [], []),
    ],
)  # fmt: skip
def test_modules_by_name(tmp_path: Path, source: str, certain: list[int], possible: list[int]) -> None:
    assert _uses(tmp_path, source) == (certain, possible)


@pytest.mark.parametrize(
    ("source", "possible"),
    [
        ("@pytest.fixture\ndef made():\n    return T()\ndef test_it(made):\n    made.count(1)", [5]),
        ("@pytest.fixture\ndef made():\n    yield T()\ndef test_it(made):\n    made.count(1)", [5]),
        ("def made():\n    return T()\ndef test_it(made):\n    made.count(1)", []),
        ("@pytest.fixture\ndef made():\n    return T()\ndef it(made):\n    made.count(1)", []),
        ("@pytest.mark.parametrize('make', [T, int])\ndef test_it(make):\n    make().count(1)", [3]),
        ("def test_it(near):\n    near.count(1)\n//- conftest.py\nfrom _ext import T\n"
         "@pytest.fixture\ndef near():\n    return T()", [2]),
    ],
)  # fmt: skip
def test_fixtures(tmp_path: Path, source: str, possible: list[int]) -> None:
    assert _uses(tmp_path, source) == ([], possible)


@pytest.mark.parametrize(
    "source",
    [
        "class S(ABC):\n    def count(self, x): ...\nS.register(T)\ndef f(x: S):\n    x.count(1)",
        "try:\n    from _ext import T\nexcept ImportError:\n    class T:\n        def count(self): ...\nT().count(1)",
    ],
)
def test_a_python_twin_does_not_hide_c(tmp_path: Path, source: str) -> None:
    certain, possible = _uses(tmp_path, source)
    assert (certain, possible) == ([], [source.count("\n") + 1])
