"""What fails only after so many turns that nobody follows them: it may stay undecided, and must not be proved."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

MAIN = """\
#include <stdlib.h>
int main(int argc, char **argv) {{
    long n = argc > 1 ? atol(argv[1]) : 0;
    {body}
    return 0;
}}
"""
TURNS = "if (n < 40000000 || n > 50000000) return 1;"  # more than the interpreter runs

FREED_TWICE = f"""
    {TURNS}
    struct {{ char *p; int n; }} s;
    char *q = s.p = malloc(8);
    if (!q) return 1;
    for (long i = 0; i < n; i++) s.n = (int)i;
    free(s.p);
    if (s.n) free(q);  /* here */
"""
LEFT = f"""
    static char *kept;
    {TURNS}
    for (long i = 0; i < n; i++) {{
        if (i == 5) kept = malloc(8);  /* here */
        if (i == 35000000) kept = 0;
    }}
    free(kept);
"""
BY_GOTO = f"""
    {TURNS}
    static char text[100], target[100];
    long turns = 0, i = 0;
    while (turns < 10 && i < 90) {{
        turns++;
        if (text[i] == 'x') goto second;
    first:
    second:
        i++;
        if (i < n) goto first;
    }}
    target[i > 1000000 ? 200 : i] = 1;  /* here */
"""
SET_FAR_AWAY = f"""
    {TURNS}
    static int place;
    static char target[4];
    for (long i = 0; i < n; i++) {{
        if (i == 2)
            for (int j = 0; j < 100; j++)
                if (j == 3) place = 5;
        if (i == 35000000) target[place] = 1;  /* here */
    }}
"""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (FREED_TWICE, "lifetime.double-free"),
        (LEFT, "lifetime.leak"),
        (BY_GOTO, "bounds.write"),
        (SET_FAR_AWAY, "bounds.write"),
    ],
    ids=["freed twice", "left", "by goto", "set far away"],
)
def test_no_turn_is_forgotten(body: str, code: str, tmp_path: Path) -> None:
    source = MAIN.format(body=body)
    (tmp_path / "case.c").write_text(source)
    line = next(number for number, text in enumerate(source.splitlines(), 1) if "/* here */" in text)
    result = Session(tmp_path, Settings(store=None)).check({})
    answers = {c.answer for f in result.functions for c in f.checks() if (c.line, c.code) == (line, code)}
    assert answers - {"proved"}
