"""Objects of Python in miniature: who answers for a reference, who owns it, and what functions give to Python."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from gnomon.analysis import models
from gnomon.analysis.checking import model_files
from gnomon.analysis.checking.decide import Decider
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.checking.store import VerdictStore
from marks import disagreements
from test_cases import bindings_of

HEADER = """
typedef struct _object {
    long count; /* the lower half: all references; the upper half: those that are not the running code's */
    struct _object *item;
    void *text;
} PyObject;

PyObject *mini_new(void);
void mini_incref(PyObject *object);
void mini_decref(PyObject *object);
void mini_give(PyObject *object, PyObject *item); /* steals it */
void mini_raise(void);
PyObject *mini_call(PyObject *(*function)(PyObject *), PyObject *argument);
PyObject *mini_argument(void);
void mini_drop(PyObject *argument);
void mini_lose(PyObject *result);
void mini_end_call(PyObject *result);
void mini_lock(void);
void mini_unlock(void);
"""

MODEL = """
#include <stddef.h>
#include "gnomon.h"
#include "mini.h"

extern void gnomon_over_decref(PyObject *object);

static int is_raised;

PyObject *mini_new(void) {
    PyObject *object = __gnomon_allocate_zero(sizeof *object);
    object->count = 1;
    __gnomon_counted(object);
    return object;
}

void mini_incref(PyObject *object) {
    object->count++;
    __gnomon_answer(object);
}

void mini_decref(PyObject *object) {
    if ((int)--object->count) return;
    if (object->count) gnomon_over_decref(object);
    if (object->item) mini_drop(object->item);
    if (object->text) __gnomon_release(object->text);
    __gnomon_release(object);
}

void mini_give(PyObject *object, PyObject *item) {
    item->count += 1L << 32;
    object->item = item;
}

void mini_raise(void) { is_raised = 1; }

static void look_at(PyObject *result) {
    int missing = result ? (int)result->count - (int)(result->count >> 32) < 1 : 0;
    __gnomon_returned(result, !result, is_raised, missing, 0, 0);
    is_raised = 0;
}

PyObject *mini_call(PyObject *(*function)(PyObject *), PyObject *argument) {
    PyObject *result = function(argument);
    look_at(result);
    return result;
}

void mini_end_call(PyObject *result) {
    look_at(result);
    if (result) mini_decref(result);
}

PyObject *mini_argument(void) {
    PyObject *argument = mini_new();
    argument->count += 1L << 32;
    return argument;
}

void mini_drop(PyObject *argument) {
    argument->count -= 1L << 32;
    mini_decref(argument);
}

void mini_lose(PyObject *result) {}

extern void gnomon_locked(int depth);
static int depth;
void mini_lock(void) { gnomon_locked(++depth); }
void mini_unlock(void) { gnomon_locked(--depth); }
"""

REFERENCES = """
#include <stdlib.h>
#include "mini.h"

int given_back(void) {
    PyObject *object = mini_new();
    mini_decref(object);
    return 0;
}

int lost(void) {
    PyObject *object = mini_new();  //~ error[owner.leak]: nobody gives back a reference of
    mini_incref(object);
    mini_decref(object);
    return 0;
}

int used_after(int n) {
    PyObject *object = mini_new();
    if (n != 3) mini_incref(object);
    mini_decref(object);
    int is_there = object->item != 0;  //~ error[owner.use-after-decref]
    mini_decref(object);
    return is_there;
}

int given_back_twice(int n) {
    PyObject *object = mini_new();
    mini_decref(object);
    if (n == 3) mini_decref(object);  //~ error[owner.use-after-decref]
    return 0;
}

int what_hangs_on_it(void) {
    PyObject *object = mini_new();  //~ error[owner.leak]
    object->text = malloc(3);
    mini_give(object, mini_new());
    return 0;
}

int what_hung_on_it(int n) {
    PyObject *object = mini_new();
    object->text = malloc(3);
    PyObject *item = mini_new();  //~ error[owner.leak]
    mini_give(object, item);
    if (n == 7) mini_incref(item);
    mini_decref(object);
    return 0;
}

int a_cycle(void) {
    PyObject *one = mini_new(), *other = mini_new();
    mini_give(one, other);
    mini_give(other, one);
    return 0;
}

int a_cycle_of_one(void) {
    PyObject *object = mini_new();
    mini_give(object, object);
    return 0;
}

