"""docs/checks says what the checks' docstrings and test cases say; `python docs/checks/make.py` writes it anew."""

from __future__ import annotations

import importlib.util
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "docs" / "checks"


def test_pages_are_in_step() -> None:
    spec = importlib.util.spec_from_file_location("make_pages", FOLDER / "make.py")
    assert spec is not None and spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert make.pages() == {path.stem: path.read_text() for path in FOLDER.glob("*.md")}
