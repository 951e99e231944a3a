"""Nodes found by a query are those that a look at each node finds, in the same order."""

from __future__ import annotations

import pytest
from gnomon.analysis.syntax.tree import c_descendants, descendants, parse_c

KINDS = ("call_expression", "assignment_expression", "init_declarator")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "int a = f(g(1), h(2)), b = c = f(3);\n",
        "void f(void) { a = b = g(h)(i(j = 1)); int k = (l = m()), n[] = {o(p(q))}; }\n",
        "void f(void) { g(h(; } int broken = i(j = \n int whole = k(1);\n",
    ],
    ids=["nothing", "declared", "nested", "broken"],
)
def test_a_query_finds_what_a_walk_finds(text: str) -> None:
    root = parse_c("a.c", text).root
    walked = [node.id for node in descendants(root) if node.type in KINDS]
    assert [node.id for node in c_descendants(root, *KINDS)] == walked
