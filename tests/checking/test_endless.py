"""Runs without an end leak what they lose on the way."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from marks import disagreements

SOURCE = """\
#include <stdlib.h>
#include <string.h>

void serve(void) {
    char *job;
    for (int turn = 0;; turn++) {
        job = malloc(16);  //~ error[lifetime.leak]
        if (job) job[0] = 'j';
    }
}

void serve_and_free(void) {
    for (;;) {
        char *job = malloc(16);
        if (job) job[0] = 'j';
        free(job);
    }
}

void serve_the_latest(void) {
    char *latest = malloc(4);
    for (;;) {
        char *job = malloc(16);
        free(latest);
        latest = job;
    }
}

void serve_what_luck_says(void) {
    while (1) {
        char *job = malloc(16);  //~ error[lifetime.leak]
        if (!job) continue;
        memset(job, 0, 16);
        if (rand() == 4711) continue;
        free(job);
    }
}

struct jobs {
    struct jobs *next;
    char name[16];
};

void keep_all(void) {
    struct jobs *all = NULL;
    for (;;) {
        struct jobs *job = malloc(sizeof *job);
        if (!job) continue;
        job->next = all;
        all = job;
    }
}
"""


def test_what_is_lost_on_the_way_is_leaked(tmp_path: Path) -> None:
    (tmp_path / "serve.c").write_text(SOURCE)
    findings = Session(tmp_path, Settings(store=None)).check({}).findings
    assert disagreements(tmp_path, ["serve.c"], findings) == []
