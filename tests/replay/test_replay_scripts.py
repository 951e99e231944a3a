"""The text of scripts, and the reports of the tools as they are read."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import (
    BytesArgument,
    Entry,
    EntryStep,
    IntegerArgument,
    ResultArgument,
)
from gnomon.analysis.checking.finding import Finding, InputValue, Step
from gnomon.analysis.replay import ReplayRefusedError, replay, script_of
from gnomon.analysis.replay.environment import WATCHERS
from gnomon.analysis.replay.sandbox import confinement
from gnomon.analysis.replay.sanitizer import OWNER, TRACKED, agreeing, is_seen, reports_of
from gnomon.analysis.shadows import BUILT_IN
from gnomon.analysis.shadows.staging import stage_domains
from histories import Anything, Convention, History, Instance


def finding_of(code: str, path: str, line: int, inputs: tuple[InputValue, ...] = ()) -> Finding:
    return Finding("f00", code, "error", "confirmed", 'says """so"""', path, line, 1, "f", "e", inputs, ())


def test_a_ctypes_script_keeps_the_result_for_the_next_call(tmp_path: Path) -> None:
    steps = (
        EntryStep("open_it", (BytesArgument("name"),), "lib.open_it"),
        EntryStep("use_it", (ResultArgument(0),), "lib.use_it"),
    )
    inputs = (InputValue("name", b"a\xff", 0, "bytes"),)
    (tmp_path / "x.c").write_text("int x;\n")
    entry = Entry("use_it", "ctypes", steps, sources=("x.c",))
    text = script_of(finding_of("null.deref", "x.c", 3, inputs), entry, tmp_path)
    ast.parse(text)
    assert "lib.open_it.restype = ctypes.c_void_p" in text
    assert "result_0 = lib.open_it(block(b'a\\xff'))\nlib.use_it(result_0)\n" in text
    assert "Expect null.deref in f at x.c:3" in text


def script_of_history(history: History, code: str, root: Path) -> str:
    (root / "m.c").write_text("int x;\n")
    finding = replace(finding_of(code, "m.c", 1), inputs=tuple(history.inputs))
    text = script_of(finding, history.entry("m.c"), root)
    ast.parse(text)
    return text


@pytest.mark.parametrize(
    ("values", "call"),
    [
        ((), "m.f()"),
        ((1, -(2**63), 2**70, -(2**70)), "m.f(1, -9223372036854775808, 2**1100, -2**1100)"),
        ((None, True, 1.5, float("inf")), 'm.f(None, True, 1.5, float("inf"))'),
        (("a\n\u00e9", b"\xff", bytearray(b"x")), "m.f('a\\n\u00e9', b'\\xff', bytearray(b'x'))"),
        (([1, []], (2,), (), {"a": None}), "m.f([1, []], (2,), (), {'a': None})"),
        ((Anything(), Instance(), Instance((RuntimeError, [3]))), "m.f(object(), Any(), Any(RuntimeError, [3]))"),
    ],
)
@pytest.mark.parametrize("convention", ["METH_VARARGS", "METH_FASTCALL"])
def test_a_call_gives_the_objects_of_the_witness(
    convention: Convention, values: tuple[object, ...], call: str, tmp_path: Path
) -> None:
    history = History("m").call("m.f", *values, convention=convention)
    text = script_of_history(history, "bounds.read", tmp_path)
    assert text.splitlines()[-1] == call
    assert ("class Any" in text) == ("Any(" in call)


def test_calls_of_an_object_in_order(tmp_path: Path) -> None:
    history = History("m").new("m.Ring", 4).call("made.push({*})", "a").call("made[{0}] = {1}", 0, b"b")
    text = script_of_history(history, "bounds.read", tmp_path)
    assert "made = m.Ring(4)\ntry:\n    made.push('a')\nexcept Exception:\n" in text
    assert text.endswith("made[0] = b'b'\n")


def test_a_module_that_fails_to_start_is_imported(tmp_path: Path) -> None:
    text = script_of_history(History("m"), "exception.missing", tmp_path)
    assert "failure without setting an exception.\nimport m\n" in text
    with pytest.raises(ReplayRefusedError, match="once"):
        script_of_history(History("m"), "owner.leak", tmp_path)


def test_keys_of_a_dict_differ(tmp_path: Path) -> None:
    history = History("m").call("m.f", {"name": 1})
    assert script_of_history(history, "bounds.read", tmp_path).endswith("m.f({'name': 1})\n")
    unnamed = [piece for piece in history.inputs if piece.value != b"name"]
    history.inputs = [replace(piece, value=3) if piece.name == "length" else piece for piece in unnamed]
    assert script_of_history(history, "bounds.read", tmp_path).endswith("m.f({'': 1, 'a': object(), 'b': object()})\n")


ASAN = """==7==ERROR: AddressSanitizer: attempting double-free on 0x60 in thread T0:
    #0 0x7f in __interceptor_free ../../asan_malloc_linux.cpp:52
    #1 0x7f in close_it {root}/a.c:13
    #2 0x7f in open_it {root}/a.c:30

