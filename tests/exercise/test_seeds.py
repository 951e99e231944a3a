"""The calls that exercising begins with, as a project's own files make them."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.exercise.seeds import Seed, seeds_of
from gnomon.analysis.workspace import Snapshot

TEXT = """\
import jars as kitchen
from jars import Jar

SIZE = 2 + 3


def test_jars(some):
    jar = Jar("tea", size=SIZE)
    jar.fill([1, {"a": b"2"}])
    for size in range(9):
        kitchen.weigh(size, exact=True)
    kitchen.weigh(*some)
    kitchen.weigh(**some)
    open("it").read()
    some.other(1)
"""


def seeds(folder: Path, text: str) -> dict[str, tuple[Seed, ...]]:
    (folder / "test_jars.py").write_text(text, encoding="utf-8")
    return seeds_of(Snapshot.of(folder), ["jars"])


def test_names_mean_what_was_imported_and_assigned_last(tmp_path: Path) -> None:
    found = seeds(tmp_path, TEXT)
    assert found["Jar"] == (("", ("'tea'", "size=>2 + 3")),)
    assert found["fill"] == (("jars.Jar('tea', size=2 + 3)", ("[1, {'a': b'2'}]",)),)


def test_what_is_not_known_is_any_object(tmp_path: Path) -> None:
    """The value of a loop is not; arguments that nobody can count make no call."""
    assert seeds(tmp_path, TEXT)["weigh"] == (("", ("object()", "exact=>True")),)


def test_others_are_left_alone(tmp_path: Path) -> None:
    assert seeds(tmp_path, TEXT).keys() & {"open", "read", "other"} == set()


def test_files_that_do_not_parse_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "test_broken.py").write_text("def (", encoding="utf-8")
    assert "Jar" in seeds(tmp_path, TEXT)
