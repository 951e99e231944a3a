"""Every source under tests/environment: each marked finding, and nothing else.

What fails there rests on what the world chooses (files, clocks, harnesses) or on functions that nobody has, so that no
run of the program by itself shows it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from marks import disagreements
from test_cases import bindings_of

SOURCES = sorted((Path(__file__).parent / "environment").glob("*.c"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_environment(source: Path, tmp_path: Path) -> None:
    text = source.read_text()
    (tmp_path / "case.c").write_text(text)
    (tmp_path / "case.py").write_text(bindings_of(text))
    result = Session(tmp_path, Settings(store=None)).check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []


FAILING = """
#include <stdlib.h>

int fill(void) {
    char *first = malloc(8);
    if (!first) return -1;
    char *second = malloc(8);
    second[0] = 1;
    free(first);
    free(second);
    return 0;
}
"""


def test_allocations_fail_only_where_the_project_asks(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(FAILING)
    (tmp_path / "case.py").write_text(bindings_of(FAILING))
    assert Session(tmp_path, Settings(store=None)).check({}).findings == ()
    (tmp_path / "pyproject.toml").write_text("[tool.gnomon]\nallocation_failures = true\n")
    (finding,) = Session(tmp_path, Settings(store=None)).check({}).findings
    assert (finding.code, finding.line) == ("null.deref", 8)
    assert [i.value for i in finding.inputs if i.name == "allocation fails"] == [0, 1]
