"""What the worker sends arrives as it was."""

from __future__ import annotations

import copyreg
import pickle
from pathlib import Path

from gnomon.analysis.checking import transport
from gnomon.analysis.checking.finding import Check, Finding, FunctionVerdicts
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.metamodel import Record
from gnomon.analysis.syntax.csource import CFunction, SourceFacts

SOURCE = """\
struct pair { int left, right; };
enum side { LEFT, RIGHT };
typedef struct pair *pairs;
int of(pairs p, enum side s) { return s == LEFT ? p->left : p->right; }
int beyond(int n) { int v[2] = {1, 2}; return v[2] + of(0, n); }
"""


def test_facts_and_results_arrive_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text(SOURCE)
    (tmp_path / "x.py").write_text("import ctypes\nlib = ctypes.CDLL('./x.so')\nlib.beyond(1)\n")
    session = Session(tmp_path, Settings(store=None))
    facts = session.open({})
    result = session.check({})
    assert result.findings and facts.boundary.bindings
    transport.register()
    for sent in (facts.sources, facts.boundary, result.findings, result.functions):
        assert pickle.loads(pickle.dumps(sent)) == sent


def test_the_many_small_facts_are_taken_apart_at_once() -> None:
    transport.register()
    assert {Check, Finding, FunctionVerdicts, CFunction, SourceFacts, Record} <= copyreg.dispatch_table.keys()
