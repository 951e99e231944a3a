"""`[tool.gnomon]`: what is read, what is refused and how that is said, and what it does to a check."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.configuration import Configuration, headers_of, read_configuration

PREFIX = "pyproject.toml: [tool.gnomon] "


def read(text: str) -> Configuration:
    return read_configuration("[tool.gnomon]\n" + text)


def test_everything_is_read() -> None:
    configuration = read(
        """
        include = ["src"]
        exclude = ["src/vendor/**"]
        disable = ["arith.overflow"]
        severity = { bounds = "warning", "bounds.write" = "error" }
        budgets = { check_seconds = 120, memory_mb = 512 }
        compile_flags = ["-DX=1"]
        python = ".venv"
        allocation_failures = true
        latent = true
        baseline = "known.json"
        entries = ["decode"]
        """
    )
    assert configuration == Configuration(
        include=("src",),
        exclude=("src/vendor/**",),
        disable=("arith.overflow",),
        severity={"bounds": "warning", "bounds.write": "error"},
        budgets={"check_seconds": 120.0, "memory_mb": 512},
        compile_flags=("-DX=1",),
        python=".venv",
        allocation_failures=True,
        latent=True,
        baseline="known.json",
        entries=("decode",),
    )
    assert [configuration.severity_of(c) for c in ("bounds.read", "bounds.write", "arith.overflow", "arith.shift")] == [
        "warning",
        "error",
        "off",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('exlude = ["a"]', "there is no `exlude`; did you mean `exclude`?"),
        ('compile-flags = ["-DX"]', "there is no `compile-flags`; did you mean `compile_flags`?"),
        ("zebra = 1", "there is no `zebra`"),
        ('exclude = "a"', "`exclude` must be a list of strings"),
        ("include = [1]", "`include` must be a list of strings"),
        ("python = 3", "`python` must be a string"),
        ("allocation_failures = 1", "`allocation_failures` must be true or false"),
        ("latent = 'yes'", "`latent` must be true or false"),
        ('disable = ["bound.read"]', "there is no code or domain `bound.read`; did you mean `bounds`?"),
        ('severity = "note"', '`severity` must be a table, as in `severity = { arith = "warning" }`'),
        (
            'severity = { arith = "warn" }',
            "`severity` of `arith` must be one of error, warning, note, off; did you mean `warning`?",
        ),
        ("severity = { arith = 1 }", "`severity` of `arith` must be one of error, warning, note, off"),
        ("budgets = 3", "`budgets` must be a table, as in `budgets = { check_seconds = 120 }`"),
        ("budgets = { check_second = 3 }", "there is no budget `check_second`; did you mean `check_seconds`?"),
        ("budgets = { check_seconds = 0 }", "the budget `check_seconds` must be a number above 0"),
        ("budgets = { check_seconds = true }", "the budget `check_seconds` must be a number above 0"),
        ("budgets = { check_seconds = nan }", "the budget `check_seconds` must be a number above 0"),
        ("budgets = { memory_mb = 1.5 }", "the budget `memory_mb` must be a whole number above 0"),
    ],
)
def test_what_is_wrong_is_said_and_has_no_effect(text: str, problem: str) -> None:
    configuration = read(text)
    assert configuration.problems == (PREFIX + problem,)
    assert configuration.covers("a.c")
    assert not configuration.budgets


@pytest.mark.parametrize(
    "text", ["", "[tool", "tool = 3", "[tool]\ngnomon = 3", "[project]\nname = 'x'", "a = " + "[" * 9999]
)
def test_a_file_that_says_nothing_or_is_none(text: str) -> None:
    assert read_configuration(text).covers("a.c")


def test_an_unquoted_code_means_the_same() -> None:
    assert read('severity.bounds.write = "note"').severity == {"bounds.write": "note"}


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("vendor", ["vendor/a.c", "x/vendor/y/a.c"], ["vendors/a.c", "a.c"]),
        ("src/vendor", ["src/vendor/a.c"], ["x/src/vendor/a.c", "src/a.c"]),
        ("*.c", ["a.c", "x/a.c"], ["a.h"]),
        ("src/*.c", ["src/a.c"], ["src/x/a.c"]),
        ("src/**/*.c", ["src/a.c", "src/x/y/a.c"], ["src/a.h"]),
        ("./src/", ["src/a.c"], ["source/a.c"]),
        ("a?.c", ["ab.c"], ["a.c", "a/.c"]),
        ("a[1].c", ["a[1].c"], ["a1.c"]),
    ],
)
def test_globs(pattern: str, inside: list[str], outside: list[str]) -> None:
    configuration = Configuration(exclude=(pattern,))
    assert [path for path in inside if configuration.covers(path)] == []
    assert [path for path in outside if not configuration.covers(path)] == []
    assert all(Configuration(include=(pattern,)).covers(path) for path in inside)


SOURCE = """\
int get(int i) {
    int a[4] = {0};
    return a[i];
}
int half(int i) {
    return 100 / i;
}
"""
BINDING = """\
import ctypes
lib = ctypes.CDLL('./liba.so')
lib.get.argtypes = [ctypes.c_int]
lib.half.argtypes = [ctypes.c_int]
lib.get(1)
lib.half(1)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.c").write_text(SOURCE)
    (tmp_path / "a.py").write_text(BINDING)
    return tmp_path


