"""Comments that silence findings, and those that silence none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.suppression import read_suppressions

BINDING = """\
import ctypes
lib = ctypes.CDLL('./liba.so')
lib.get.argtypes = [ctypes.c_int]
lib.get(1)
"""


def check(folder: Path, source: str, python: str = "", **settings: float) -> list[tuple[str, int, str, str]]:
    (folder / "a.c").write_text(source)
    (folder / "a.py").write_text(BINDING + python)
    tuned = Settings(store=None).tuned(settings)
    return [(f.path, f.line, f.code, f.tier) for f in Session(folder, tuned).check({}).findings]


def of_lines(*lines: str) -> str:
    return "int get(int i) {\n    int a[4] = {0};\n" + "\n".join(lines) + "\n}\n"


@pytest.mark.parametrize(
    "lines",
    [
        ["    return a[i];  // gnomon: ignore"],
        ["    return a[i];  // gnomon: ignore[bounds.read]"],
        ["    return a[i];  // gnomon: ignore[bounds] the caller looks"],
        ["    return a[i];  /* gnomon: ignore[bounds] */"],
        ["    // gnomon: ignore[bounds.read]", "    return a[i];"],
        ["    // gnomon: ignore[bounds.read]", "", "    // another comment", "    return a[i];"],
        ["    /* gnomon: ignore[bounds.read]", "       for a reason */", "    return a[i];"],
        ["    return a[i];", "    // gnomon: ignore-file[bounds]"],
        ["    return a[i];", "    // gnomon: ignore-file"],
        ["    /* for a reason", "       gnomon: ignore[bounds.read] */", "    return a[i];"],
        ["    return a[i];  // caf\u00e9 gnomon: ignore"],
    ],
)
def test_findings_that_are_silenced(tmp_path: Path, lines: list[str]) -> None:
    assert check(tmp_path, of_lines(*lines)) == []


@pytest.mark.parametrize(
    ("lines", "unused"),
    [
        (["    return a[i];  // gnomon: ignore[null]"], [3]),
        (["    return a[i];", "    // gnomon: ignore"], [4]),
        (["    i += 0;  // gnomon: ignore", "    return a[i];"], [3]),
        (["    // gnomon: ignore", "    i += 0;", "    return a[i];"], [3]),
        (["    return a[i];  // gnomon: ignorant"], []),
        (["    return a[i];  // gnomon: ignore[bounds"], []),
        (['    const char *s = "// gnomon: ignore";', "    return s[0] + a[i];"], []),
        (["    return a[i];  // gnomon: ignore[taint.format]"], []),
        (["    return a[i];  // gnomon: ignore[contract.argtypes]"], [3]),
        (["    return a[i];", "    // gnomon: ignore-file[null]"], [4]),
    ],
)
def test_findings_that_stand(tmp_path: Path, lines: list[str], unused: list[int]) -> None:
    at = next(number for number, line in enumerate(lines, 3) if "a[i]" in line)
    wanted = [("a.c", at, "bounds.read", "error"), *(("a.c", n, "suppression.unused", "note") for n in unused)]
    assert check(tmp_path, of_lines(*lines)) == sorted(wanted)


def test_each_code_is_looked_at_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(of_lines("    return a[i];  // gnomon: ignore[bounds, arith, null.deref]"))
    (tmp_path / "a.py").write_text(BINDING)
    first, second = Session(tmp_path, Settings(store=None)).check({}).findings
    assert first.message == ("`ignore[bounds, arith, null.deref]` silences nothing: there is no arith here")
    assert "null.deref" in second.message
    assert (first.line, first.column, first.end_column) == (3, 22, 63)
    assert first.id != second.id


def test_an_unused_comment_in_python(tmp_path: Path) -> None:
    python = "# gnomon: ignore\n'gnomon: ignore'\n"
    source = of_lines("    return a[i & 3];")
    assert check(tmp_path, source, python) == [("a.py", 5, "suppression.unused", "note")]


def test_what_was_not_decided_leaves_a_comment_alone(tmp_path: Path) -> None:
    source = of_lines("    return a[i & 3];  // gnomon: ignore")
    assert [code for _, _, code, _ in check(tmp_path, source)] == ["suppression.unused"]
    assert check(tmp_path, of_lines("    return a[i];  // gnomon: ignore[null]"), entry_seconds=1e-9) == []


def test_unused_comments_obey_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.gnomon]\ndisable = ['suppression.unused', 'bounds']\n")
    assert check(tmp_path, of_lines("    return a[i];  // gnomon: ignore[bounds] and gnomon: ignore[null]")) == []
    (tmp_path / "pyproject.toml").write_text("[tool.gnomon]\ndisable = ['bounds']\n")
    assert check(tmp_path, of_lines("    return a[i];  // gnomon: ignore[bounds]")) == []


def test_half_typed_text_is_read() -> None:
    (found,) = read_suppressions("a.c", "int f( {{{ // gnomon: ignore[bounds\n} // gnomon: ignore\n/* gnomon: ignore")
    assert (found.line, found.codes) == (2, ())


def test_a_long_file_takes_time_by_its_length() -> None:
    text = "int x; // gnomon: ignore\n" * 20_000
    started = time.monotonic()
    assert len(read_suppressions("a.c", text)) == 20_000
    assert time.monotonic() - started < 10
