"""Damaged debug information: answers or reasons, never an exception, a crash or a wait.

GNOMON_FUZZ_SECONDS=600 looks for longer.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from debuginfo.test_readers import build
from elftools.elf.elffile import ELFFile
from gnomon import _engine
from gnomon.analysis.debuginfo.dwarf import DebugFile, Unsupported, open_debug_file
from gnomon.analysis.debuginfo.sections import Sections, debug_sections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("GNOMON_FUZZ_SECONDS", "0"))
READ_BOUND = 2.0  # seconds for a library of some 10 KB, on a busy machine
FORMS = {
    "dwarf2": ["-gdwarf-2"],
    "dwarf4": ["-gdwarf-4", "-O2", "-fdebug-types-section"],
    "dwarf5": ["-gdwarf-5", "-O2", "-fdebug-types-section"],
    "split4": ["-gdwarf-4", "-gsplit-dwarf"],
    "split5": ["-gdwarf-5", "-gsplit-dwarf", "-O2"],
}

# Where, as a fraction of the section, and what is written there: small numbers, all ones, any bytes.
damages = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from([b"\0", b"\1", b"\xff" * 4, b"\xff" * 8, b"\x80" * 12]) | st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=6,
)
relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module", params=FORMS)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"), *FORMS[request.param])


def sections_of(path: Path, suffix: str = "") -> Sections:
    with path.open("rb") as stream:
        return debug_sections(ELFFile(stream), suffix)[0]


def damaged(sections: Sections, changes: list[tuple[int, float, bytes]]) -> Sections:
    found = {name: bytearray(data) for name, data in sections.items() if data}
    for number, where, data in changes:
        section = found[sorted(found)[number % len(found)]]
        at = int(where * len(section))
        section[at : at + len(data)] = data
    return {name: bytes(data) for name, data in found.items()}


def read_all(main: Sections, split: list[Sections]) -> None:
    """Reads everything and asks for every row."""
    started = time.monotonic()
    rows = _engine.read_debug_info(False, main, main, split)
    for number in range(rows.function_count):
        assert rows.function(number)[6] < rows.type_count
    for number in range(rows.variable_count):
        assert rows.variable(number)[6] < rows.type_count
    for number in range(2, rows.type_count):
        row = rows.type(number)
        assert row[7] < rows.type_count and all(part[1] < rows.type_count for part in row[-1])
    _engine.debug_split_units(False, main)
    assert time.monotonic() - started < READ_BOUND


@relaxed
@given(damages)
def test_damaged_sections(library: Path, changes: list[tuple[int, float, bytes]]) -> None:
    main = sections_of(library)
    split = [sections_of(path, ".dwo") for path in library.parent.glob("*.dwo")]
    read_all(damaged(main, changes), split)
    read_all(main, [damaged(sections, changes) for sections in split])


def ask(path: Path, folder: Path) -> None:
    file = open_debug_file(str(path), folder)
    if isinstance(file, Unsupported):
        assert file.reason
        return
    assert isinstance(file, DebugFile)
    for name in ("add", "make", "walk", "hidden"):
        file.function(name)
        file.functions(name)
    for name in ("node", "flags", "table_t", "colour"):
        file.record(name)
        file.type(name)
    file.function_at(0x1130)
    file.variable("shared")


@relaxed
@given(damages, st.floats(0.1, 1))
def test_damaged_files(library: Path, tmp_path: Path, changes: list[tuple[int, float, bytes]], cut: float) -> None:
    whole = library.read_bytes()
    for kept in (len(whole), int(cut * len(whole))):
        path = tmp_path / "damaged.so"
        path.write_bytes(damaged({"file": whole}, changes)["file"][:kept])
        ask(path, tmp_path / "cache")


@pytest.mark.parametrize("compression", ["zlib", "zlib-gnu"])
def test_sections_that_claim_to_be_huge(compression: str, tmp_path: Path) -> None:
    path = build(tmp_path, "-g", f"-gz={compression}")
    with path.open("rb") as stream:
        section = next(s for s in ELFFile(stream).iter_sections() if s.name.endswith("debug_info"))
        offset = section["sh_offset"] + (8 if compression == "zlib" else 4)
    data = bytearray(path.read_bytes())
    for size in (1 << 31, 1 << 40, (1 << 64) - 1):
        data[offset : offset + 8] = size.to_bytes(8, "little" if compression == "zlib" else "big")
        path.write_bytes(data)
        file = open_debug_file(str(path), tmp_path / "cache")
        assert isinstance(file, Unsupported) and "compressed section" in file.reason


def pointers(targets: list[int]) -> Sections:
    """A unit of pointer types: each to the one with that number, or with -1 to nothing that is there."""
    abbreviations = bytes([1, 0x11, 1, 0, 0, 2, 0x0F, 0, 0x49, 0x13, 0, 0, 0])
    entries = b"".join(b"\x02" + (12 + 5 * target if target >= 0 else 0).to_bytes(4, "little") for target in targets)
    unit = b"\x04\0" + b"\0" * 4 + b"\x08" + b"\x01" + entries + b"\0"
    return {"info": len(unit).to_bytes(4, "little") + unit, "abbrev": abbreviations}


@pytest.mark.parametrize("count", [1, 2, 5, 1000])
def test_types_that_lead_to_themselves_are_one(count: int) -> None:
    rows = _engine.read_debug_info(False, pointers([(i + 1) % count for i in range(count)]), {}, [])
    assert rows.problems == [] and rows.type_count == 2 + 1
    assert rows.type(2)[7] == 2


@pytest.mark.parametrize("count", [1, 5, 50])
def test_types_in_a_chain_are_told_apart(count: int) -> None:
    rows = _engine.read_debug_info(False, pointers([*range(1, count), -1] * 2), {}, [])
    assert rows.type_count == 2 + count


def test_types_in_a_long_chain_are_read_in_time() -> None:
    """Comparing 100,000 pointers to pointers step by step would take hours."""
    started = time.monotonic()
    rows = _engine.read_debug_info(False, pointers([*range(1, 100_000), -1]), {}, [])
    assert rows.type_count == 2 + 100_000
    assert time.monotonic() - started < 10


@pytest.mark.skipif(not SECONDS, reason="GNOMON_FUZZ_SECONDS is not set")
def test_damaged_sections_for_long(library: Path) -> None:
    until = time.monotonic() + SECONDS / len(FORMS)
    main = sections_of(library)
    split = [sections_of(path, ".dwo") for path in library.parent.glob("*.dwo")]

    @settings(relaxed, max_examples=2_000, database=None)
    @given(damages)
    def look(changes: list[tuple[int, float, bytes]]) -> None:
        if time.monotonic() < until:
            read_all(damaged(main, changes), [damaged(sections, changes) for sections in split])

    while time.monotonic() < until:
        look()
