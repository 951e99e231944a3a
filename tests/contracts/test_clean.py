"""`#` without PY_SSIZE_T_CLEAN: what is said follows the headers, and what the project asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.contracts.headers import oldest_python
from gnomon.analysis.workspace import Snapshot

PATCHLEVEL = "#define PY_MAJOR_VERSION 3\n#define PY_MINOR_VERSION {minor}\n"
HEADER = """#include "patchlevel.h"
typedef struct _object { long ob_refcnt; } PyObject;
typedef long Py_ssize_t;
int PyArg_ParseTuple(PyObject *, const char *, ...);
"""
EXTENSION = """#include <Python.h>
int parse(PyObject *args) {
    const char *text;
    Py_ssize_t size;
    return PyArg_ParseTuple(args, "s#", &text, &size);
}
"""


@pytest.mark.parametrize(
    ("minor", "asked", "macro", "tier"),
    [
        (11, "", "", "error"), (12, ">=3.9", "", "error"), (12, ">=3.13", "", ""), (13, "", "", ""),
        (13, ">=3.12,<4", "", "warning"), (13, ">=3.13", "", ""), (14, ">=3.10", "#define PY_SSIZE_T_CLEAN\n", ""),
    ],
)  # fmt: skip
def test_which_python(minor: int, asked: str, macro: str, tier: str, tmp_path: Path) -> None:
    (tmp_path / "patchlevel.h").write_text(PATCHLEVEL.format(minor=minor))
    (tmp_path / "Python.h").write_text(HEADER)
    (tmp_path / "ext.c").write_text(macro + EXTENSION)
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "ext"\nrequires-python = "{asked}"\n')
    findings = Session(tmp_path, Settings(store=None)).open({}).contracts
    assert [finding.tier for finding in findings] == ([tier] if tier else [])
    if tier == "warning":
        assert findings[0].message.endswith("before Python 3.13")


@pytest.mark.parametrize(
    ("name", "text", "oldest"),
    [
        ("pyproject.toml", "[project]\nrequires-python = '>= 3.9'\n", (3, 9)),
        ("setup.cfg", "[options]\npython_requires = >=3.10\n", (3, 10)),
        ("setup.py", "setup(\n    name='a',\n    python_requires='~=3.8',\n)\n", (3, 8)),
        ("setup.py", "setup(python_requires=VERSIONS)\n", None),
        ("pyproject.toml", "requires-python = '<4'\n", None),
    ],
)
def test_oldest_python(name: str, text: str, oldest: tuple[int, int] | None, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    assert oldest_python(Snapshot.of(tmp_path)) == oldest
