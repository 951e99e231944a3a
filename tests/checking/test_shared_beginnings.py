"""Sources that begin with the same lines: what those include is parsed once, and each says what it says alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.engine import Engine
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.syntax.csource import SourceFacts
from gnomon.analysis.workspace import python_includes

BEGINNING = """\
/* A comment, #include <nothing.h> */
#define PY_SSIZE_T_CLEAN
#ifndef ROOM // of all
#define ROOM \\
    4
#endif
#include <Python.h>
#include "string.h"
"""
SOURCE = """\

/* Says how many. */
static int room_@(const char *text) { int a[ROOM] = {0}; return a[strlen(text)]; }

static PyObject *method(PyObject *self, PyObject *args) {
    const char *text;
    if (!PyArg_ParseTuple(args, "s", &text)) return NULL;
    return PyLong_FromLong(room_@(text));
}
"""
MANY = 6  # more than are read before the common beginning is precompiled


def written(root: Path, beginning: str, source: str = SOURCE) -> list[str]:
    root.mkdir(exist_ok=True)
    for number in range(MANY):
        (root / f"m{number}.c").write_text(beginning + source.replace("@", str(number)))
    return [str(root / f"m{number}.c") for number in range(MANY)]


def alike(facts: SourceFacts) -> SourceFacts:
    return replace(facts, includes=tuple(sorted(set(facts.includes))))


def read_together_and_alone(root: Path) -> tuple[dict[str, SourceFacts], dict[str, SourceFacts]]:
    together = Session(root, Settings(store=None)).open({}).sources
    alone: dict[str, SourceFacts] = {}
    texts = {path: Path(path).read_text() for path in together}
    for path in texts:
        for other in texts.keys() - {path}:
            Path(other).unlink()
        alone |= Session(root, Settings(store=None)).open({}).sources
        for other, text in texts.items():
            Path(other).write_text(text)
    return {path: alike(facts) for path, facts in together.items()}, {p: alike(facts) for p, facts in alone.items()}


@pytest.mark.parametrize(
    "source",
    [
        SOURCE,
        "static int broken(void) { return 1\n" + SOURCE,
        "#include <missing.h>\nstatic int implicit(void) { return unknown(1); }\n" + SOURCE,
        "#include <string.h>\n#include <Python.h>\n#undef ROOM\n#define ROOM 8\n" + SOURCE,
    ],
    ids=["intact", "an error", "a missing header", "included again"],
)
def test_sources_say_the_same_together_and_alone(tmp_path: Path, source: str) -> None:
    written(tmp_path, BEGINNING, '#include "own.h"\n' + source)
    (tmp_path / "own.h").write_text("#include <utime.h>\nint own(void);\n")
    together, alone = read_together_and_alone(tmp_path)
    assert together == alone
    last = together[str(tmp_path / f"m{MANY - 1}.c")]
    assert {Path(path).name for path in last.includes} >= {"Python.h", "own.h", "utime.h"}


def test_a_header_of_the_project_stands_before_one_of_the_system(tmp_path: Path) -> None:
    written(tmp_path, "#include <stddef.h>\n#include <utime.h>\n", "size_t own_@(void) { return OWN; }\n")
    (tmp_path / "utime.h").write_text("enum { OWN = 1 };\n")
    together, alone = read_together_and_alone(tmp_path)
    assert together == alone
    assert all(facts.diagnostics == () for facts in together.values())


def test_findings_are_the_same_in_each(tmp_path: Path) -> None:
    written(tmp_path, BEGINNING, "int get_@(int i) { int a[ROOM] = {0}; return a[i]; }\n")
    rows = (f"lib.get_{i}.argtypes = [ctypes.c_int]\nlib.get_{i}(1)\n" for i in range(MANY))
    (tmp_path / "use.py").write_text("import ctypes\nlib = ctypes.CDLL('./libm.so')\n" + "".join(rows))
    result = Session(tmp_path, Settings(store=None)).check({})
    assert [(f.path, f.line, f.code) for f in result.findings] == [
        (f"m{number}.c", BEGINNING.count("\n") + 1, "bounds.read") for number in range(MANY)
    ]


def test_a_system_header_that_changes_is_read_again(tmp_path: Path) -> None:
    system, root = tmp_path / "system", tmp_path / "project"
    system.mkdir()
    (system / "limit.h").write_text("#define LIMIT int\n")
    paths = written(root, "#include <limit.h>\n", "LIMIT limit_@(void) { return 1; }\n")
    command = {"directory": str(root), "arguments": ["cc", "-isystem", str(system)]}
    (root / "compile_commands.json").write_text(json.dumps([{**command, "file": path} for path in paths]))
    session = Session(root, Settings(store=None))
    assert session.open({}).sources[paths[0]].functions[0].signature == "LIMIT limit_0(void)"
    (system / "limit.h").write_text("#define LIMIT double\n")
    for number, path in enumerate(paths):
        Path(path).write_text(f"#include <limit.h>\nLIMIT limit_{number}(void) {{ return 2; }}\n\n")
    for facts in session.open({}).sources.values():
        assert facts.diagnostics == ()
        assert facts.functions[0].type is not None
        assert "double" in repr(facts.functions[0].type.result)


def test_a_text_that_is_asked_again_declares_the_same(tmp_path: Path) -> None:
    (tmp_path / "size.h").write_text("struct size { int width; };\nint size_of(struct size *s);\n")
    engine = Engine(Settings(store=None), python_includes())
    text = '#include <stddef.h>\n#include "size.h"\n'
    said = [engine.declarations(f"{text}// {n}\n", ["size_of", "size"], [str(tmp_path)]) for n in range(MANY)]
    assert all(([f.name for f in one.functions], len(one.types)) == (["size_of"], len(said[0].types)) for one in said)
