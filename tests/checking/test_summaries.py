"""What the cheap pass proves through summaries of callees and through what callers guarantee, and what it forgets when
either changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

AT = "static int at(int *v, int i) { return v[i]; }\n"
USE = "int first(void) { int v[4] = {1, 2, 3, 4}; return at(v, 3); }\n"


def left_open(tmp_path: Path, source: str, function: str, open_functions: tuple[str, ...] = ()) -> set[str]:
    """The codes of what the cheap pass does not prove."""
    path = tmp_path / "a.c"
    path.write_text(source)
    engine = Engine(Settings(store=None), [])
    engine.update(str(path), [], {})
    engine.complete()
    discharger = engine.native.discharger([f"{path}:{name}" for name in open_functions])
    (found,) = (f.id for f in engine.functions().values() if f.name == function and f.path == str(path))
    return {engine.demands[o.demand].code for o in discharger.open(found)}


ACCESS = {"null.deref", "bounds.read", "lifetime.use-after-free", "lifetime.stack-escape", "defined.read"}


@pytest.mark.parametrize(
    ("name", "callee", "use"),
    [
        ("a range", "int f(int n) { return n & 7; }", "int use(int n) { return t[f(n)]; }"),
        ("a range through two", "int g(int n) { return n & 3; } int f(int n) { return g(n) + g(n); }",
         "int use(int n) { return t[f(n)]; }"),
        ("an object", "int *f(void) { return &t[2]; }", "int use(int n) { (void)n; return f()[5]; }"),
        ("its argument", "int *f(int *p) { return p; }", "int use(int n) { return f(t)[n & 7]; }"),
        ("null or an object", "int *f(int n) { return n > 3 ? 0 : &t[3]; }",
         "int use(int n) { int *p = f(n); return p ? p[4] : 0; }"),
        ("only if all is well", "int *f(int *p) { if (!p) exit(1); *p = 1; return p; }",
         "int use(int n) { int *p = malloc(4); f(p); return *p + (n & 1); }"),
        ("a block of the heap", "void *f(unsigned long n) { void *p = calloc(n, 1); if (!p) abort(); return p; }",
         "int use(int n) { int *p = calloc(4, 4); (void)n; return p[3]; }"),
        ("what was accessed", "int f(int *p) { return p[1] + p[0]; }",
         "int use(int n) { int *p = malloc(8); p[1] = n & 7; p[0] = 2; return f(p) > 0 ? p[0] : p[1]; }"),
    ],
)  # fmt: skip
def test_what_callees_give_is_known(tmp_path: Path, name: str, callee: str, use: str) -> None:
    left = left_open(tmp_path, f"#include <stdlib.h>\nstatic int t[8];\n{callee}\n{use}\n", "use")
    assert not left & {"null.deref", "bounds.read", "bounds.write"}, name


@pytest.mark.parametrize(
    ("callee", "use", "code"),
    [
        ("int f(int n) { return n & 15; }", "int use(int n) { return t[f(n)]; }", "bounds.read"),
        ("int *f(int n) { return n > 3 ? 0 : &t[3]; }", "int use(int n) { return f(n)[4]; }", "null.deref"),
        ("int *f(int n) { return n > 3 ? 0 : &t[3]; }", "int use(int n) { int *p = f(n); return p ? p[5] : 0; }",
         "bounds.read"),
        ("int *f(int *p) { return &p[1]; }", "int use(int n) { (void)n; return f(t)[7]; }", "bounds.read"),
        ("int *f(int n) { int v[8]; int *p = n > 3 ? v : t; return p; }", "int use(int n) { return f(n)[1]; }",
         "lifetime.stack-escape"),
        ("int *f(int n) { int *p = n > 3 ? __builtin_alloca(8) : t; p[0] = 1; return p; }",
         "int use(int n) { return f(n)[0]; }", "lifetime.stack-escape"),
        ("void f(int *p) { free(p); }", "int use(int n) { int *p = malloc(4); *p = n; f(p); return *p; }",
         "lifetime.use-after-free"),
        ("int f(int n) { return n > 0 ? f(n - 1) : 9; }", "int use(int n) { return t[f(n)]; }", "bounds.read"),
    ],
)  # fmt: skip
def test_what_they_do_not_give_is_not(tmp_path: Path, callee: str, use: str, code: str) -> None:
    assert code in left_open(tmp_path, f"#include <stdlib.h>\nstatic int t[8];\n{callee}\n{use}\n", "use")


def test_what_all_callers_hand_over_is_assumed(tmp_path: Path) -> None:
    assert left_open(tmp_path, AT + USE, "at") <= {"defined.read"}
    assert "bounds.read" in left_open(tmp_path, AT + USE.replace("3)", "4)"), "at")
    twice = USE + "int second(int *v) { return at(v, 0); }\n"
    assert "bounds.read" in left_open(tmp_path, AT + twice, "at")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("others can call it", AT.removeprefix("static ") + USE),
        ("its address is taken", AT + USE + "int (*way)(int *, int) = at;\n"),
        ("its address is taken in code", AT + USE + "void *way(void) { return (void *)at; }\n"),
        ("nobody calls it", AT),
        ("it calls itself", AT.replace("return v[i]", "return i > 9 ? at(v, i - 1) : v[i]") + USE),
        ("code that is not known may call it", AT + USE + 'int odd(int *v) { asm(""); return at(v, 9); }\n'),
        ("code that does not parse may call it", AT + USE + "int odd(int *v) { return at(v, 9) + undeclared; }\n"),
    ],
)
def test_of_unknown_callers_nothing_is(tmp_path: Path, name: str, source: str) -> None:
    assert left_open(tmp_path, source, "at") >= {"null.deref", "bounds.read"}, name


def test_entries_may_be_called_with_anything(tmp_path: Path) -> None:
    assert left_open(tmp_path, AT + USE, "at", ("at",)) >= {"null.deref", "bounds.read"}


def found(session: Session, path: Path, text: str) -> list[tuple[int, str]]:
    return [(f.line, f.code) for f in session.check({str(path): text}).findings]


def test_attributes_may_give_a_function_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    named = 'int other(int *v, int i) __attribute__((alias("at")));\n'
    for text, undecided in ((AT + USE, 0), (AT + USE + named, 3)):
        path.write_text(text)
        session = Session(tmp_path, Settings(store=None))
        (at,) = (f for f in session.check({}).functions if f.function == "at")
        assert sum(c.answer == "undecided" for c in at.checks() if c.code in ACCESS - {"defined.read"}) >= undecided


CALLEE = """\
int level(int n) { return n & 7; }
int pick(int n) {
    int table[8] = {0};
    return table[level(n)];
}
int main(int argc, char **argv) { (void)argv; return pick(argc + 7); }
"""

CALLER = """\
static int at(int *v, int i) {
    return v[i];
}
int main(void) { int v[4] = {1, 2, 3, 4}; return at(v, 3); }
"""


@pytest.mark.parametrize(
    ("text", "edit", "finding"),
    [(CALLEE, ("& 7", "& 15"), (4, "bounds.read")), (CALLER, ("v, 3", "v, 4"), (2, "bounds.read"))],
    ids=["callee", "caller"],
)
def test_an_edit_takes_back_what_was_proved_by_it(
    tmp_path: Path, text: str, edit: tuple[str, str], finding: tuple[int, str]
) -> None:
    path = tmp_path / "a.c"
    path.write_text(text)
    session = Session(tmp_path, Settings(store=None))
    assert found(session, path, text) == []
    assert found(session, path, text.replace(*edit)) == [finding]
    assert found(session, path, text) == []
    assert found(session, path, text.replace(*edit)) == [finding]


def test_an_edit_that_changes_no_summary_leaves_callers_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    path.write_text(CALLEE)
    session = Session(tmp_path, Settings(store=None))
    first = {f.function: f for f in session.check({str(path): CALLEE}).functions}
    edited = session.check({str(path): CALLEE.replace("n & 7", "(n + 1) & 7")})
    assert {f.function: f for f in edited.functions}["pick"].proved == first["pick"].proved
    assert edited.statistics.functions_lowered == 1
