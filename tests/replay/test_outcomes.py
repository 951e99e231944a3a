"""What came of replays: it is kept while the same would be run, and what was denied is withdrawn from view."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import Entry, EntryStep, IntegerArgument
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay.outcomes import Outcome, keep, kept, key_of
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport
from gnomon.analysis.replay.sandbox import confinement
from gnomon.analysis.replay.scripts import script_of
from gnomon.server import replays
from gnomon.server.commands import app
from typer.testing import CliRunner, Result

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")

SOURCE = "int get(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n"
BINDING = "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_int]\nlib.get(1)\n"
ENTRY = Entry("get", "ctypes", (EntryStep("get", (IntegerArgument("i", 32, True),), "lib.get"),), sources=("a.c",))
FINDING = Finding(
    *("f00", "bounds.read", "error", "confirmed", "says so", "a.c", 3, 12, "get", "lib.get"),
    inputs=(InputValue("i", 4, 0, "integer"),),
    steps=(),
    history=ENTRY,
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.c").write_text(SOURCE)
    (folder / "a.py").write_text(BINDING)
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def key(project: Path) -> str:
    return key_of(FINDING, ENTRY, project, script_of(FINDING, ENTRY, project))


def test_an_outcome_is_for_what_was_run(project: Path) -> None:
    before = key(project)
    assert before == key(project) != ""
    (project / "a.h").write_text("int x;\n")
    with_header = key(project)
    (project / "a.c").write_text(SOURCE.replace("[4]", "[5]"))
    assert len({before, with_header, key(project)}) == 3
    (project / "a.c").unlink()
    assert key_of(FINDING, ENTRY, project, "") == ""


def test_outcomes_are_kept_by_project_and_finding(tmp_path: Path) -> None:
    outcome = Outcome("disagrees", "why", "key")
    folder = tmp_path / "outcomes"
    keep(outcome, FINDING, tmp_path / "one", folder, is_lasting=True)
    assert kept(FINDING, tmp_path / "one", folder) == outcome
    assert kept(FINDING, tmp_path / "other", folder) is None
    (file,) = folder.iterdir()
    file.write_text('{"state": "replayed", "reason": 3, "key": ""}')
    assert kept(FINDING, tmp_path / "one", folder) is None
    file.write_text("[]")
    assert kept(FINDING, tmp_path / "one", folder) is None
    keep(outcome, FINDING, tmp_path / "one", folder, is_lasting=False)  # what was refused may be run tomorrow
    assert list(folder.iterdir()) == []


def told(*words: str) -> list[tuple[str, str]]:
    found = json.loads(run("check", *words, "--format", "json").stdout)["findings"]
    return [(finding["state"], finding["state_reason"]) for finding in found]


def answering(report: ReplayReport) -> Callable[..., ReplayReport]:
    return lambda *_: report


def test_what_was_denied_is_withdrawn_and_explained(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (identity,) = [f["id"] for f in json.loads(run("check", "--format", "json").stdout)["findings"]]
    monkeypatch.setattr(replays, "replay", answering(ReplayReport("disagrees", reason="it ended well")))
    denied = run("replay", identity)
    assert (denied.exit_code, "replay-disagrees\n    it ended well" in denied.stdout) == (1, True)

    result = run("check")
    assert result.exit_code == 0
    assert "problem: a.c:3: bounds.read is left out: it ended well\n" in result.stdout
    assert "0 findings in 1 function" in result.stdout
    explained = run("explain", "a.c:3")
    assert (explained.exit_code, "replay-disagrees\n    it ended well" in explained.stdout) == (0, True)
    assert told("--no-store") == [("confirmed", "")]

    (project / "a.c").write_text("\n" + SOURCE)  # other code: nobody has run it
    assert told() == [("confirmed", "")]


def test_states_are_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = ReplayReport("replay-refused", reason="no compiler was found")
    monkeypatch.setattr(replays, "replay", answering(refused))
    assert told("--replay") == [("replay-refused", "no compiler was found")]
    assert told() == [("confirmed", "")]  # another day there is one
    unseen = ReplayReport("replay-refused", reason="nobody sees it", is_unseen=True)
    monkeypatch.setattr(replays, "replay", answering(unseen))
    assert told("--replay") == told() == [("replay-refused", "nobody sees it")]


def test_code_that_changes_while_it_is_replayed_has_no_outcome(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edited(*_: object) -> ReplayReport:
        (project / "a.c").write_text(SOURCE + "\n")
        return ReplayReport("disagrees", reason="?")

    monkeypatch.setattr(replays, "replay", edited)
    assert replays.run(FINDING, project)[1].key == ""
    assert replays.known([FINDING], project) == {}


def test_a_replay_is_remembered(project: Path) -> None:
    try:
        confinement(project)
    except ReplayRefusedError as refused:
        pytest.skip(str(refused))
    assert told("--replay") == told() == [("replayed", "")]
