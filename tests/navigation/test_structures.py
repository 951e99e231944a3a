"""Hover and types across the boundary: structures as C lays them out, and what functions give back."""

from __future__ import annotations

import pytest
from gnomon.analysis.navigation.hover import hover
from gnomon.analysis.navigation.type_definition import type_definition
from workspace import Workspace, opened

SAMPLES = """
//- sample.h
#include <stdint.h>
struct sample { char kind; uint32_t tick; uint8_t flags : 3, rest : 5; char label[6]; double value; };
union either { int number; char bytes[8]; };
struct sample *sample_new(int size);
struct sample *sample_again(int size);
char *sample_name(struct sample *s);
int sample_push(struct sample *s, union either *e);
//- sample.c
#include <stdlib.h>
#include "sample.h"
struct sample *sample_new(int size) { if (size < 0) return NULL; return calloc(size, sizeof(struct sample)); }
struct sample *sample_again(int size) { return sample_new(size); }
char *sample_name(struct sample *s) { return s->label; }
int sample_push(struct sample *s, union either *e) { return s->kind + e->number; }
//- lib.py
from ctypes import CDLL, POINTER, Structure, Union, c_char, c_char_p, c_double, c_int, c_uint8, c_uint32
class Sample(Structure):
    _fields_ = [("kind", c_char), ("tick", c_uint32), ("flags", c_uint8, 3), ("rest", c_uint8, 5),
                ("label", c_char * 6), ("value", c_double)]
class Either(Union):
    _fields_ = [("number", c_int), ("bytes", c_char * 8)]
class Unused(Structure):
    _fields_ = [("number", c_int)]
lib = CDLL("libsample.so")
lib.sample_push.argtypes = [POINTER(Sample), POINTER(Either)]
lib.sample_new.restype = POINTER(Sample)
lib.sample_again.restype = POINTER(Sample)
lib.sample_name.restype = c_char_p
//- use.py
from lib import Either, Sample, lib
sample = Sample()
lib.sample_push(sample, Either())
"""

LAYOUT = """\
```c
struct sample {  // 24 bytes
    char kind;                 // at 0, 1 byte
                               // at 1, 3 bytes of padding
    uint32_t tick;             // at 4, 4 bytes
    uint8_t flags : 3;         // at 8, from bit 0
    uint8_t rest : 5;          // at 8, from bit 3
    char label[6];             // at 9, 6 bytes
                               // at 15, 1 byte of padding
    double value;              // at 16, 8 bytes
};
```

defined in `sample.h:2`"""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("samples"), SAMPLES)


def shown(workspace: Workspace, file: str, text: str, inside: int = 0) -> str:
    return hover(workspace.snapshot, workspace.index, workspace.parsed, workspace.at(file, text, inside))


def test_layout_of_a_structure(samples: Workspace) -> None:
    for file, text, inside in [
        ("lib.py", "Sample(Structure", 1),
        ("lib.py", "POINTER(Sample)", 9),
        ("use.py", "Sample()", 1),
        ("use.py", "sample = ", 1),
    ]:
        assert _same(shown(samples, file, text, inside)) == _same(LAYOUT), (file, text)


def _same(text: str) -> list[str]:
    """Without the widths of columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_layout_of_a_union(samples: Workspace) -> None:
    assert "union either {  // 8 bytes" in shown(samples, "lib.py", "Either(Union")
    assert "padding" not in shown(samples, "lib.py", "Either(Union")


def test_nothing_for_what_no_function_takes(samples: Workspace) -> None:
    assert shown(samples, "lib.py", "Unused(") == ""
    assert shown(samples, "lib.py", "c_double") == ""


def test_type_definition_of_a_structure(samples: Workspace) -> None:
    at = samples.at("use.py", "sample = ", 1)
    found = type_definition(samples.snapshot, samples.index, samples.parsed, at)
    assert [samples.shown(span) for span in found] == ["sample.h:2:8 sample"]


@pytest.mark.parametrize(("name", "is_owned"), [("sample_new", True), ("sample_name", False)])
def test_whose_memory_a_result_is(samples: Workspace, name: str, is_owned: bool) -> None:
    assert ("gives memory that the caller frees" in shown(samples, "lib.py", f"{name}.restype")) == is_owned
