"""C functions that nobody is known to call: what fails whatever a caller does is found, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from gnomon.analysis.checking.decide import Decision
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.function_entries import OpenFunctions
from gnomon.analysis.checking.known import Known
from gnomon.analysis.checking.memo import Given, Left, Memo, Question
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay import replay
from marks import disagreements

SOURCE = """\
#include <assert.h>
#include <stdlib.h>

static int table[4] = {1, 2, 3, 4};
static int limit = 0;
int *shared;

static void abort_because(int is_right) { assert(is_right); }

void set_limit(int n) { limit = n; }

void plain(void) {
    int buffer[4];
    buffer[4] = 1;  //~ error[bounds.write]: offset 16
}

int for_the_caller(const int *v, int n) { return v[n] + table[n]; }

static int inner(int n) {
    int v[3] = {1, 2, 3};
    return v[n];  //~ error[bounds.read]: offset 12
}

int outer(void) { return inner(3); }

int guarded(void) {
    int v[2] = {0, 0};
    return limit ? 10 / limit : v[0];
}

int only_at_first(void) {  /* limit may be another by then */
    return limit == 0 ? 1 / limit : 0;
}

int never_set(void) { return shared[0]; }

struct list {
    struct list *next;
    int value;
};

int behind_a_list(struct list *l, int *out) {
    int count = 0, last[2] = {0, 0};
    for (; l; l = l->next) ++count;
    out[0] = count;
    last[2] = 1;  //~ error[bounds.write]: offset 8
    return last[0];
}

void frees_twice(char *block) {
    free(block);
    free(block);  //~ error[lifetime.double-free]
}

void frees_inside(char *block) { free(block + 1); }
void frees_once(char *block) { free(block); }

void never_given(void *unused) {
    if (unused) abort_because(unused == 0);
}

int one_block(const char *at, const char *end) {
    if (at != end) return 1 / (at == end);
    return 0;
}

int beyond_what_is_given(struct list *l) { return l[100].value; }
"""

HANDED_OVER = """\
#include <stdlib.h>
#include <string.h>

static int *shared;

/* Memory that a caller hands over. */
void sixth(int *v) { v[5] = 1; }  //~ error[bounds.write]: offset 20 of `five`
int of_five(void) {
    int five[5] = {0};
    sixth(five);
    return five[0];
}
int of_six(void) {
    int six[6] = {0};
    sixth(six);
    return six[0];
}

static void seventh(int *v) { v[6] = 1; }  //~ error[bounds.write]: offset 24 of `six`
void hands_on(int *v) { seventh(v); }
int through_another(void) {
    int six[6] = {0};
    hands_on(six);
    return six[0];
}

int take(const int *v) { return *v; }  //~ error[lifetime.use-after-free]
int takes_freed(void) {
    int *v = malloc(sizeof *v);
    if (!v) return 0;
    *v = 1;
    free(v);
    return take(v);
}

/* Memory that globals lead to. */
void make(void) {
    shared = malloc(sizeof *shared);
    if (shared) *shared = 1;
}
void drop(void) { free(shared); }
int look(void) { return shared ? *shared : 0; }  //~ error[lifetime.use-after-free]
int after_dropping(void) {
    make();
    drop();
    return look();
}
int before_dropping(void) {
    make();
    int seen = look();
    drop();
    return seen;
}

/* Blocks that outlive the function that makes them. */
char *copy(const char *text) {
    char *made = malloc(strlen(text) + 1);
    return made ? strcpy(made, text) : made;
}
int loses(void) {
    char *made = copy("abc");
    return made ? made[0] : 0;  //~ error[lifetime.leak]: 4 bytes
}
int keeps(void) {
    char *made = copy("abc");
    int first = made ? made[0] : 0;
    free(made);
    return first;
}
"""


@pytest.mark.parametrize("source", [SOURCE, HANDED_OVER])
def test_what_fails_whatever_the_caller_does(tmp_path: Path, source: str) -> None:
    (tmp_path / "case.c").write_text(source)
    result = Session(tmp_path, Settings(store=None)).check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []


def test_what_callees_leave_is_asked_again_when_they_change(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(HANDED_OVER)
    session = Session(tmp_path, Settings(store=None))
    before = [f.line for f in session.check({}).findings]
    for right, wrong in (("v[5] = 1", "v[4] = 1"), ("hands_on(six)", "hands_on(0)"), ("int six[6]", "int six[7]")):
        edited = HANDED_OVER.replace(right, wrong)
        there = Session(tmp_path, Settings(store=None)).check({str(tmp_path / "case.c"): edited}).findings
        assert [f.line for f in session.check({str(tmp_path / "case.c"): edited}).findings] == [f.line for f in there]
    assert [f.line for f in session.check({}).findings] == before


HIDDEN = """\
static int *table;
static int count;

int init(int *memory) {
    __asm__("nop");
    table = memory;
    count = 1;
    return 0;
}

