"""The cheap proving pass against the interpreter: what it calls proved fails on no run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from gnomon import _engine
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.workspace import python_includes

FUNCTIONS = 80
RUNS = 25
INTERESTING = (0, 1, -1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 255, 2**31 - 1, -(2**31), -(2**31) + 1)

HEADER = """
#include <stdlib.h>
#include <string.h>
struct pair { int first; struct pair *next; char text[4]; };
static int table[8] = {1, 2, 3, 4, 5, 6, 7, 8};
static void set(int *place, int value) { *place = value; }
static struct pair pairs[2];
static struct pair *find(int key) { return key == 1 ? &pairs[0] : key == 2 ? &pairs[1] : 0; }
static void give_up(int code) { exit(code); }
static int *pass_on(int *place) { return place; }
static int twice(int value) { return value > 1000 || value < -1000 ? 0 : 2 * value; }
"""

LOCALS = """int array[8] = {0}; int unset; unsigned u = (unsigned)c; int i = 0, budget = 60;
    struct pair here, *q = 0; here.first = a; here.next = &here;"""


class Writer:
    """Random functions: numbers a, b and c, an array, a structure, and pointers that may be null, dead or outside."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._helpers = ("", "")  # of numbers, of places

    def function(self, name: str) -> str:
        """With two helpers that only it calls: what they are handed, and what they give, is known."""
        self._helpers = ("twice(", "pass_on(")
        helpers = self._helper(f"{name}_number", "int"), self._helper(f"{name}_place", "int *")
        self._helpers = (f"{name}_number(", f"{name}_place(")
        body = "\n".join(self._statement(2) for _ in range(self._random.randint(3, 9)))
        return f"""{"".join(helpers)}
int {name}(int a, int b, int c) {{
    int *p = 0;
    {LOCALS}
    {body}
    return a + 0 * i;
}}"""

    def _helper(self, name: str, result: str) -> str:
        body = "\n".join(self._statement(1) for _ in range(self._random.randint(1, 3)))
        places = ("p", "p", "0", "table", "p + 1", "(int *)q", "malloc(8)")
        given = self._number() if result == "int" else self._pick(*places)
        rest = ", int *p" if result == "int" else ""
        begin = "" if result == "int" else f"int *p = {self._pick('0', 'table', 'malloc(8)')};"
        guard = self._pick("", f"if ({self._condition()}) return 0;", "if (!p) return 0;")
        return f"""static {result} {name}(int a, int b, int c{rest}) {{
    {begin}
    {LOCALS}
    {guard}
    {body}
    return {given};
}}
"""

    def _pick(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _number(self, depth: int = 2) -> str:
        simple = ("a", "b", "c", "i", "(int)u", "here.first", str(self._random.choice((0, 1, 2, 7, 8, -1, 3))))
        if depth == 0 or self._random.random() < 0.4:
            return self._pick(*simple)
        left, right = self._number(depth - 1), self._number(depth - 1)
        return self._pick(
            f"({left} + {right})", f"({left} - {right})", f"({left} * {right})", f"({left} & 7)", f"({left} % 8)",
            f"({left} / {right})", f"({left} >> 1)", f"({left} << {right})", f"-({left})", "(int)(u % 8u)",
            f"(int)(unsigned char){left}", f"({self._condition()} ? {left} : {right})", f"array[{left}]",
            f"table[{left} & 7]", self._call_number(left), "*p", "q->first", "q->next->first",
            f"(int)here.text[{left} & 3]",
        )  # fmt: skip

    def _call_number(self, number: str) -> str:
        name = self._helpers[0]
        if name == "twice(":
            return f"twice({number})"
        return f"{name}{number}, {self._pick('3', 'b & 7', 'c')}, 0, {self._pick('array', 'p', '&unset', 'table')})"

    def _call_place(self, number: str) -> str:
        name = self._helpers[1]
        return "pass_on(p)" if name == "pass_on(" else f"{name}{number}, {self._pick('5', 'a')}, b)"

    def _condition(self) -> str:
        left, right = self._number(1), self._number(0)
        comparison = f"{left} {self._pick('<', '<=', '>', '>=', '==', '!=')} {right}"
        return self._pick(comparison, comparison, "p", "!p", "q", f"{comparison} && p", f"{comparison} || !q", "u < 8u",
                          f"{self._pick('a', 'b', 'c')} >= 0 && {self._pick('a', 'b', 'c')} < 8", "unset")  # fmt: skip

    def _statement(self, depth: int) -> str:
        number = self._number()
        flat = (
            f"{self._pick('a', 'b', 'c', 'i', 'here.first')} = {number};", f"u = (unsigned){number};",
            f"array[{number}] = {self._number(1)};", "p = array;", "p = &unset;", "p = 0;", f"p = array + {number};",
            f"p = malloc({self._pick('4', '8', 'sizeof here')}); if (!p) return 0;", "free(p);", "q = &here;",
            "q = (struct pair *)p;", "*p = 5;", "q->first = 3;", "set(array, a);", f"set(p, {number});",
            f"p = {self._call_place(number)};", f"p = {self._call_place(number)}; if (p) *p = 1;",
            f"q = find({number});", f"q = find({number}); if (q) q->first = a;", "if (b == 3) give_up(a);",
            f"memset(array, 0, {number} & 63);", "memcpy(array, p, 8);", f"memset(p, 1, {number} & 7); *p = 2;",
            f"unset = {number};", "p++;", f"here.text[{number}] = 'x';", "q = q->next;", f"array[{number} & 7] = a;",
        )  # fmt: skip
        if depth == 0 or self._random.random() < 0.5:
            return self._pick(*flat)
        inner = "\n".join(self._statement(depth - 1) for _ in range(self._random.randint(1, 3)))
        limit = self._pick("8", "a", "4", "b & 15")
        return self._pick(
            f"if ({self._condition()}) {{ {inner} }}",
            f"if ({self._condition()}) {{ {inner} }} else {{ {self._statement(depth - 1)} }}",
            f"for (i = 0; i < {limit} && --budget > 0; i++) {{ {inner} }}",
            f"while ({self._condition()} && --budget > 0) {{ {inner} }}",
            f"switch ({number} & 3) {{ case 0: {inner} break; case 1: {self._statement(0)} default: break; }}",
            f"{{ int block = a; p = &block; {inner} }}",
        )


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Settings(store=None), python_includes())


