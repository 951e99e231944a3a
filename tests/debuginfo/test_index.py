"""The index on disk, and look-ups in it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from debuginfo.test_readers import build, opened
from gnomon.analysis.debuginfo import index
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.debuginfo.gather import Gathered, gather
from gnomon.analysis.metamodel import Alias, Base, Enumeration, Function, Record, spell, spell_function


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"), "-g", "-Wl,--build-id=sha1")


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The libraries that are read while the test runs."""
    read: list[str] = []

    def counted(path: str) -> Gathered | Unsupported:
        read.append(path)
        return gather(path)

    monkeypatch.setattr(index, "gather", counted)
    return read


def found(library: Path, folder: Path) -> DebugFile:
    file = open_debug_file(str(library), folder)
    assert isinstance(file, DebugFile)
    return file


def spelled(file: DebugFile, name: str) -> str:
    function = file.function(name)
    assert isinstance(function, Function)
    return spell_function(function)


def test_an_index_is_built_once(library: Path, tmp_path: Path, builds: list[str]) -> None:
    for _ in range(3):
        assert spelled(found(library, tmp_path), "add") == "int add(int a, const char *b)"
    assert len(builds) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


@pytest.mark.parametrize("flags", [["-Wl,--build-id=0x1234"], ["-Wl,--build-id=none"]], ids=["fixed", "none"])
def test_a_library_that_changes_is_read_again(flags: list[str], tmp_path: Path) -> None:
    source = tmp_path / "lib.c"
    for parameter in ("int", "double"):
        source.write_text(f"int changes({parameter} v) {{ return (int)v; }}")
        command = ["gcc", "-g", *flags, "-shared", "-fPIC", "-o", "lib.so", "lib.c"]
        subprocess.run(command, cwd=tmp_path, check=True)
        assert spelled(found(tmp_path / "lib.so", tmp_path / "cache"), "changes") == f"int changes({parameter} v)"


def test_a_damaged_index_is_built_anew(library: Path, tmp_path: Path, builds: list[str]) -> None:
    found(library, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    damages = [b"", b"no database", whole[:5000], whole[:100] + b"\xff" * (len(whole) - 100)]
    for count, damage in enumerate(damages, 2):
        file.write_bytes(damage)
        assert spelled(found(library, tmp_path), "add") == "int add(int a, const char *b)"
        assert len(builds) == count
        assert file.read_bytes() == whole


def test_damage_in_any_page_is_repaired_or_harmless(library: Path, tmp_path: Path) -> None:
    names = ("add", "make", "walk", "last")
    expected = [spelled(found(library, tmp_path), name) for name in names]
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for page in range(0, len(whole), 4096):
        file.write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])
        damaged = found(library, tmp_path)
        answers = [damaged.function(name) for name in names]
        for answer, text in zip(answers, expected, strict=True):
            assert answer is None or isinstance(answer, Unsupported) or spell_function(answer) == text


def test_a_schema_of_another_time_is_built_anew(library: Path, tmp_path: Path, builds: list[str]) -> None:
    found(library, tmp_path)
    (file,) = tmp_path.iterdir()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version=0")
    connection.close()
    found(library, tmp_path)
    assert len(builds) == 2


def test_a_cache_that_cannot_be_written(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = found(library, tmp_path / "file" / "cache")  # no folder can be made there
    assert spelled(file, "add") == "int add(int a, const char *b)"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_cache(library: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert spelled(found(library, tmp_path), "add") == "int add(int a, const char *b)"
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_made(library: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")  # stands in the way also of root
    assert spelled(found(library, tmp_path / "taken" / "cache"), "add") == "int add(int a, const char *b)"
    assert (tmp_path / "taken").read_text() == ""


def test_types_by_name(library: Path) -> None:
    file = opened(library)
    colour, compare, whole = file.type("colour"), file.type("compare_t"), file.type("int")
    assert colour == Enumeration("colour", 4, (("RED", -1), ("GREEN", 7), ("BLUE", 8)))
    assert isinstance(compare, Alias)
    assert spell(compare.target, "f") == "int (*f)(const struct node *, const void *restrict, ...)"
    assert whole == Base("int", 4, "signed")
    assert file.type("big") == Enumeration("big", 8, (("HUGE", 0xFFFFFFFFFFFFFFFF),))
    assert file.type("absent") is None
    assert file.type("local") is None  # of a function


def test_records_by_tag_and_typedef(library: Path) -> None:
    file = opened(library)
    tight, table = file.record("tight"), file.record("table_t")
    assert isinstance(tight, Record) and tight.members is not None
    rows = [(m.name, m.offset * 8 + m.bit_offset, m.bit_size) for m in tight.members]
    assert rows == [("kind", 0, 0), ("value", 8, 0), ("bits", 72, 7), ("more", 79, 12)]
    assert tight.size == 12 and tight.place is not None and Path(tight.place.path).name == "lib.h"
    assert isinstance(table, Record) and table.members is not None
    assert [spell(m.type, m.name) for m in table.members] == [
        "double values[3][4]", "compare_t compare", "volatile int *const where", "char rest[]",
    ]  # fmt: skip


def test_records_that_units_disagree_on(tmp_path: Path) -> None:
    for number, member in enumerate(("int x;", "long x;")):
        source = f"struct same {{ {member} }}; int f{number}(struct same *s) {{ return s->x; }}"
        (tmp_path / f"{number}.c").write_text(source)
    command = ["gcc", "-g", "-shared", "-fPIC", "-o", "lib.so", "0.c", "1.c"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert opened(tmp_path / "lib.so").record("same") == Unsupported("several structures are called same")


def test_functions_by_address(library: Path) -> None:
    file = opened(library)
    table = subprocess.run(["nm", "-S", library], capture_output=True, text=True, check=True).stdout
    rows = [
        line.split() for line in table.splitlines() if line.split()[-1] in ("add", "walk", "last", "nothing", "make")
    ]
    assert len(rows) == 5
    for address, size, _, name in rows:
        begin, length = int(address, 16), int(size, 16)
        for inside in (begin, begin + length - 1):
            function = file.function_at(inside)
            assert isinstance(function, Function) and (function.name, function.address) == (name, begin)
    assert file.function_at(1) is None
    assert file.function_at(1 << 62) is None


def test_names_that_several_functions_have(library: Path) -> None:
    file = opened(library)
    assert file.function("hidden") is None  # a static function of each unit
    both = file.functions("hidden")
    assert isinstance(both, tuple)
    assert {spell_function(f) for f in both} == {"int hidden(int v, ...)", "long int hidden(long int v)"}


def test_other_names_of_a_function(tmp_path: Path) -> None:
    (tmp_path / "lib.c").write_text(
        'int original(char c) { return c; }\nextern __typeof__(original) other __attribute__((alias("original")));\n'
    )
    subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", "lib.so", "lib.c"], cwd=tmp_path, check=True)
    assert spelled(opened(tmp_path / "lib.so"), "other") == "int other(char c)"


def test_global_variables(library: Path) -> None:
    file = opened(library)
    shared = file.variable("shared")
    assert shared is not None and not isinstance(shared, Unsupported)
    table = subprocess.run(["nm", library], capture_output=True, text=True, check=True).stdout
    (row,) = [line.split() for line in table.splitlines() if line.split()[-1] == "shared"]
    assert (shared.type, shared.address, shared.is_external) == (Base("int", 4, "signed"), int(row[0], 16), True)
    calls = file.variable("calls")
    assert calls is not None and not isinstance(calls, Unsupported) and not calls.is_external
    assert file.variable("l") is None  # of a function
