"""gnomon.h: what its conditions ask, that it needs no option to be found, and that compilers see nothing of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from gnomon.analysis import header
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.server.commands import app
from marks import disagreements
from test_cases import bindings_of
from typer.testing import CliRunner

CASES = Path(__file__).parent / "cases"


def check(folder: Path) -> CheckResult:
    return Session(folder, Settings(store=None)).check({})


@pytest.mark.parametrize("source", sorted(CASES.glob("*.c")), ids=lambda path: path.stem)
def test_case(source: Path, tmp_path: Path) -> None:
    shutil.copy(source, tmp_path)
    numbers = [line for line in source.read_text().splitlines() if "*" not in line.partition("(")[2]]
    (tmp_path / "case.py").write_text(bindings_of("\n".join(numbers)))
    result = check(tmp_path)
    assert not result.problems
    assert disagreements(tmp_path, [source.name], result.findings) == []


OPEN = """\
#include <gnomon.h>
int outside(int n, const int *given) {
    int v[2] = {0};
    GNOMON_ASSERT((n & 3) < 4 && !tainted(n));
    GNOMON_ASSERT(is_a(given, "int"));
    return v[n & 1];
}
"""


def test_what_nobody_knows_stays_open_and_the_path_goes_on(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(OPEN)
    (function,) = check(tmp_path).functions
    reasons = {check.line: check.reason for check in function.checks() if check.answer == "undecided"}
    assert reasons == {
        4: "depends on the caller",
        5: "not modelled: the type of memory that nobody declared",
    }


ASKING = """\
#include <gnomon.h>
#include <stdlib.h>
int main(int argc, char **argv) {
    int first = argc > 1 ? argv[1][0] : 0;
    %s
    return argc > 1 && first ? system(argv[1]) : 0;
}
"""


def test_a_question_about_taint_switches_no_check_on(tmp_path: Path) -> None:
    session = Session(tmp_path, Settings(store=None))

    def codes(question: str) -> set[str]:
        (tmp_path / "case.c").write_text(ASKING % question)
        return {finding.code for finding in session.check({}).findings}

    asks, does_not = "GNOMON_ASSERT(!tainted(first));", ""
    assert codes(does_not) == set()
    assert codes(asks) == {"assert.fails"}
    (tmp_path / "pyproject.toml").write_text('[tool.gnomon]\ndomains = ["taint"]\n')
    assert codes(does_not) == {"taint.command"}
    (tmp_path / "pyproject.toml").unlink()
    assert codes(asks) == {"assert.fails"}


def test_a_copy_of_the_project_comes_first(tmp_path: Path) -> None:
    (tmp_path / "gnomon.h").write_text("#define GNOMON_ASSERT(condition) ((void)(condition))\n")
    (tmp_path / "case.c").write_text('#include "gnomon.h"\nint f(void) { GNOMON_ASSERT(0); return 0; }\n')
    assert not check(tmp_path).findings


def test_an_assertion_says_what_fails(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text("#include <gnomon.h>\nvoid f(void) { int n = 3; GNOMON_ASSERT(n == 4); }\n")
    (finding,) = check(tmp_path).findings
    assert finding.message == "`GNOMON_ASSERT(n == 4)` fails"


PLAIN = "int half(int n);\nint half(int n) {\n%s    return n / 2;\n}\n"
TOLD = '    GNOMON_ASSUME(n > 0);\n    GNOMON_ASSERT(defined(n) && !tainted(n) && is_a(&n, "int"));\n'
DIALECTS = [
    *(("gcc", dialect) for dialect in ("c89", "c11", "gnu17")),
    *(("g++", dialect) for dialect in ("c++98", "c++17")),
    *(("clang", dialect) for dialect in ("c89", "c17")),
    *(("clang++", dialect) for dialect in ("c++98", "c++17")),
]


@pytest.mark.parametrize(("compiler", "dialect"), DIALECTS)
def test_compilers_see_nothing_of_it(compiler: str, dialect: str, tmp_path: Path) -> None:
    if shutil.which(compiler) is None:
        pytest.skip(f"needs {compiler}")
    told = "#include <gnomon.h>\nGNOMON_ENTRY " + PLAIN % TOLD

    def assembly(text: str) -> str:
        suffix = ".cpp" if "+" in compiler else ".c"
        (tmp_path / f"case{suffix}").write_text(text)
        warnings = ["-Wall", "-Wextra", "-Werror", "-pedantic-errors"]
        command = [compiler, f"-std={dialect}", *warnings, f"-I{header.FOLDER}", "-S", "-o", "-", f"case{suffix}"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert assembly(told) == assembly(PLAIN % "")


def test_the_command_prints_it() -> None:
    assert CliRunner().invoke(app, ["header"]).stdout == header.text()
    folder = CliRunner().invoke(app, ["header", "--folder"]).stdout
    assert Path(folder.strip(), "gnomon.h").read_text() == header.text()


ENTRIES = """\
#include <gnomon.h>
#include <string.h>

static int table[4] = {1, 2, 3, 4};

int pick(int n) { return table[n]; }

%sstatic int parse(const char *text, int n) {
    if (text[0] == 'a' && text[1] == 'b') return table[n & 4];
    return (int)strlen(text);
}

int read_block(const int *block, int n) { return block[n]; }
"""


def found(folder: Path, mark: str, configuration: str = "") -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    (folder / "case.c").write_text(ENTRIES % mark)
    (folder / "pyproject.toml").write_text(f"[tool.gnomon]\n{configuration}\n")
    result = check(folder)
    return [(finding.function, finding.line) for finding in result.findings], result.problems


def test_entries_may_be_called_with_anything(tmp_path: Path) -> None:
    assert found(tmp_path, "") == ([], ())
    assert found(tmp_path, "GNOMON_ENTRY ") == ([("parse", 9)], ())
    assert found(tmp_path, "", 'entries = ["pick", "parse"]') == ([("pick", 6), ("parse", 9)], ())
    # How large a block is stays the caller's to know.
    assert found(tmp_path, "", 'entries = ["read_block"]') == ([], ())


def test_the_witness_of_an_entry_names_its_arguments(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(ENTRIES % "GNOMON_ENTRY ")
    (finding,) = check(tmp_path).findings
    inputs = {chosen.name: chosen.value for chosen in finding.inputs}
    assert inputs["text"] == b"ab" and isinstance(inputs["n"], int) and inputs["n"] & 4


def test_an_entry_that_is_no_function_is_a_problem(tmp_path: Path) -> None:
    _, (problem,) = found(tmp_path, "", 'entries = ["pikc", "parse"]')
    assert re.search(r"`entries`.*pikc", problem)


def test_a_session_hears_of_new_entries(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(ENTRIES % "")
    session = Session(tmp_path, Settings(store=None))
    assert not session.check({}).findings
    (tmp_path / "pyproject.toml").write_text('[tool.gnomon]\nentries = ["pick"]\n')
    assert [finding.function for finding in session.check({}).findings] == ["pick"]
    marked = {str(tmp_path / "case.c"): ENTRIES % "GNOMON_ENTRY "}
    assert [finding.function for finding in session.check(marked).findings] == ["pick", "parse"]
