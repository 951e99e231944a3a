"""A slice says what the whole program says: where both decide, they agree."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from gnomon.analysis.checking.decide import Decider
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from programs import Program, programs
from test_cases import bindings_of

SECONDS = 0.5  # for the whole program, whose verdicts are then often undecided


def _longest() -> list[Program]:
    """They have the most to leave out; of extensions nothing is."""
    sliced = (program for program in programs() if not program.module)
    return sorted(sliced, key=lambda program: len(program.text))[-24:]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The answers on every slice that is explored, with the whole program's beside them."""
    found: list[tuple[str, str]] = []
    explore = Decider._run_explorer

    def both(self: Decider, entry: str, part: Any, group: Any, seconds: float) -> Any:
        verdicts = explore(self, entry, part, group, seconds)
        if part is not None:
            whole = explore(self, entry, None, group, SECONDS)
            found.extend((mine.answer, other.answer) for mine, other in zip(verdicts, whole, strict=True))
        return verdicts

    monkeypatch.setattr(Decider, "_run_explorer", both)
    return found


@pytest.mark.parametrize("program", _longest(), ids=lambda program: program.name)
def test_slices_agree_with_the_whole(program: Program, tmp_path: Path, compared: list[tuple[str, str]]) -> None:
    for path in program.files:
        shutil.copy(path, tmp_path)
    if not program.has_main:
        (tmp_path / "case.py").write_text(bindings_of(program.text))
    result = Session(tmp_path, Settings(store=None)).check({})
    assert compared or all(function.undecided == 0 for function in result.functions)  # the cheap pass proved it all
    assert not {("proved", "refuted"), ("refuted", "proved")}.intersection(compared)
    assert not compared or sum(mine == other for mine, other in compared) > 0.8 * len(compared)