def failures(engine: Engine, name: str, key: str, chance: random.Random) -> Iterator[_engine.Failure]:
    native = engine.native
    native.build_entry(name, [(key, [("integer", v, 32, True, -(2**31), 2**31 - 1) for v in "abc"], False, False)])
    harness = native.function_id(name)
    assert harness is not None
    for _ in range(RUNS):
        inputs = [
            _engine.ChosenInput(
                (harness, index),
                0,
                "",
                chance.choice((chance.choice(INTERESTING), chance.randint(-4, 12))) & 0xFFFFFFFF,
            )
            for index in native.input_indices(harness)
        ]
        outcome = native.run(name, inputs, False, 100_000)
        if outcome.failure is not None:
            yield outcome.failure


@pytest.mark.parametrize("seed", range(4))
def test_what_is_discharged_never_fails(engine: Engine, tmp_path: Path, seed: int) -> None:
    writer, chance = Writer(seed), random.Random(seed)
    source = tmp_path / "random.c"
    names = [f"f{seed}_{number}" for number in range(FUNCTIONS)]
    source.write_text(HEADER + "\n".join(map(writer.function, names)))
    report = engine.update(str(source), [], {})
    assert not [d for d in report.diagnostics if d.severity in ("error", "fatal")]
    discharger = engine.native.discharger()
    keys = {f.name: f.key for f in engine.functions().values() if f.path == str(source)}
    held, asked, failed = set(), 0, 0
    for key in keys.values():
        function = engine.native.function_id(key)
        assert function is not None
        asked += len(engine.native.obligations(function))
        held |= {(o.site, o.demand) for o in discharger.held(function)}
    for name in names:
        for failure in failures(engine, f"entry {name}", keys[name], chance):
            failed += 1
            place = engine.native.place(*failure.site)
            assert (failure.site, failure.demand) not in held, (engine.demands[failure.demand].code, place.text, name)
    assert failed > FUNCTIONS  # the programs are worth running
    assert len(held) > asked / 3  # and the pass is worth having
