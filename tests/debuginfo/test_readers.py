"""The native reader and pyelftools list the same functions and records, whatever form the debug information has."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from debuginfo.oracle import Listed, listed
from gnomon.analysis.debuginfo.dwarf import DebugFile, open_debug_file
from gnomon.analysis.metamodel import Function, Record, Unknown

HEADER = """
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
struct node { struct node *next, *previous; union { int whole; short halves[2]; } value; };
struct flags { unsigned a : 3; int b : 5, : 4; unsigned long c : 40; _Bool d : 1; uint8_t e; };
struct __attribute__((packed)) tight { char kind; int64_t value; unsigned bits : 7, more : 12; };
enum colour { RED = -1, GREEN = 7, BLUE };
enum big { HUGE = 0xffffffffffffffff };
typedef int (*compare_t)(const struct node *, const void *restrict, ...);
typedef struct { double values[3][4]; compare_t compare; volatile int *const where; char rest[]; } table_t;
int add(int a, const char *b);
static inline int twice(int v) { struct local { int x; } l = {v}; return l.x * 2; }
"""
ONE = """
#include "lib.h"
int shared = 3;
static int calls;
static int hidden(int v, ...) { va_list l; va_start(l, v); int r = va_arg(l, int); va_end(l); return r + v; }
int add(int a, const char *b) { calls++; return twice(a) + hidden(*b, 4); }
table_t *make(struct flags f, struct tight *t, enum colour c, enum big g, size_t n) { return (table_t *)(t + n); }
"""
TWO = """
#include "lib.h"
extern int shared;
static long hidden(long v) { return v + 1; }
void walk(struct node *first) { for (; first; first = first->next) shared += add(twice(first->value.whole), "x"); }
long last(int a, int b, int c, int d, int e, int f, int g, long double h, _Complex double i) { return hidden(a + g); }
void nothing(void) {}
int typeof_test(int v) { __typeof__(v) w[v]; w[0] = v; return w[0]; }
"""
CPP = """
#include <cstddef>
namespace geometry {
class Shape { public: virtual ~Shape() {} virtual double area() const = 0; static int count; protected: int id = 0; };
class Square : public Shape { public: explicit Square(double s); double area() const override; private: double side; };
struct Pair { int first; struct Inner { char c; } inner; };
int Shape::count = 0;
Square::Square(double s) : side(s) { ++count; }
double Square::area() const { return side * side; }
namespace { int secret(Pair p) { return p.first; } }
int open(Pair *p) { return secret(*p); }
}
template <class T> T most(T a, T b) { return a < b ? b : a; }
double pick(const geometry::Shape &s, int &&n, std::nullptr_t) { return most(s.area(), double(n)); }
extern "C" int plain(int v) { return most(v, 3); }
"""

FORMS = {
    "dwarf2": ["-gdwarf-2"],
    "dwarf3": ["-gdwarf-3"],
    "dwarf4": ["-gdwarf-4"],
    "dwarf5": ["-gdwarf-5"],
    "dwarf2-strict": ["-gdwarf-2", "-gstrict-dwarf"],
    "dwarf5-optimized": ["-gdwarf-5", "-O2"],
    "dwarf4-optimized": ["-gdwarf-4", "-O2"],
    "types4": ["-gdwarf-4", "-fdebug-types-section"],
    "macros": ["-g3"],
    "zlib": ["-g", "-gz=zlib"],
    "lto": ["-g", "-O2", "-flto"],
}


def build(folder: Path, *flags: str, name: str = "lib.so", compiler: str = "gcc") -> Path:
    """A library of two C files, compiled in `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, source in (("lib.h", HEADER), ("one.c", ONE), ("two.c", TWO)):
        (folder / file).write_text(source)
    # Objects are kept: split DWARF names its files by them.
    for file in ("one", "two"):
        subprocess.run([compiler, *flags, "-fPIC", "-c", f"{file}.c"], cwd=folder, check=True)
    subprocess.run([compiler, *flags, "-shared", "-o", name, "one.o", "two.o"], cwd=folder, check=True)
    return folder / name


def opened(path: Path) -> DebugFile:
    file = open_debug_file(str(path), path.parent / "cache")
    assert isinstance(file, DebugFile), file
    assert file.problems == ()
    return file


def plain(value: Any) -> Any:
    """Without the reasons of unknown types, which the readers word differently."""
    if isinstance(value, Unknown):
        return Unknown("")
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{name: plain(getattr(value, name)) for name in value.__dataclass_fields__})
    return value


def functions_of(file: DebugFile) -> frozenset[Function]:
    names = {name for (name,) in file._connection.execute("SELECT name FROM function")}
    found = [file.functions(name) for name in names]
    return frozenset(plain(f) for group in found if isinstance(group, tuple) for f in group)


def records_of(file: DebugFile, names: Any) -> dict[str, Record]:
    return {name: plain(record) for name in names if isinstance(record := file.record(name), Record)}


def check_same(file: DebugFile, theirs: Listed) -> None:
    assert functions_of(file) == {plain(f) for f in theirs.functions}
    ours = records_of(file, theirs.records)
    assert set(ours) == set(theirs.records)
    for name, record in ours.items():
        assert record in {plain(r) for r in theirs.records[name]}


@pytest.mark.parametrize("form", FORMS)
def test_both_readers_list_the_same(form: str, tmp_path: Path) -> None:
    library = build(tmp_path, *FORMS[form])
    theirs = listed(library)
    assert {"node", "flags", "tight"} <= set(theirs.records)
    assert {"add", "make", "walk", "last", "nothing", "hidden"} <= {f.name for f in theirs.functions}
    check_same(opened(library), theirs)


@pytest.mark.skipif(shutil.which("clang") is None, reason="no clang")
@pytest.mark.parametrize("version", range(2, 6))
def test_both_readers_list_the_same_of_clang(version: int, tmp_path: Path) -> None:
    library = build(tmp_path, f"-gdwarf-{version}", "-O1", compiler="clang")
    check_same(opened(library), listed(library))


@pytest.mark.parametrize("version", [4, 5])
def test_both_readers_list_the_same_of_cpp(version: int, tmp_path: Path) -> None:
    (tmp_path / "lib.cpp").write_text(CPP)
    command = ["g++", f"-gdwarf-{version}", "-shared", "-fPIC", "-o", "lib.so", "lib.cpp"]
    subprocess.run(command, cwd=tmp_path, check=True)
    file, theirs = opened(tmp_path / "lib.so"), listed(tmp_path / "lib.so")
    assert "geometry::Square" in theirs.records
    check_same(file, theirs)
    symbol = file.function("_ZNK8geometry6Square4areaEv")
    assert isinstance(symbol, Function) and symbol.name == "geometry::Square::area"
    plain_function = file.function("plain")
    assert isinstance(plain_function, Function) and plain_function.is_external


def without_addresses(functions: frozenset[Function]) -> frozenset[Function]:
    return frozenset(replace(f, address=1 if f.address else 0) for f in functions)


@pytest.mark.parametrize(
    "flags",
    [
        ["-gdwarf-4", "-gsplit-dwarf"],
        ["-gdwarf-5", "-gsplit-dwarf"],
        ["-gdwarf-5", "-gsplit-dwarf", "-O2"],
        ["-gdwarf-5", "-gdwarf64"],
        ["-gdwarf-5", "-fdebug-types-section"],
        ["-gdwarf-4", "-gsplit-dwarf", "-fdebug-types-section"],
        ["-gdwarf-5", "-gsplit-dwarf", "-fdebug-types-section"],
    ],
    ids=" ".join,
)
def test_what_pyelftools_does_not_read_is_the_same_as_the_plain_form(flags: list[str], tmp_path: Path) -> None:
    optimization = [flag for flag in flags if flag.startswith("-O")]
    theirs = listed(build(tmp_path, flags[0], *optimization, name="plain.so"))
    file = opened(build(tmp_path, *flags))
    ours = without_addresses(functions_of(file))
    assert ours == without_addresses(frozenset(plain(f) for f in theirs.functions))
    assert records_of(file, theirs.records) == {n: plain(next(iter(r))) for n, r in theirs.records.items()}
