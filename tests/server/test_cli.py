"""The command line: what it says, and the status it ends with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from gnomon.server.commands import app
from typer.testing import CliRunner, Result

NAME = "a_function_with_a_name_that_no_terminal_has_room_for"
SOURCE = f"int {NAME}(int i) {{ int a[4] = {{0}}; return a[i]; }}\n"
BINDING = f"import ctypes\nlib = ctypes.CDLL('./liba.so')\nf = lib.{NAME}\n"
BINDING += "f.argtypes = [ctypes.c_int]\nf.restype = ctypes.c_int\nf(1)\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "a project \u00e9"
    folder.mkdir()
    (folder / "a.c").write_text(SOURCE)
    (folder / "a.py").write_text(BINDING)
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_finding_ends_with_status_1_and_has_a_script(project: Path) -> None:
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["schema"] == 1
    (finding,) = report["findings"]
    assert (finding["path"], finding["line"], finding["inputs"]) == ("a.c", 1, {"i": "4"})
    assert "gcc" in finding["script"] and "(4)" in finding["script"]


def test_the_script_of_a_finding_is_printed_and_its_replay_shown(project: Path) -> None:
    (finding,) = json.loads(run("check", "--format", "json").stdout)["findings"]
    shown = run("replay", finding["id"], "--script")
    assert (shown.exit_code, shown.stdout) == (0, finding["script"] + "\n")
    ran = run("replay", finding["id"])
    assert "runtime error" in ran.stdout if ran.exit_code == 0 else "replay-refused" in ran.stdout


def test_nothing_found_ends_with_status_0(project: Path) -> None:
    (project / "a.c").write_text("int f(int i) { return i; }\n")
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "nowhere"), "nowhere does not exist"),
        (("check", "../other.c"), "is not a file of the project"),
        (("check", "empty"), "there are no C files in"),
        (("replay", "--all", "--root", "nowhere"), "is not a folder"),
        (("replay", "0123"), "there is no finding 0123"),
        (("replay",), "give the ID of a finding"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(project: Path, words: tuple[str, ...], said: str) -> None:
    (project / "empty").mkdir()
    (project.parent / "other.c").write_text("")
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_project_of_which_nothing_could_be_read_ends_with_status_2(project: Path) -> None:
    (project / "a.c").write_text('#include "missing.h"\n' + SOURCE)
    result = run("check")
    assert result.exit_code == 2
    assert "a.c:1: 'missing.h' file not found" in result.stdout


def test_bindings_cut_no_name(project: Path) -> None:
    lines = run("bindings").stdout.splitlines()
    assert lines[1].split() == ["a.lib." + NAME, "ctypes", NAME, "a.c:1", "2"]


def test_no_bindings_are_said(project: Path) -> None:
    (project / "a.py").unlink()
    assert run("bindings").stdout == "no Python name leads to C here\n"


def test_the_server_does_not_load_the_engine_nor_start_by_loading_all_commands() -> None:
    said = "import sys, gnomon.server.cli\nassert not {'typer', 'lsprotocol'} & sys.modules.keys()\n"
    said += "import gnomon.server.app\nassert not {'typer', 'gnomon._engine'} & sys.modules.keys()\n"
    subprocess.run([sys.executable, "-c", said], check=True)


def test_a_line_is_explained_with_its_verdicts_and_its_witness(project: Path) -> None:
    column = SOURCE.index("a[i]") + 1
    result = run("explain", "a.c:1")
    assert result.exit_code == 0
    assert f"a.c:1:{column}: a[i]\n    \u2717 bounds.read refuted\n" in result.stdout
    assert "input i = 4" in result.stdout
    assert result.stdout.rstrip().endswith("i = 4")  # the last step, which is the first here
    (project / "a.c").write_text("\n" + SOURCE)
    nothing = run("explain", "a.c:1")
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert run("explain", "a.c").exit_code == run("explain", "b.c:1").exit_code == 2


def test_statistics_say_where_the_time_went(project: Path) -> None:
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["verdicts"]["refuted"] == 1
    assert report["functions"][0]["function"] == NAME
    phases = report["stats"]["phases"]
    assert list(phases) == ["parse", "lower", "link", "discharge", "slice", "explore", "confirm"]
    assert report["stats"]["solver_seconds"] <= phases["explore"] + 0.001
    told = run("check", "--stats").stdout
    assert "of it the solver" in told and "reused" in told
