"""What the editor says of checks: lenses over functions, and the answer at a place."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import Check, FunctionVerdicts
from gnomon.analysis.navigation.checks import check_lenses, checks_at, decided, listed, title_of
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot
from gnomon.server.shown import Edit, moved_verdicts

C = "int last(const int *v, int n) {\n    return v[n - 1];\n}\n"
CHECKS = (
    Check("a.c", 1, 12, "v[n - 1]", "null.deref", "proved"),
    Check("a.c", 1, 12, "v[n - 1]", "bounds.read", "undecided", "no entry reaches it"),
    Check("a.c", 1, 14, "n - 1", "arith.overflow", "refuted"),
)
LAST = FunctionVerdicts("a.c", "last", 1, proved=1, refuted=1, undecided=1, told=CHECKS)
PATH = "/w/a.c"


def lines(text: str) -> Lines:
    return Lines(Snapshot(Path("/w"), {PATH: text}))


def test_the_innermost_expression_is_told_of() -> None:
    inner = decided(lines(C), Position(PATH, 2, 16), [LAST])
    around = "\n\n`v[n - 1]`\n\n- ? bounds.read undecided (no entry reaches it)"
    assert inner == "`n - 1`\n\n- \u2717 arith.overflow refuted" + around  # what is proved around it is not told
    outer = decided(lines(C), Position(PATH, 2, 12), [LAST])
    assert outer == "`v[n - 1]`\n\n- ? bounds.read undecided (no entry reaches it)\n- \u2713 null.deref proved"
    assert decided(lines(C), Position(PATH, 2, 5), [LAST]) == ""
    assert decided(lines(C), Position(PATH, 1, 12), [LAST]) == ""


def test_an_expression_that_has_changed_says_nothing() -> None:
    changed = lines(C.replace("v[n - 1]", "v[n - 2]"))
    assert checks_at(changed, Position(PATH, 2, 15), [LAST]) == []
    assert decided(changed, Position(PATH, 2, 12), [LAST]) == ""


def test_lenses_stand_over_the_names_of_functions() -> None:
    (lens,) = check_lenses(Snapshot(Path("/w"), {PATH: C}), PATH, [LAST])
    assert (lens.at.line, lens.at.column, lens.at.end_column) == (1, 5, 9)
    assert lens.title == "3 checks: 1 proved, 1 refuted, 1 undecided"
    assert list(check_lenses(Snapshot(Path("/w"), {PATH: "\n" + C}), PATH, [LAST])) == []
    moved = moved_verdicts([LAST], Edit("a.c", 1, 0, 1))
    assert [m.at.line for m in check_lenses(Snapshot(Path("/w"), {PATH: "\n" + C}), PATH, moved)] == [2]
    assert [check.line for check in moved[0].checks()] == [3, 3, 3]


def test_checks_move_with_what_is_edited_in_their_function() -> None:
    (moved,) = moved_verdicts([LAST], Edit("a.c", 2, 1, 2))
    assert (moved.line, [check.line for check in moved.checks()]) == (1, [4, 4, 4])


def test_a_function_that_was_not_read_says_why() -> None:
    assert title_of(FunctionVerdicts("a.c", "f", 1, 0, 0, 0, {}, "inline assembly")) == "not checked: inline assembly"
    assert title_of(FunctionVerdicts("a.c", "f", 1, 1, 0, 0)) == "1 check: 1 proved"


def test_what_is_refuted_comes_first() -> None:
    assert [check.answer for check in listed(LAST)] == ["refuted", "undecided", "proved"]
