"""Reports of `gnomon check` for other programs and for people: their form, and that they say what the JSON says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from gnomon.server.commands import app
from gnomon.server.reports.doctor import Row, Section, print_sections
from rich.console import Console
from typer.testing import CliRunner, Result

SCHEMA = json.loads((Path(__file__).parent / "sarif.schema.json").read_text())

# The finding stands behind a letter of four bytes, in a folder whose name no URI may hold.
SOURCE = """\
int f(int i) {
    int a[4] = {0};
    int j = i ^ 1;
    /* \U0001f600 */ return a[j];
}
int g(int n) { return 9 / n; }
"""
BINDING = (
    "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.f.argtypes = [ctypes.c_int]\n"
    "lib.g.argtypes = [ctypes.c_int]\nlib.f(1)\nlib.g(1)\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "a project, <b>: 100% \u00e9"
    (folder / "c: <d>").mkdir(parents=True)
    (folder / "c: <d>" / "a.c").write_text(SOURCE)
    (folder / "a.py").write_text(BINDING)
    (folder / "pyproject.toml").write_text("[tool.gnomon]\nseverity = { arith = 'warning' }\nnonsense = 1\n")
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def findings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "--format", "json").stdout)["findings"]
    assert [(f["code"], f["tier"]) for f in found] == [("bounds.read", "error"), ("arith.div-zero", "warning")]
    return found


def test_sarif_holds_what_the_findings_say(project: Path) -> None:
    told = findings()
    result = run("check", "--format", "sarif")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    jsonschema.validate(log, SCHEMA)
    (ran,) = log["runs"]
    rules = ran["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["arith.div-zero", "bounds.read"]
    assert all(rule["shortDescription"]["text"].endswith(".") for rule in rules)
    assert [(r["message"]["text"], r["level"]) for r in ran["results"]] == [(f["message"], f["tier"]) for f in told]
    first = ran["results"][0]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "bounds.read"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "c%3A%20%3Cd%3E/a.c", "uriBaseId": "SRCROOT"}
    line = SOURCE.splitlines()[3].encode("utf-16-le")
    start, end = (2 * (place["region"][name] - 1) for name in ("startColumn", "endColumn"))
    assert line[start:end].decode("utf-16-le") == "a[j]"
    (flow,) = first["codeFlows"][0]["threadFlows"]
    steps = [(s["location"]["physicalLocation"]["region"]["startLine"], s.get("state", {})) for s in flow["locations"]]
    wanted = [(s["line"], {name: {"text": value} for name, value in s["values"].items()}) for s in told[0]["steps"]]
    assert steps == wanted != []
    assert rules[1]["help"]["markdown"].startswith("# bounds.read\n")
    (problem,) = ran["invocations"][0]["toolExecutionNotifications"]
    assert "`nonsense`" in problem["message"]["text"]


def fingerprints() -> list[dict[str, str]]:
    (ran,) = json.loads(run("check", "--format", "sarif").stdout)["runs"]
    return [result["partialFingerprints"] for result in ran["results"]]


def test_steps_are_told_with_their_values_where_they_are(project: Path) -> None:
    told = findings()[0]["steps"]
    (ran,) = json.loads(run("check", "--format", "sarif").stdout)["runs"]
    (flow,) = ran["results"][0]["codeFlows"]
    (thread,) = flow["threadFlows"]
    assert [step["executionOrder"] for step in thread["locations"]] == list(range(1, len(told) + 1))
    for step, wanted in zip(thread["locations"], told, strict=True):
        values = ", ".join(f"{name} = {value}" for name, value in wanted["values"].items())
        text = step["location"]["message"]["text"]
        assert text == (f"{wanted['text']}   [{values}]" if values else wanted["text"])
        place = step["location"]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == ("a.py" if wanted["path"] == "a.py" else "c%3A%20%3Cd%3E/a.c")


def test_fingerprints_stay_when_lines_move(project: Path) -> None:
    before = fingerprints()
    assert [prints["gnomonFinding/v1"] for prints in before] == [finding["id"] for finding in findings()]
    assert len({prints["primaryLocationLineHash"] for prints in before}) == 2
    path = project / "c: <d>" / "a.c"
    path.write_text("/* moved */\n\n" + SOURCE.replace("    int j", "\n  int j"))
    assert fingerprints() == before


def test_fingerprints_tell_lines_apart_that_read_the_same(project: Path) -> None:
    again = "if (i > 8)\n    return a[j];\n    return a[j];"
    (project / "c: <d>" / "a.c").write_text(SOURCE.replace("/* \U0001f600 */ return a[j];", again))
    first, second, _ = (prints["primaryLocationLineHash"].split(":") for prints in fingerprints())
    assert (first[0] == second[0], first[1], second[1]) == (True, "1", "2")


def test_the_schema_refuses_what_sarif_does_not_know(project: Path) -> None:
    log = json.loads(run("check", "--format", "sarif").stdout)
    log["runs"][0]["results"][0]["locations"][0]["line"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_github_annotates_lines(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = findings()
    monkeypatch.chdir(project.parent)
    result = run("check", project.name, "--format", "github")
    assert result.exit_code == 1
    problem, error, warning = result.stdout.splitlines()
    assert problem.startswith("::warning title=gnomon::pyproject.toml: [tool.gnomon] there is no `nonsense`")
    # What the runner does to a command, as it documents it.
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)", error)
    assert match is not None
    properties = dict(pair.split("=", 1) for pair in match[2].split(","))
    assert (match[1], properties["line"], properties["title"]) == ("error", "4", "gnomon bounds.read")
    path = properties["file"].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    assert (project.parent / path).read_text() == SOURCE
    assert match[3].split("%0A")[0] == told[0]["message"].replace("%", "%25")
    assert warning.startswith("::warning ")


def test_notes_alone_end_with_status_0(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.gnomon]\nseverity = { arith = 'note', bounds = 'note' }\n")
    result = run("check")
    assert (result.exit_code, "2 findings" in result.stdout) == (0, True)
    assert run("check", "--format", "github").stdout.startswith("::notice ")


def test_a_budget_by_hand_outranks_the_configuration(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        "[tool.gnomon]\nbudgets = { budget_seconds = 1e-9, entry_seconds = 1e-9 }\n"
    )
    assert json.loads(run("check", "--format", "json").stdout)["findings"] == []
    (project / "pyproject.toml").write_text("[tool.gnomon]\nbudgets = { budget_seconds = 1e-9 }\n")
    assert run("check", "--budget", "2", "--format", "json").exit_code == 1


def test_a_finding_without_calls_has_no_replay(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    (project / "c: <d>" / "a.c").write_text("int f(int i) { return 0; }  // gnomon: ignore\n")
    (note,) = json.loads(run("check", "--replay", "--format", "json").stdout)["findings"]
    assert (note["code"], note["state"], note["script"]) == ("suppression.unused", "confirmed", "")
    replayed = run("replay", note["id"])
    assert (replayed.exit_code, "the calls that lead there are not known" in replayed.stdout) == (2, True)
    assert run("replay", "--all").exit_code == 2


def test_the_doctor_says_what_is_there_and_what_is_missing(project: Path) -> None:
    (project / "c: <d>" / "b.c").write_text('#include "nowhere.h"\n')
    (project / "liba.so").write_bytes(b"\x7fELF and no more")
    (project / "a.py").write_text(BINDING + "lib.h(1)\nlib2 = ctypes.CDLL('libnowhere.so')\nlib2.go_there(1)\n")
    result = run("doctor")
    assert result.exit_code == 0
    text = result.stdout
    assert "2 C files: flags from what is usual" in text
    assert "b.c:1: 'nowhere.h' file not found\n      install the header's package" in text
    assert "- liba.so: not a readable ELF file" in text
    assert "- libnowhere.so: nothing is known of go_there\n      build the library with -g" in text
    assert "there is no `nonsense`" in text
    assert run("doctor", "nowhere").exit_code == 2


def test_the_doctor_lists_what_has_no_model(project: Path) -> None:
    (project / "c: <d>" / "b.c").write_text(
        "#include <Python.h>\n"
        "PyObject *of_line(PyObject *code) { return PyLong_FromLong(PyCode_Addr2Line((PyCodeObject *)code, 0)); }\n"
    )
    text = run("doctor").stdout
    assert "~ no model: checks follow no call of PyCode_Addr2Line\n" in text


def test_the_doctor_marks_what_it_says() -> None:
    console = Console(record=True, width=40)
    rows = [Row("found", "[a]"), Row("missing", "b" * 50, "install b"), Row("note", "c")]
    print_sections(console, [Section("T", rows)])
    assert console.export_text() == f"T\n  + [a]\n  - {'b' * 50}\n      install b\n  ~ c\n"


def test_bindings_are_a_table_where_a_person_reads(project: Path) -> None:
    from gnomon.analysis.boundary.binding import Binding
    from gnomon.analysis.workspace import Snapshot
    from gnomon.server.reports.text import print_bindings

    console = Console(record=True, width=60, force_terminal=True)
    print_bindings(console, Snapshot(project, {}), [Binding("pkg.lib.[f]", "ctypes", "f")])
    heads, _, row, *_ = [line.split() for line in console.export_text().splitlines() if line.strip()]
    assert heads == ["Python", "kind", "C", "where", "uses"]
    assert row == ["pkg.lib.[f]", "ctypes", "f", "no", "source", "0"]


def test_says_where_the_calls_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "a.c").write_text(
        "int alone(void) { int a[2] = {0}; return a[2]; }\n"
        "int main(int argc, char **argv) { int a[2] = {0}; return a[argc + 1]; }\n"
    )
    output = CliRunner().invoke(app, ["check", str(tmp_path)]).output
    assert "whoever calls: alone" in output
    assert "from the program's start: main" in output
    assert "from Python" not in output


EXPECTING = "int third(unsigned n) { return (int)(9 / n); }\n"


def test_hints_come_when_asked_for_and_end_with_status_0(project: Path) -> None:
    (project / "c: <d>" / "a.c").write_text(EXPECTING)
    (project / "a.py").unlink()
    unasked = run("check", "--format", "json")
    assert (unasked.exit_code, json.loads(unasked.stdout)["findings"]) == (0, [])

    asked = run("check", "--latent", "--format", "json")
    (hint,) = json.loads(asked.stdout)["findings"]
    assert (asked.exit_code, hint["tier"], hint["code"]) == (0, "latent", "arith.div-zero")
    assert (hint["entry"], hint["inputs"]) == ("third", {"n": "0"})
    assert hint["message"].endswith(" - for a caller that passes n = 0")
    assert "third(0);" in hint["script"]

    text = run("check", "--latent")
    assert (text.exit_code, "0 findings and 1 hint in" in text.stdout) == (0, True)
    assert "for callers of: third, id " in text.stdout
    github = run("check", "--latent", "--format", "github")
    assert (github.exit_code, github.stdout.count("::notice ")) == (0, 1)
    sarif = run("check", "--latent", "--format", "sarif")
    (log,) = json.loads(sarif.stdout)["runs"]
    jsonschema.validate(json.loads(sarif.stdout), SCHEMA)
    assert (sarif.exit_code, [found["level"] for found in log["results"]]) == (0, ["none"])
    assert "for callers of: third" in run("check", "--latent", "--format", "html").stdout


def test_a_function_is_explained_with_what_it_expects(project: Path) -> None:
    (project / "c: <d>" / "a.c").write_text("\n" + EXPECTING)
    (project / "a.py").unlink()
    place = "c: <d>/a.c:2"
    asked, unasked = run("explain", place, "--latent"), run("explain", place)
    assert (asked.exit_code, unasked.exit_code) == (0, 0)
    assert f"third expects of its callers:\n    {place}: " in asked.stdout
    assert "expects" not in unasked.stdout and "undecided (depends on the caller)" in unasked.stdout