int a_cycle_that_is_owned(int n) {
    PyObject *object = mini_new();  //~ error[owner.leak]
    mini_give(object, object);
    if (n & 1) mini_incref(object);
    return 0;
}

int many(int n) {
    for (int i = 0; i < n; i++) {
        PyObject *object = mini_new();  //~ error[owner.leak]: n = 4
        if (i != 3) mini_decref(object);
    }
    return 0;
}

int many_in_a_row(int n) {
    PyObject *last = mini_new();
    for (int i = 0; i < n; i++) {
        PyObject *next = mini_new();
        mini_give(next, last);
        last = next;
    }
    mini_decref(last);
    return 0;
}

int only_memory(void) {
    char *text = malloc(3);
    return 0;  //~ error[lifetime.leak]
}
"""

RESULTS = """
#include "mini.h"

static PyObject *kept;

static PyObject *silent(PyObject *argument) {
    if (argument->item) return mini_new();
    return 0;  //~ error[exception.missing]: returning `0` reports failure, but no exception is set
}

static PyObject *says_why(PyObject *argument) {
    if (argument->item) return mini_new();
    mini_raise();
    return 0;
}

static PyObject *noisy(PyObject *argument) {
    mini_raise();
    return mini_new();  //~ error[exception.pending]: is returned as a result although an exception is set
}

static PyObject *borrowed(PyObject *argument) {
    return argument;  //~ error[owner.borrowed]: returning `argument` gives away a reference
}

static PyObject *owned(PyObject *argument) {
    mini_incref(argument);
    return argument;
}

static void call(PyObject *(*function)(PyObject *)) {
    PyObject *argument = mini_argument();
    PyObject *result = mini_call(function, argument);
    if (result) mini_decref(result);
    mini_drop(argument);
}

int fails_silently(void) { call(silent); return 0; }
int fails(void) { call(says_why); return 0; }
int succeeds_noisily(void) { call(noisy); return 0; }
int gives_what_it_borrows(void) { call(borrowed); return 0; }
int gives_what_it_owns(void) { call(owned); return 0; }
"""

OVER = """
#include "mini.h"

static PyObject *gives_back(PyObject *argument) {
    mini_decref(argument);  //~ error[owner.over-decref]: gives back a reference of
    mini_raise();
    return 0;
}

