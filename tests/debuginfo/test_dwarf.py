"""Look-ups against readelf, on a library built here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.debuginfo.elf import ElfFacts, read_elf
from gnomon.analysis.metamodel import Record, spell_function

SOURCE = """
#include <stddef.h>
struct point { short x; unsigned flag : 3; unsigned rest : 7; double *values[4]; struct point *next; };
typedef struct point point;
enum colour { RED, BLUE = 7 };
int add(int a, const char *b) { return a + *b; }
point *find(point *first, enum colour colour, size_t (*measure)(const point *, ...)) { return first; }
void nothing(void) {}
static int hidden(int v) { return v; }
int use(int v) { return hidden(v); }
"""


@pytest.fixture(scope="module", params=["-gdwarf-5", "-gdwarf-4"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    (folder / "lib.c").write_text(SOURCE)
    subprocess.run(["gcc", request.param, "-shared", "-fPIC", "-o", "lib.so", "lib.c"], cwd=folder, check=True)
    return folder / "lib.so"


def opened(path: Path) -> DebugFile:
    file = open_debug_file(str(path))
    assert isinstance(file, DebugFile)
    return file


def test_symbols_are_those_of_readelf(library: Path) -> None:
    listed = subprocess.run(["readelf", "-sW", library], capture_output=True, text=True, check=True).stdout
    table = listed[listed.index("'.symtab'") :]
    row = re.compile(r"^\s*\d+: (\w+)\s+(\w+) (FUNC|OBJECT)\s+(\w+)\s+\w+\s+(\S+) (\S+)", re.M)
    theirs = {(m[6].split("@")[0], int(m[1], 16), m[3], m[4] != "LOCAL", m[5] != "UND") for m in row.finditer(table)}
    elf = read_elf(str(library))
    assert isinstance(elf, ElfFacts)
    ours = {(s.name.split("@")[0], s.address, s.kind, s.is_global, s.is_defined) for s in elf.symbols}
    assert {row for row in ours if row[2] in ("FUNC", "OBJECT")} == theirs


def test_functions_are_those_of_readelf(library: Path) -> None:
    dump = subprocess.run(["readelf", "--debug-dump=info", library], capture_output=True, text=True, check=True).stdout
    file = opened(library)
    entries = re.split(r"\n (?=<\w+><\w+>: Abbrev Number)|\n <", dump)
    theirs: list[tuple[str, int, list[str]]] = []
    for entry in entries:
        name, line = (
            re.search(r"DW_AT_name\s*:.*?(\w+)\s*$", entry, re.M),
            re.search(r"DW_AT_decl_line\s*: (\d+)", entry),
        )
        if "DW_TAG_subprogram" in entry and name and line:
            theirs.append((name[1], int(line[1]), []))
        elif "DW_TAG_formal_parameter" in entry and name and theirs:
            theirs[-1][2].append(name[1])
    assert len(theirs) == 5
    for name_text, number, parameters in theirs:
        function = file.function(name_text)
        assert function is not None and not isinstance(function, Unsupported) and function.place is not None
        assert (function.place.line, [p.name for p in function.type.parameters]) == (number, parameters)
        assert Path(function.place.path).name == "lib.c"


def test_signatures_are_those_of_the_source(library: Path) -> None:
    file = opened(library)
    spelled = []
    for name in ("add", "find", "nothing"):
        function = file.function(name)
        assert function is not None and not isinstance(function, Unsupported)
        spelled.append(spell_function(function))
    assert spelled == [
        "int add(int a, const char *b)",
        "point *find(point *first, enum colour colour, size_t (*measure)(const point *, ...))",
        "void nothing(void)",
    ]
    assert file.function("absent") is None


def test_record_layout_is_the_compilers(library: Path) -> None:
    record = opened(library).record("point")
    assert isinstance(record, Record) and record.members is not None
    rows = [(m.name, m.offset * 8 + m.bit_offset, m.bit_size) for m in record.members]
    assert rows == [("x", 0, 0), ("flag", 16, 3), ("rest", 19, 7), ("values", 64, 0), ("next", 320, 0)]
    assert record.size == 48


def test_damaged_files_are_said(library: Path, tmp_path: Path) -> None:
    whole = library.read_bytes()
    for length in (0, 3, 40, 200, len(whole) // 2, len(whole) - 100):
        cut = tmp_path / "cut.so"
        cut.write_bytes(whole[:length])
        file = open_debug_file(str(cut))
        assert isinstance(file, (Unsupported, DebugFile))
        if isinstance(file, DebugFile):
            file.function("add")
    text = tmp_path / "text.so"
    text.write_text("no ELF")
    assert isinstance(open_debug_file(str(text)), Unsupported)


def test_split_dwarf_is_said(tmp_path: Path) -> None:
    (tmp_path / "lib.c").write_text(SOURCE)
    command = ["gcc", "-g", "-gsplit-dwarf", "-shared", "-fPIC", "-o", "lib.so", "lib.c"]
    subprocess.run(command, cwd=tmp_path, check=True)
    for dwo in tmp_path.glob("*.dwo"):
        dwo.unlink()
    answer = opened(tmp_path / "lib.so").function("add")
    assert isinstance(answer, Unsupported) and "split DWARF" in answer.reason and "not found" in answer.reason
