"""Objects that become what they are at their first use, blocks of another size, and inputs that the code numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.client import Settings
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.session import Session

DECLARATIONS = """
#include <stddef.h>
void *__gnomon_allocate(size_t size);
void __gnomon_release(void *object);
size_t __gnomon_object_size(const void *object);
void *__gnomon_later(void *(*become)(void *, long), long number);
void __gnomon_resize(void *object, size_t size);
int __gnomon_choose_int(const char *name, int minimum, int maximum);
int __gnomon_choose_int_as(long number, const char *name, int minimum, int maximum);
struct object { int kind, value; };
struct object none = {7, 7};
int table[4];
static void *become(void *object, long number) {
    if (__gnomon_choose_int_as(number, "kind", 0, 2) == 2) return &none;
    __gnomon_resize(object, sizeof(struct object));
    ((struct object *)object)->kind = 1;
    ((struct object *)object)->value = __gnomon_choose_int_as(number, "value", 0, 9);
    return object;
}
static void *failing(void *object, long number) {
    __gnomon_resize(object, sizeof(int));
    *(int *)object = table[__gnomon_choose_int_as(number, "index", 0, 4)];
    return object;
}
static struct object *any(long number) { return __gnomon_later(become, number); }
"""
LEAK = "lifetime.leak"
BEGIN = DECLARATIONS.count("\n") + 1


def check(folder: Path, body: str) -> CheckResult:
    (folder / "a.c").write_text(f"{DECLARATIONS}int main(void) {{\n{body}}}\n")
    return Session(folder, Settings(store=folder / "verdicts.sqlite")).check({})


def found(folder: Path, body: str) -> list[tuple[int, str]]:
    """Lines of `body`, counted from 1, and codes; without the blocks that nobody frees here."""
    result = check(folder, body)
    (main,) = (function for function in result.functions if function.function == "main")
    assert [c for c in main.checks() if c.answer == "undecided" and c.code != LEAK] == []
    return [(f.line - BEGIN, f.code) for f in result.findings if f.code != LEAK]


CASES = {
    "contents are chosen": ("struct object *o = any(5);\nreturn table[o->value - 4];\n", [(2, "bounds.read")]),
    "contents are in range": ("struct object *o = any(5);\nreturn table[o->value & 3];\n", []),
    "it may be a global": ("struct object *o = any(5);\nreturn o == &none ? table[4] : 0;\n", [(2, "bounds.read")]),
    "it is a global for good": (
        "struct object *o = any(5), *p = o;\nint a = o->kind;\nreturn a == 7 && p != &none ? table[4] : 0;\n",
        [],
    ),
    "the same wherever it was stored": (
        "struct object *o = any(5);\nstruct object *held[2] = {o, o};\nint a = o->kind;\n"
        "return a == 7 && held[1] == &none ? table[4] : 0;\n",
        [(4, "bounds.read")],
    ),
    "two may be one": (
        "struct object *o = any(5), *p = any(6);\nreturn o == p ? table[4] : 0;\n",
        [(2, "bounds.read")],
    ),
    "two that are not one": (
        "struct object *o = any(5), *p = any(6);\nreturn o->kind == 1 && o == p ? table[4] : 0;\n",
        [],
    ),
    "in a loop": (
        "int sum = 0;\nfor (int i = 0; i < 3; i++) sum += any(i)->value;\nreturn sum == 25 ? table[4] : 0;\n",
        [(3, "bounds.read")],
    ),
    "used in another order": (
        "struct object *o = any(5), *p = any(6);\nint a = p->value, b = o->value;\n"
        "return a == 3 && b == 8 ? table[4] : 0;\n",
        [(3, "bounds.read")],
    ),
    "a use that the slice leaves out": (
        "struct object *o = any(5), *p = any(6);\nint a = p->value;\ntable[0] = a;\nint b = o->value;\n"
        "return b == 8 ? table[4] : 0;\n",
        [(5, "bounds.read")],
    ),
    "beyond its end": ("struct object *o = any(5);\nreturn o[1].kind;\n", [(2, "bounds.read")]),
    "to free it is a use": ("__gnomon_release(any(5));\nreturn 0;\n", [(1, "lifetime.bad-free")]),
    "it is dead when it is free": (
        "struct object *o = any(5);\nif (o == &none) return 0;\n__gnomon_release(o);\nreturn o->kind;\n",
        [(4, "lifetime.use-after-free")],
    ),
    "any number of turns": (
        'int n = __gnomon_choose_int("n", 0, 5000), sum = 0;\nstruct object *o = any(1);\n'
        "for (int i = 0; i < n; i++) sum += o->value & 1;\nreturn n == 4000 && o->value == 9 ? table[4] : 0;\n",
        [(4, "bounds.read")],
    ),
    "the size is a use": ("return __gnomon_object_size(any(5)) == 8 ? 0 : table[4];\n", []),
    "one number, one value": (
        'int a = __gnomon_choose_int_as(3, "n", 0, 9), b = 0;\nb = __gnomon_choose_int_as(4, "n", 0, 9);\n'
        "return a == 2 && b == 5 ? table[4] : 0;\n",
        [(3, "bounds.read")],
    ),
    "growing": (
        "char *p = __gnomon_allocate(2);\np[0] = p[1] = 1;\n__gnomon_resize(p, 4);\nreturn p[1] + p[3] - 1;\n",
        [],
    ),
    "growing, not enough": (
        "char *p = __gnomon_allocate(2);\n__gnomon_resize(p, 4);\nreturn p[4];\n",
        [(3, "bounds.read")],
    ),
    "shrinking": (
        "char *p = __gnomon_allocate(4);\np[3] = 1;\n__gnomon_resize(p, 2);\nreturn p[3];\n",
        [(4, "bounds.read")],
    ),
    "shrinking by an input": (
        "char *p = __gnomon_allocate(4);\np[3] = 1;\n"
        '__gnomon_resize(p, __gnomon_choose_int("n", 2, 4));\nreturn p[3];\n',
        [(4, "bounds.read")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_uses(tmp_path: Path, name: str) -> None:
    body, expected = CASES[name]
    assert found(tmp_path, body) == expected


def test_what_makes_an_object_is_still_to_come(tmp_path: Path) -> None:
    """No call in sight leads to it."""
    assert found(tmp_path, "int *made = __gnomon_later(failing, 1);\nint a = 1;\nreturn *made + a;\n") == [
        (-4, "bounds.read")
    ]


def test_what_unknown_code_was_given_is_not_known(tmp_path: Path) -> None:
    result = check(
        tmp_path, "extern void who(void *);\nstruct object *o = any(1);\nwho(o);\nreturn table[o->value - 4];\n"
    )
    (main,) = (function for function in result.functions if function.function == "main")
    reasons = {c.reason for c in main.checks() if c.code == "bounds.read" and c.text.startswith("table")}
    assert reasons == {"not modelled: calls who"}


def test_what_fails_fails_again_with_stored_inputs(tmp_path: Path) -> None:
    body = (
        "struct object *o = any(5), *p = any(6);\nint a = p->value;\nreturn a == 3 && o->value == 8 ? table[4] : 0;\n"
    )
    first = check(tmp_path, body)
    again = check(tmp_path, body)
    assert first.findings == again.findings != ()
    assert again.statistics.slices_reused > 0


HEADER = """#pragma GCC system_header
static inline int first(const int *p) { return *p; }
static inline int second(const int *p) { return first(p + 1); }
"""


def test_an_inline_function_of_the_system_fails_where_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "own.h").write_text(HEADER)
    (tmp_path / "a.c").write_text('#include "own.h"\nint main(void) {\n    int one = 1;\n    return second(&one);\n}\n')
    (finding,) = Session(tmp_path, Settings(store=None)).check({}).findings
    assert (finding.path, finding.line, finding.code) == ("a.c", 4, "bounds.read")


def test_a_model_stands_for_an_inline_function(tmp_path: Path) -> None:
    engine = Engine(Settings(store=None), [])
    (tmp_path / "own.h").write_text(HEADER)
    model, user = tmp_path / "model.c", tmp_path / "user.c"
    model.write_text(
        '#include "own.h"\nint gnomon_inline_first(const int *p) { return p == 0; }\nint f(void) { return first(0); }\n'
    )
    user.write_text('#include "own.h"\nint g(int *p) { return first(p) + second(p); }\n')
    engine.native.expect_models(["gnomon_inline_first"], [])
    engine.update(str(user), [], {})
    engine.native.update(str(model), [], {}, "model")
    calls = {f.name: f.calls for f in engine.functions().values()}
    (stand_in,) = (f.id for f in engine.functions().values() if f.name == "gnomon_inline_first" and f.has_body)
    assert all(stand_in in calls[name] for name in ("f", "g", "second"))
    assert "first" not in calls
