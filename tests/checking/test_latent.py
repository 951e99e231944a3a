"""What functions expect of their callers: what is told of it, for how long it is known, and how it is replayed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay import replay

SOURCE = """\
#include <stdio.h>

struct head { int kind; unsigned length; };

int kind_of(const struct head *h) {
    static const int kinds[4] = {1, 2, 3, 4};
    return h->length == 3 ? kinds[h->kind] : 0;
}

int share(FILE *out, unsigned all, unsigned part) {
    fputs("share", out);
    return (int)(all / part);
}

int first_letter(FILE *in, const int *table) { return getc(in) == 'x' ? table[64] : 0; }

int past_loop(const char *text, int count) {
    int sum = 0, seen[2] = {0, 0};
    for (int i = 0; i < count; ++i) sum += seen[i];
    return sum;
}
"""


def hints(root: Path, settings: Settings) -> list[Finding]:
    return [f for f in Session(root, settings).check({}).findings if f.tier == "latent"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "case.c").write_text(SOURCE)
    return folder


def test_a_caller_that_sees_it_fail_is_named(project: Path) -> None:
    told = {
        f.function: f.message.partition(" - for a caller that passes ")[2]
        for f in hints(project, Settings(None, latent=True))
    }
    assert told["kind_of"] == r"h = b'\x04\x00\x00\x00\x03' and zeros, 32 bytes"
    assert told["share"] == "part = 0"
    assert told["past_loop"] == "count = 3"
    assert "first_letter" not in told  # what is in a stream is not the caller's


def test_it_is_known_to_the_next_session_and_to_those_that_ask_only(project: Path, tmp_path: Path) -> None:
    store = tmp_path / "verdicts.sqlite"
    assert hints(project, Settings(store)) == []
    first = hints(project, Settings(store, latent=True))
    assert first
    again = Session(project, Settings(store, latent=True)).check({})
    assert again.statistics.slices_solved == 0
    assert [f for f in again.findings if f.tier == "latent"] == first
    assert hints(project, Settings(store)) == []


def test_verdicts_do_not_depend_on_whether_it_is_asked_for(project: Path) -> None:
    asked, unasked = (Session(project, Settings(None, latent=latent)).check({}) for latent in (True, False))
    assert asked.functions == unasked.functions
    assert not unasked.findings


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_each_is_replayed_by_a_driver_in_c(project: Path, tmp_path: Path) -> None:
    found = hints(project, Settings(None, latent=True))
    assert {"kind_of", "share", "past_loop"} <= {f.function for f in found}
    for finding in found:
        assert finding.history is not None
        report = replay(finding, finding.history, project, tmp_path / "builds")
        assert report.state == "replayed", f"{finding.line}: {report.reason}\n{report.output}"