0x60 is located 0 bytes inside of 1-byte region
freed by thread T0 here:
    #1 0x7f in open_it {root}/a.c:29
"""


def test_asan_speaks_of_the_first_project_frame(tmp_path: Path) -> None:
    reports = reports_of(ASAN.format(root=tmp_path), tmp_path)
    assert [(r.path, r.line, r.codes) for r in reports] == [
        (tmp_path / "a.c", 13, {"lifetime.double-free", TRACKED, *OWNER}),
        (tmp_path / "a.c", 29, set(OWNER)),
    ]
    assert agreeing(finding_of("lifetime.double-free", "a.c", 13), reports, tmp_path)
    assert not agreeing(finding_of("lifetime.double-free", "a.c", 29), reports, tmp_path)
    assert not agreeing(finding_of("bounds.read", "a.c", 13), reports, tmp_path)


def test_asan_tells_reads_from_writes(tmp_path: Path) -> None:
    text = (
        "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x1\n"
        f"WRITE of size 4 at 0x1 thread T0\n    #0 0x7f in f {tmp_path}/a.c:9\n\n"
    )
    assert reports_of(text, tmp_path)[0].codes == {"bounds.write", "type.mismatch", "nul.unterminated"}


def test_a_stack_that_is_too_small_is_told_of_a_frame(tmp_path: Path) -> None:
    text = (
        "==7==ERROR: AddressSanitizer: stack-overflow on address 0x7f (pc 0x1 bp 0x2 sp 0x3 T0)\n"
        f"    #0 0x7f in f {tmp_path}/a.c:9\n    #1 0x7f in g {tmp_path}/a.c:20\n\n"
    )
    reports = reports_of(text, tmp_path)
    finding = finding_of("stack.overflow", "a.c", 11)
    assert agreeing(finding, reports, tmp_path)
    assert not agreeing(replace(finding, function="g"), reports, tmp_path)
    assert not agreeing(finding_of("bounds.write", "a.c", 9), reports, tmp_path)


def test_what_the_interpreter_says_of_a_script_is_not_said_of_c_code(tmp_path: Path) -> None:
    said = """Traceback (most recent call last):
  File "/replay.py", line 71, in <module>
    try_to_call(*given)
  File "/replay.py", line 59, in {function}
    return calls(*given) or []
           ^^^^^^^^^^^^^
SystemError: error return without exception set
"""
    assert not reports_of(said.format(function="try_to_call"), tmp_path)
    assert [r.codes for r in reports_of(said.format(function="calls"), tmp_path)] == [
        {"exception.missing", "exception.pending"}
    ]


LEAKS = """==7==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 4 byte(s) in 1 object(s) allocated from:
    #0 0x7f in __interceptor_malloc ../../asan_malloc_linux.cpp:69
    #1 0x55 in first {root}/a.c:6

Indirect leak of 8 byte(s) in 1 object(s) allocated from:
    #0 0x7f in __interceptor_malloc ../../asan_malloc_linux.cpp:69
    #1 0x55 in second {root}/a.c:16

