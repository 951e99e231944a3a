"""Positions in every encoding, and findings that move with the text."""

from __future__ import annotations

from gnomon.analysis.checking.finding import Finding
from gnomon.server.positions import to_column, to_units
from gnomon.server.shown import Edit, moved
from hypothesis import given
from hypothesis import strategies as st

ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
LINES = st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=("Cs",)), max_size=30)


@given(LINES, ENCODINGS, st.data())
def test_columns_survive_the_way_to_the_client_and_back(line: str, encoding: str, data: st.DataObject) -> None:
    letters = data.draw(st.integers(0, len(line)))
    column = len(line[:letters].encode()) + 1
    assert to_column(line, to_units(line, column, encoding), encoding) == column


def test_units_of_a_letter_beyond_the_basic_plane() -> None:
    line = "x = '😀'; f()"
    column = len("x = '😀'; ".encode()) + 1
    assert [to_units(line, column, encoding) for encoding in ("utf-8", "utf-16", "utf-32")] == [12, 10, 9]


def finding_at(line: int) -> Finding:
    return Finding("i", "bounds.read", "error", "confirmed", "m", "a.c", line, 1, "f", "e", (), ())


@given(st.lists(st.integers(0, 9)), st.data())
def test_findings_stay_on_their_lines(marks: list[int], data: st.DataObject) -> None:
    """Against a model: the text itself, in which a marked line is followed through an edit that leaves it alone."""
    text = [f"line {number}" for number in range(10)]
    first = data.draw(st.integers(0, 9))
    last = data.draw(st.integers(first, 9))
    new = [f"new {number}" for number in range(data.draw(st.integers(1, 4)))]
    edited = [*text[:first], *new, *text[last + 1 :]]
    edit = Edit("a.c", first + 1, last + 1, len(new))
    for mark in marks:
        (finding,) = moved([finding_at(mark + 1)], edit)
        if mark < first or mark > last:
            assert edited[finding.line - 1] == text[mark]
        else:
            assert edited[finding.line - 1].startswith("new")
