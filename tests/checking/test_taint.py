"""What comes from outside: where models take it from, and what stays open."""

from __future__ import annotations

import re
from pathlib import Path

import gnomon.analysis.models
import pytest
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.shadows import DEFAULT
from gnomon.analysis.shadows.taint import SOURCES

MODELS = Path(gnomon.analysis.models.__file__).parent
BODY = re.compile(r"^(?!static const)[a-z][^;={}]*?\b(?P<name>\w+)\)?\([^;{}]*\) \{\n(?P<body>.*?)^\}", re.M | re.S)


def check(folder: Path, source: str) -> CheckResult:
    (folder / "case.c").write_text(source)
    return Session(folder, Settings(store=None, domains=(*DEFAULT, "taint"))).check({})


def answers(result: CheckResult) -> dict[int, tuple[str, str]]:
    """What was said of calls of `system`, by line."""
    return {
        check.line: (check.answer, check.reason)
        for function in result.functions
        for check in function.checks()
        if check.code == "taint.command"
    }


def test_the_sources_are_functions_of_models_that_choose() -> None:
    texts = [path.read_text() for path in MODELS.glob("*.c")]
    choosing = {m["name"] for text in texts for m in BODY.finditer(text) if "__gnomon_choose" in m["body"]}
    sources = {*SOURCES} - {"recvfrom"}
    assert sources <= choosing


LOCAL = """
#include <stdlib.h>
#include <string.h>
void fill(char *text);
extern char elsewhere[16];
int nondet_int(void);
int filled(void) {
    char text[16] = "ls";
    fill(text);
    return system(text);
}
int outside(void) { return system(elsewhere); }
int constant(void) { return system("ls"); }
int harness(void) {
    char text[3] = "ls";
    text[1] = (char)nondet_int();
    return system(text);
}
"""


def test_what_nobody_knows_stays_open(tmp_path: Path) -> None:
    result = check(tmp_path, LOCAL)
    assert not result.findings
    said = answers(result)
    assert said[10] == ("undecided", "not modelled: calls fill")
    assert said[12][0] == "undecided"
    assert said[13][0] == said[17][0] == "proved"


CALLED = """
#include <stdlib.h>
static int run(const char *command) { return system(command); }
%s
"""


@pytest.mark.parametrize(
    ("caller", "is_found"),
    [
        ("int main(int argc, char **argv) { return argc > 1 ? run(argv[1]) : 0; }", True),
        ('int main(void) { return run("ls"); }', False),
        ('int main(int argc, char **argv) { return run(argc > 1 ? "ls" : "true"); }', False),
        ('int main(void) { const char *editor = getenv("EDITOR"); return run(editor ? editor : "vi"); }', True),
        ("int other(const char *command) { return run(command); }", False),
    ],
)
def test_callers_are_asked(caller: str, is_found: bool, tmp_path: Path) -> None:
    findings = check(tmp_path, CALLED % caller).findings
    assert [(f.code, f.line) for f in findings] == ([("taint.command", 3)] if is_found else [])


STORED = """
#include <unistd.h>
int main(int argc, char **argv) {
    char path[3] = "/a";
    if (argc > 1) path[1] = argv[1][0];
    return execv(path, argv);
}
"""


def test_slices_keep_what_is_written_to_texts(tmp_path: Path) -> None:
    """No other rule looks at what is stored there."""
    assert [(f.code, f.line) for f in check(tmp_path, STORED).findings] == [("taint.command", 6)]
