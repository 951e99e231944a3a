"""A large real library: that of the running Python, where it has debug information."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from gnomon.analysis.debuginfo.gather import Gathered, gather


@pytest.fixture(scope="module")
def library() -> str:
    path = Path(str(sysconfig.get_config_var("LIBDIR"))) / str(sysconfig.get_config_var("INSTSONAME"))
    if not isinstance(gather(str(path)), Gathered):
        pytest.skip("the running Python's library has no debug information")
    return str(path)


def entries(library: str) -> list[tuple[str, dict[str, str]]]:
    """Tag and attributes of each function and structure that readelf lists."""
    command = ["readelf", "--debug-dump=info", "--wide", library]
    tag = re.compile(r"Abbrev Number: \d+ \((DW_TAG_\w+)\)")
    attribute = re.compile(r"(DW_AT_\w+)\s*: (?:\(\w[\w ]*\)\s*)?(?:\(offset: 0x\w+\): |\(indirect.*?\): )?(.*)")
    found: list[tuple[str, dict[str, str]]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        is_wanted = False
        for line in process.stdout:
            if match := tag.search(line):
                is_wanted = match[1] in ("DW_TAG_subprogram", "DW_TAG_structure_type")
                if is_wanted:
                    found.append((match[1], {}))
            elif is_wanted and (match := attribute.search(line)):
                found[-1][1][match[1]] = match[2].strip()
    return found


@pytest.mark.slow
def test_functions_and_structures_are_those_of_readelf(library: str) -> None:
    listed = entries(library)
    gathered = gather(library)
    assert isinstance(gathered, Gathered) and gathered.problems == ()
    rows = gathered.rows
    functions = [rows.function(number) for number in range(rows.function_count)]
    theirs = {int(a["DW_AT_low_pc"], 16) for tag, a in listed if tag == "DW_TAG_subprogram" and "DW_AT_low_pc" in a}
    of_several_ranges = sum("DW_AT_ranges" in a for tag, a in listed if tag == "DW_TAG_subprogram")
    ours = {function[5] for function in functions if function[5]}
    assert len(theirs) > 1000 and theirs <= ours and len(ours - theirs) <= of_several_ranges

    types = [rows.type(number) for number in range(2, rows.type_count)]
    structures = {(row[1], row[5]) for row in types if row[0] == 0x13 and row[1] and not row[8]}
    named = [a for tag, a in listed if tag == "DW_TAG_structure_type" and "DW_AT_name" in a and "DW_AT_byte_size" in a]
    assert len(named) > len(structures)
    assert structures == {(a["DW_AT_name"], int(a["DW_AT_byte_size"], 0)) for a in named}