int use(void) { return table[0] / count; }
"""


def test_what_was_not_lowered_may_have_set_everything(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(HIDDEN)
    assert Session(tmp_path, Settings(store=None)).check({}).findings == ()


def test_a_memo_is_of_use_only_for_what_is_asked_now() -> None:
    """One that knows more says what meanwhile others have settled."""
    entry = Entry("f", "function", ())
    own = {(0, 1, 0): cast(Any, None)}
    asked = {o: Left(obligation, 0, False) for o, obligation in own.items()}
    question = Question(0, "f", entry, own, Given((), frozenset()), asked, {})
    for kept, is_used in (((0, 1, 0),), True), (((0, 1, 0), (0, 2, 0)), False):
        known = Known()
        memo = Memo.of(entry, (), frozenset(), {0: {o: Decision("proved") for o in kept}}, 1.0)
        known.keep("f", memo)
        assert OpenFunctions(cast(Engine, None), known, {}, {}).memo(question, 1.0) is (memo if is_used else None)


def test_what_was_cut_short_is_asked_again_with_more_time() -> None:
    entry = Entry("f", "function", ())
    for reason, is_used in (("budget", False), ("not modelled: setjmp", True)):
        known = Known()
        decisions = {0: {(0, 1, 0): Decision("undecided", reason)}}
        known.keep("f", Memo.of(entry, (), frozenset(), decisions, 1.0))
        assert known.memo("f", entry, frozenset(), 1.0) is not None
        assert (known.memo("f", entry, frozenset(), 10.0) is not None) is is_used


LOADED = """\
#include <stdlib.h>

static int *table, *cache;
static int values[4];

__attribute__((constructor)) static void set_up(void) { table = values; }

int get(int n) { return n > 2 ? table[0] : 0; }
int cached(int n) { return n > 2 ? cache[0] : 0; }
"""
BOUND = "import ctypes\nlib = ctypes.CDLL('./x.so')\n" + "".join(
    f"lib.{name}.argtypes = [ctypes.c_int]\nlib.{name}(4)\n" for name in ("get", "cached")
)


def test_what_a_constructor_sets_up_is_not_what_it_was_before(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(LOADED)
    (tmp_path / "case.py").write_text(BOUND)
    assert [f.function for f in Session(tmp_path, Settings(store=None)).check({}).findings] == ["cached"]


def test_a_constructor_runs_before_main(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(
        LOADED + "int main(int n, char **words) { return n > 2 ? cached(n) : get(n + 2); }\n"
    )
    assert [f.function for f in Session(tmp_path, Settings(store=None)).check({}).findings] == ["cached"]


def test_what_another_file_makes_of_a_variable_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "use.c").write_text("extern int limit;\nint use(void) { int v[4] = {0}; return v[limit & 7]; }\n")
    (tmp_path / "limit.c").write_text("const int limit = 4;\n")
    session = Session(tmp_path, Settings(store=None))
    assert [f.line for f in session.check({}).findings] == [2]
    assert session.check({str(tmp_path / "limit.c"): "const int limit = 3;\n"}).findings == ()
    assert [f.line for f in session.check({}).findings] == [2]


def test_who_writes_a_variable_is_seen_when_it_changes(tmp_path: Path) -> None:
    use = "static int limit = 4;\nint use(void) { int v[4] = {0}; return v[limit & 7]; }\n"
    writes, reads = "void set(int n) { limit = n; }\n", "int set(int n) { return limit + n; }\n"
    (tmp_path / "use.c").write_text(use + reads)
    session = Session(tmp_path, Settings(store=None))
    for text, lines in ((use + reads, [2]), (use + writes, []), (use + reads, [2]), (use, [2]), (use + writes, [])):
        assert [f.line for f in session.check({str(tmp_path / "use.c"): text}).findings] == lines


def test_code_that_is_not_lowered_may_set_what_its_own_file_can_name(tmp_path: Path) -> None:
    use = "static int limit = 4;\nint use(void) { int v[4] = {0}; return v[limit & 7]; }\n"
    hidden = 'int hidden(void) { __asm__ volatile("" ::: "memory"); return 0; }\n'
    for use_text, other_text, lines in (
        (use, "", [2]),
        (use, hidden, [2]),
        (use + hidden, "", []),
        (use, '#include "use.c"\n' + hidden, []),
    ):
        (tmp_path / "use.c").write_text(use_text)
        (tmp_path / "other.c").write_text(other_text)
        findings = Session(tmp_path, Settings(store=None)).check({}).findings
        assert [f.line for f in findings] == lines, (use_text, other_text)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
@pytest.mark.parametrize("source", [SOURCE, HANDED_OVER])
def test_each_is_replayed_by_a_driver_in_c(tmp_path: Path, source: str) -> None:
    (tmp_path / "case.c").write_text(source)
    findings = Session(tmp_path, Settings(store=None)).check({}).findings
    assert findings
    for finding in findings:
        assert finding.history is not None
        report = replay(finding, finding.history, tmp_path, tmp_path / "builds")
        assert report.state == "replayed", f"{finding.line}: {report.reason}\n{report.output}"
        assert "int main(void)" in report.script
