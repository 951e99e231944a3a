"""Which literals the units of PyArg_Parse* reject, against the CPython that runs the tests."""

from __future__ import annotations

import ctypes

import pytest
from gnomon.analysis.contracts.literals import REFUSED, SHOWN, TAKEN, literal_kind
from gnomon.analysis.contracts.parse_format import read_parse_format
from gnomon.analysis.syntax.tree import parse_python

LITERALS = {
    "str": "x", "bytes": b"x", "int": 3, "float": 1.5, "None": None, "list": [3, 4], "tuple": (3, 4), "dict": {3: 4},
    "set": {3},
}  # fmt: skip


@pytest.mark.parametrize("unit", [*REFUSED, "O", "p"])
def test_refused_literals(unit: str) -> None:
    parse = getattr(ctypes.pythonapi, "_PyArg_ParseTuple_SizeT", ctypes.pythonapi.PyArg_ParseTuple)
    text = "(ii)" if unit == "(" else unit
    refused = set()
    for kind, value in LITERALS.items():
        buffers = [ctypes.create_string_buffer(128) for _ in range(2)]
        try:
            assert parse(ctypes.py_object((value,)), text.encode(), *buffers)
        except TypeError:
            refused.add(kind)
        except ValueError:
            assert unit == "("
    # As a sequence some of the others fail, too, by what they hold.
    assert refused >= REFUSED.get(unit, frozenset()) if unit == "(" else refused == REFUSED.get(unit, frozenset())


def test_every_unit_has_its_words() -> None:
    assert set(TAKEN) == set(REFUSED)
    items = read_parse_format("bz#(ii)|w*O!$O&", True).items
    assert items is not None
    assert items.units == ("b", "z#", "(", "w*", "O!", "O&")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'a'", "str"), ("f'{a}'", "str"), ("rb'a'", "bytes"), ("B\"'\"", "bytes"), ("'a' 'b'", "str"), ("-1", "int"),
        ("(- 1.5)", "float"), ("None", "None"), ("[]", "list"), ("()", "tuple"), ("{}", "dict"), ("{1}", "set"),
        ("1j", None), ("True", None), ("name", None), ("not 1", None), ("-name", None), ("1 + 2", None),
        ("''' b'''", "str"),
        ("[x for x in y]", None),
    ],
)  # fmt: skip
def test_literal_kinds(text: str, kind: str | None) -> None:
    source = parse_python("a.py", text)
    node = source.root.named_children[0].named_children[0]
    assert literal_kind(source, node) == kind
    assert kind is None or kind in SHOWN