int main(void) {
    PyObject *argument = mini_argument();
    mini_call(gives_back, argument);
    mini_drop(argument);
    return 0;
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose library is the model above."""
    library = tmp_path / "models"
    shutil.copytree(Path(models.__file__).parent, library)
    (library / "mini.c").write_text(MODEL)
    (library / "mini.h").write_text(HEADER)
    monkeypatch.setattr(model_files, "resources", SimpleNamespace(files=lambda _: library))
    project = tmp_path / "project"
    project.mkdir()
    (project / "mini.h").write_text(HEADER)
    return project


@pytest.mark.parametrize("source", [REFERENCES, RESULTS, OVER], ids=["references", "results", "over"])
def test_what_is_found(folder: Path, source: str) -> None:
    (folder / "case.c").write_text(source)
    if "main" not in source:
        (folder / "case.py").write_text(bindings_of(source))
    result = Session(folder, Settings(store=None)).check({})
    assert not result.problems
    assert disagreements(folder, ["case.c"], result.findings) == []


HISTORY = """
#include "mini.h"
void keeps(PyObject *object) {
    mini_incref(object);
}
void looks(PyObject *object) {}
PyObject *makes(PyObject *object) {
    return mini_new();
}
"""


def test_what_the_caller_made_is_answered_for_by_whoever_keeps_it(folder: Path) -> None:
    source = folder / "case.c"
    source.write_text(HISTORY)
    engine = Engine(Settings(store=None), [])
    engine.update(str(source), [], {})
    engine.complete()
    lines = {"keeps": 4, "makes": 8}
    for function, drops in [("keeps", 1), ("looks", 1), ("makes", 1), ("makes", 2)]:
        leaks = [] if function == "looks" or drops == 2 else [("owner.leak", lines[function])]
        steps = [("mini_argument", [], False, False), (function, [("result", 0)], False, False)]
        name = f"{function}, {drops}"
        results = [0, 1] if drops == 2 else [0]
        steps += [("mini_drop" if i == 0 else "mini_decref", [("result", i)], False, False) for i in results]
        if function == "makes" and drops == 1:
            steps.append(("mini_lose", [("result", 1)], False, False))
        engine.native.build_entry(name, steps)
        outcome = engine.native.run(name, [], False, 100_000)
        assert outcome.ending == "returned", outcome.reason
        left = [(engine.demands[f.demand].code, engine.native.place(*f.site).line) for f in outcome.left]
        assert left == leaks
        assert _refuted(engine, name, function) == leaks


CALLED = """
#include "mini.h"
PyObject *chooses(PyObject *object, int n) {
    if (n == 3) return 0;
    if (n == 4) {
        mini_raise();
        return 0;
    }
    if (n == 5) return object;
    if (n == 6) mini_raise();
    PyObject *made = mini_new();
    if (n == 7) mini_incref(made);
    return made;
}
"""


def test_what_histories_look_at(folder: Path) -> None:
    source = folder / "case.c"
    source.write_text(CALLED)
    engine = Engine(Settings(store=None), [])
    engine.update(str(source), [], {})
    engine.complete()
    steps = [
        ("mini_argument", [], False, False),
        ("chooses", [("result", 0), ("integer", "n", 32, True, 0, 9)], False, False),
        ("mini_end_call", [("result", 1)], False, False),
        ("mini_drop", [("result", 0)], False, False),
    ]
    engine.native.build_entry("history", steps)
    found = [("exception.missing", 4), ("owner.borrowed", 9), ("owner.leak", 11), ("exception.pending", 13)]
    assert sorted(_refuted(engine, "history", "chooses")) == sorted(found)


def test_what_models_do_for_the_world_outside_is_nobodys_failure(folder: Path) -> None:
    source = folder / "case.c"
    source.write_text('#include "mini.h"\nvoid gives_back(PyObject *object) {\n    mini_decref(object);\n}\n')
    engine = Engine(Settings(store=None), [])
    engine.update(str(source), [], {})
    engine.complete()
    made = ("mini_argument", [], False, False)
    engine.native.build_entry("harness", [made, ("mini_decref", [("result", 0)], False, False)])
    assert engine.native.run("harness", [], False, 100_000).ending == "returned"
    engine.native.build_entry("history", [made, ("gives_back", [("result", 0)], False, False)])
    outcome = engine.native.run("history", [], False, 100_000)
    assert outcome.failure is not None
    assert engine.demands[outcome.failure.demand].code == "owner.over-decref"
    assert _refuted(engine, "history", "gives_back") == [("owner.over-decref", 3)]


LOCKS = """
from gnomon.analysis.shadows.language import Domain, demand, update

class Locks(Domain):
    name = "locks"
    state = True

    @update("call", of="thread", functions=["gnomon_locked"])
    def locked(self, event):
        return event.argument(0).value

    @demand("call", code="locks.held", message="a lock is held", functions=["wait"])
    def open_when_waiting(self, event):
        return event.state == 0
"""

WAITS = """
#include "mini.h"
static volatile int waited;
static void wait(void) { waited = 1; }
int waits(int n) {
    mini_lock();
    if (n == 3) mini_lock();
    mini_unlock();
    wait();  //~ error[locks.held]: n = 3
    mini_unlock();
    return 0;
}
"""


def test_rules_keep_states_by_markers(folder: Path) -> None:
    (folder / "locks.py").write_text(LOCKS)
    (folder / "pyproject.toml").write_text('[tool.gnomon]\ndomains = ["locks.py"]\n')
    (folder / "case.c").write_text(WAITS)
    (folder / "case.py").write_text(bindings_of(WAITS))
    result = Session(folder, Settings(store=None)).check({})
    assert not result.problems
    assert disagreements(folder, ["case.c"], result.findings) == []


def _refuted(engine: Engine, entry: str, function: str) -> list[tuple[str, int]]:
    """What the explorer says of each slice, and the interpreter confirms. Nothing but results is left open."""
    number = engine.native.function_id(function)
    assert number is not None
    decider = Decider(engine, VerdictStore(None), Settings(store=None), engine.functions())
    slicer = decider.slicer(entry)
    decisions = decider.decide(entry, slicer, {number: engine.native.obligations(number)})
    refuted = []
    for (f, index, demand), decision in decisions.items():
        if decision.answer == "undecided":
            assert decision.reason == "not modelled: what the caller makes of the result"
        if decision.answer == "refuted":
            refuted.append((engine.demands[demand].code, engine.native.place(f, index).line))
    return refuted
