"""Domains of a project: docs/shadow-domains.md, word for word, and what may be wrong with such files."""

from __future__ import annotations

import re
from pathlib import Path

from gnomon.analysis.checking.own_domains import stage_text
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.shadows.staging import StagedTable
from marks import disagreements

TUTORIAL = Path(__file__).parents[2] / "docs" / "shadow-domains.md"

BINDING = """
import ctypes

lib = ctypes.CDLL("./libcase.so")
lib.deliver.argtypes = [ctypes.c_int, ctypes.c_int]
lib.deliver.restype = ctypes.c_int
"""


def block(language: str) -> str:
    """The first block of code in that language."""
    match = re.search(rf"```{language}\n(.*?)```", TUTORIAL.read_text(), re.S)
    assert match is not None
    return match[1]


def project(folder: Path, domains: str, source: str) -> Session:
    (folder / "pyproject.toml").write_text(f"[tool.gnomon]\ndomains = {domains}\n")
    (folder / "case.c").write_text(source)
    (folder / "case.py").write_text(BINDING)
    return Session(folder, Settings(store=None))


def test_the_tutorial(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "pool.py").write_text(block("python"))
    session = project(tmp_path, '["checks/pool.py"]', block("c"))
    result = session.check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []


def test_domains_are_switched_one_by_one(tmp_path: Path) -> None:
    source = "int deliver(int a, int b) {\n    unsigned u = a;\n    return u / b;\n}\n"
    codes = {f.code for f in project(tmp_path, '["-arith"]', source).check({}).findings}
    assert codes == set()
    codes = {f.code for f in project(tmp_path, '["wraparound"]', source).check({}).findings}
    assert codes == {"arith.div-zero", "arith.conversion"}


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("from nowhere import nothing\n")
    session = project(tmp_path, '["mine.py", "nulls"]', "int deliver(int a, int b) { return a ^ b; }\n")
    problems = session.check({}).problems
    assert any("mine.py: its domains are left out: ModuleNotFoundError" in problem for problem in problems)
    assert any("did you mean `null`?" in problem for problem in problems)


def test_a_rule_is_staged_and_not_run() -> None:
    rule = """
from gnomon.analysis.shadows.language import Domain, demand

class Mine(Domain):
    name = "mine"

    @demand("load", code="mine.size", message="{size}")
    def small(self, event):
        return event.size if event.size < 9 else 9
"""
    assert stage_text(rule) == (
        "RuleError: Mine.small: a rule is staged, not run: write & | ~ in place of and, or, not, if"
    )
    staged = stage_text(rule.replace("event.size if event.size < 9 else 9", "event.size < 9"))
    assert isinstance(staged, StagedTable) and [d.code for d in staged.demands] == ["mine.size"]


RESULTS = """
from gnomon.analysis.shadows.language import Domain, demand


class Results(Domain):
    \"\"\"What `find` gives is looked for in vain nowhere.\"\"\"

    name = "results"

    @demand("called", code="results.negative", message="`{text}` gives {value}", functions=["find"])
    def is_found(self, event):
        return event.value >= 0
"""

SEARCH = """
static int find(int key) {
    if (key > 3) return -1;
    return key < 0 ? 0 : key;
}

int deliver(int a, int b) {
    int first = find(a & 3);
    return first + find(b);  //~ error[results.negative]: gives -1
}
"""


def test_what_a_function_gave_is_judged_at_its_call(tmp_path: Path) -> None:
    (tmp_path / "results.py").write_text(RESULTS)
    session = project(tmp_path, '["results.py"]', SEARCH)
    result = session.check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []


GUARDS = '''
from gnomon.analysis.shadows.language import Domain, demand, update

HELD = 1


class Guards(Domain):
    """A guard is let go before its scope ends."""

    name = "guards"
    state = True

    @update("call", of="object", functions=["hold"], argument=0)
    def held(self, event):
        return HELD

    @update("call", of="object", functions=["let_go"], argument=0)
    def let_go(self, event):
        return 0

    @demand("scope_end", code="guards.held", message="{object} is held where its scope ends")
    def free_at_end(self, event):
        return event.pointer.object.state != HELD
'''

GUARDED = """
struct guard { int number; };

static void hold(struct guard *guard) { guard->number++; }
static void let_go(struct guard *guard) { guard->number--; }

int deliver(int a, int b) {
    struct guard outer = {0};
    hold(&outer);
    for (int i = 0; i < 3; i++) {
        __attribute__((cleanup(let_go))) struct guard cleaned = {1};
        struct guard inner = {1};
        hold(&cleaned);
        hold(&inner);
        if (a == i + 5) break;  //~ error[guards.held]: `inner` [4 bytes] is held
        let_go(&inner);
    }
    if (b == 7) return 1;  //~ error[guards.held]: `outer` [4 bytes] is held
    let_go(&outer);
    return 0;
}
"""


def test_the_end_of_a_scope_is_an_event(tmp_path: Path) -> None:
    (tmp_path / "guards.py").write_text(GUARDS)
    result = project(tmp_path, '["guards.py"]', GUARDED).check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []
