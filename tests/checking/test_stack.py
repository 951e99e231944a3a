"""How large the stack is: whose business it is, what is proved without exploring, and rules of a project that ask."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from marks import disagreements

CALLERS = """
int of_length(int n) {
    char line[n];
    line[0] = 1;
    return line[0];
}

int of_any_caller(int n) {
    char lines[9 << 20];  //~ error[stack.overflow]: `lines` needs 9437184 bytes
    lines[n] = 1;
    return lines[n];
}
"""

FRAMES = """
#include <stdlib.h>

static int small(int n) { int v[4] = {n, 2, 3, 4}; return v[n & 3]; }
static int middle(int n) { char page[1 << 20]; page[n & 7] = 1; return page[n & 7] + small(n); }
int by_pointer(int n) { int (*volatile of)(int) = small; char text[64]; text[n & 7] = 1; return of(n) + text[n & 7]; }
int outer(int n) { char page[2 << 20]; page[n & 7] = 1; return page[n & 7] + middle(n); }
int over(int n) { char page[9 << 20]; page[n & 7] = 1; return page[n & 7]; }
int below_a_length(int n) { int v[4] = {n, 2, 3, 4}; return v[n & 3]; }
int with_a_length(int n) { if (n < 1) return 0; char line[n]; line[0] = 1; return line[0] + below_a_length(n); }
int down(int n) { int v[4] = {n, 2, 3, 4}; return n < 4 ? v[n & 3] : down(n - 1); }
int far_down(int n) { int v[2000]; v[n & 3] = 1; return n < 4 ? v[n & 3] : far_down(n - 1); }
int calls_with_locals(int n) { char copy[n & 1 ? 8 : 16]; copy[0] = 1; return (int)abs(copy[0]); }
"""

RULE = """
from gnomon.analysis.shadows.language import Domain, demand

class Interrupts(Domain):
    name = "interrupts"

    @demand("call", code="interrupts.stack", message="{stack_size} bytes are on the stack", functions=["enable"])
    def enough_is_left(self, event):
        return event.stack_size <= 100
"""

INTERRUPTS = """
static volatile int is_enabled;
static void enable(void) { is_enabled = 1; }
static int in_block(int n) {
    int sum = 0;
    { char before[64]; before[n & 7] = 1; sum = before[n & 7]; }
    char text[40];
    text[n & 7] = 1;
    enable();
    return sum + text[n & 7];
}
static int with_more(int n) {
    char page[n];
    page[0] = 1;
    enable();  //~ error[interrupts.stack]: n = 101
    return page[0];
}
int first(int n) { return in_block(n) + in_block(7); }
int second(int n) { return n < 1 ? 0 : with_more(n); }
"""


def checked(folder: Path, source: str, domains: str = "") -> tuple[Finding, ...]:
    (folder / "case.c").write_text(source)
    (folder / "pyproject.toml").write_text(f"[tool.gnomon]\ndomains = [{domains}]\n")
    result = Session(folder, Settings(store=None)).check({})
    assert not result.problems
    return result.findings


def test_a_length_from_a_caller_is_the_callers(tmp_path: Path) -> None:
    assert disagreements(tmp_path, ["case.c"], checked(tmp_path, CALLERS)) == []


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    assert checked(tmp_path, CALLERS, '"-stack"') == ()


def test_fixed_frames_are_proved_at_once(tmp_path: Path) -> None:
    """Not below a length that is not known, nor in deep recursion of large frames."""
    source = tmp_path / "frames.c"
    source.write_text(FRAMES)
    engine = Engine(Settings(store=None), [])
    engine.update(str(source), [], {})
    discharger = engine.native.discharger()
    left = set()
    for function in engine.functions().values():
        if function.path != str(source):
            continue
        codes = {engine.demands[o.demand].code for o in discharger.open(function.id)}
        left |= {function.name} if "stack.overflow" in codes else set()
    assert left == {"over", "below_a_length", "with_a_length", "far_down", "calls_with_locals"}


def test_rules_may_ask_anywhere(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(RULE)
    (tmp_path / "case.py").write_text(
        "import ctypes\n\nlib = ctypes.CDLL('./libcase.so')\n"
        "lib.first.argtypes = [ctypes.c_int]\nlib.second.argtypes = [ctypes.c_int]\n"
    )
    found = checked(tmp_path, INTERRUPTS, '"rules.py", "-stack"')
    assert disagreements(tmp_path, ["case.c"], found) == []


def test_a_caller_that_changes_is_asked_again(tmp_path: Path) -> None:
    source = (
        "static int inner(int n) { char page[3 << 20]; page[n & 7] = 1; return page[n & 7]; }\n"
        "int outer(int n) { char page[1024]; page[n & 7] = 2; return page[n & 7] + inner(n); }\n"
    )
    path = tmp_path / "case.c"
    path.write_text(source)
    session = Session(tmp_path, Settings(store=None))
    assert session.check({}).findings == ()
    (finding,) = session.check({str(path): source.replace("1024", "6 << 20")}).findings
    assert (finding.code, finding.line, finding.function) == ("stack.overflow", 1, "inner")
    assert session.check({str(path): source}).findings == ()
