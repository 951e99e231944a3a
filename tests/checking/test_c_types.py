"""The types of C sources, against what the compiler wrote into debug information, and the calls with formats."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.debuginfo.dwarf import DebugFile, open_debug_file
from gnomon.analysis.metamodel import Function, Record, spell
from gnomon.analysis.syntax.csource import SourceFacts

SOURCE = """\
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
enum colour { RED, GREEN = 7, BLUE };
union either { double number; char text[12]; };
struct inner { unsigned low : 3, high : 13; int : 0; uint16_t rest; };
typedef struct { const char *name; struct inner inner; union either either[2]; enum colour colour; } entry_t;
struct __attribute__((packed)) tight { char kind; int64_t value; struct tight *next; };
typedef int (*compare_t)(const entry_t *, const void *, size_t);
entry_t *find(entry_t *entries, size_t count, compare_t compare, const struct tight *t) {
    return entries + compare(entries, t, count);
}
long counter(_Bool reset, unsigned char c, long double d, enum colour colour) { return reset + c + (int)d + colour; }
void log_all(const char *format, ...) { (void)format; }
static char *names[] = {"a", "b", NULL};
void report(short s, float f, const char *text) {
    log_all("%d %f " "%s", s, f, text, names, NULL);
}
"""


@pytest.fixture
def facts(tmp_path: Path) -> SourceFacts:
    path = tmp_path / "types.c"
    path.write_text(SOURCE)
    opened = Session(tmp_path, Settings(store=None)).open({})
    assert not opened.parse_errors
    return opened.sources[str(path)]


@pytest.fixture
def truth(tmp_path: Path) -> DebugFile:
    (tmp_path / "other.c").write_text(SOURCE)
    subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", "libtypes.so", "other.c"], cwd=tmp_path, check=True)
    opened = open_debug_file(str(tmp_path / "libtypes.so"))
    assert isinstance(opened, DebugFile)
    return opened


@pytest.mark.parametrize("name", ["find", "counter", "log_all", "report"])
def test_functions_are_those_of_the_debug_information(facts: SourceFacts, truth: DebugFile, name: str) -> None:
    mine = next(f for f in facts.functions if f.name == name)
    theirs = truth.function(name)
    assert isinstance(theirs, Function)
    assert mine.type is not None
    spelled = spell(theirs.type, name).replace("short int", "short").replace("long int", "long")  # as gcc says it
    assert spell(mine.type, name) == spelled


def test_layouts(facts: SourceFacts) -> None:
    records = {r.name: r for r in facts.types if isinstance(r, Record)}
    inner = records["inner"]
    assert inner.members is not None
    assert [(m.name, m.offset, m.bit_offset, m.bit_size) for m in inner.members if m.name] == [
        ("low", 0, 0, 3),
        ("high", 0, 3, 13),
        ("rest", 4, 0, 0),
    ]
    tight = records["tight"]
    assert tight.members is not None
    assert (tight.size, [m.offset for m in tight.members]) == (17, [0, 1, 9])
    assert records["either"].size == 16


def test_calls_with_variable_arguments(facts: SourceFacts) -> None:
    (call,) = facts.calls
    assert (call.name, call.function, call.line) == ("log_all", "report", 17)
    assert [spell(a.type) for a in call.arguments] == [
        "const char *",
        "int",
        "double",
        "const char *",
        "char **",
        "void *",
    ]
    assert call.arguments[0].text == "%d %f %s"
    assert call.arguments[4].strings == ("a", "b", None)
    assert call.arguments[5].is_zero
