"""Debug information that is not in the library itself, or not as it was compiled."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from debuginfo.oracle import listed
from debuginfo.test_readers import build, check_same, functions_of, opened, plain, records_of, without_addresses
from gnomon.analysis.debuginfo import locate
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.metamodel import Function


def run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)


def reason(path: Path) -> str:
    """Why a look-up of a function that the library has is not answered."""
    file = open_debug_file(str(path), path.parent / "cache")
    answer = file.function("add") if isinstance(file, DebugFile) else file
    assert isinstance(answer, Unsupported), answer
    return answer.reason


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return build(tmp_path / "built", "-g", "-Wl,--build-id=sha1")


@pytest.mark.parametrize("kind", ["zlib", "zlib-gnu", "zstd"])
def test_compressed_sections(kind: str, library: Path) -> None:
    theirs = listed(library)
    command = ["objcopy", f"--compress-debug-sections={kind}", "lib.so", "packed.so"]
    made = subprocess.run(command, cwd=library.parent, capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(made.stderr)
    assert (library.parent / "packed.so").stat().st_size < library.stat().st_size
    check_same(opened(library.parent / "packed.so"), theirs)


def test_a_debug_file_beside(library: Path) -> None:
    theirs, folder = listed(library), library.parent
    run(folder, "objcopy", "--only-keep-debug", "lib.so", "lib.debug")
    run(folder, "objcopy", "--strip-all", "--add-gnu-debuglink=lib.debug", "lib.so", "thin.so")
    check_same(opened(folder / "thin.so"), theirs)


def test_a_debug_file_that_is_missing_or_another(library: Path) -> None:
    folder = library.parent
    run(folder, "objcopy", "--only-keep-debug", "lib.so", "lib.debug")
    run(folder, "objcopy", "--strip-all", "--add-gnu-debuglink=lib.debug", "lib.so", "thin.so")
    with (folder / "lib.debug").open("ab") as stream:
        stream.write(b"changed")
    assert reason(folder / "thin.so") == "its debug information is in lib.debug, not found"
    (folder / "lib.debug").unlink()
    assert reason(folder / "thin.so") == "its debug information is in lib.debug, not found"


def test_a_debug_file_by_build_id(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, folder = listed(library), library.parent
    run(folder, "objcopy", "--strip-all", "lib.so", "thin.so")
    assert reason(folder / "thin.so") == "no debug information: build it with -g"
    notes = subprocess.run(["readelf", "-n", library], capture_output=True, text=True, check=True).stdout
    build_id = notes.split("Build ID:")[1].split()[0]
    installed = tmp_path / "debug" / ".build-id" / build_id[:2] / f"{build_id[2:]}.debug"
    installed.parent.mkdir(parents=True)
    run(folder, "objcopy", "--only-keep-debug", "lib.so", str(installed))
    monkeypatch.setattr(locate, "DEBUG_FOLDERS", (str(tmp_path / "debug"),))
    check_same(opened(folder / "thin.so"), theirs)


@pytest.mark.parametrize("version", [4, 5])
@pytest.mark.parametrize("types", [[], ["-fdebug-types-section"]], ids=["", "types"])
def test_a_package_of_split_dwarf(version: int, types: list[str], tmp_path: Path) -> None:
    tool = "dwp" if version == 4 else "llvm-dwp"  # binutils' does not know version 5
    if shutil.which(tool) is None:
        pytest.skip(f"no {tool}")
    theirs = listed(build(tmp_path, f"-gdwarf-{version}", name="plain.so"))
    library = build(tmp_path, f"-gdwarf-{version}", "-gsplit-dwarf", *types)
    made = subprocess.run(
        [tool, "one.dwo", "two.dwo", "-o", "lib.so.dwp"], cwd=tmp_path, capture_output=True, text=True
    )
    if made.returncode != 0:
        pytest.skip(made.stderr)
    for part in tmp_path.glob("*.dwo"):
        part.unlink()
    file = opened(library)
    expected = without_addresses(frozenset(plain(f) for f in theirs.functions))
    assert without_addresses(functions_of(file)) == expected
    assert records_of(file, theirs.records) == {n: plain(next(iter(r))) for n, r in theirs.records.items()}


def test_a_split_unit_that_is_missing_is_said_and_read_when_it_comes(tmp_path: Path) -> None:
    library = build(tmp_path, "-gdwarf-5", "-gsplit-dwarf")
    (tmp_path / "one.dwo").rename(tmp_path / "elsewhere")
    assert reason(library) == "split DWARF, one.dwo of this build not found"
    file = open_debug_file(str(library), tmp_path / "cache")
    assert isinstance(file, DebugFile) and isinstance(file.function("walk"), Function)
    (tmp_path / "elsewhere").rename(tmp_path / "one.dwo")
    assert isinstance(opened(library).function("add"), Function)


def test_a_split_unit_of_another_build_is_not_believed(tmp_path: Path) -> None:
    library = build(tmp_path, "-gdwarf-5", "-gsplit-dwarf")
    run(tmp_path, "gcc", "-gdwarf-5", "-gsplit-dwarf", "-DOTHER", "-fPIC", "-O1", "-c", "-o", "one.o", "two.c")
    (tmp_path / "two.dwo").unlink()
    assert not (tmp_path / "two.dwo").exists() and (tmp_path / "one.dwo").exists()
    file = open_debug_file(str(library), tmp_path / "cache")
    assert isinstance(file, DebugFile) and isinstance(file.function("walk"), Unsupported)


@pytest.mark.skipif(shutil.which("dwz") is None, reason="no dwz")
@pytest.mark.parametrize("version", [4, 5])
def test_a_file_shared_by_dwz(version: int, tmp_path: Path) -> None:
    flags = [f"-gdwarf-{version}", "-Wl,--build-id=sha1"]
    # dwz shares what is worth it: two libraries of the same large header.
    library = build(tmp_path, *flags, "-include", "stdio.h", "-include", "signal.h")
    other = build(tmp_path, *flags, "-include", "stdio.h", "-include", "signal.h", "-O1", name="other.so")
    theirs = listed(library)
    run(tmp_path, "dwz", *(["--dwarf-5"] if version == 5 else []), "-m", "shared.debug", str(library), str(other))
    assert (b".debug_sup" if version == 5 else b".gnu_debugaltlink") in library.read_bytes()
    check_same(opened(library), theirs)
    (tmp_path / "shared.debug").unlink()
    (tmp_path / "cache").rename(tmp_path / "old")
    file = open_debug_file(str(library), tmp_path / "cache")
    assert isinstance(file, DebugFile)
    assert file.function("absent") == Unsupported("shared debug information, shared.debug not found")


def test_other_files_are_said(tmp_path: Path) -> None:
    library = build(tmp_path, "-g")
    assert reason(tmp_path / "one.o") == "an object file that is not linked"
    run(tmp_path, "strip", "-o", "bare.so", "lib.so")
    assert reason(tmp_path / "bare.so") == "no debug information: build it with -g"
    (tmp_path / "text.so").write_text("no ELF")
    assert reason(tmp_path / "text.so") == "not a readable ELF file: Magic number does not match"
    assert reason(tmp_path / "absent.so") == "not a readable ELF file: No such file or directory"
    assert reason(tmp_path) == f"not a readable ELF file: {os.strerror(21)}"
    assert isinstance(opened(library).function("add"), Function)
