"""Rows of functions that only return: each names a function that exists, once, and that no model defines as well."""

from __future__ import annotations

import ctypes
import re
import sysconfig
from pathlib import Path

import pytest
from gnomon.analysis.models.externals import ROWS

MODELS = Path(__file__).parents[2] / "analysis" / "models"
DEFINITION = re.compile(r"^[a-z][\w *]*[ *(](\w+)\)?\([^;]*?\) \{", re.M | re.I)


@pytest.fixture(scope="module")
def headers() -> str:
    include = Path(sysconfig.get_path("include"))
    return "\n".join(path.read_text(errors="replace") for path in sorted(include.rglob("*.h")))


def test_every_row_names_a_function(headers: str) -> None:
    libc = ctypes.CDLL("libc.so.6")
    unknown = [
        row.name
        for row in ROWS
        if not hasattr(libc, row.name)
        and not hasattr(ctypes.pythonapi, row.name)
        and not re.search(rf"\b{row.name}\b", headers)
    ]
    assert unknown == []


def test_no_function_is_described_twice() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))
    defined = {name for path in MODELS.glob("*.c") for name in DEFINITION.findall(path.read_text())}
    assert {"strlen", "malloc", "toupper", "PyMem_Malloc"} <= defined
    assert not defined & set(names)
