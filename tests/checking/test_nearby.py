"""Which entries come to an edit by the fewest calls."""

from __future__ import annotations

from gnomon.analysis.checking.engine import LoweredFunction
from gnomon.analysis.checking.entry import Entry, EntryStep
from gnomon.analysis.checking.nearby import FAR, Nearby


def function(number: int, *calls: int) -> LoweredFunction:
    return LoweredFunction(number, f"f{number}", f"f{number}", "a.c", number, True, False, False, "", calls)


def entry(*functions: str, asked: tuple[str, ...] = ()) -> Entry:
    return Entry("", "capi", tuple(EntryStep(name, (), "") for name in functions), asked=asked)


def test_distances_are_counted_in_calls() -> None:
    listed = [function(0), function(1, 0), function(2, 1), function(3, 2, 0), function(4, 4)]
    nearby = Nearby({f.id: f for f in listed}, {"f0"})
    assert nearby.edited == {0}
    assert [nearby.distance(entry(f.key)) for f in listed] == [0, 1, 2, 1, FAR]
    assert nearby.distance(entry("f0", "f2")) == 2, "the last call"
    assert nearby.distance(entry("f0", "f4", asked=("f2", "f1"))) == 1, "the nearest of what is asked"
