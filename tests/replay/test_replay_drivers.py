"""Drivers in C: what the models let the environment choose, a driver can supply; its parts are C without a warning."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from gnomon.analysis import models
from gnomon.analysis.checking.entry import BytesArgument, Entry, EntryStep, IntegerArgument, ResultArgument
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay.driver import driver_of, is_driven_by_c
from gnomon.analysis.replay.environment import WATCHERS, environment_of
from gnomon.analysis.replay.undefined import undefined_functions

CHOICE = re.compile(r"__gnomon_choose_(?P<kind>\w+)\(\s*\"(?P<name>(?:[^\"\\]|\\.)*)\"")
VALUES = {"int": 1, "unsigned": 1, "long": 1, "unsigned_long": 1, "double": 0.5}


def inputs_of_models() -> list[InputValue]:
    """Everything that some model asks of the environment, with the function that asks. Objects of Python are no C."""
    found = []
    for path in sorted(Path(models.__file__).parent.glob("*.c")):
        if path.name.startswith("cpython_"):
            continue
        text = path.read_text()
        for match in CHOICE.finditer(text):
            name = match["name"].replace("\\", "").replace("%s", "x")
            readers = re.findall(r"^[\w].*?\b(\w+)\([^;]*\) \{", text[: match.start()], re.M)
            value = VALUES.get(match["kind"], b"abc")
            kind = "bytes" if isinstance(value, bytes) else "float" if isinstance(value, float) else "integer"
            found.append(InputValue(name, value, 0, kind, readers[-1]))  # type: ignore[arg-type]
    return found


def finding_of(inputs: tuple[InputValue, ...] = (), demand: str = "", code: str = "bounds.read") -> Finding:
    return Finding("f00", code, "error", "confirmed", "m", "x.c", 1, 1, "f", "e", inputs, (), demand=demand)


@pytest.mark.parametrize("chosen", inputs_of_models(), ids=lambda chosen: chosen.name)
def test_what_a_model_chooses_a_driver_supplies(chosen: InputValue) -> None:
    world = environment_of(finding_of((chosen,)), "")
    assert world.definitions or world.preparations


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_the_parts_are_c_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text("int f(void) { return 0; }\n")
    entry = Entry("f", "function", (EntryStep("x.c:f", (), "f"),), sources=("x.c",))
    drivers = [driver_of(finding_of(tuple(inputs_of_models())), entry, tmp_path)]
    drivers += [driver_of(finding_of(demand=demand), entry, tmp_path) for demand in WATCHERS]
    for text in drivers:
        (tmp_path / "replay.c").write_text(text)
        command = [
            "gcc",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Wno-unused-function",
            "-Wno-missing-field-initializers",
            "-fsyntax-only",
            "replay.c",
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.stderr == ""


def test_a_driver_hands_on_what_calls_returned(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text("void *open_it(char *name);\nint use_it(void *p, int n) { return n; }\n")
    steps = (
        EntryStep("open_it", (BytesArgument("name"),), "lib.open_it"),
        EntryStep("use_it", (ResultArgument(0), IntegerArgument("n", 32, True)), "lib.use_it"),
    )
    inputs = (InputValue("name", b"a\xff", 0, "bytes"), InputValue("n", -1, 1, "integer"))
    leak = finding_of(inputs, code="lifetime.leak")
    entry = Entry("use_it", "ctypes", steps, sources=("x.c",))
    assert is_driven_by_c(leak, entry, tmp_path)
    text = driver_of(leak, entry, tmp_path)
    assert 'void *block_0 = strdup("a\\377");' in text
    assert "void *result_0 = (void *)open_it(block_0);" in text
    assert "use_it(result_0, -1);" in text


def test_functions_that_nobody_has(tmp_path: Path) -> None:
    (tmp_path / "declared.h").write_text("int elsewhere(int n);\nint beside(int n);\n")
    (tmp_path / "other.c").write_text("int beside(int n) { return n; }\n")
    (tmp_path / "x.c").write_text(
        '#include <string.h>\n#include "declared.h"\nint not_called(void);\nlong strlen_of(const char *);\n'
        "/* int commented(int); */\nint strcmp(const char *, const char *);\n"
        "int configured(void);\n#ifdef CONFIGURED\nint g(void) { return configured(); }\n#endif\n"
        'int f(int n) { return elsewhere(n) + beside(n) + strcmp("", "") + (int)strlen_of(""); }\n'
    )
    assert undefined_functions(tmp_path / "x.c") == ["elsewhere", "strlen_of"]
