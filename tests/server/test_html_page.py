"""The page for people: whole, escaped, loading nothing, and saying all that a check says."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, InputValue, State, Statistics, Step
from gnomon.analysis.workspace import Snapshot
from gnomon.server.baseline import Comparison, Known
from gnomon.server.commands import app
from gnomon.server.reports.html import html_report
from test_cli_reports import project as project
from typer.testing import CliRunner

ENTRY = Entry("f", "ctypes", ())
EVIL = "<img src=x onerror=alert(1)> & \"'"


class Page(HTMLParser):
    """Texts by the elements they are in, and everything that a page would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.anchors: list[str] = []
        self.ids: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "href" and (value or "").startswith("#"):
                self.anchors.append((value or "")[1:])
            elif name in ("src", "href", "srcset", "data", "action") or name.startswith("on"):
                self.loads.append(f"{tag} {name}")
            elif name == "id":
                self.ids.append(value or "")
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append((self.open[-1], data))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.texts)

    def inside(self, tag: str) -> list[str]:
        return [text for element, text in self.texts if element == tag]


def finding(text: str = "it fails", state: State = "confirmed", reason: str = "") -> Finding:
    return Finding(
        *("f00", "bounds.read", "error", state, text, "a.c", 2, 5, text, text),
        inputs=(InputValue(text, text.encode(), 0, "bytes"),),
        steps=(Step("a.c", 1, text, {text: text}), Step("a.c", 2, "return a[i];", {})),
        script=f"# {text}\n",
        state_reason=reason,
        history=ENTRY,
    )


def page(root: Path, *findings: Finding, comparison: Comparison | None = None, **more: object) -> Page:
    functions = (FunctionVerdicts("a.c", "f", 1, 3, 1, 2, {"budget": 2}), FunctionVerdicts("a.c", "g", 9, 0, 0, 0))
    result = replace(CheckResult(findings, functions, Statistics(seconds=1.25)), **more)  # type: ignore[arg-type]
    return Page(html_report(result, Snapshot(root, {}), comparison))


def test_the_page_says_what_the_findings_say_and_loads_nothing(project: Path) -> None:
    told = json.loads(CliRunner().invoke(app, ["check", "--format", "json"]).stdout)["findings"]
    result = CliRunner().invoke(app, ["check", "--format", "html"])
    shown = Page(result.stdout)
    assert (result.exit_code, shown.open, shown.loads) == (1, [], [])
    assert shown.anchors == [i for i in shown.ids if i.startswith("finding-")] == ["finding-1", "finding-2"]
    for found in told:
        assert found["message"] in shown.inside("h3") and found["message"] in shown.inside("a")
        assert found["script"] in shown.inside("pre")
        for step in found["steps"]:
            assert f"{step['path']}:{step['line']}" in shown.inside("code") and step["text"] in shown.inside("code")
            assert all(f"{name} = {value}" in shown.inside("code") for name, value in step["values"].items())
    assert "c: <d>/a.c" in shown.text
    assert "url(" not in result.stdout and "http" not in re.sub(r"http-equiv", "", result.stdout)
    assert "Content-Security-Policy\" content=\"default-src 'none';" in result.stdout
    assert "color-scheme: light dark" in result.stdout


def test_nothing_of_the_project_becomes_markup(tmp_path: Path) -> None:
    folder = tmp_path / EVIL.replace("/", "")
    folder.mkdir()
    (folder / "a.c").write_text(f"{EVIL}\n{EVIL}\n")
    shown = page(
        folder,
        finding(EVIL, "replay-refused", EVIL),
        problems=(EVIL,),
        comparison=Comparison(1, Counter({Known(EVIL, EVIL, EVIL, EVIL): 1})),
    )
    assert (shown.open, shown.loads) == ([], [])
    assert "img" not in {tag for tag, _ in shown.texts}
    assert shown.text.count(EVIL) > 12


@pytest.mark.parametrize(
    ("state", "reason", "told"),
    [
        ("confirmed", "", "the compiled code was not run with these values yet."),
        ("replayed", "", "under sanitizers, and failed at this line."),
        ("replay-refused", "no compiler", "The compiled code was not judged: no compiler."),
    ],
)
def test_states_are_said_in_words(tmp_path: Path, state: State, reason: str, told: str) -> None:
    shown = page(tmp_path, finding(state=state, reason=reason))
    assert shown.inside("span").count(state) == 2
    assert told in shown.text


def test_what_has_no_calls_says_so(tmp_path: Path) -> None:
    contract = replace(finding(), code="contract.argtypes", history=None, script="")
    assert "Found by comparing what is declared with what is defined" in page(tmp_path, contract).text
    note = replace(finding(), code="suppression.unused", history=None, script="")
    assert "There are no calls to run." in page(tmp_path, note).text


def test_what_was_not_decided_is_counted_with_what_that_means(tmp_path: Path) -> None:
    shown = page(tmp_path)
    assert "0 findings in 2 functions; 3 checks proved, 1 refuted, 2 undecided; 1.2 s" in shown.text
    start = shown.inside("td").index("budget")
    assert shown.inside("td")[start - 1 : start + 2] == [
        *("2", "budget"),
        "the time or memory for the question was used up; --budget gives more",
    ]


def test_a_baseline_is_told(tmp_path: Path) -> None:
    stale = Known("a.c", "f", "bounds.read", "return a[i];")
    shown = page(tmp_path, comparison=Comparison(4, Counter({stale: 1})))
    assert "0 new findings (4 more are known) in" in shown.text
    assert "the baseline knows bounds.read in a.c (f), which is there no more: return a[i];" in shown.text