SUMMARY: AddressSanitizer: 12 byte(s) leaked in 2 allocation(s).
"""


def test_each_leak_is_told_where_its_block_was_made(tmp_path: Path) -> None:
    reports = reports_of(LEAKS.format(root=tmp_path), tmp_path)
    assert [(r.path, r.line) for r in reports] == [(tmp_path / "a.c", 6), (tmp_path / "a.c", 16)]
    lost = replace(finding_of("lifetime.leak", "a.c", 20), steps=(Step("a.c", 16, "p = malloc(8);"),))
    assert agreeing(lost, reports, tmp_path)
    assert not agreeing(replace(lost, steps=(Step("a.c", 17, "q = malloc(8);"),)), reports, tmp_path)


def test_what_a_driver_sees(tmp_path: Path) -> None:
    text = f"ERROR: gnomon: call.argument: no letter\n    #0 0x1 in w /r.c:3\n    #1 0x2 in f {tmp_path}/a.c:7\n\n"
    reports = reports_of(text, tmp_path)
    assert [(r.path, r.line, r.codes) for r in reports] == [(tmp_path / "a.c", 7, {"call.argument"})]


@pytest.mark.parametrize(
    ("code", "demand", "seen"),
    [
        ("bounds.read", "bounds.inside", True),
        ("call.argument", "call.size", True),
        ("call.argument", "call.character", False),
        ("resource.misuse", "resource.closed_once", True),
        ("resource.misuse", "resource.descriptor_open_when_used", False),
        ("arith.conversion", "arith.float_fits_integer", True),
        ("arith.conversion", "wraparound.conversion_fits", False),
        ("arith.wraparound", "wraparound.sum_fits", False),
    ],
)
def test_what_tools_see_is_asked_by_demand(code: str, demand: str, seen: bool) -> None:
    assert is_seen(replace(finding_of(code, "a.c", 1), demand=demand)) is seen


def test_demands_go_by_the_names_of_rules() -> None:
    rules = {demand.rule for demand in stage_domains(domain() for domain in BUILT_IN).demands}
    assert {*WATCHERS, "wraparound.sum_fits", "lifetime.outlives_return", "variables.result"} <= rules


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("signed integer overflow: 1 + 1 cannot be represented in type 'int'", "arith.overflow"),
        ("division of -2147483648 by -1 cannot be represented in type 'int'", "arith.overflow"),
        ("division by zero", "arith.div-zero"),
        ("shift exponent 32 is too large for 32-bit type 'unsigned int'", "arith.shift"),
        ("member access within null pointer of type 'struct s'", "null.deref"),
        ("index 8 out of bounds for type 'char [8]'", "bounds.write"),
    ],
)
def test_ubsan(text: str, code: str, tmp_path: Path) -> None:
    reports = reports_of(f"{tmp_path}/a.c:7:3: runtime error: {text}\n", tmp_path)
    assert agreeing(finding_of(code, "a.c", 7), reports, tmp_path)


def test_memcheck_passes_over_the_interpreter(tmp_path: Path) -> None:
    text = (
        "==7== Conditional jump or move depends on uninitialised value(s)\n"
        f"==7==    at 0x53EA6AE: peak ({tmp_path}/a.c:107)\n"
        "==7==    by 0x53F8F79: ??? (in /usr/lib/libffi.so)\n==7== \n"
        "==7== Conditional jump or move depends on uninitialised value(s)\n"
        "==7==    at 0x50D2E9: PyLong_FromLong (in /usr/bin/python3.11)\n==7== \n"
    )
    assert [(r.path, r.line) for r in reports_of(text, tmp_path)] == [(tmp_path / "a.c", 107), (None, 0)]


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_the_commands_in_a_script_build_and_run_it(tmp_path: Path) -> None:
    root = tmp_path / "a project"
    root.mkdir()
    (root / "x.c").write_text("int f(int i) { int a[4] = {0};\nreturn a[i]; }\n")
    entry = Entry("f", "ctypes", (EntryStep("f", (IntegerArgument("i", 32, True),), "lib.f"),), sources=("x.c",))
    finding = finding_of("bounds.read", "x.c", 2, (InputValue("i", 4, 0, "integer"),))
    text = script_of(finding, entry, root)
    (root / "replay.py").write_text(text)
    document = ast.get_docstring(ast.parse(text)) or ""
    commands = [line.strip() for line in document.splitlines() if line.startswith("    ")]
    shell = "\n".join(commands).replace("/tmp/replay-f00", str(tmp_path / "built"))
    ran = subprocess.run(["sh", "-ec", shell], cwd=root, capture_output=True, text=True, check=False)
    assert "x.c:2" in ran.stderr


def test_a_cache_that_cannot_be_written_refuses_the_replay(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text("int f(void) { return 0; }\n")
    entry = Entry("f", "ctypes", (EntryStep("f", (), "lib.f"),), sources=("x.c",))
    (tmp_path / "file").write_text("")
    report = replay(finding_of("bounds.read", "x.c", 1), entry, tmp_path, tmp_path / "file" / "builds")
    assert report.state == "replay-refused"
    assert "Not a directory" in report.reason or "compiler" in report.reason


def test_no_sandbox_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReplayRefusedError, match="user namespaces"):
        confinement(tmp_path)
