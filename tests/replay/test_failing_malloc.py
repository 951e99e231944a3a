"""What stands before the C library's allocation in replays: it hands on what it is asked for, but for one."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest
from gnomon.analysis.replay.builds import FAILING_SOURCE, WRAPPED

CALLS = """
#define _GNU_SOURCE
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

int use_malloc(void) { return malloc(8) != NULL; }
int use_calloc(void) { return calloc(2, 8) != NULL; }
int use_realloc(void) { return realloc(NULL, 8) != NULL; }
int use_reallocarray(void) { return reallocarray(NULL, 2, 8) != NULL; }
int use_aligned_alloc(void) { return aligned_alloc(16, 16) != NULL; }
int use_memalign(void) { return memalign(16, 16) != NULL; }
int use_posix_memalign(void) { void *block; return posix_memalign(&block, 16, 16) == 0; }
int use_strdup(void) { return strdup("a") != NULL; }
int use_strndup(void) { return strndup("ab", 1) != NULL; }
int use_wcsdup(void) { return wcsdup(L"a") != NULL; }
int use_asprintf(void) { char *text; return asprintf(&text, "%d", 12) == 2; }
int use_getcwd(void) { return getcwd(NULL, 0) != NULL; }
int use_getline(void) {
    char *line = NULL;
    size_t size = 0;
    FILE *file = fmemopen("ab", 2, "r");
    return getline(&line, &size, file) == 2;
}
"""


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_each_function_fails_once_and_works_otherwise(tmp_path: Path) -> None:
    (tmp_path / "calls.c").write_text(CALLS)
    sources = [str(tmp_path / "calls.c"), str(FAILING_SOURCE)]
    library = tmp_path / "calls.so"
    subprocess.run(["gcc", "-w", "-shared", "-fPIC", *sources, *WRAPPED, "-o", str(library)], check=True)
    loaded = ctypes.CDLL(str(library))
    names = [word.split("(")[0] for word in CALLS.split() if word.startswith("use_")]
    wrapped = {flag.rpartition("=")[2] for flag in WRAPPED} - {"vasprintf"}  # asprintf calls it
    assert {name.removeprefix("use_") for name in names} == wrapped
    for name in names:
        use = getattr(loaded, name)
        assert use()
        loaded.gnomon_fail_malloc(ctypes.c_long(0))
        assert not use()
        assert use()
