"""A text parsed again after an edit gives the tree that a parse of the whole text gives."""

from __future__ import annotations

import random

from gnomon.analysis.syntax.reparse import reparse_python
from gnomon.analysis.syntax.tree import descendants, parse_python
from tree_sitter import Node

STATEMENTS = [
    "x = f(1)", "", "# a comment é", "def g(a, *b):\n    return a.h['é→']", "if x:\n    y = 1\nelse:\n    pass",
    "class C(D):\n    '''Text.'''\n    def m(self):\n        self.a = [i for i in b]", "'''\nopen text\n'''",
    "for a, b in c:\n    with d as e:\n        lib.f.argtypes = [c_int,\n            c_char_p]", "@dec\ndef h(): pass",
    "t = f'{x!r:>{w}}' \\\n    'more'", "(", "match x:\n    case [1, *_]: pass", "\tz", "print >>f, x",
]  # fmt: skip


def rows(root: Node) -> list[tuple[object, ...]]:
    return [(n.type, n.start_byte, n.end_byte, n.start_point, n.end_point, n.is_missing) for n in descendants(root)]


def test_random_edits() -> None:
    chance = random.Random(3)
    lines = [chance.choice(STATEMENTS[:10]) for _ in range(20)]
    source, whole = parse_python("a.py", "\n".join(lines)), 0
    for _ in range(600):
        at = chance.randrange(len(lines) + 1)
        lines[at : at + chance.choice([0, 1, 1, 3])] = chance.choices(STATEMENTS, k=chance.choice([0, 1, 1, 2]))
        if chance.random() < 0.1 or not lines:
            lines = [chance.choice(STATEMENTS[:10]) for _ in range(20)]
        text = chance.choice(["\n", "\r\n"]).join(lines) + chance.choice(["", "\n"])
        fresh = parse_python("a.py", text)
        found = reparse_python("a.py", text, source)
        assert found.text == fresh.text
        assert rows(found.root) == rows(fresh.root)
        if not found.root.has_error:
            source, whole = found, whole + 1
    assert whole > 100


def test_without_a_text_before() -> None:
    assert rows(reparse_python("a.py", "x = 1", None).root) == rows(parse_python("a.py", "x = 1").root)
    empty = parse_python("a.py", "")
    assert rows(reparse_python("a.py", "x = 1", empty).root) == rows(parse_python("a.py", "x = 1").root)
    assert rows(reparse_python("a.py", "", reparse_python("a.py", "x", empty)).root) == rows(empty.root)