def found(project: Path, text: str) -> list[tuple[int, str, str]]:
    (project / "pyproject.toml").write_text(text)
    result = Session(project, Settings(store=None)).check({})
    assert result.problems == ()
    return [(f.line, f.code, f.tier) for f in result.findings]


def test_codes_and_severities_in_a_check(project: Path) -> None:
    assert found(project, "") == [(3, "bounds.read", "error"), (6, "arith.div-zero", "error")]
    assert found(project, "[tool.gnomon]\ndisable = ['bounds']") == [(6, "arith.div-zero", "error")]
    assert found(project, "[tool.gnomon.severity]\nbounds = 'note'\narith = 'off'") == [(3, "bounds.read", "note")]


def test_excluded_files_are_not_read(project: Path) -> None:
    (project / "b.c").write_text("this is no C")
    assert found(project, "[tool.gnomon]\nexclude = ['b.c']")
    assert found(project, "[tool.gnomon]\nexclude = ['b.c', '*.py']") == []


def test_flags_reach_the_compiler(project: Path) -> None:
    (project / "a.c").write_text(SOURCE.replace("a[4]", "a[SIZE]"))
    assert found(project, "[tool.gnomon]\ncompile_flags = ['-DSIZE=4']")[0] == (3, "bounds.read", "error")


def test_budgets_reach_the_check_unless_they_are_fixed(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.gnomon.budgets]\nentry_seconds = 1e-9\n")
    session = Session(project, Settings(store=None))
    assert session.check({}).findings == ()
    (project / "pyproject.toml").write_text("")
    assert len(session.check({}).findings) == 2
    (project / "pyproject.toml").write_text("[tool.gnomon.budgets]\nentry_seconds = 1e-9\n")
    fixed = Settings(store=None, fixed=frozenset({"entry_seconds"}))
    assert len(Session(project, fixed).check({}).findings) == 2


def test_an_unsaved_configuration_counts_and_its_problems_are_told(project: Path) -> None:
    session = Session(project, Settings(store=None))
    text = "[tool.gnomon]\ndisabel = ['bounds']\ndisable = ['bounds']\n"
    overlays = {str(project / "pyproject.toml"): text}
    problem = PREFIX + "there is no `disabel`; did you mean `disable`?"
    assert session.open(overlays).problems == (problem,)
    result = session.check(overlays)
    assert result.problems == (problem,)
    assert [f.code for f in result.findings] == ["arith.div-zero"]


def test_what_is_expected_of_callers_is_told_of_as_soon_as_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "b.c").write_text("int third(unsigned i) { return (int)(100 / i); }\n")
    session = Session(tmp_path, Settings(store=None))
    pyproject = str(tmp_path / "pyproject.toml")

    def tiers(text: str) -> list[str]:
        return [f.tier for f in session.check({pyproject: "[tool.gnomon]\n" + text}).findings]

    assert tiers("") == []
    assert tiers("latent = true") == ["latent"]
    assert tiers("latent = true\nseverity = { arith = 'error' }") == ["latent"]
    assert tiers("latent = true\ndisable = ['arith']") == []
    assert tiers("") == []


def interpreter(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "include" / version).mkdir(parents=True)
    (folder / "include" / version / "Python.h").write_text("#define CHOSEN 4\n")
    binary = folder / "bin" / version
    binary.write_text("#!/bin/sh\necho run > $0.ran\n")
    binary.chmod(0o755)
    return binary


def test_headers_of_an_interpreter_and_of_an_environment(tmp_path: Path) -> None:
    binary = interpreter(tmp_path / "usr", "python3.98")
    (tmp_path / "env" / "bin").mkdir(parents=True)
    (tmp_path / "env" / "bin" / "python").symlink_to(binary)
    headers = tmp_path / "usr" / "include" / "python3.98"
    assert headers_of(binary) == headers_of(tmp_path / "env") == headers_of(tmp_path / "env/bin/python") == headers
    assert headers_of(tmp_path / "nowhere") is None
    assert not binary.with_name("python3.98.ran").exists()


def test_an_interpreter_without_headers_is_said(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.gnomon]\npython = 'env'\n")
    problem = PREFIX + "`python`: no Python.h was found beside env"
    assert Session(project, Settings(store=None)).open({}).problems == (problem,)


def test_the_headers_of_python_are_read(project: Path) -> None:
    interpreter(project / "other", "python3.98")
    (project / "other" / "bin" / "python").symlink_to("python3.98")
    (project / "a.c").write_text("#include <Python.h>\n" + SOURCE.replace("a[4]", "a[CHOSEN]"))
    assert found(project, "[tool.gnomon]\npython = 'other'\n")[0] == (4, "bounds.read", "error")
