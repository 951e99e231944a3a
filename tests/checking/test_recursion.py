"""Calls that go deeper than they are followed: what only they could have shown is undecided, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.navigation.checks import check_text

WITHOUT_END = """\
static int up(int n) { return n < 0 ? n : up(n ^ 1); }
int index_of(void) {
    int v[2] = {0};
    return v[up(1)];
}
"""
TOO_DEEP = """\
static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
int index_of(void) {
    int v[2] = {0};
    return v[depth(5000)];
}
"""
MUTUAL = """\
static int odd(int n);
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
int index_of(void) {
    int v[2] = {0};
    return v[even(5000)];
}
"""


@pytest.mark.parametrize("text", [WITHOUT_END, TOO_DEEP, MUTUAL], ids=["without end", "too deep", "mutual"])
def test_what_lies_behind_too_many_calls_says_so(text: str, tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(text)
    result = Session(tmp_path, Settings(store=None)).check({})
    assert not result.findings
    function = next(f for f in result.functions if f.function == "index_of")
    assert dict(function.reasons).keys() == {"recursion"}
    assert "? bounds.read undecided (recursion)" in map(check_text, function.checks())
