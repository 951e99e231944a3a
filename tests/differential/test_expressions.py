"""Expressions over all integer and floating types, made by hypothesis: the interpreter computes what gcc -O0 computes.

No rules are loaded and gcc wraps (-fwrapv), so that overflow is no mistake. What has no value at all is not written:
divisors and shift counts are masked, floating numbers are converted to integers only where they fit.
`GNOMON_DIFFERENTIAL` says how much is tried, as for csmith.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from comparison import compiled_output, interpret, load
from gnomon.analysis.checking.settings import Settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = max(5, int(os.environ.get("GNOMON_DIFFERENTIAL", "10")) // 5)
REPORT = Path(__file__).with_name("programs") / "report.h"
SECONDS = 10.0

INTEGERS = {  # by C's name: bits and signedness
    "_Bool": (1, False),
    "char": (8, True),
    "signed char": (8, True),
    "unsigned char": (8, False),
    "short": (16, True),
    "unsigned short": (16, False),
    "int": (32, True),
    "unsigned": (32, False),
    "long": (64, True),
    "unsigned long": (64, False),
    "long long": (64, True),
    "unsigned long long": (64, False),
}
FLOATS = ("float", "double", "long double")
ARITHMETIC = ("+", "-", "*")
BITS = ("&", "|", "^")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "&&", "||")


@dataclass(frozen=True, slots=True)
class Term:
    text: str
    is_float: bool


def variable(kind: str) -> str:
    return "v_" + kind.replace(" ", "_").strip("_")


def integer_texts(kind: str) -> st.SearchStrategy[str]:
    bits, is_signed = INTEGERS[kind]
    least = -(1 << (bits - 1)) if is_signed else 0
    most = (1 << (bits - 1)) - 1 if is_signed else (1 << bits) - 1
    edges = st.sampled_from([least, most, 0, min(1, most), max(-1, least)])
    return (edges | st.integers(least, most)).map(
        lambda n: f"({n + 1}ll - 1)" if n == -(1 << 63) else f"{n}{'u' * (n >= 1 << 63)}"
    )


FLOAT_TEXTS = st.integers(-4000, 4000).map(lambda n: repr(n / 8))

LEAVES = st.one_of(
    st.sampled_from(sorted(INTEGERS)).map(lambda kind: Term(variable(kind), False)),
    st.sampled_from(FLOATS).map(lambda kind: Term(variable(kind), True)),
    st.integers(0, 300).map(lambda n: Term(str(n), False)),
    st.sampled_from(["0x7fffffff", "0xffffffff", "1u", "'a'", "3l", "0x8000000000000000", "-1"]).map(
        lambda text: Term(f"({text})", False)
    ),
    st.sampled_from(["0.5", "2.25f", "1e3", "0.1L", "1e-3L"]).map(lambda text: Term(text, True)),
)


def whole(term: Term) -> str:
    """The term as an integer."""
    if not term.is_float:
        return term.text
    return f"({term.text} > -1e9 && {term.text} < 1e9 ? (long)({term.text}) : 7)"


def unary(children: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        children.map(lambda t: Term(f"(-{t.text})", t.is_float)),
        children.map(lambda t: Term(f"(!{t.text})", False)),
        children.map(lambda t: Term(f"(~{whole(t)})", False)),
        st.tuples(st.sampled_from(sorted(INTEGERS)), children).map(lambda p: Term(f"(({p[0]}){whole(p[1])})", False)),
        st.tuples(st.sampled_from(FLOATS), children).map(lambda p: Term(f"(({p[0]}){p[1].text})", True)),
    )


def binary(children: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pair = st.tuples(children, children)

    def infix(operators: tuple[str, ...], gives_float: bool) -> st.SearchStrategy[Term]:
        return st.tuples(st.sampled_from(operators), pair).map(
            lambda p: Term(
                f"({p[1][0].text} {p[0]} {p[1][1].text})", gives_float and (p[1][0].is_float or p[1][1].is_float)
            )
        )

    def on_integers(form: str, operators: tuple[str, ...]) -> st.SearchStrategy[Term]:
        return st.tuples(st.sampled_from(operators), pair).map(
            lambda p: Term(form.format(left=whole(p[1][0]), op=p[0], right=whole(p[1][1])), False)
        )

    return st.one_of(
        infix(ARITHMETIC, True),
        infix(COMPARISONS, False),
        on_integers("({left} {op} {right})", BITS),
        on_integers("({left} {op} (({right} & 7) + 1))", ("/", "%")),
        on_integers("({left} {op} ({right} & 7))", ("<<", ">>")),
        pair.map(lambda p: Term(f"({p[0].text} / 4.0)", True)),
        pair.map(lambda p: Term(f"({p[0].text} / 3.0L)", True)),
        st.tuples(children, pair).map(
            lambda p: Term(f"({p[0].text} ? {p[1][0].text} : {p[1][1].text})", p[1][0].is_float or p[1][1].is_float)
        ),
    )


TERMS = st.recursive(LEAVES, lambda children: unary(children) | binary(children), max_leaves=8)
VALUES = st.fixed_dictionaries({kind: integer_texts(kind) for kind in INTEGERS} | dict.fromkeys(FLOATS, FLOAT_TEXTS))


# All floats are long doubles exactly; of what is no number, only that it is none.
SHOW = """\
static void show(long double number) {
    unsigned long long significand = 0;
    unsigned short exponent = 0;
    if (number != number) number = 99;
    memcpy(&significand, &number, sizeof significand);
    memcpy(&exponent, (char *)&number + sizeof significand, sizeof exponent);
    report(significand * 0x9e3779b97f4a7c15 + exponent);
}"""


def program(values: dict[str, str], terms: list[Term]) -> str:
    lines = [f'#include "{REPORT}"']
    lines += [f"static {kind} {variable(kind)} = {text};" for kind, text in values.items()]
    lines += [SHOW]
    lines += ["int main(void) {"]
    lines += [f"    {'show' if term.is_float else 'report'}({term.text});" for term in terms]
    return "\n".join([*lines, "    return 0;", "}", ""])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(VALUES, st.lists(TERMS, min_size=20, max_size=40))
def test_expressions_have_gcc_s_values(values: dict[str, str], terms: list[Term]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "expressions.c"
        source.write_text(program(values, terms))
        expected = compiled_output([source], ["-fwrapv"], Path(folder), SECONDS).split()
        run = interpret(load([source], [], Settings(store=None, domains=())))
        assert run.reason == ""
        differing = [
            (term.text, want, got)
            for term, want, got in zip(terms, expected, run.output.split(), strict=True)
            if want != got
        ]
        assert differing == []
