"""C functions that nobody is known to call: what fails whatever a caller does is found, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay import replay
from marks import disagreements

SOURCE = """\
#include <stdlib.h>
#include <string.h>

static int table[4] = {1, 2, 3, 4};
static int limit = 0;
int *shared;

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

int beyond_what_is_given(struct list *l) { return l[100].value; }
"""


def test_what_fails_whatever_the_caller_does(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(SOURCE)
    result = Session(tmp_path, Settings(store=None)).check({})
    assert not result.problems
    assert disagreements(tmp_path, ["case.c"], result.findings) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_each_is_replayed_by_a_driver_in_c(tmp_path: Path) -> None:
    (tmp_path / "case.c").write_text(SOURCE)
    findings = Session(tmp_path, Settings(store=None)).check({}).findings
    assert findings
    for finding in findings:
        assert finding.history is not None
        report = replay(finding, finding.history, tmp_path, tmp_path / "builds")
        assert report.state == "replayed", f"{finding.line}: {report.reason}\n{report.output}"
        assert "int main(void)" in report.script
