"""Baselines: which findings are known, what a broken file says, and that every report tells only of what is new."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from gnomon.server.baseline import BrokenBaselineError, Known, read, written
from gnomon.server.commands import app
from test_cli_reports import SCHEMA
from typer.testing import CliRunner, Result

FIRST = "int f(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n"
SECOND = "int g(int n) {\n    return 9 / n;\n}\n"
BINDING = "import ctypes\nlib = ctypes.CDLL('./liba.so')\n"
BINDING += "".join(f"lib.{name}.argtypes = [ctypes.c_int]\nlib.{name}(1)\n" for name in "fg")
EMPTY = '"path": "", "function": "", "code": "", "text": ""'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text(FIRST)
    (folder / "a.py").write_text(BINDING)
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def codes(result: Result) -> list[str]:
    return [finding["code"] for finding in json.loads(result.stdout)["findings"]]


def test_what_is_written_is_known_from_then_on(project: Path) -> None:
    result = run("check", "--write-baseline", "known.json")
    assert (result.exit_code, "0 new findings (1 known) in" in result.stdout) == (0, True)
    assert (project / "known.json").read_text() == (
        '{\n  "schema": 1,\n  "findings": [\n'
        '    {"path": "a.c", "function": "f", "code": "bounds.read", "text": "return a[i];"}\n'
        "  ]\n}\n"
    )
    assert run("check", "--baseline", "known.json").exit_code == 0
    assert run("check").exit_code == 1


def test_only_what_is_new_is_told_wherever_the_known_has_moved(project: Path) -> None:
    run("check", "--write-baseline", "known.json")
    (project / "a.c").write_text("\n" + SECOND + "\n\n" + FIRST.replace("    ", "\t"))
    words = ("check", "--baseline", "known.json", "--format")
    told = run(*words, "json")
    assert (told.exit_code, codes(told)) == (1, ["arith.div-zero"])
    assert json.loads(told.stdout)["baseline"] == {"known": 1, "stale": []}
    text = run("check", "--baseline", "known.json")
    assert (text.exit_code, "1 new finding (1 known) in 2 functions" in text.stdout) == (1, True)
    assert ("arith.div-zero" in text.stdout, "bounds.read" in text.stdout) == (True, False)
    log = json.loads(run(*words, "sarif").stdout)
    jsonschema.validate(log, SCHEMA)
    assert [(r["ruleId"], r["baselineState"]) for r in log["runs"][0]["results"]] == [("arith.div-zero", "new")]
    (annotation,) = run(*words, "github").stdout.splitlines()
    assert "title=gnomon arith.div-zero" in annotation
    page = run(*words, "html").stdout
    assert ("arith.div-zero" in page, "bounds.read" in page) == (True, False)


def test_as_many_are_known_as_are_counted(project: Path) -> None:
    again = "    if (i > 8)\n        return a[i];\n    return a[i];\n"
    (project / "a.c").write_text(FIRST.replace("    return a[i];\n", again))
    assert codes(run("check", "--format", "json")) == ["bounds.read"] * 2
    run("check", "--write-baseline", "known.json")
    assert '"text": "return a[i];", "count": 2}' in (project / "known.json").read_text()
    assert run("check", "--baseline", "known.json").exit_code == 0
    entry = Known("a.c", "f", "bounds.read", "return a[i];")
    (project / "known.json").write_text(written({entry: 1}))  # type: ignore[arg-type]
    one_more = run("check", "--baseline", "known.json", "--format", "json")
    assert (one_more.exit_code, codes(one_more)) == (1, ["bounds.read"])


def test_what_is_there_no_more_is_stale(project: Path) -> None:
    run("check", "--write-baseline", "known.json")
    (project / "a.c").write_text(FIRST.replace("return a[i]", "return a[i & 3]"))
    told = "the baseline knows bounds.read in a.c (f), which is there no more: return a[i];"
    text = run("check", "--baseline", "known.json")
    assert (text.exit_code, f"stale: {told}\n" in text.stdout) == (0, True)
    machine = run("check", "--baseline", "known.json", "--format", "json")
    assert f"problem: {told}\n" in machine.stderr
    assert json.loads(machine.stdout)["baseline"]["stale"] == [
        {"path": "a.c", "function": "f", "code": "bounds.read", "text": "return a[i];", "count": 1}
    ]
    (project / "b.c").write_text("int h(void) { return 0; }\n")
    assert "stale" not in run("check", "b.c", "--baseline", "known.json").stdout  # nobody asked of a.c


def test_a_hint_that_has_become_a_finding_is_new(project: Path) -> None:
    (project / "a.c").write_text("int g(unsigned n) {\n    return (int)(9 / n);\n}\n")
    (project / "a.py").unlink()
    run("check", "--latent", "--write-baseline", "known.json")
    assert '"hint": true' in (project / "known.json").read_text()
    assert "0 new findings (1 known)" in run("check", "--latent", "--baseline", "known.json").stdout
    assert "stale" not in run("check", "--baseline", "known.json").stdout  # nobody asked for hints
    (project / "a.py").write_text(BINDING.replace("c_int", "c_uint"))
    assert run("check", "--latent", "--baseline", "known.json").exit_code == 1


def test_the_configuration_may_name_a_baseline(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "pyproject.toml").write_text("[tool.gnomon]\nbaseline = 'known.json'\n")
    missing = run("check")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.endswith("known.json; --write-baseline writes it\n")
    run("check", "--write-baseline", "known.json")
    monkeypatch.chdir(project.parent)
    assert run("check", "project").exit_code == 0
    (project / "empty.json").write_text('{"schema": 1, "findings": []}')
    assert run("check", "project", "--baseline", "project/empty.json").exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no baseline: Expecting value"),
        ("[]", '"findings" must be a list'),
        ('{"findings": []}', 'its "schema" is not 1'),
        ('{"schema": 1, "findings": [{"path": "a.c"}]}', "finding 1 is no entry of a baseline"),
        (f'{{"schema": 1, "findings": [{{{EMPTY}, "count": 0}}]}}', "finding 1 is no entry"),
        (f'{{"schema": 1, "findings": [{{{EMPTY}, "count": true}}]}}', "finding 1 is no entry"),
    ],
)
def test_a_broken_baseline_is_said_with_status_2(project: Path, text: str, said: str) -> None:
    (project / "known.json").write_text(text)
    result = run("check", "--baseline", "known.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_what_cannot_be_read_or_written_is_said(project: Path) -> None:
    with pytest.raises(BrokenBaselineError, match="cannot be read: Is a directory"):
        read(project)
    (project / "latin.json").write_bytes(b"\xff")
    with pytest.raises(BrokenBaselineError, match="is no baseline"):
        read(project / "latin.json")
    (project / "a.c").write_text('#include "missing.h"\n' + FIRST)
    result = run("check", "--write-baseline", "known.json")  # of what could not be read, nothing is known
    assert (result.exit_code, (project / "known.json").exists()) == (2, False)
    (project / "a.c").write_text(FIRST)
    result = run("check", "--write-baseline", "nowhere/known.json")
    assert (result.exit_code, "cannot be written: No such file" in result.stderr) == (2, True)
