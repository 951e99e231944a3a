"""Completion and signature help in text that is no program yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.navigation.completion import MOST, completion, documentation
from gnomon.analysis.navigation.half_typed import attribute_before
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.parameters import CParameter, CParameters, parameters_of
from gnomon.analysis.navigation.signature import signature
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.workspace import Snapshot
from workspace import EXTENSION, RING, Workspace, opened, typed

EXPORTED = ["reached", "ring_fill", "ring_log", "ring_push", "ring_size"]
HEAD = "import ctypes\nfrom lib import lib\n"


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("ring"), RING)


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("extension"), EXTENSION)


def offered(workspace: Workspace, text: str) -> list[str]:
    snapshot, at = typed(workspace, "new.py", text)
    return [candidate.name for candidate in completion(snapshot, workspace.index, workspace.parsed, at)]


@pytest.mark.parametrize(
    "text",
    [
        "lib.$0",
        "lib.$0\n",
        "x = lib.$0",
        "print(lib.$0",
        "print(lib.$0)\n",
        "print(1, [lib.$0\n\ndef f(): pass\n",
        "if lib.$0",
        "if lib.$0:\n    pass\n",
        "def f():\n    return lib.$0\n\ndef g():\n    pass\n",
        "class A:\n    def f(self):\n        self.x = lib.$0\n",
        "other = lib\nother.$0",
        "ctypes.CDLL('./libring.so').$0",
        "class A:\n    def __init__(self):\n        self.lib = lib\n    def f(self):\n        self.lib.$0\n",
        "s = 'é'; lib.$0",
    ],
)
def test_functions_of_a_library_are_offered(ring: Workspace, text: str) -> None:
    assert offered(ring, HEAD + text) == EXPORTED


@pytest.mark.parametrize(
    "text",
    [
        "# lib.$0",
        "'lib.$0",
        "os.$0",
        "lib$0",
        "1.$0",
        ".$0",
        "lib..$0",
        "lib.ring_push.$0",
        "def f(lib):\n    lib.$0",
        "$0",
    ],
)
def test_nothing_is_offered_where_nothing_crosses(ring: Workspace, text: str) -> None:
    assert offered(ring, HEAD + text) == []


def test_members_of_modules_types_and_instances(extension: Workspace) -> None:
    head = "import ext\nfrom ext import Ring\nring = Ring(1)\n"
    assert offered(extension, head + "ext.$0") == ["Ring", "nothing", "odd", "scale"]
    assert offered(extension, head + "ring.$0") == ["count", "push"]
    assert offered(extension, head + "Ring.$0") == ["count", "push"]
    assert offered(extension, head + "ext.scale(1).$0") == []


def test_what_is_typed_narrows_the_functions(ring: Workspace) -> None:
    assert offered(ring, HEAD + "lib.ring_$0") == EXPORTED[1:]
    assert offered(ring, HEAD + "lib.ring_pu$0") == ["ring_push"]
    assert offered(ring, HEAD + "lib.absent$0") == []


def test_candidates_carry_signature_and_comment(ring: Workspace) -> None:
    snapshot, at = typed(ring, "new.py", HEAD + "lib.$0")
    found = {c.name: c for c in completion(snapshot, ring.index, ring.parsed, at)}
    assert found["ring_push"].detail == "int ring_push(void *r, int value)"
    assert documentation(ring.index, found["ring_push"].edge) == "Appends a value."
    assert documentation(ring.index, "nobody") == ""


def test_of_many_members_those_with_what_is_typed_are_offered(tmp_path: Path) -> None:
    names = [f"get_{number}" for number in range(MOST)] + ["set_one", "set_two"]
    edges = tuple(Binding(f"wide.{name}", "function", name) for name in names)
    workspace = Workspace(
        tmp_path, Snapshot(tmp_path, {}), Index(Boundary(edges), {}), Position(str(tmp_path), 1, 1), []
    )
    assert len(offered(workspace, "import wide\nwide.$0")) == MOST
    assert offered(workspace, "import wide\nwide.SET$0") == ["set_one", "set_two"]


def shown(workspace: Workspace, text: str) -> tuple[str, str]:
    """The label, and the parameter at the cursor."""
    snapshot, at = typed(workspace, "new.py", text)
    found = signature(snapshot, workspace.index, workspace.parsed, at)
    if found is None:
        return "", ""
    start, end = found.parameters[found.active] if found.active is not None and found.parameters else (0, 0)
    return found.label, found.label[start:end]


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("lib.ring_push($0", "void *r"),
        ("lib.ring_push($0)", "void *r"),
        ("lib.ring_push(a, $0", "int value"),
        ("lib.ring_push((1, 2), $0", "int value"),
        ("lib.ring_push('a,b(', $0", "int value"),
        ("lib.ring_push(\n    a,  # one, two\n    $0", "int value"),
        ("lib['ring_push'](f(1, 2), $0", "int value"),
        ("lib.ring_push(a, 1, $0", ""),
    ],
)
def test_c_parameters_at_a_call(ring: Workspace, text: str, active: str) -> None:
    assert shown(ring, HEAD + text) == ("int ring_push(void *r, int value)", active)


def test_variadic_arguments_have_no_end(ring: Workspace) -> None:
    assert shown(ring, HEAD + "lib.ring_log(b'', 1, 2, $0") == ("int ring_log(const char *format, ...)", "...")


@pytest.mark.parametrize("text", ["print($0", "lib.hidden($0", "lib.absent($0", "lib.ring_push(1)$0", "f([$0", "($0"])
def test_no_signature_where_nothing_crosses(ring: Workspace, text: str) -> None:
    assert shown(ring, HEAD + text) == ("", "")


def test_what_extensions_take_is_read_from_their_formats(extension: Workspace) -> None:
    head = "import ext\nfrom ext import Ring\nring = Ring(1)\n"
    label = "scale(value: float, data: buffer, list: object, [times: int])"
    assert shown(extension, head + "ext.scale(1.0, b'', $0") == (label, "list: object")
    assert shown(extension, head + "Ring($0") == ("Ring(size: int, [label: str])", "size: int")
    assert shown(extension, head + "Ring(label=$0") == ("Ring(size: int, [label: str])", "[label: str]")
    assert shown(extension, head + "ring.push($0") == ("push(object)", "object")
    assert shown(extension, head + "ext.nothing($0") == ("nothing()", "")
    assert shown(extension, head + "ext.odd($0") == ("odd(a, b): the first line", "")


@pytest.mark.parametrize(
    ("signature_", "items", "is_variadic"),
    [
        ("int f(void)", [], False),
        ("int f(int, const char *name)", [("", "int"), ("name", "const char *name")], False),
        (
            "void f(int (*visit)(int, char), int v[3], ...)",
            [("visit", "int (*visit)(int, char)"), ("v", "int v[3]")],
            True,
        ),
        ("int (*f(int a))(int)", [("a", "int a")], False),
    ],
)
def test_parameters_of_signatures(signature_: str, items: list[tuple[str, str]], is_variadic: bool) -> None:
    expected = CParameters(tuple(CParameter(*item) for item in items), is_variadic)
    assert parameters_of(signature_, "f") == expected


def test_parameters_that_no_signature_tells() -> None:
    assert parameters_of("int f()", "f") is None
    assert parameters_of("int f(", "f") is None
    assert parameters_of("", "f") is None


def test_holders_of_attributes() -> None:
    found = [attribute_before(text) for text in ("a.b(c, 'd)').e", "x = a[0].", "a .b", "'a'.b", "f(a).")]
    assert [a and (a.holder, a.prefix) for a in found] == [
        ("a.b(c, 'd)')", "e"), ("a[0]", ""), None, None, ("f(a)", "")]  # fmt: skip
