"""A check after edits says what a new session says of the same texts, whatever was edited in which order."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from told import told

FUNCTIONS = 7
EDITS = 12
HEAD = "#include <stdlib.h>\nint limit = 3;\nstatic int table[4] = {1, 2, 3, 4};\n"


@dataclass(slots=True)
class Text:
    """A C file of functions, each of which may call those before it, and a Python file that calls some of them."""

    choose: random.Random
    bodies: list[str] = field(default_factory=list)
    statics: set[int] = field(default_factory=set)
    bound: set[int] = field(default_factory=set)
    has_main: bool = False
    comments: int = 0

    def __post_init__(self) -> None:
        for number in range(FUNCTIONS):
            self.bodies.append(self._body(number))
        self.bound = {n for n in range(FUNCTIONS) if self.choose.random() < 0.3}

    def edit(self) -> None:
        number = self.choose.randrange(FUNCTIONS)
        match self.choose.randrange(6):
            case 0:
                self.statics ^= {number}
            case 1:
                self.bound ^= {number}
            case 2:
                self.comments += 1
            case 3:
                self.has_main = not self.has_main
            case _:
                self.bodies[number] = self._body(number)

    def c(self) -> str:
        functions = [
            f"{'static ' if n in self.statics else ''}int f{n}(int n, int *p) {{\n    {body}\n}}\n"
            for n, body in enumerate(self.bodies)
        ]
        main = f"int main(void) {{ int x = 1; return f{FUNCTIONS - 1}(2, &x); }}\n" if self.has_main else ""
        return HEAD + "/* */\n" * self.comments + "".join(functions) + main

    def python(self) -> str:
        names = [f"f{n}" for n in sorted(self.bound - self.statics)]
        types = "[ctypes.c_int, ctypes.POINTER(ctypes.c_int)]"
        return "import ctypes\nlib = ctypes.CDLL('./x.so')\n" + "".join(
            f"lib.{name}.argtypes = {types}\nlib.{name}.restype = ctypes.c_int\nlib.{name}(1, None)\n" for name in names
        )

    def _body(self, number: int) -> str:
        plain = [
            "return n + 1 > 5;",
            "return table[n & 3];",
            "return table[n & 7];",
            "int v[3] = {1, 2, 3}; return v[n];",
            "int v[2] = {1, 2}; return v[2] + n;",
            "return p ? *p / (limit - 3) : 0;",
            "return n == 7 ? 10 / (n - 7) : 0;",
            "p[n] = 1; return 0;",
            "free(p); return n & 1;",
            "limit = n; return limit;",
            "int *q = malloc(4); if (!q) return 0; *q = n & 3; return *q;",
            "int *q = malloc(4); if (!q) return 0; *q = n & 3; n = *q; free(q); return n;",
            "int x; if (n > 2) x = 1; return x;",
        ]
        if number == 0 or self.choose.random() < 0.5:
            return self.choose.choice(plain)
        callee, other = (self.choose.randrange(number) for _ in range(2))
        calling = [
            f"return f{callee}(n & 3, p);",
            f"int x[2] = {{1, 2}}; return f{callee}(2, x);",
            f"int x = 0; return f{callee}(0, &x) + f{other}(1, &x);",
            f"return n > 3 ? f{callee}(n, 0) : f{other}(-n & 3, p);",
            f"int *q = malloc(12); if (!q) return 1; *q = 1; int r = f{callee}(n, q); free(q); return r;",
        ]
        return self.choose.choice(calling)


@pytest.mark.parametrize("seed", range(10))
def test_edits_lead_where_a_new_session_begins(tmp_path: Path, seed: int) -> None:
    text = Text(random.Random(seed))
    settings = Settings(store=None, jobs=1, latent=seed % 2 == 1)
    session = Session(tmp_path, settings)
    for _ in range(EDITS):
        (tmp_path / "x.c").write_text(text.c())
        (tmp_path / "x.py").write_text(text.python())
        found = told(session.check({}))
        expected = told(Session(tmp_path, settings).check({}))
        assert found == expected, text.c() + text.python()
        text.edit()
