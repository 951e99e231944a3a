"""Programs over every construct of C: the interpreter prints what gcc's program prints, and the explorer agrees.

A program hands each value it computes to `report` (programs/report.h). Under the explorer, a value other than gcc's
ends the run; the division by zero behind them all is found only when none differed, on the whole program and on its
slice.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from comparison import compiled_output, explore, interpret, load

PROGRAMS = Path(__file__).with_name("programs")
NOT_MODELLED = sorted(Path(__file__).with_name("not_modelled").glob("*.c"))
SECONDS = 10.0


def sources_of(program: Path) -> list[Path]:
    return sorted(program.glob("*.c"), key=lambda path: path.name != "main.c") if program.is_dir() else [program]


def programs() -> list[Path]:
    return sorted(path for path in PROGRAMS.iterdir() if path.is_dir() or path.suffix == ".c")


@pytest.mark.parametrize("program", programs(), ids=lambda path: path.stem)
def test_interpreter_prints_what_gcc_prints(program: Path, tmp_path: Path) -> None:
    sources = sources_of(program)
    expected = compiled_output(sources, [], tmp_path, SECONDS)
    run = interpret(load(sources, []))
    assert (run.output.split(), run.reason) == (expected.split(), "")


@pytest.mark.parametrize("program", programs(), ids=lambda path: path.stem)
def test_explorer_computes_what_gcc_computes(program: Path, tmp_path: Path) -> None:
    sources = sources_of(program)
    expected = compiled_output(sources, [], tmp_path, SECONDS).decode().split()
    engine = load(sources, ["-DEXPECTED=" + ",".join(f"{value}ull" for value in expected)])
    for sliced in (False, True):
        assert explore(engine, "finish", "arith.div-zero", sliced) == [("refuted", "")], f"sliced: {sliced}"


@pytest.mark.parametrize("program", NOT_MODELLED, ids=lambda path: path.stem)
def test_what_is_not_modelled_ends_the_run_before_anything_is_wrong(program: Path, tmp_path: Path) -> None:
    expected = compiled_output([program], [], tmp_path, SECONDS)
    run = interpret(load([program], [], may_have_errors=True))
    assert run.reason.startswith("not_modelled: ")
    assert expected.startswith(run.output)
